/**
 * Learners who differ (Yudelson, Koedinger and Gordon 2013, "Individualized Bayesian knowledge tracing models", section
 * 2.2): a learner's own effects shift the logits of prior and learn on every skill alike. Here they are a posterior over
 * a small grid of effects; its prior weights are the population's (Laird 1978, "Nonparametric maximum likelihood
 * estimation of a mixing distribution"). Given the effects the skills are independent, so the posterior is exact: one
 * BKT filter per skill and grid point.
 */
import { logistic, logit } from '../../odds.ts';
import type { BktParameters } from './bkt-parameters.ts';

// Shifts of the logits: from a quarter of the usual odds and less to four times and more.
const shifts = [-3, -1.5, 0, 1.5, 3];

/** The grid: shifts of prior and of learn. */
export const effects: readonly (readonly [prior: number, learn: number])[] = shifts.flatMap((prior) =>
  shifts.map((learn) => [prior, learn] as const),
);

/** Prior and learn of one skill at each point of the grid; the other parameters are the skill's. */
export interface IndividualSkill {
  readonly parameters: BktParameters;
  readonly prior: Float64Array;
  readonly learn: Float64Array;
}

export function individualSkill(parameters: BktParameters): IndividualSkill {
  const at = (value: number, which: 0 | 1) =>
    Float64Array.from(effects, (effect) => logistic(logit(value) + effect[which]));
  return { parameters, prior: at(parameters.prior, 0), learn: at(parameters.learn, 1) };
}

/** Weights of the grid before anything is known: independent normal effects of deviation 1.5. */
export function firstWeights(): Float64Array {
  return normalise(Float64Array.from(effects, ([a, b]) => -(a * a + b * b) / (2 * 1.5 ** 2)));
}

/** exp of logarithms, scaled to sum 1. */
export function normalise(logarithms: ArrayLike<number>): Float64Array {
  let most = Number.NEGATIVE_INFINITY;
  for (let g = 0; g < logarithms.length; g++) most = Math.max(most, logarithms[g]);
  const weights = Float64Array.from(logarithms, (value) => Math.exp(value - most));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/** P(right) at each point of the grid. */
export function rightOnGrid(known: ArrayLike<number>, { guess, slip }: BktParameters): Float64Array {
  return Float64Array.from(known, (value) => value * (1 - slip) + (1 - value) * guess);
}

/** P(known) at each point of the grid after a break. */
export function lapsed(known: ArrayLike<number>, { lapse = 0 }: BktParameters): Float64Array {
  return Float64Array.from(known, (value) => value * (1 - lapse));
}

// Keeps quotients finite where an answer is impossible.
const smallest = 1e-10;

/** P(known) at each point of the grid after an answer, as in bkt-likelihood.ts. */
export function nextOnGrid(known: ArrayLike<number>, correct: boolean, skill: IndividualSkill): Float64Array {
  const { guess, slip, forget = 0 } = skill.parameters;
  const next = new Float64Array(known.length);
  for (let g = 0; g < known.length; g++) {
    const right = known[g] * (1 - slip) + (1 - known[g]) * guess;
    const kept = correct ? 1 - slip : slip;
    const posterior = Math.min(1, (known[g] * kept) / Math.max(smallest, correct ? right : 1 - right));
    next[g] = skill.learn[g] + posterior * (1 - skill.learn[g] - forget);
  }
  return next;
}
