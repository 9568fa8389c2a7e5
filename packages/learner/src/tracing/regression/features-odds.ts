/**
 * Smoothed log-odds of right answers from counts: each cell is drawn to what its group would give in that context, so
 * that a cell without answers says what the group says, and a group without answers what everything says.
 *
 *   odds(cell) = logit((right + m p) / (answers + m)),  p = logistic(odds(group) + shift(context))
 */
import {
  attemptBins,
  type Counts,
  type FeatureStatistics,
  logistic,
  logit,
  outcomePairs,
  outcomeStates,
} from './features-statistics.ts';

/** Log-odds by cell, and the shift of each context against its group for groups that were never met. */
export interface ContextOdds {
  readonly cell: Float64Array;
  readonly shift: Float64Array;
}

/** What features look up; indices are those of the statistics. */
export interface FeatureOdds {
  readonly base: number;
  readonly skill: Float64Array;
  readonly set: Float64Array;
  readonly setByAttempt: ContextOdds;
  readonly setByOutcomes: ContextOdds;
  readonly item: Float64Array;
  /** Answers on the item. */
  readonly itemAnswers: Float64Array;
  readonly itemByPrevious: ContextOdds;
  readonly itemBySeen: ContextOdds;
}

// Imaginary answers that a cell starts from; found on held-out learners of the training parts of the published sets.
const strength = { skill: 20, set: 10, setByAttempt: 10, item: 6, itemContext: 6, pair: 4 };

/** Log-odds of all cells except pairs, which are few per look-up and many in all. */
export function featureOdds({ counts, skillSets, itemSet }: FeatureStatistics): FeatureOdds {
  const setTotals = totals(counts.setByAttempt, attemptBins);
  const itemTotals = totals(counts.itemByPrevious, outcomeStates);
  const whole = totals(setTotals, setTotals.answers.length);
  const base = logit(((whole.right[0] ?? 0) + 1) / ((whole.answers[0] ?? 0) + 2));
  const skill = smooth(counts.skill, new Float64Array(counts.skill.answers.length).fill(base), strength.skill);
  const setPrior = Float64Array.from(skillSets, (members) => meanOf(members, skill, base));
  const set = smooth(setTotals, setPrior, strength.set);
  const itemPrior = Float64Array.from(itemSet, (s) => (s < 0 ? base : set[s]));
  const item = smooth(itemTotals, itemPrior, strength.item);
  return {
    ...{ base, skill, set, item, itemAnswers: itemTotals.answers },
    setByAttempt: contextOdds(counts.setByAttempt, set, attemptBins, strength.setByAttempt),
    setByOutcomes: contextOdds(counts.setByOutcomes, set, outcomePairs, strength.setByAttempt),
    itemByPrevious: contextOdds(counts.itemByPrevious, item, outcomeStates, strength.itemContext),
    itemBySeen: contextOdds(counts.itemBySeen, item, outcomeStates, strength.itemContext),
  };
}

/** Log-odds of a pair, drawn to `prior`; one answer alone is no pair. */
export function pairOdds(counts: Counts, position: number, prior: number): number {
  if (position < 0 || counts.answers[position] < 2) return prior;
  return smoothed(counts.right[position], counts.answers[position], prior, strength.pair);
}

function smoothed(right: number, answers: number, prior: number, imaginary: number): number {
  return logit((right + imaginary * logistic(prior)) / (answers + imaginary));
}

function smooth({ answers, right }: Counts, prior: Float64Array, imaginary: number): Float64Array {
  return prior.map((odds, cell) => smoothed(right[cell], answers[cell], odds, imaginary));
}

/** Sums over the contexts of each group. */
function totals({ answers, right }: Counts, contexts: number): Counts {
  const groups = contexts === 0 ? 0 : answers.length / contexts;
  const sum = { answers: new Float64Array(groups), right: new Float64Array(groups) };
  for (let cell = 0; cell < answers.length; cell++) {
    const group = Math.floor(cell / contexts);
    sum.answers[group] += answers[cell];
    sum.right[group] += right[cell];
  }
  return sum;
}

/** @param group log-odds of each group; the shift of a context is what its answers differ by from their groups. */
function contextOdds({ answers, right }: Counts, group: Float64Array, contexts: number, imaginary: number) {
  const expected = new Float64Array(contexts);
  const seen = new Float64Array(contexts);
  const total = new Float64Array(contexts);
  for (let cell = 0; cell < answers.length; cell++) {
    const context = cell % contexts;
    expected[context] += answers[cell] * logistic(group[(cell - context) / contexts]);
    seen[context] += right[cell];
    total[context] += answers[cell];
  }
  const shift = Float64Array.from(
    total,
    (n, context) => logit((seen[context] + 1) / (n + 2)) - logit((expected[context] + 1) / (n + 2)),
  );
  const prior = Float64Array.from(answers, (_, cell) => group[Math.floor(cell / contexts)] + shift[cell % contexts]);
  return { cell: smooth({ answers, right }, prior, imaginary), shift };
}

function meanOf(members: readonly number[], odds: Float64Array, base: number): number {
  return members.length === 0 ? base : members.reduce((sum, member) => sum + odds[member], 0) / members.length;
}
