/**
 * The shape of a job on somebody else's machine: what every vendor's adapter offers (`RemoteService`), and the plain-JSON
 * handle by which a job is found again after a restart.
 */
import type { Problem, SolveOptions, SolverKind } from '@qurriculum/problems';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a job will use, before it is sent. */
export interface ExpectedUse {
  readonly tasks: number;
  readonly shots: number;
  readonly qpuSeconds: number;
  /** Running time of a hybrid solver that is charged. Default 0. */
  readonly solverSeconds?: number;
}

export interface CostEstimate {
  readonly offer: string;
  readonly use: ExpectedUse;
  readonly amount: number;
  readonly currency: string;
  readonly priceDate: string | null;
  readonly priceSource: string;
}

/** Survives JSON.stringify and a restart. Holds no credential. */
export interface JobHandle {
  readonly format: 1;
  readonly solver: string;
  /** The vendor's own name of the job. */
  readonly id: string;
  /** `problemHash` of the problem: a handle is of no use with another one. */
  readonly problemHash: string;
  /** Unix seconds. */
  readonly submittedAt: number;
  readonly estimate: CostEstimate;
  /** What the adapter needs to read the answer: the embedding, where each qubit was measured, ... */
  readonly context: Json;
}

export interface JobStatus {
  readonly state: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';
  /** In the vendor's words, for failed and cancelled. */
  readonly reason?: string;
}

/** The samples of a finished job: one row per different read. */
export interface JobResult {
  readonly reads: readonly { readonly values: Int32Array; readonly occurrences: number }[];
  /** How many reads were asked for; fewer may have come back. */
  readonly asked: number;
  /** As the vendor reports them; undefined when it does not. */
  readonly qpuSeconds?: number;
  readonly queueSeconds?: number;
  /** Running time of a hybrid solver that is charged. */
  readonly solverSeconds?: number;
  readonly info: Readonly<Record<string, unknown>>;
}

export interface PreparedJob {
  /** In the price table. */
  readonly offer: string;
  readonly use: ExpectedUse;
  readonly context: Json;
  /** Sends it; answers with the vendor's name of the job. */
  send(signal?: AbortSignal): Promise<string>;
}

/** One vendor's offer. Everything may throw RemoteError. */
export interface RemoteService {
  readonly name: string;
  readonly kind: SolverKind;
  readonly description: string;
  /** Environment variables that are missing; empty when it can be used. */
  missing(): readonly string[];
  /** Values that must never be shown. */
  secrets(): readonly string[];
  refuses(problem: Problem): string | null;
  /** Everything that happens before money is spent. May ask the vendor about the device. */
  prepare(problem: Problem, options: SolveOptions): Promise<PreparedJob>;
  status(id: string, context: Json, signal?: AbortSignal): Promise<JobStatus>;
  cancel(id: string, context: Json): Promise<void>;
  collect(problem: Problem, id: string, context: Json, signal?: AbortSignal): Promise<JobResult>;
}
