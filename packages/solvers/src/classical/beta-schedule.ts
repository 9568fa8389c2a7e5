/**
 * Inverse temperatures for annealing an Ising model. The default range is the rule of D-Wave's dwave-samplers
 * (`default_beta_range`): at the hot end the variable with the largest field flips against it every second time, at the
 * cold end at most one of a hundred of the smallest possible excitations is there.
 *
 *   hot = ln 2 / (2 max_i (|h_i| + sum_j |J_ij|)),   cold = ln(100 c) / (2 m),
 *
 * m the least non-zero |h_i| or |J_ij| of any variable, c the number of variables that have it.
 */
import { inRanges, inRows, type Steps } from '@qurriculum/kernels';
import type { BinaryQuadraticModel } from '@qurriculum/problems';

export interface BetaRange {
  readonly hot: number;
  readonly cold: number;
}

/** How the inverse temperature rises from sweep to sweep. */
export type ScheduleShape = 'geometric' | 'linear';

/** Share of the sweeps, at the end, that only go downhill. */
const QUENCH_SHARE = 0.01;

/** The default range of a SPIN model, in 1 / energy; in steps. */
export function* defaultBetaRange(spin: BinaryQuadraticModel): Steps<BetaRange> {
  let largest = 0;
  let least = Number.POSITIVE_INFINITY;
  let count = 0;
  const see = (i: number): void => {
    let sum = Math.abs(spin.linear[i]);
    let own = sum > 0 ? sum : Number.POSITIVE_INFINITY;
    for (let k = spin.rowStart[i]; k < spin.rowStart[i + 1]; k++) {
      const size = Math.abs(spin.bias[k]);
      sum += size;
      if (size > 0 && size < own) own = size;
    }
    largest = Math.max(largest, sum);
    if (own < least) {
      least = own;
      count = 1;
    } else if (own === least && own < Number.POSITIVE_INFINITY) count++;
  };
  yield* inRows(spin.rowStart, (from, to) => {
    for (let i = from; i < to; i++) see(i);
  });
  if (largest === 0) return { hot: 0.1, cold: 1 };
  return { hot: Math.LN2 / (2 * largest), cold: Math.log(100 * count) / (2 * least) };
}

/** Where restarts begin, in 1 / (root mean square of the fields): replicas still wander there, but no longer at random. */
const SEARCH_HOT = 2;
/** Where they end: an uphill move of one step is taken once in e^5 = 148 times. */
const SEARCH_COLD = 5;
/** Where they end when steps are far smaller than fields, in 1 / (root mean square of the fields). */
const SEARCH_COLD_FIELDS = 25;

/**
 * The range for restarts that look for the best state, narrower than the default: hot = 2 / rms(F),
 * cold = min(5 / g, 25 / rms(F)), F_i = 2 (h_i + sum_j J_ij s_j) for random spins and g the least of |2 h_i|, |2 J_ij|. Fitted
 * on Gset, where linear schedules over it find larger cuts than those over the default range in the same time. In steps.
 */
export function* searchBetaRange(spin: BinaryQuadraticModel): Steps<BetaRange> {
  let squares = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const values of [spin.linear, spin.bias]) {
    yield* inRanges(values.length, (from, to) => {
      for (let k = from; k < to; k++) {
        if (values[k] === 0) continue;
        squares += 4 * values[k] * values[k];
        least = Math.min(least, 2 * Math.abs(values[k]));
      }
    });
  }
  if (squares === 0) return { hot: 0.1, cold: 1 };
  const field = Math.sqrt(squares / spin.linear.length);
  const hot = SEARCH_HOT / field;
  return { hot, cold: Math.max(2 * hot, Math.min(SEARCH_COLD / least, SEARCH_COLD_FIELDS / field)) };
}

/** One inverse temperature per sweep, from hot to cold; the last ones are infinite, so that a read ends in a valley. */
export function betaSchedule({ hot, cold }: BetaRange, sweeps: number, shape: ScheduleShape): Float64Array {
  const quench = sweeps >= 10 ? Math.max(1, Math.round(QUENCH_SHARE * sweeps)) : 0;
  const last = Math.max(1, sweeps - quench - 1);
  return Float64Array.from({ length: sweeps }, (_, k) => {
    if (k >= sweeps - quench) return Number.POSITIVE_INFINITY;
    return shape === 'linear' ? hot + ((cold - hot) * k) / last : hot * (cold / hot) ** (k / last);
  });
}
