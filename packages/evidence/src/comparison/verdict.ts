/**
 * The verdict on a challenger: where the interval of its improvement lies against the smallest improvement that
 * matters in practice (a region of practical equivalence; superiority and equivalence by interval inclusion, Schuirmann,
 * J. Pharmacokinet. Biopharm. 15, 1987; Westlake 1981). A significant but negligible gain is "no difference"; an
 * interval that straddles the margin is "not enough evidence", never a gain.
 */

export type Verdict = 'better' | 'no difference' | 'worse' | 'not enough evidence';

/** An improvement: positive is better, whatever the measure. */
export interface Improvement {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * better: the whole interval lies above the margin · worse: it lies below minus the margin · no difference: it lies
 * between them, ends included · otherwise, or with fewer units than asked for: not enough evidence.
 */
export function decide(
  interval: { readonly low: number; readonly high: number },
  practicalMargin: number,
  units: number,
  minimumUnits: number,
): Verdict {
  if (units < minimumUnits) return 'not enough evidence';
  if (interval.low > practicalMargin) return 'better';
  if (interval.high < -practicalMargin) return 'worse';
  if (interval.low >= -practicalMargin && interval.high <= practicalMargin) return 'no difference';
  return 'not enough evidence';
}

/**
 * Levels of error for Holm's step-down procedure (Scandinavian Journal of Statistics 6, 1979): the most decided of m
 * comparisons is held to alpha / m, the next to alpha / (m - 1), and so on; after the first that stays undecided, so do
 * the rest. Which of m ranks a comparison has follows from its p-value, ties in the order given.
 */
export function holmRanks(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a] - pValues[b] || a - b);
  const ranks = new Array<number>(pValues.length);
  order.forEach((index, rank) => {
    ranks[index] = rank;
  });
  return ranks;
}
