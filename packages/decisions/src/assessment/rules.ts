/**
 * How much an item is worth asking, by rule:
 * - information: Fisher information at the estimated ability (Lord 1980, chapter 10);
 * - kl: Kullback-Leibler information between the estimate and the hypotheses around it (ability: Chang & Ying 1996, APM 20,
 *   213-229; states: Xu, Chang & Douglas 2003), all alike;
 * - pwkl: the same, weighted by the posterior (Cheng 2009, Psychometrika 74, 619-632);
 * - jensen-shannon: divergence of the answer's distributions under all hypotheses, weighted by the posterior (Minchen & de
 *   la Torre 2016); it equals the
 * - mutual-information between hypothesis and answer, the name used in tracing: expected loss of entropy (Lindley 1956).
 */
import { answerEntropy, type Belief } from './belief.ts';
import type { AssessmentModel } from './types.ts';

export type SelectionRule = 'information' | 'kl' | 'pwkl' | 'jensen-shannon' | 'mutual-information' | 'random';

export const selectionRules: readonly SelectionRule[] = [
  'information',
  'kl',
  'pwkl',
  'jensen-shannon',
  'mutual-information',
  'random',
];

/** Null when the rule can serve the model, else the reason in words. */
export function ruleRefusal(rule: SelectionRule, { kind }: AssessmentModel): string | null {
  if (rule !== 'information' || kind === 'ability') return null;
  return `Fisher information is about ability, this is ${kind}: use jensen-shannon`;
}

/** The score of an item by a rule; `answered`: how many answers the belief rests on. 'random' scores all alike. */
export function scoreItem(
  rule: SelectionRule,
  model: AssessmentModel,
  belief: Belief,
  item: number,
  answered: number,
): number {
  if (rule === 'random') return 0;
  if (rule === 'information') return model.information(item, belief.ability);
  if (rule === 'kl') return divergence(model, belief, item, (h) => nearness(model, belief, h, answered));
  if (rule === 'pwkl') return divergence(model, belief, item, (h) => belief.probability[h]);
  return mutualInformation(model, belief, item);
}

/** I(H; X) = H(X) - sum_h P(h) H(X | h), nats: also the Jensen-Shannon divergence of the P(X | h) with weights P(h). */
export function mutualInformation(model: AssessmentModel, belief: Belief, item: number): number {
  const entropies = model.answerEntropy[item];
  const right = model.right[item];
  let conditional = 0;
  let chance = 0;
  for (let h = 0; h < right.length; h++) {
    conditional += belief.probability[h] * entropies[h];
    chance += belief.probability[h] * right[h];
  }
  return Math.max(0, answerEntropy(chance) - conditional);
}

/** sum_h w(h) KL(P(X | best) || P(X | h)). */
function divergence(model: AssessmentModel, { best }: Belief, item: number, weight: (h: number) => number): number {
  const p = model.right[item][best];
  const own = model.answerEntropy[item][best];
  let sum = 0;
  for (let h = 0; h < model.prior.length; h++) {
    const w = weight(h);
    if (w > 1e-9) sum -= w * (own + p * model.logRight[item][h] + (1 - p) * model.logWrong[item][h]);
  }
  return sum;
}

/** Abilities within 3 / sqrt(n) of the estimate (Chang & Ying 1996, section 4), all states alike. */
function nearness({ ability }: AssessmentModel, belief: Belief, h: number, answered: number): number {
  if (ability === null) return 1;
  return Math.abs(ability[h] - belief.ability) <= 3 / Math.sqrt(Math.max(1, answered)) ? 1 : 0;
}

/**
 * I(X_i; X_j) between the answers to two items, nats: what asking both tells twice. With the items independent given the
 * hypothesis, I(H; X_i, X_j) = I(H; X_i) + I(H; X_j) - I(X_i; X_j).
 */
export function redundancy(model: AssessmentModel, belief: Belief, first: number, second: number): number {
  const [a, b] = [model.right[first], model.right[second]];
  let [pa, pb, both] = [0, 0, 0];
  for (let h = 0; h < a.length; h++) {
    const p = belief.probability[h];
    pa += p * a[h];
    pb += p * b[h];
    both += p * a[h] * b[h];
  }
  const joint = [both, pa - both, pb - both, 1 - pa - pb + both];
  const entropyOfBoth = joint.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
  return Math.max(0, answerEntropy(pa) + answerEntropy(pb) - entropyOfBoth);
}
