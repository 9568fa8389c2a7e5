/**
 * A linear row as a quadratic penalty without slack bits: in the manner of unbalanced penalisation (Montanez-Barrera et
 * al. 2024, Quantum Sci. Technol. 9, 025022) a parabola of the row's left side u, cheap where the row is kept and dear
 * where it is broken. The parabola here is the least-squares fit, over all assignments of the row's binaries, of
 *
 *   target(u) = 0 where low <= u <= high,   1 + excess / mean |coefficient| elsewhere.
 *
 * It is exact for rows on two binaries that forbid one pair, and for all rows whose u takes at most three values.
 */

import { createRandom } from '@qurriculum/random';

/** constant + slope u + curvature u^2. */
export interface Parabola {
  readonly constant: number;
  readonly slope: number;
  readonly curvature: number;
}

/** Ridge that keeps the fit defined when u takes one or two values; relative to the number of assignments. */
const RIDGE = 1e-9;

/** Rows with more binaries are fitted over this many drawn assignments instead of all. */
const MOST_FITTED = 16;
const DRAWN = 2 ** 14;

/** Fits the penalty of low <= coefficients . y <= high over y in {0, 1}^n, or drawn ones for n above 16. */
export function fitRowPenalty(coefficients: ArrayLike<number>, low: number, high: number): Parabola {
  const count = coefficients.length;
  let mean = 0;
  for (let k = 0; k < count; k++) mean += Math.abs(coefficients[k]) / count;
  // Moments of v = u / mean and of target times v^0..2.
  const moment = new Float64Array(5);
  const right = new Float64Array(3);
  const values = new Uint8Array(count);
  const drawn = count > MOST_FITTED ? createRandom(count) : null;
  const total = drawn ? DRAWN : 2 ** count;
  let u = 0;
  for (let state = 0; ; ) {
    if (drawn) {
      u = 0;
      for (let k = 0; k < count; k++) if (drawn.chance(0.5)) u += coefficients[k];
    }
    const excess = Math.max(u - high, low - u, 0);
    const target = excess > 0 ? 1 + excess / mean : 0;
    let power = 1;
    for (let p = 0; p < 5; p++) {
      moment[p] += power;
      if (p < 3) right[p] += target * power;
      power *= u / mean;
    }
    if (++state === total) break;
    if (drawn) continue;
    // Gray code: one flip from each assignment to the next.
    const flipped = 31 - Math.clz32(state & -state);
    u += values[flipped] === 0 ? coefficients[flipped] : -coefficients[flipped];
    values[flipped] ^= 1;
  }
  const [constant, slope, curvature] = solveSymmetric(moment, right, RIDGE * total);
  return { constant, slope: slope / mean, curvature: curvature / (mean * mean) };
}

/** The 3 x 3 normal equations M_(a+b) c_b = r_a by Gaussian elimination; positive definite by the ridge. */
function solveSymmetric(moment: Float64Array, right: Float64Array, ridge: number): [number, number, number] {
  const rows = [0, 1, 2].map((a) => [0, 1, 2].map((b) => moment[a + b] + (a === b ? ridge : 0)).concat(right[a]));
  for (let p = 0; p < 3; p++) {
    for (let a = p + 1; a < 3; a++) {
      const factor = rows[a][p] / rows[p][p];
      for (let b = p; b < 4; b++) rows[a][b] -= factor * rows[p][b];
    }
  }
  const c = rows[2][3] / rows[2][2];
  const b = (rows[1][3] - rows[1][2] * c) / rows[1][1];
  return [(rows[0][3] - rows[0][1] * b - rows[0][2] * c) / rows[0][0], b, c];
}
