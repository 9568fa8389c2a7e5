/**
 * Best so far by time: what an anytime solver had found when. Steps, each better than the one before; between two steps the
 * earlier one holds (a run-time distribution's raw data: Hoos & Stützle, Stochastic Local Search, 2005, section 4.1).
 */

export interface TracePoint {
  /** Seconds from the start of the run. */
  readonly seconds: number;
  readonly objective: number;
}

/** In the order of time, each point better than the one before. */
export type BestTrace = readonly TracePoint[];

export type Sense = 'maximise' | 'minimise';

/** A thousandth of a millionth of the target: sums of float64 in another order differ by less. */
const TOLERANCE = 1e-9;

/** Whether an objective is as good as the target, up to rounding. */
export function reaches(objective: number, target: number, sense: Sense): boolean {
  const slack = TOLERANCE * Math.max(1, Math.abs(target));
  return sense === 'maximise' ? objective >= target - slack : objective <= target + slack;
}

/** Seconds until the trace was as good as the target; null when it never was. */
export function secondsToReach(trace: BestTrace, target: number, sense: Sense): number | null {
  return trace.find(({ objective }) => reaches(objective, target, sense))?.seconds ?? null;
}

/** The best of some objectives; null for none. */
export function bestObjective(objectives: Iterable<number>, sense: Sense): number | null {
  let best: number | null = null;
  for (const each of objectives) {
    if (best === null || (sense === 'maximise' ? each > best : each < best)) best = each;
  }
  return best;
}
