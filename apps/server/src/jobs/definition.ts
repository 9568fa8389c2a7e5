/**
 * What a kind of job is. A job's payload is checked against its schema when it is sent and again when it is run; its
 * handler reports progress, listens to a signal, and ends in one transaction that also marks the job as done, so that
 * a job which dies, is cancelled or is overtaken by its own retry leaves nothing half-written.
 */
import type { Json } from '@qurriculum/evidence';
import type { z } from 'zod';
import type { ComputePool } from '../compute/pool.ts';
import type { Store, Transaction } from '../store/store.ts';
import type { Jobs } from './jobs.ts';

/** What handlers and routes work with. */
export interface Services {
  readonly store: Store;
  readonly compute: ComputePool;
  /** Folder for files beside the database: uploads, rejects. */
  readonly filesDirectory: string;
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
