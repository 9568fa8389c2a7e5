/**
 * The parameters in which items are fitted, one family per model: slope-intercept form, where the likelihood is smooth
 * and close to quadratic (Baker & Kim 2004, Item Response Theory, chapters 2 and 8). Priors are weak: they decide only
 * where the answers do not, such as items that nobody or everybody gets right.
 */
import { logistic } from '../odds.ts';
import type { ResponseItem } from './response-items.ts';

/** A normal prior on g(parameter) for one parameter; `log`: on its logarithm. */
interface NormalPrior {
  readonly mean: number;
  readonly deviation: number;
  readonly log?: boolean;
}

export interface ItemFamily {
  readonly categories: number;
  readonly priors: readonly NormalPrior[];
  /** Start from the shares of learners in each category. */
  start(shares: ArrayLike<number>): Float64Array;
  /** Writes P(k | theta) and dP(k | theta)/dparameter: categories, and categories * parameters row after row. */
  evaluate(parameters: Float64Array, theta: number, probability: Float64Array, jacobian: Float64Array): void;
  /** False where the parameters are outside of the model. */
  admits(parameters: Float64Array): boolean;
  toItem(parameters: Float64Array): ResponseItem;
}

/** log a ~ N(0, 1): a slope between .14 and 7 is within two deviations. */
const slopePrior: NormalPrior = { mean: 0, deviation: 1, log: true };
/** Intercepts in logits: within six of chance at two deviations. */
const interceptPrior: NormalPrior = { mean: 0, deviation: 3 };
/** logit c around .2, between .05 and .5 within two deviations: c is barely identified for easy items (Mislevy 1986). */
const guessingPrior: NormalPrior = { mean: Math.log(0.2 / 0.8), deviation: 0.7 };

const logit = (p: number): number => Math.log(p / (1 - p));
const within = (p: number): number => Math.min(0.98, Math.max(0.02, p));

/** Parameters a, d: P = logistic(a theta + d), b = -d / a. */
export const twoParameter: ItemFamily = {
  categories: 2,
  priors: [slopePrior, interceptPrior],
  start: (shares) => Float64Array.of(1, logit(within(shares[1])) * 1.2),
  evaluate([slope, intercept], theta, probability, jacobian) {
    const p = logistic(slope * theta + intercept);
    probability[0] = 1 - p;
    probability[1] = p;
    const change = p * (1 - p);
    jacobian[2] = change * theta;
    jacobian[3] = change;
    jacobian[0] = -jacobian[2];
    jacobian[1] = -change;
  },
  admits: ([slope]) => slope > 1e-3,
  toItem: ([slope, intercept]) => ({ kind: 'logistic', slope, difficulty: -intercept / slope, guessing: 0 }),
};

/** Parameters a, d, g: P = c + (1 - c) logistic(a theta + d), c = logistic(g). */
export const threeParameter: ItemFamily = {
  categories: 2,
  priors: [slopePrior, interceptPrior, guessingPrior],
  start: (shares) => Float64Array.of(1, logit(within((shares[1] - 0.15) / 0.85)) * 1.2, guessingPrior.mean),
  evaluate([slope, intercept, g], theta, probability, jacobian) {
    const p = logistic(slope * theta + intercept);
    const c = logistic(g);
    probability[1] = c + (1 - c) * p;
    probability[0] = (1 - c) * (1 - p);
    const change = (1 - c) * p * (1 - p);
    jacobian[3] = change * theta;
    jacobian[4] = change;
    jacobian[5] = c * (1 - c) * (1 - p);
    for (let k = 0; k < 3; k++) jacobian[k] = -jacobian[3 + k];
  },
  admits: ([slope]) => slope > 1e-3,
  toItem: ([slope, intercept, g]) => ({
    kind: 'logistic',
    slope,
    difficulty: -intercept / slope,
    guessing: logistic(g),
  }),
};

/** Parameters a, d_1 > ... > d_(K-1): P(category >= k) = logistic(a theta + d_k), b_k = -d_k / a. */
export function gradedResponse(categories: number): ItemFamily {
  const size = categories;
  return {
    categories,
    priors: [slopePrior, ...Array.from({ length: categories - 1 }, () => interceptPrior)],
    start(shares) {
      const parameters = new Float64Array(size).fill(1);
      let above = 1;
      for (let k = 1; k < categories; k++) {
        above -= shares[k - 1];
        // Apart even where a category was never seen.
        parameters[k] = Math.min(logit(within(above)) * 1.2, k > 1 ? parameters[k - 1] - 0.05 : Infinity);
      }
      return parameters;
    },
    evaluate(parameters, theta, probability, jacobian) {
      jacobian.fill(0);
      let above = 1;
      let change = 0;
      for (let k = 0; k < categories; k++) {
        const last = k === categories - 1;
        const next = last ? 0 : logistic(parameters[0] * theta + parameters[k + 1]);
        const nextChange = next * (1 - next);
        probability[k] = above - next;
        jacobian[k * size] = (change - nextChange) * theta;
        if (k > 0) jacobian[k * size + k] = change;
        if (!last) jacobian[k * size + k + 1] = -nextChange;
        above = next;
        change = nextChange;
      }
    },
    admits(parameters) {
      for (let k = 2; k < size; k++) if (parameters[k] > parameters[k - 1] - 1e-6) return false;
      return parameters[0] > 1e-3;
    },
    toItem: (parameters) => ({
      kind: 'graded',
      slope: parameters[0],
      thresholds: Array.from(parameters.subarray(1), (d) => -d / parameters[0]),
    }),
  };
}

/** The family that a fitted item came from, and its parameters there. */
export function familyOfItem(item: ResponseItem): { readonly family: ItemFamily; readonly parameters: Float64Array } {
  if (item.kind === 'graded') {
    const intercepts = item.thresholds.map((b) => -b * item.slope);
    return { family: gradedResponse(intercepts.length + 1), parameters: Float64Array.of(item.slope, ...intercepts) };
  }
  const { slope, difficulty, guessing } = item;
  const parameters = [slope, -difficulty * slope];
  return guessing > 0
    ? { family: threeParameter, parameters: Float64Array.of(...parameters, logit(guessing)) }
    : { family: twoParameter, parameters: Float64Array.from(parameters) };
}

/** log of the priors' density, up to a constant. */
export function logPriorOf(family: ItemFamily, parameters: Float64Array): number {
  return family.priors.reduce((sum, { mean, deviation, log }, k) => {
    const value = log ? Math.log(parameters[k]) : parameters[k];
    return sum - (value - mean) ** 2 / (2 * deviation ** 2);
  }, 0);
}

/** Adds the gradient of the log prior, and its information (minus the second derivative, at least 0), in place. */
export function addPrior(
  family: ItemFamily,
  parameters: Float64Array,
  gradient: Float64Array,
  information: Float64Array,
): void {
  const size = gradient.length;
  family.priors.forEach(({ mean, deviation, log }, k) => {
    const value = log ? Math.log(parameters[k]) : parameters[k];
    const scale = log ? 1 / parameters[k] : 1;
    gradient[k] -= ((value - mean) / deviation ** 2) * scale;
    information[k * size + k] += scale ** 2 / deviation ** 2;
  });
}
