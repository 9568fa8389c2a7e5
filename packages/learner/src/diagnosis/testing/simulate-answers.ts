/** Learners with known attribute states and their answers, for tests of recovery. */
import type { Random } from '@qurriculum/random';
import type { AttributeStructure } from '../attributes.ts';
import { combinationOf, type DiagnosisDesign } from '../item-rules.ts';

/** One consistent state: each attribute held with probability `mastery` by those who hold its prerequisites. */
export function drawState(
  { names, order, prerequisites }: AttributeStructure,
  mastery: number,
  random: Random,
): Uint8Array {
  const state = new Uint8Array(names.length);
  for (const k of order) {
    const ready = prerequisites[k].every((parent) => state[parent] === 1);
    state[k] = Number(random.chance(mastery) && ready);
  }
  return state;
}

/** One answer per item: categories drawn from `probabilities` (groups * categories per item). */
export function drawAnswers(
  { items }: DiagnosisDesign,
  probabilities: readonly Float64Array[],
  state: Uint8Array,
  random: Random,
): number[] {
  return items.map((rule, j) => {
    const group = rule.groupOf[combinationOf(rule, state)];
    const uniform = random.nextDouble();
    let sum = 0;
    for (let category = 0; category < rule.categories - 1; category++) {
      sum += probabilities[j][group * rule.categories + category];
      if (uniform < sum) return category;
    }
    return rule.categories - 1;
  });
}

/** P(answer | group) of a binary item of two groups. */
export const noisyItem = (guess: number, slip: number): Float64Array =>
  Float64Array.of(1 - guess, guess, slip, 1 - slip);

/** Share of entries where two lists of bits agree. */
export function agreement(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let same = 0;
  for (let k = 0; k < a.length; k++) same += Number(a[k] === b[k]);
  return same / a.length;
}
