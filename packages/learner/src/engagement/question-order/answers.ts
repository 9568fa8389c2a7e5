/**
 * Two yes/no questions asked in both orders: counts of the four pairs of answers, for each order. Everything that is
 * fitted or tested rests on these eight numbers.
 */

/** Pairs of answers, the answer to A first whatever was asked first: yes-yes, yes-no, no-yes, no-no. */
export const pairNames = ['yesYes', 'yesNo', 'noYes', 'noNo'] as const;

export type PairCounts = Readonly<Record<(typeof pairNames)[number], number>>;

/** `yesNo`: yes to A and no to B, in either order. */
export interface OrderCounts {
  /** A asked first, then B. */
  readonly aFirst: PairCounts;
  readonly bFirst: PairCounts;
}

/** Probabilities or counts of the eight cells: those with A first, then those with B first, in the order of `pairNames`. */
export type Cells = readonly number[];

export class QuestionOrderError extends Error {
  readonly code = 'bad-counts';
  override readonly name = 'QuestionOrderError';
}

const cellsOf = ({ aFirst, bFirst }: OrderCounts): number[] =>
  [aFirst, bFirst].flatMap((counts) => pairNames.map((pair) => counts[pair]));

/** The counts as cells. @throws QuestionOrderError unless they are whole, not negative, and each order was asked. */
export function requireCells(counts: OrderCounts): number[] {
  const cells = cellsOf(counts);
  const bad = cells.find((count) => !Number.isSafeInteger(count) || count < 0);
  if (bad !== undefined) {
    throw new QuestionOrderError(
      `questionOrder: expected counts that are whole and not negative, got ${bad}; count each pair of answers once.`,
    );
  }
  for (const [from, order] of [
    [0, 'A first'],
    [4, 'B first'],
  ] as const) {
    if (total(cells, from) === 0) {
      throw new QuestionOrderError(
        `questionOrder: expected answers with ${order}, got none; ask both orders, best of people drawn at random.`,
      );
    }
  }
  return cells;
}

/** How many were asked in the order whose cells begin at `from`, 0 or 4. */
export const total = (cells: Cells, from: 0 | 4): number =>
  cells[from] + cells[from + 1] + cells[from + 2] + cells[from + 3];

/** sum count log(probability), with 0 log 0 = 0; -Infinity where something happened that cannot. */
export function logLikelihoodOf(counts: Cells, probabilities: Cells): number {
  return counts.reduce((sum, count, k) => (count === 0 ? sum : sum + count * Math.log(probabilities[k])), 0);
}

/** The shares of each order: what fits best of all. */
export const sharesOf = (counts: Cells): number[] => counts.map((count, k) => count / total(counts, k < 4 ? 0 : 4));
