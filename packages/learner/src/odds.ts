/** Probabilities and their log-odds. */

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Finite for every probability: 0 and 1 are taken for 1e-12 and 1 - 1e-12. */
export function logit(probability: number): number {
  const p = Math.min(1 - 1e-12, Math.max(1e-12, probability));
  return Math.log(p / (1 - p));
}
