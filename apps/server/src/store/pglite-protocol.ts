/**
 * Messages between the threads that use the embedded database and the one that runs it. Every request carries a number
 * and is answered by exactly one reply with the same number; notifications come unasked.
 */
import type { DatabaseErrorFields } from './errors.ts';

export type PgliteRequest = { readonly id: number } & (
  | {
      readonly op: 'query';
      readonly session: number | null;
      readonly text: string;
      readonly values: readonly unknown[];
    }
  | { readonly op: 'exec'; readonly session: number | null; readonly text: string }
  | { readonly op: 'begin' }
  | { readonly op: 'commit' | 'rollback'; readonly session: number }
  | { readonly op: 'copy-in'; readonly session: number | null; readonly text: string; readonly chunk: Uint8Array }
  | { readonly op: 'copy-out'; readonly session: number | null; readonly text: string }
  | { readonly op: 'listen' | 'unlisten'; readonly channel: string }
  | { readonly op: 'close' }
);

export type PgliteReply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: DatabaseErrorFields }
  | { readonly channel: string; readonly payload: string };

/** What the thread is started with. */
export interface PgliteThreadData {
  /** Folder of the database, or null for one in memory. */
  readonly directory: string | null;
  /** A dumped data directory to start an in-memory database from. */
  readonly dump?: Uint8Array;
}

/** Sent once when the database answers (null), or cannot be opened (the reason). */
export interface PgliteReady {
  readonly ready: DatabaseErrorFields | null;
}

/** Sent to the thread to give another one (a job runner) its own connection. */
export interface PgliteConnect {
  readonly connect: import('node:worker_threads').MessagePort;
}
