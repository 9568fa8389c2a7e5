/** What is believed of a learner after some answers. */
import type { AskedItem, AssessmentModel } from './types.ts';

export interface Belief {
  /** P(hypothesis | answers). */
  readonly probability: Float64Array;
  /** Posterior mean and standard deviation of ability; NaN for other kinds. */
  readonly ability: number;
  readonly standardError: number;
  /** P(held | answers) of each attribute. */
  readonly mastery: Float64Array;
  /** The hypothesis that the estimate stands for: the nearest to the mean ability, else the most probable. */
  readonly best: number;
}

/** The belief after answers, in any order. */
export function beliefAfter(model: AssessmentModel, answers: readonly AskedItem[]): Belief {
  return describeBelief(
    model,
    answers.reduce((probability, { item, right }) => updated(model, probability, item, right), model.prior),
  );
}

/** Bayes' rule for one answer. */
export function updated(
  { right }: AssessmentModel,
  probability: Float64Array,
  item: number,
  isRight: boolean,
): Float64Array {
  const next = probability.map((p, h) => p * (isRight ? right[item][h] : 1 - right[item][h]));
  const sum = next.reduce((total, p) => total + p, 0);
  return next.map((p) => p / sum);
}

/** Means, deviations and marginals of a distribution over the hypotheses. */
export function describeBelief({ ability, attributes, held }: AssessmentModel, probability: Float64Array): Belief {
  const mastery = new Float64Array(attributes.length);
  probability.forEach((p, h) => {
    for (let k = 0; k < mastery.length; k++) if (held[h * mastery.length + k] === 1) mastery[k] += p;
  });
  if (ability === null) {
    const best = probability.reduce((found, p, h) => (p > probability[found] ? h : found), 0);
    return { probability, ability: Number.NaN, standardError: Number.NaN, mastery, best };
  }
  let mean = 0;
  let square = 0;
  probability.forEach((p, h) => {
    mean += p * ability[h];
    square += p * ability[h] ** 2;
  });
  const best = ability.reduce((found, at, h) => (Math.abs(at - mean) < Math.abs(ability[found] - mean) ? h : found), 0);
  return { probability, ability: mean, standardError: Math.sqrt(Math.max(0, square - mean ** 2)), mastery, best };
}

/** P(right) of an item. */
export function chanceRight({ right }: AssessmentModel, { probability }: Belief, item: number): number {
  return probability.reduce((sum, p, h) => sum + p * right[item][h], 0);
}

/** -sum p log p, nats. */
export function entropy(probability: ArrayLike<number>): number {
  let sum = 0;
  for (let h = 0; h < probability.length; h++) if (probability[h] > 0) sum -= probability[h] * Math.log(probability[h]);
  return sum;
}

/** Entropy of an answer that is right with probability p, nats. */
export function answerEntropy(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log(1 - p);
}
