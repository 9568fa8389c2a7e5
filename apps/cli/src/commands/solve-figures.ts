/** How a solve went: when the best was found, how many proposals a second, how many reads. */
import type { SampleSet } from '@qurriculum/problems';

export interface BestClock {
  /** A report of progress. */
  see(bestEnergy: number | null): void;
  /** Seconds from the start to the best: what the solver says itself, else when progress first told of it. */
  bestAt(set: SampleSet): number;
}

/** Starts now. */
export function createBestClock(): BestClock {
  const started = performance.now();
  let best: number | null = null;
  let at = 0;
  return {
    see(bestEnergy) {
      if (bestEnergy === null || (best !== null && bestEnergy >= best)) return;
      best = bestEnergy;
      at = (performance.now() - started) / 1000;
    },
    bestAt({ info, samples, cost }) {
      if (typeof info['bestAtSeconds'] === 'number') return info['bestAtSeconds'];
      // What progress did not tell of came with the answer.
      const seen = best !== null && samples.length > 0 && best <= samples[0].energy;
      return Math.min(seen ? at : cost.wallSeconds, cost.wallSeconds);
    },
  };
}

/** Proposals a second and reads, null where the solver counts neither. */
export function speedOf({ info, workDone, cost }: SampleSet): {
  readonly proposalsPerSecond: number | null;
  readonly reads: number | null;
} {
  const proposals = workDone['proposals'] ?? info['proposals'];
  const counted = typeof proposals === 'number' && cost.wallSeconds > 0;
  return {
    proposalsPerSecond: counted ? proposals / cost.wallSeconds : null,
    reads: workDone['reads'] ?? null,
  };
}
