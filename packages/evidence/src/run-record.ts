/**
 * Run records: every solve, fit and comparison leaves one, and screens and reports read nothing else.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Where an input came from: enough to find the same bytes again. */
export interface Provenance {
  readonly name: string;
  /** Hex SHA-256 of the bytes, where there were bytes. */
  readonly sha256?: string;
  readonly rows?: number;
  /** True for data made by the learner simulator: shown wherever a figure that rests on it is shown. */
  readonly simulated?: boolean;
}

export interface RunCost {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly queueSeconds: number;
  readonly qpuSeconds: number;
  readonly money: { readonly amount: number; readonly currency: string } | null;
}

export interface RunRecord {
  readonly id: string;
  readonly kind: 'solve' | 'fit' | 'evaluate' | 'plan' | 'compare' | 'import' | 'simulate';
  /** What was run: a solver's or model's name. */
  readonly subject: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Hex SHA-256 of the problem in canonical form, for solves. */
  readonly problemHash: string | null;
  readonly inputs: readonly Provenance[];
  /** Package or runtime name to version. */
  readonly versions: Readonly<Record<string, string>>;
  readonly seed: number;
  /** Seconds, reads, sweeps, ...: what the run was allowed. */
  readonly budget: Readonly<Record<string, number>>;
  readonly result: Json;
  readonly bound: number | null;
  readonly cost: RunCost;
}
