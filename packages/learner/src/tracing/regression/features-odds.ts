/**
 * Smoothed log-odds of right answers from counts: each cell is drawn to what its group would give in that context, so
 * that a cell without answers says what the group says, and a group without answers what everything says.
 *
 *   odds(cell) = logit((right + m p) / (answers + m)),  p = logistic(odds(group) + shift(context))
 */
import { logistic, logit } from '../../odds.ts';
import { afterLastOutcome, featureContexts } from './features-contexts.ts';
import type { Desk } from './features-desk.ts';
import type { Counts, FeatureStatistics } from './features-statistics.ts';

/** Log-odds by cell, and the shift of each context against its group for groups that were never met. */
export interface ContextOdds {
  readonly cell: Float32Array;
  readonly shift: Float64Array;
}

/** What features look up; indices are those of the statistics. */
export interface FeatureOdds {
  readonly base: number;
  readonly skill: Float64Array;
  readonly set: Float64Array;
  readonly item: Float64Array;
  /** Answers on the item. */
  readonly itemAnswers: Int32Array;
  /** By context table. */
  readonly contexts: readonly ContextOdds[];
}

// Imaginary answers that a cell starts from. Item, contexts and pair: least loss of these log-odds alone on left-out
// learners of the training parts of ASSISTments 2009 and Algebra 2005 (twice as many cost at most .002 nats; half as many
// at most .004). Skill and set have so many answers that theirs hardly matter.
const strength = { skill: 20, set: 10, item: 7, inContext: { set: 25, item: 30 }, pair: 15 };

export function featureOdds({ counts, skillSets, itemSet }: FeatureStatistics): FeatureOdds {
  const setTotals = totals(counts.contexts[0], featureContexts[0].contexts);
  const itemTotals = totals(counts.contexts[afterLastOutcome], featureContexts[afterLastOutcome].contexts);
  const whole = totals(setTotals, setTotals.answers.length);
  const base = logit(((whole.right[0] ?? 0) + 1) / ((whole.answers[0] ?? 0) + 2));
  const skill = smooth(counts.skill, () => base, strength.skill);
  const set = smooth(setTotals, (s) => meanOf(skillSets[s], skill, base), strength.set);
  const item = smooth(itemTotals, (i) => set[itemSet[i]], strength.item);
  return {
    ...{ base, skill, set, item, itemAnswers: itemTotals.answers },
    contexts: featureContexts.map(({ group, contexts }, c) =>
      contextOdds(counts.contexts[c], group === 'item' ? item : set, contexts, strength.inContext[group]),
    ),
  };
}

/**
 * Log-odds in context table c for the desk's question; of an item or set never met, `prior` and what the context shifts.
 */
export function oddsInContext(odds: FeatureOdds, c: number, desk: Desk, prior: number): number {
  const { group, contexts, of } = featureContexts[c];
  const which = group === 'item' ? desk.item : desk.set;
  const { cell, shift } = odds.contexts[c];
  return which < 0 ? prior + shift[of(desk)] : cell[which * contexts + of(desk)];
}

/** Log-odds of a pair, drawn to `prior`; one answer alone is no pair. */
export function pairOdds(counts: Counts, position: number, prior: number): number {
  if (position < 0 || counts.answers[position] < 2) return prior;
  return smoothed(counts.right[position], counts.answers[position], prior, strength.pair);
}

function smoothed(right: number, answers: number, prior: number, imaginary: number): number {
  return logit((right + imaginary * logistic(prior)) / (answers + imaginary));
}

function smooth({ answers, right }: Counts, prior: (cell: number) => number, imaginary: number): Float64Array {
  return Float64Array.from(answers, (n, cell) => smoothed(right[cell], n, prior(cell), imaginary));
}

/** Sums over the contexts of each group. */
function totals({ answers, right }: Counts, contexts: number): Counts {
  const groups = contexts === 0 ? 0 : answers.length / contexts;
  const sum = { answers: new Int32Array(groups), right: new Int32Array(groups) };
  for (let cell = 0; cell < answers.length; cell++) {
    const group = Math.floor(cell / contexts);
    sum.answers[group] += answers[cell];
    sum.right[group] += right[cell];
  }
  return sum;
}

/** @param group log-odds of each group; the shift of a context is what its answers differ by from their groups. */
function contextOdds(
  { answers, right }: Counts,
  group: Float64Array,
  contexts: number,
  imaginary: number,
): ContextOdds {
  const expected = new Float64Array(contexts);
  const seen = new Float64Array(contexts);
  const total = new Float64Array(contexts);
  for (let cell = 0; cell < answers.length; cell++) {
    if (answers[cell] === 0) continue;
    const context = cell % contexts;
    expected[context] += answers[cell] * logistic(group[(cell - context) / contexts]);
    seen[context] += right[cell];
    total[context] += answers[cell];
  }
  const shift = total.map((n, c) => logit((seen[c] + 1) / (n + 2)) - logit((expected[c] + 1) / (n + 2)));
  const cell = new Float32Array(answers.length);
  for (let k = 0; k < cell.length; k++) {
    const prior = group[Math.floor(k / contexts)] + shift[k % contexts];
    cell[k] = answers[k] === 0 ? prior : smoothed(right[k], answers[k], prior, imaginary);
  }
  return { cell, shift };
}

function meanOf(members: readonly number[], odds: Float64Array, base: number): number {
  return members.length === 0 ? base : members.reduce((sum, member) => sum + odds[member], 0) / members.length;
}
