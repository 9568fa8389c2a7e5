/**
 * What a pair of skills without a link looks like, taken from the pairs themselves: Efron 2004, "Large-scale simultaneous
 * hypothesis testing: the choice of a null hypothesis". A learner who does well does well at everything, and a measured
 * standing takes only part of that out; so skills at large depend on each other a little, and their tests scatter more than
 * theory says. As most pairs are no links, the median of their slopes is the dependence that means nothing.
 */

export interface EmpiricalNull {
  /** Slope of a pair without a link. */
  readonly slope: number;
  /** Standard deviation of their tests, at least 1: sum u about its typical value, in standard errors. */
  readonly spread: number;
}

/** One tested pair: slope = score / information, standard error of the score = sqrt(variance). */
export interface PairScore {
  readonly score: number;
  readonly information: number;
  readonly variance: number;
}

/** Median of |z| of a standard normal variable: the 75 % point of the normal distribution. */
const normalMedianSize = 0.674_489_750_2;

/**
 * slope: minimises sum |score - slope information| / error, which is the median of the slopes weighted by information /
 * error; spread = median |score - slope information| / error / .6745.
 */
export function empiricalNull(pairs: readonly PairScore[]): EmpiricalNull {
  const usable = pairs.filter(({ information, variance }) => information > 0 && variance > 0);
  if (usable.length === 0) return { slope: 0, spread: 1 };
  const slopes = usable.map(({ score, information, variance }) => ({
    value: score / information,
    weight: information / Math.sqrt(variance),
  }));
  const slope = weightedMedian(slopes);
  const sizes = usable
    .map(({ score, information, variance }) => Math.abs(score - slope * information) / Math.sqrt(variance))
    .sort((a, b) => a - b);
  return { slope, spread: Math.max(1, sizes[sizes.length >> 1] / normalMedianSize) };
}

/** The first value at which half of the weight has passed. */
function weightedMedian(values: readonly { readonly value: number; readonly weight: number }[]): number {
  const ordered = [...values].sort((a, b) => a.value - b.value);
  const half = ordered.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let passed = 0;
  for (const { value, weight } of ordered) {
    passed += weight;
    if (passed >= half) return value;
  }
  return Number.NaN;
}
