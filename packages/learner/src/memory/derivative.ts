/**
 * One step of the recurrences backwards: from the slopes of the loss after an answer to those before it, adding up the
 * slopes by the weights (reverse mode; Griewank & Walther 2008, chapter 3). Formulas are those of `recurrence.ts`; where
 * a bound holds, the slope is 0 there.
 */
import { D_LEAST, D_MOST, FIRST_S_LEAST, rawFirstDifficulty, S_MAX, S_MIN } from './recurrence.ts';

/** Slopes of the loss by stability, difficulty and retrievability of one moment. */
export interface Slopes {
  stability: number;
  difficulty: number;
  recalled: number;
}

const inside = (value: number, low: number, high: number): boolean => value > low && value < high;

/** R = b^-k, b = 1 + f t / S, k = w20, f = .9^(-1/k) - 1: adds dL/dR's share to S and to w20. */
export function throughCurve(
  w: ArrayLike<number>,
  gradient: Float64Array,
  slopes: Slopes,
  factor: number,
  days: number,
  s: number,
  recalled: number,
): void {
  if (days <= 0 || slopes.recalled === 0) return;
  const k = w[20];
  const b = 1 + (factor * days) / s;
  slopes.stability += (slopes.recalled * recalled * k * factor * days) / (s * s * b);
  const byK = ((factor + 1) * Math.log(0.9)) / (k * k);
  gradient[20] += slopes.recalled * recalled * (-Math.log(b) - (k * days * byK) / (s * b));
  slopes.recalled = 0;
}

/** Slopes after an answer become those before it; the share of the retrievability is left in `slopes.recalled`. */
export function throughAnswer(
  w: ArrayLike<number>,
  gradient: Float64Array,
  slopes: Slopes,
  at: {
    readonly s: number;
    readonly d: number;
    readonly days: number;
    readonly recalled: number;
    readonly grade: number;
  },
): void {
  const { stability: above, difficulty: aboveD } = slopes;
  slopes.stability = 0;
  slopes.difficulty = 0;
  slopes.recalled = 0;
  if (at.days <= 0) throughSameSitting(w, gradient, slopes, above, at.s, at.grade);
  else if (at.grade === 1) throughForgotten(w, gradient, slopes, above, at.s, at.d, at.recalled);
  else throughRecalled(w, gradient, slopes, above, at.s, at.d, at.recalled, at.grade);
  throughDifficulty(w, gradient, slopes, aboveD, at.d, at.grade);
}

function throughSameSitting(
  w: ArrayLike<number>,
  gradient: Float64Array,
  slopes: Slopes,
  above: number,
  s: number,
  grade: number,
): void {
  const shift = grade - 3 + w[18];
  const q = s ** -w[19] * Math.exp(w[17] * shift);
  if (grade >= 2 && q <= 1) {
    slopes.stability += above;
    return;
  }
  const after = s * q;
  if (!inside(after, S_MIN, S_MAX)) return;
  slopes.stability += above * q * (1 - w[19]);
  gradient[19] -= above * after * Math.log(s);
  gradient[17] += above * after * shift;
  gradient[18] += above * after * w[17];
}

function throughForgotten(
  w: ArrayLike<number>,
  gradient: Float64Array,
  slopes: Slopes,
  above: number,
  s: number,
  d: number,
  recalled: number,
): void {
  const power = (s + 1) ** w[13];
  const scale = d ** -w[12] * Math.exp((1 - recalled) * w[14]);
  const after = w[11] * scale * (power - 1);
  const most = s / Math.exp(w[17] * w[18]);
  if (most < after) {
    if (most <= S_MIN) return;
    slopes.stability += (above * most) / s;
    gradient[17] -= above * most * w[18];
    gradient[18] -= above * most * w[17];
    return;
  }
  if (!inside(after, S_MIN, S_MAX)) return;
  slopes.stability += (above * w[11] * scale * w[13] * power) / (s + 1);
  slopes.difficulty -= (above * after * w[12]) / d;
  slopes.recalled -= above * after * w[14];
  gradient[11] += above * scale * (power - 1);
  gradient[12] -= above * after * Math.log(d);
  gradient[13] += above * w[11] * scale * power * Math.log(s + 1);
  gradient[14] += above * after * (1 - recalled);
}

function throughRecalled(
  w: ArrayLike<number>,
  gradient: Float64Array,
  slopes: Slopes,
  above: number,
  s: number,
  d: number,
  recalled: number,
  grade: number,
): void {
  const factor = grade === 2 ? w[15] : grade === 4 ? w[16] : 1;
  const raised = Math.exp((1 - recalled) * w[10]);
  const scale = Math.exp(w[8]) * s ** -w[9] * factor;
  const growth = scale * (11 - d) * (raised - 1);
  if (!inside(s * (1 + growth), S_MIN, S_MAX)) return;
  slopes.stability += above * (1 + growth * (1 - w[9]));
  slopes.difficulty -= above * s * scale * (raised - 1);
  slopes.recalled -= above * s * scale * (11 - d) * raised * w[10];
  gradient[8] += above * s * growth;
  gradient[9] -= above * s * growth * Math.log(s);
  gradient[10] += above * s * scale * (11 - d) * raised * (1 - recalled);
  if (grade === 2 || grade === 4) gradient[grade === 2 ? 15 : 16] += (above * s * growth) / factor;
}

function throughDifficulty(
  w: ArrayLike<number>,
  gradient: Float64Array,
  slopes: Slopes,
  above: number,
  d: number,
  grade: number,
): void {
  const push = grade - 3;
  const moved = d - (w[6] * push * (10 - d)) / 9;
  const easy = rawFirstDifficulty(w, 4);
  if (!inside(w[7] * easy + (1 - w[7]) * moved, D_LEAST, D_MOST)) return;
  slopes.difficulty += above * (1 - w[7]) * (1 + (w[6] * push) / 9);
  gradient[6] -= (above * (1 - w[7]) * push * (10 - d)) / 9;
  gradient[7] += above * (easy - moved);
  gradient[4] += above * w[7];
  gradient[5] -= above * w[7] * 3 * Math.exp(3 * w[5]);
}

/** Slopes after the first answer of a history, by the weights that set stability and difficulty there. */
export function throughFirst(w: ArrayLike<number>, gradient: Float64Array, slopes: Slopes, grade: number): void {
  if (w[grade - 1] > FIRST_S_LEAST) gradient[grade - 1] += slopes.stability;
  if (!inside(rawFirstDifficulty(w, grade), D_LEAST, D_MOST)) return;
  gradient[4] += slopes.difficulty;
  gradient[5] -= slopes.difficulty * (grade - 1) * Math.exp((grade - 1) * w[5]);
}
