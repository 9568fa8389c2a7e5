/** Probabilities of answers by item and latent group, and their improvement from expected counts. */
import type { ItemRule } from './item-rules.ts';

/** No probability is 0 or 1: one answer against the rule must not be impossible. */
const LEAST = 1e-6;

/**
 * The maximising probabilities of one item, groups * categories, from expected counts of the same layout; where nobody is
 * expected in a group it keeps what it had. Ordered groups that would change places are pooled (the constrained maximum).
 */
export function maximiseItem(rule: ItemRule, counts: Float64Array, before: Float64Array): Float64Array {
  const { groups, categories, start, pseudoAnswers } = rule;
  const credited = counts.map((count, k) => count + pseudoAnswers * start[k]);
  if (rule.ordered && !isOrdered(credited)) poolGroups(credited);
  const after = new Float64Array(groups * categories);
  for (let group = 0; group < groups; group++) {
    let total = 0;
    for (let k = 0; k < categories; k++) total += credited[group * categories + k];
    for (let k = 0; k < categories; k++) {
      const cell = group * categories + k;
      const share = total > 1e-9 ? credited[cell] / total : before[cell];
      after[cell] = Math.min(1 - LEAST, Math.max(LEAST, share));
    }
  }
  return after;
}

/** [wrong 0, right 0, wrong 1, right 1]: right_0 / n_0 <= right_1 / n_1. */
function isOrdered(counts: Float64Array): boolean {
  return counts[1] * (counts[2] + counts[3]) <= counts[3] * (counts[0] + counts[1]);
}

function poolGroups(counts: Float64Array): void {
  const wrong = counts[0] + counts[2];
  const right = counts[1] + counts[3];
  counts.set([wrong, right, wrong, right]);
}

/** Free parameters of the items: categories - 1 per group. */
export function itemParameters(items: readonly ItemRule[]): number {
  return items.reduce((sum, { groups, categories }) => sum + groups * (categories - 1), 0);
}
