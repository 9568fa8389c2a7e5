/** Who leads a race of solvers: the best energy and bound of all so far, and the end where the two meet. */
import type { SampleSet, SolveProgress } from '@qurriculum/problems';
import { isGapClosed } from '../closed-gap.ts';
import type { SolveClock } from '../solve-clock.ts';

export interface Leader {
  /** Aborted when the race is decided, or by the caller. */
  readonly signal: AbortSignal;
  see(name: string, energy: number | null, bound: number | null): void;
  take(name: string, set: SampleSet): void;
  progress(fraction: number): SolveProgress;
  bound(): number | null;
  /** Whether the best is proved to be the optimum. */
  closed(): boolean;
  /** Whether nothing is left to be found. */
  decided(): boolean;
  /** Whether somebody proved that nothing is feasible. */
  infeasible(): boolean;
  name(): string | null;
  /** Seconds from the start to the best. */
  bestAt(): number;
}

/**
 * `stops`: whether a decided race stops the solvers where they are. Without it they end by themselves, so that what they
 * did does not depend on the moment at which the decision was heard.
 */
export function createLeader(clock: SolveClock, caller: AbortSignal | undefined, stops: boolean): Leader {
  const stop = new AbortController();
  let best: number | null = null;
  let by: string | null = null;
  let at = 0;
  let bound: number | null = null;
  let proved = false;
  let infeasible = false;
  let reached = 0;
  const closed = (): boolean => proved || isGapClosed(bound, best);
  const leader: Leader = {
    signal: caller ? AbortSignal.any([stop.signal, caller]) : stop.signal,
    see(name, energy, proof) {
      if (energy !== null && (best === null || energy < best)) [best, by, at] = [energy, name, clock.elapsed()];
      if (proof !== null) bound = Math.max(bound ?? Number.NEGATIVE_INFINITY, proof);
      if (stops && leader.decided()) stop.abort(new Error('auto: decided'));
    },
    take(name, { samples, status, lowerBound }) {
      proved ||= status === 'optimal';
      infeasible ||= status === 'infeasible';
      leader.see(name, samples.at(0)?.feasible ? samples[0].energy : null, lowerBound);
    },
    progress(fraction) {
      reached = Math.max(reached, fraction);
      return { fraction: reached, bestEnergy: best, lowerBound: bound };
    },
    bound: () => bound,
    closed,
    decided: () => infeasible || closed(),
    infeasible: () => infeasible,
    name: () => by,
    bestAt: () => at,
  };
  return leader;
}
