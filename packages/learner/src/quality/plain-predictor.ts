/** The plain predictor of the linter: how often an item is answered correctly. Cheap, and blind to the learner. */
import type { InteractionTable } from '../interactions.ts';
import { measure } from '../tracing/metrics.ts';

// Prior answers that pull an item's share towards the share of all: one item answered once says little.
const priorAnswers = 5;

/** P(right) of each item over the rows of `table` that `counts` takes, shrunk towards the share of all those rows. */
export function itemShares(
  { item, items, correct, rows }: InteractionTable,
  counts: (row: number) => boolean,
): Float64Array {
  const right = new Float64Array(items.length);
  const answers = new Float64Array(items.length);
  let rights = 0;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    if (!counts(row)) continue;
    right[item[row]] += correct[row];
    answers[item[row]]++;
    rights += correct[row];
    total++;
  }
  const overall = total === 0 ? 0.5 : rights / total;
  return right.map((value, index) => (value + priorAnswers * overall) / (answers[index] + priorAnswers));
}

/**
 * Each row's share of its item among the other half of the learners, so that no row is told its own answer. (Leaving
 * out only the row itself would tell it, backwards: a right answer lowers what the others' share seems to be.)
 */
export function sharesOfOthers(table: InteractionTable): Float64Array {
  const halves = [0, 1].map((half) => itemShares(table, (row) => table.learner[row] % 2 !== half));
  return Float64Array.from({ length: table.rows }, (_, row) => halves[table.learner[row] % 2][table.item[row]]);
}

/** AUC of any finite scores for `correct`; NaN without both outcomes. */
export function aucOfScores(scores: ArrayLike<number>, correct: Uint8Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < scores.length; row++) {
    low = Math.min(low, scores[row]);
    high = Math.max(high, scores[row]);
  }
  const width = high > low ? high - low : 1;
  const probability = Float64Array.from({ length: scores.length }, (_, row) => (scores[row] - low) / width);
  return measure({ probability, correct, learner: new Int32Array(correct.length) }).auc;
}

/** AUC of the plain predictor, alone and with the knowledge that rows where `told` is 0 or 1 have that outcome. */
export function aucWhenTold(
  table: InteractionTable,
  told: Int8Array,
): { readonly without: number; readonly with: number } {
  const shares = sharesOfOthers(table);
  // Half of certainty and half of the share: told rows come first or last, in the order the share gives.
  const scores = shares.map((share, row) => (told[row] < 0 ? share : told[row] === 1 ? 1 + share : share - 1));
  return { without: aucOfScores(shares, table.correct), with: aucOfScores(scores, table.correct) };
}
