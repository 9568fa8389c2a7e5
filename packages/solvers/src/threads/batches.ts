/**
 * Work that falls into numbered batches which know nothing of each other: what a batch draws depends on the seed and its
 * number only, so that it may run on any thread. `run-batches.ts` works them off, `batch-worker.ts` runs them elsewhere.
 */
import type { Steps } from '@qurriculum/kernels';
import type { BinaryQuadraticModel } from '@qurriculum/problems';

/** One batch to be done. */
export interface BatchOrder {
  readonly number: number;
  /** How many reads of the batch are wanted: all of them but for the last batch. */
  readonly reads: number;
  /** Spins of -1 or +1 that the first reads of the batch start from. */
  readonly starts: readonly Int32Array[];
}

export interface BatchResult {
  /** Spins of the reads, the best state seen first; a batch that was cut short answers with that alone. */
  readonly states: readonly Int32Array[];
  /** Work done, in the solver's unit, added up over the reads. */
  readonly work: number;
  /** The best energy seen. */
  readonly energy: number;
  /** False where the batch was cut short. */
  readonly complete: boolean;
}

/** To be called every few milliseconds with the share of the batch done and its best energy; answers whether to stop. */
export type BatchLook = (share: number, energy: number) => Promise<boolean>;

export interface BatchRunner {
  /** Reads that a batch makes at once. */
  readonly readsPerBatch: number;
  /** What the answer tells of the runner. */
  readonly info: Readonly<Record<string, string | number>>;
  run(order: BatchOrder, look: BatchLook): Promise<BatchResult>;
}

/** Prepares a model of spins for batches, in steps. Parameters are plain data: they travel to workers. */
export type OpenBatches<Parameters> = (spin: BinaryQuadraticModel, parameters: Parameters) => Steps<BatchRunner>;

/** Sent to a worker. */
export type BatchRequest =
  | {
      readonly kind: 'open';
      /** Told back with every reply: what an earlier series still says is not heard. */
      readonly series: number;
      readonly program: string;
      readonly spin: BinaryQuadraticModel;
      readonly parameters: unknown;
    }
  | { readonly kind: 'work'; readonly orders: readonly BatchOrder[]; readonly secondsLeft: number }
  | { readonly kind: 'stop' }
  | { readonly kind: 'close' };

/** Sent by a worker: it stands ready, a batch is done and how long it took, it dropped what it still had to do. */
export type BatchReply =
  | { readonly kind: 'ready'; readonly series: number }
  | {
      readonly kind: 'done';
      readonly series: number;
      readonly number: number;
      readonly seconds: number;
      readonly result: BatchResult;
    }
  | { readonly kind: 'dropped'; readonly series: number };
