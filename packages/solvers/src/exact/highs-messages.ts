/** What the solver and its HiGHS worker say to each other. */
import type { LinearModel } from './linearise.ts';

export interface HighsRequest {
  readonly model: LinearModel;
  /** How many columns, from the first, the answer needs. */
  readonly answerColumns: number;
  /** Seconds; null for none. */
  readonly timeLimit: number | null;
  /** Branch-and-bound nodes; null for no limit. */
  readonly nodeLimit: number | null;
  readonly seed: number;
  /** A value for every column, to start from. */
  readonly start: Float64Array | null;
}

/** Sent while HiGHS runs, so that stopping the worker loses nothing: null where nothing is new. */
export interface HighsProgress {
  readonly kind: 'progress';
  readonly values: Float64Array | null;
  readonly bound: number | null;
}

export interface HighsAnswer {
  readonly kind: 'answer';
  readonly outcome: 'optimal' | 'infeasible' | 'limit';
  /** The first columns of the best solution; null when there is none. */
  readonly values: Float64Array | null;
  /** Proved lower bound of the objective without offset; null when there is none. */
  readonly bound: number | null;
  readonly nodes: number;
  readonly version: string;
}

export interface HighsFailure {
  readonly kind: 'failure';
  readonly message: string;
}

export type HighsReply = HighsProgress | HighsAnswer | HighsFailure;
