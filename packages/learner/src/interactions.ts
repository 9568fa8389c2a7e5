/**
 * The interaction table: who answered what, on which skills, correctly or not, when. Columnar typed arrays, because a
 * million rows of objects are a gigabyte. Rows are in time order inside each learner.
 */
export interface InteractionTable {
  readonly rows: number;
  /** Labels; columns hold indices into them. */
  readonly learners: readonly string[];
  readonly items: readonly string[];
  readonly skills: readonly string[];
  /** One entry per distinct set of skills: skillSets[s] lists skill indices, ascending. */
  readonly skillSets: readonly (readonly number[])[];
  readonly learner: Int32Array;
  readonly item: Int32Array;
  readonly skillSet: Int32Array;
  /** 0 or 1. */
  readonly correct: Uint8Array;
  /** Seconds since 1970, or NaN where the source has none: then the order of rows is all that is known. */
  readonly time: Float64Array;
  /** Seconds each answer took, NaN where unknown; absent where no row has any. */
  readonly duration?: Float64Array;
  /** Hints asked for before each answer, NaN where unknown; absent where no row has any. */
  readonly hints?: Float64Array;
  /**
   * How the learner says it went, from 0 (worst) to 1 (best), NaN where nothing was said; absent where no row has any.
   */
  readonly selfReport?: Float64Array;
}
