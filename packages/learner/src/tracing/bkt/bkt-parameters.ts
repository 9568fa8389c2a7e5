/**
 * Bayesian knowledge tracing, one skill (Corbett and Anderson 1995, "Knowledge tracing: Modeling the acquisition of
 * procedural knowledge"), without forgetting as they have it, or with (Khajah, Lindsey and Mozer 2016, "How deep is
knowledge tracing?", section 3.1): the parameters and their bounds.
 *
 * Bounds: guess <= .5, slip <= .5 and guess + slip < 1 (Baker, Corbett and Aleven 2008 call fits outside degenerate: a
 * learner who knows the skill would answer worse than one who does not). Inside them, where nothing is forgotten, mastery
 * never falls after a right answer, because known * (1 - slip) / (known * (1 - slip) + (1 - known) * guess) >= known if and only if
 * 1 - slip >= guess, and learning only adds.
 */
import { logistic, logit } from '../../odds.ts';
export interface BktParameters {
  /** P(known before the first answer), 0 to 1. */
  readonly prior: number;
  /** P(not known -> known) at each answer, 0 to 1. */
  readonly learn: number;
  /** P(right | not known), 0 to .5. */
  readonly guess: number;
  /** P(wrong | known), 0 to .5. */
  readonly slip: number;
  /** P(known -> not known) at each answer, 0 to .5, and over each break (0 to 1); absent where nothing is forgotten. */
  readonly forget?: number;
  readonly lapse?: number;
}

/**
 * Parameters as a vector (prior, learn, guess, slip), followed by (forget, lapse) where there is forgetting, without
 * bounds, as the fit sees them.
 */
export type BktVector = readonly number[];

export const largestGuess = 0.5;
export const largestSlip = 0.5;
/** Beyond it a skill known now would be one not known at the next answer. */
export const largestForget = 0.5;

/** The probability of each coordinate is its largest value times logistic(x), so that every vector is within bounds. */
const largest = [1, 1, largestGuess, largestSlip, largestForget, 1];

export function toParameters(vector: BktVector): BktParameters {
  return fromValues(vector.map((x, i) => largest[i] * logistic(x)));
}

export function toVector(parameters: BktParameters): BktVector {
  return valuesOf(parameters).map((value, i) => logit(value / largest[i]));
}

/** d parameter / d x for each, at the given parameters. */
export function parameterSlopes(parameters: BktParameters): BktVector {
  return valuesOf(parameters).map((value, i) => value * (1 - value / largest[i]));
}

/** The parameters in the vector's order. */
export function valuesOf({ prior, learn, guess, slip, forget, lapse }: BktParameters): readonly number[] {
  return forget === undefined || lapse === undefined
    ? [prior, learn, guess, slip]
    : [prior, learn, guess, slip, forget, lapse];
}

/** Parameters from their values in the vector's order, four or six. */
export function fromValues([prior, learn, guess, slip, ...forgetting]: readonly number[]): BktParameters {
  const [forget, lapse] = forgetting;
  return { prior, learn, guess, slip, ...(forgetting.length > 0 ? { forget, lapse } : {}) };
}

/** Whether the parameters are degenerate, or nothing a probability could be. */
export function isDegenerate(parameters: BktParameters): boolean {
  const { guess, slip, forget = 0 } = parameters;
  const inUnit = valuesOf(parameters).every((value) => value >= 0 && value <= 1);
  return !inUnit || guess > largestGuess || slip > largestSlip || guess + slip >= 1 || forget > largestForget;
}

/** P(right) = known (1 - slip) + (1 - known) guess. */
export function rightProbability(known: number, { guess, slip }: BktParameters): number {
  return known * (1 - slip) + (1 - known) * guess;
}
