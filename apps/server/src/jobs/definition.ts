/**
 * What a kind of job is, and what can be asked of jobs. A job's payload is checked against its schema when it is sent and again when it is run; its
 * handler reports progress, listens to a signal, and ends in one transaction that also marks the job as done, so that
 * a job which dies, is cancelled or is overtaken by its own retry leaves nothing half-written.
 */
import type { Json } from '@qurriculum/evidence';
import type { z } from 'zod';
import type { ComputePool } from '../compute/pool.ts';
import type { OutgoingPolicy } from '../http/outgoing.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { Job } from './rows.ts';

export interface SendOptions {
  /** `teacher:Ms Lopez`. */
  readonly requestedBy?: string | null;
  /** Send the job if, and only if, this transaction commits. */
  readonly transaction?: Transaction;
}

export interface JobFilter {
  readonly courseId?: number;
  readonly name?: string;
  /** Only jobs that are queued or running. */
  readonly active?: boolean;
  /** Default 50. */
  readonly limit?: number;
}

export interface Jobs {
  /** Queues a job and gives its id. Throws a `ZodError` where the payload does not fit the definition. */
  send<Payload>(definition: JobDefinition<Payload>, payload: Payload, options?: SendOptions): Promise<string>;
  /** Newest first. */
  list(filter?: JobFilter): Promise<Job[]>;
  find(id: string): Promise<Job | undefined>;
  /** Asks the job to stop. False where it has ended already, or there is none. */
  cancel(id: string): Promise<boolean>;
  /** Resolves when the job has ended. */
  wait(id: string, options?: { readonly signal?: AbortSignal }): Promise<Job>;
  /** Begins to run jobs in this process. */
  work(): Promise<void>;
  /** Stops running jobs; those in hand go back into the queue. */
  stop(): Promise<void>;
}

/** What handlers and routes work with. */
export interface Services {
  readonly store: Store;
  readonly compute: ComputePool;
  /** Folder for files beside the database: uploads, rejects. */
  readonly filesDirectory: string;
  /** Where requests that people ask for may go. */
  readonly outgoing: OutgoingPolicy;
}

export interface JobContext extends Services {
  readonly jobs: Jobs;
  readonly jobId: string;
  /** 1 for the first time; above that an earlier attempt died, and what it left has to be cleared first. */
  readonly attempt: number;
  /** Aborted when a person cancels the job or the server stops; pass it on and call `throwIfAborted` between steps. */
  readonly signal: AbortSignal;
  /** `teacher:Ms Lopez`, or null for the system. */
  readonly requestedBy: string | null;
  /** 0 to 1, or null where the end is not known; cheap, call it as often as you like. */
  progress(fraction: number | null, message?: string): void;
  /**
   * The last step: runs `work` in a transaction that also marks the job as done with its result. Rejects, and undoes
   * everything, where the job was cancelled or another attempt has taken over meanwhile.
   */
  finish<T extends Json>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
}

export interface JobDefinition<Payload = unknown> {
  /** Unique; letters, digits, - and _. */
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
  /** What a person reads in a list: "Import of answers.csv". */
  title(payload: Payload): string;
  /** The course it belongs to, where there is one. */
  course?(payload: Payload): number | null;
  /** How often it is begun at the most; only death of the process and a lost database lead to another attempt. Default 3. */
  readonly attempts?: number;
  /** How many may run at once in one process. Default 1. */
  readonly concurrency?: number;
  /** Resolves with what a person should know of the outcome; unless `finish` was called, that marks the job as done. */
  run(payload: Payload, context: JobContext): Promise<Json>;
  /** Clears what the job left when it ends as failed or cancelled, also where its process died. */
  abandon?(payload: Payload, services: Services): Promise<void>;
}

/** Checks a definition's types; `jobs/all.ts` lists every one. */
export function defineJob<Payload>(definition: JobDefinition<Payload>): JobDefinition<Payload> {
  return definition;
}
