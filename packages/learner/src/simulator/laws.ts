/**
 * How simulated learners learn and forget: two laws of different structure, so that a policy which wins under one of
 * them by luck is found out by the other.
 *
 * Law `a`: exponential learning curve (Heathcote, Brown & Mewhort, "The power law repealed", 2000), prerequisites as
 * steep gates, exponential forgetting (Ebbinghaus; Settles & Meeder, "A trainable spaced repetition model", 2016).
 * Law `b`: logistic learning curve (slow, fast, slow), prerequisites as a product of powers, power-law forgetting
 * (Wixted & Ebbesen 1991; the curve of FSRS 4).
 *
 * Nothing here is known to planners: `forecast/` has its own equations and constants.
 */

export type GrowthLawName = 'a' | 'b';

export interface GrowthLaw {
  readonly name: GrowthLawName;
  /** Multiplies readiness, per prerequisite of the given mastery (0 to 1). */
  gate(mastery: number, hard: boolean): number;
  /** Mastery after one attempt at speed `rate` (0 = nothing learned), from mastery `level` (0 to 1). */
  grow(level: number, rate: number): number;
  /** Share of the stored knowledge recalled after `days` at a stability in days (days to 90 % recall). */
  recall(stability: number, days: number): number;
  /** Stability after an activity with a share of `success` right answers, recalled at `recall` before it. */
  strengthen(stability: number, recall: number, success: number): number;
}

/** Readiness never falls to nothing: a little is learned even from what is far too hard. */
export const LEAST_READINESS = 0.03;

/** An attempt at full readiness by an average learner closes this share of what is missing (law a): about .36 in three. */
const STEP_A = 0.14;
/** The same attempt adds this to the log-odds of mastery (law b): about three and a half activities from .08 to .9. */
const STEP_B = 0.45;

const lawA: GrowthLaw = {
  name: 'a',
  // hard: 1 / (1 + exp(-(m - .55) / .08)); soft: .6 + .4 m
  gate: (mastery, hard) => (hard ? 1 / (1 + Math.exp(-(mastery - 0.55) / 0.08)) : 0.6 + 0.4 * mastery),
  // m' = m + (1 - (1 - step)^rate) (1 - m)
  grow: (level, rate) => level + (1 - (1 - STEP_A) ** rate) * (1 - level),
  // R = .9^(t / S)
  recall: (stability, days) => 0.9 ** (days / stability),
  // S' = S (1 + f (.15 + 5 (1 - R)))
  strengthen: (stability, recall, success) => stability * (1 + success * (0.15 + 5 * (1 - recall))),
};

const lawB: GrowthLaw = {
  name: 'b',
  // hard: m^1.5; soft: m^.4
  gate: (mastery, hard) => mastery ** (hard ? 1.5 : 0.4),
  // logit m' = logit m + step rate
  grow(level, rate) {
    const bounded = Math.min(0.999, Math.max(0.01, level));
    const odds = (bounded / (1 - bounded)) * Math.exp(STEP_B * rate);
    return Math.max(level, odds / (1 + odds));
  },
  // R = 1 / (1 + t / (9 S))
  recall: (stability, days) => 1 / (1 + days / (9 * stability)),
  // S' = S (1 + f (.1 + S^-.15 (exp(3.5 (1 - R)) - 1)))
  strengthen: (stability, recall, success) =>
    stability * (1 + success * (0.1 + stability ** -0.15 * (Math.exp(3.5 * (1 - recall)) - 1))),
};

/** The law of that name. */
export function growthLaw(name: GrowthLawName): GrowthLaw {
  return name === 'a' ? lawA : lawB;
}
