/**
 * Bayesian knowledge tracing, one skill (Corbett and Anderson 1995, "Knowledge tracing: Modeling the acquisition of
 * procedural knowledge"; no forgetting): the parameters, their bounds, and one step of the filter.
 *
 * Bounds: guess <= .5, slip <= .5 and guess + slip < 1 (Baker, Corbett and Aleven 2008 call fits outside degenerate: a
 * learner who knows the skill would answer worse than one who does not). Inside them mastery never falls after a right
 * answer, because known * (1 - slip) / (known * (1 - slip) + (1 - known) * guess) >= known if and only if
 * 1 - slip >= guess, and learning only adds.
 */
export interface BktParameters {
  /** P(known before the first answer), 0 to 1. */
  readonly prior: number;
  /** P(not known -> known) at each answer, 0 to 1. */
  readonly learn: number;
  /** P(right | not known), 0 to .5. */
  readonly guess: number;
  /** P(wrong | known), 0 to .5. */
  readonly slip: number;
}

/** Parameters as a vector (prior, learn, guess, slip) without bounds, as the fit sees them. */
export type BktVector = readonly [number, number, number, number];

export const largestGuess = 0.5;
export const largestSlip = 0.5;

/** prior and learn are logistic(x), guess and slip half of it, so that every vector is within the bounds. */
export function toParameters([prior, learn, guess, slip]: BktVector): BktParameters {
  return {
    prior: logistic(prior),
    learn: logistic(learn),
    guess: largestGuess * logistic(guess),
    slip: largestSlip * logistic(slip),
  };
}

export function toVector({ prior, learn, guess, slip }: BktParameters): BktVector {
  return [logit(prior), logit(learn), logit(guess / largestGuess), logit(slip / largestSlip)];
}

/** d parameter / d x for each of the four, at the given parameters. */
export function parameterSlopes({ prior, learn, guess, slip }: BktParameters): BktVector {
  return [
    prior * (1 - prior),
    learn * (1 - learn),
    guess * (1 - guess / largestGuess),
    slip * (1 - slip / largestSlip),
  ];
}

/** Whether the parameters are degenerate, or nothing a probability could be. */
export function isDegenerate({ prior, learn, guess, slip }: BktParameters): boolean {
  const inUnit = [prior, learn, guess, slip].every((value) => value >= 0 && value <= 1);
  return !inUnit || guess > largestGuess || slip > largestSlip || guess + slip >= 1;
}

/** P(right) = known (1 - slip) + (1 - known) guess. */
export function rightProbability(known: number, { guess, slip }: BktParameters): number {
  return known * (1 - slip) + (1 - known) * guess;
}

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Finite for every probability: 0 and 1 are taken for 1e-12 and 1 - 1e-12. */
export function logit(probability: number): number {
  const p = Math.min(1 - 1e-12, Math.max(1e-12, probability));
  return Math.log(p / (1 - p));
}
