/** Different samples kept in the answer of a solver that makes many reads. */
export const KEPT_SAMPLES = 32;
