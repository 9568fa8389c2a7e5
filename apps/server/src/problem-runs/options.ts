/** What a run of solvers on a problem file may be asked, and its limits. */

export interface SpendingLimit {
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
}

export interface ProblemRunOptions {
  /** By name, in the order in which they run. */
  readonly solvers: readonly string[];
  /** Of wall time, for each solve. */
  readonly seconds: number;
  /** Solves of each solver: seeds seed, seed + 1, ... */
  readonly repeats: number;
  readonly seed: number;
  /** Solvers of these that run elsewhere. */
  readonly remote: readonly string[];
  /** Most that all solves elsewhere may cost together; null: nothing that costs is sent. */
  readonly spendingLimit: SpendingLimit | null;
}

export const problemRunDefaults = {
  seconds: 5,
  /** The fewest from which an interval says something. */
  repeats: 5,
  seed: 1,
} as const;

export const problemRunLimits = {
  leastSeconds: 0.1,
  mostSeconds: 60,
  mostRepeats: 50,
  mostSolvers: 12,
  /** All solves together: other jobs wait for the processor. */
  mostTotalSeconds: 3600,
  /** Of a file: the largest published instances at hand have 3 MB. */
  mostBytes: 32 * 2 ** 20,
} as const;
