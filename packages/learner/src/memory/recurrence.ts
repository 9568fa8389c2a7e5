/**
 * FSRS-6's recurrences of stability S (days to 90 % recall) and difficulty D (1 to 10), for passes over many answers and
 * for planners: without rounding and without objects. `ts-fsrs` has the same with both; a test holds them together.
 * Grades g: 1 again, 2 hard, 3 good, 4 easy. Days t = 0 means the same sitting.
 */
import { S_MAX, S_MIN } from 'ts-fsrs';

export const D_LEAST = 1;
export const D_MOST = 10;
/** Stability after a first answer is never less (days). */
export const FIRST_S_LEAST = 0.1;
export { S_MAX, S_MIN };

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** f with R(S) = .9: f = .9^(-1/w20) - 1. */
export const curveFactor = (w: ArrayLike<number>): number => 0.9 ** (-1 / w[20]) - 1;

/** Retrievability, 0 to 1: R(t, S) = (1 + f t / S)^(-w20). */
export const retrievabilityAt = (w: ArrayLike<number>, factor: number, days: number, stability: number): number =>
  days <= 0 ? 1 : (1 + (factor * days) / stability) ** -w[20];

/** Stability after a first answer: S0(g) = max(w[g-1], .1). */
export const firstStability = (w: ArrayLike<number>, grade: number): number => Math.max(w[grade - 1], FIRST_S_LEAST);

/** Difficulty before bounds: D0(g) = w4 - exp((g - 1) w5) + 1. */
export const rawFirstDifficulty = (w: ArrayLike<number>, grade: number): number =>
  w[4] - Math.exp((grade - 1) * w[5]) + 1;

export const firstDifficulty = (w: ArrayLike<number>, grade: number): number =>
  clamp(rawFirstDifficulty(w, grade), D_LEAST, D_MOST);

/** D' = w7 D0(4) + (1 - w7) (D - w6 (g - 3) (10 - D) / 9), 1 to 10. */
export function nextDifficulty(w: ArrayLike<number>, difficulty: number, grade: number): number {
  const moved = difficulty - (w[6] * (grade - 3) * (10 - difficulty)) / 9;
  return clamp(w[7] * rawFirstDifficulty(w, 4) + (1 - w[7]) * moved, D_LEAST, D_MOST);
}

/**
 * After recall: S' = S (1 + e^w8 (11 - D) S^-w9 (e^(w10 (1 - R)) - 1) h), h = w15 if hard, w16 if easy, else 1.
 */
export function stabilityRecalled(w: ArrayLike<number>, s: number, d: number, recalled: number, grade: number): number {
  const factor = grade === 2 ? w[15] : grade === 4 ? w[16] : 1;
  const growth = Math.exp(w[8]) * (11 - d) * s ** -w[9] * (Math.exp((1 - recalled) * w[10]) - 1) * factor;
  return clamp(s * (1 + growth), S_MIN, S_MAX);
}

/** After forgetting: S' = min(w11 D^-w12 ((S + 1)^w13 - 1) e^(w14 (1 - R)), S / e^(w17 w18)). */
export function stabilityForgotten(w: ArrayLike<number>, s: number, d: number, recalled: number): number {
  const after = w[11] * d ** -w[12] * ((s + 1) ** w[13] - 1) * Math.exp((1 - recalled) * w[14]);
  return Math.min(Math.max(s / Math.exp(w[17] * w[18]), S_MIN), clamp(after, S_MIN, S_MAX));
}

/** In the same sitting: S' = S q, q = S^-w19 e^(w17 (g - 3 + w18)), and q >= 1 from hard on. */
export function stabilitySameSitting(w: ArrayLike<number>, s: number, grade: number): number {
  const q = s ** -w[19] * Math.exp(w[17] * (grade - 3 + w[18]));
  return clamp(s * (grade >= 2 ? Math.max(q, 1) : q), S_MIN, S_MAX);
}

/** The stability after an answer `days` after the last one, recalled with chance `recalled` before it. */
export function nextStability(
  w: ArrayLike<number>,
  s: number,
  d: number,
  days: number,
  recalled: number,
  grade: number,
): number {
  if (days <= 0) return stabilitySameSitting(w, s, grade);
  return grade === 1 ? stabilityForgotten(w, s, d, recalled) : stabilityRecalled(w, s, d, recalled, grade);
}
