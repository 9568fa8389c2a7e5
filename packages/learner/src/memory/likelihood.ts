/**
 * How well weights explain histories: the sum over reviews of -ln P(what happened), P(recalled) = R before the answer,
 * and its gradient by the weights, exact, in one pass forwards and one back per history.
 */
import { type Slopes, throughAnswer, throughCurve, throughFirst } from './derivative.ts';
import type { Histories } from './histories.ts';
import {
  curveFactor,
  firstDifficulty,
  firstStability,
  nextDifficulty,
  nextStability,
  retrievabilityAt,
} from './recurrence.ts';

/** A certain prediction that fails costs -ln(1e-4) = 9.2 nats, and pulls no further: slips happen. */
const LEAST = 1e-4;
const bounded = (recalled: number): number => Math.min(1 - LEAST, Math.max(LEAST, recalled));

/** Stability and difficulty after each entry of history h, and retrievability before it (1 at the first). */
export interface HistoryTrace {
  readonly stability: Float64Array;
  readonly difficulty: Float64Array;
  readonly recalled: Float64Array;
}

/** A trace that is long enough for every history. */
export function createTrace({ start }: Histories): HistoryTrace {
  let longest = 0;
  for (let h = 0; h + 1 < start.length; h++) longest = Math.max(longest, start[h + 1] - start[h]);
  return {
    stability: new Float64Array(longest),
    difficulty: new Float64Array(longest),
    recalled: new Float64Array(longest),
  };
}

/** Runs history h forwards into `trace`; gives the number of its entries. */
export function traceHistory(w: ArrayLike<number>, histories: Histories, h: number, trace: HistoryTrace): number {
  const { start, days, grade } = histories;
  const { stability, difficulty, recalled } = trace;
  const factor = curveFactor(w);
  const from = start[h];
  const length = start[h + 1] - from;
  if (length === 0) return 0;
  stability[0] = firstStability(w, grade[from]);
  difficulty[0] = firstDifficulty(w, grade[from]);
  recalled[0] = 1;
  for (let k = 1; k < length; k++) {
    const [t, g, s, d] = [days[from + k], grade[from + k], stability[k - 1], difficulty[k - 1]];
    recalled[k] = retrievabilityAt(w, factor, t, s);
    stability[k] = nextStability(w, s, d, t, recalled[k], g);
    difficulty[k] = nextDifficulty(w, d, g);
  }
  return length;
}

/** Adds the gradient of the histories named to `gradient`; gives the loss (weighted nats). */
export function lossOfHistories(
  w: ArrayLike<number>,
  histories: Histories,
  which: Int32Array,
  trace: HistoryTrace,
  gradient: Float64Array | null,
): number {
  let loss = 0;
  for (let n = 0; n < which.length; n++) {
    const h = which[n];
    const length = traceHistory(w, histories, h, trace);
    loss += lossOfTrace(histories, histories.start[h], length, trace);
    if (gradient !== null && length > 0) backThrough(w, histories, histories.start[h], length, trace, gradient);
  }
  return loss;
}

function lossOfTrace({ days, grade, weight }: Histories, from: number, length: number, trace: HistoryTrace): number {
  let loss = 0;
  for (let k = 1; k < length; k++) {
    if (days[from + k] <= 0) continue;
    const recalled = bounded(trace.recalled[k]);
    loss -= weight[from + k] * Math.log(grade[from + k] > 1 ? recalled : 1 - recalled);
  }
  return loss;
}

/** dL/dR of a review: -weight / R when recalled, weight / (1 - R) when not; 0 past the bounds. */
function slopeOfReview(recalled: number, grade: number, weight: number): number {
  if (recalled !== bounded(recalled)) return 0;
  return grade > 1 ? -weight / recalled : weight / (1 - recalled);
}

function backThrough(
  w: ArrayLike<number>,
  { days, grade, weight }: Histories,
  from: number,
  length: number,
  trace: HistoryTrace,
  gradient: Float64Array,
): void {
  const factor = curveFactor(w);
  const slopes: Slopes = { stability: 0, difficulty: 0, recalled: 0 };
  for (let k = length - 1; k >= 1; k--) {
    const [t, g, s, recalled] = [days[from + k], grade[from + k], trace.stability[k - 1], trace.recalled[k]];
    throughAnswer(w, gradient, slopes, { s, d: trace.difficulty[k - 1], days: t, recalled, grade: g });
    if (t > 0) slopes.recalled += slopeOfReview(recalled, g, weight[from + k]);
    throughCurve(w, gradient, slopes, factor, t, s, recalled);
  }
  throughFirst(w, gradient, slopes, grade[from]);
}
