/** How a solve went: how many proposals a second, how many reads. */
import type { SampleSet } from '@qurriculum/problems';

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
