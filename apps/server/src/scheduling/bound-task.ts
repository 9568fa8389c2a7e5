/** The thread's half of a bound: a state in, what no plan of it can pass out. */
import { boundOf, type ScheduleState } from '@qurriculum/decisions';
import { noCost, type RunCost, startStopwatch } from '@qurriculum/evidence';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import type { TaskContext } from '../compute/tasks.ts';
import { breathe } from './solve-task.ts';

export interface BoundInput {
  readonly state: ScheduleState;
  readonly seconds: number;
}

export interface BoundOutput {
  /** Null where time was too short for any. */
  readonly bound: number | null;
  readonly cost: RunCost;
}

const platform = createNodePlatform();

export async function run({ state, seconds }: BoundInput, { signal }: TaskContext): Promise<BoundOutput> {
  const stopped = startStopwatch(platform);
  const bound = await boundOf(state, { seconds, signal, onSlice: breathe });
  return { bound: Number.isFinite(bound) ? bound : null, cost: { ...noCost, ...stopped() } };
}
