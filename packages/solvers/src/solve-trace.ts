/**
 * What a solve had found when: the best energy so far by time, gathered from reports of progress, each better than the one
 * before. The same for commands, servers and pages.
 */
import type { SampleSet } from '@qurriculum/problems';

export interface EnergyPoint {
  /** Seconds from the start. */
  readonly seconds: number;
  /** Of the best feasible sample so far, exact in float64. */
  readonly energy: number;
}

export interface SolveTrace {
  /** A report of progress; true when it told of something better. */
  see(bestEnergy: number | null): boolean;
  /** The steps so far, in the order of time. */
  points(): readonly EnergyPoint[];
  /** The steps with the answer's own best as the last one, where progress did not tell of it. */
  finish(set: SampleSet): readonly EnergyPoint[];
  /** Seconds from the start to the answer's best, feasible or not: what the solver says itself, else when it was first seen. */
  bestAt(set: SampleSet): number;
}

/** Steps kept at most: a curve on a screen has no more pixels. */
const MOST_POINTS = 400;

/**
 * Starts now.
 * @param now Monotonic seconds (`platform.now`).
 */
export function createSolveTrace(now: () => number): SolveTrace {
  const started = now();
  let points: EnergyPoint[] = [];
  const add = (point: EnergyPoint): boolean => {
    if (points.length > 0 && point.energy >= points[points.length - 1].energy) return false;
    points.push(point);
    if (points.length > MOST_POINTS) points = thinned(points);
    return true;
  };
  const trace: SolveTrace = {
    see: (bestEnergy) => bestEnergy !== null && add({ seconds: now() - started, energy: bestEnergy }),
    points: () => points,
    finish(set) {
      const best = set.samples.at(0);
      if (best?.feasible) {
        // Progress can be told of late, never before its time: the last step must not stand before the one before it.
        const seconds = Math.max(points.at(-1)?.seconds ?? 0, trace.bestAt(set));
        add({ seconds, energy: best.energy });
      }
      return points;
    },
    bestAt({ info, samples, cost }) {
      if (typeof info['bestAtSeconds'] === 'number') return info['bestAtSeconds'];
      const last = points.at(-1);
      // What progress did not tell of came with the answer.
      const seen = last !== undefined && samples.length > 0 && last.energy <= samples[0].energy;
      return Math.min(seen ? last.seconds : cost.wallSeconds, cost.wallSeconds);
    },
  };
  return trace;
}

/** Every second step, the first and the last among them: what is left out shows later than it was, never earlier. */
function thinned(points: readonly EnergyPoint[]): EnergyPoint[] {
  return points.filter((_, index) => index % 2 === 0 || index === points.length - 1);
}
