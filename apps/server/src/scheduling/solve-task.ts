/** The thread's half of planning: a state in, a plan with its bound and its unmet demand out. */
import { planSchedule, type ScheduleAssignment, type ScheduleResult, type ScheduleState } from '@qurriculum/decisions';
import { noCost, type RunCost, startStopwatch } from '@qurriculum/evidence';
import type { Solver } from '@qurriculum/problems';
import { createSolvers, pickSolver } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import type { TaskContext } from '../compute/tasks.ts';
import { warmUp } from '../compute/warm-up.ts';

export interface PlanInput {
  readonly state: ScheduleState;
  readonly seconds: number;
  readonly seed: number;
  /** Where to start: the plan in hand. */
  readonly initial: readonly ScheduleAssignment[] | null;
}

export interface PlanOutput extends ScheduleResult {
  readonly cost: RunCost;
}

const platform = createNodePlatform();

/** Proves that nothing is better, where that is within reach. */
export async function exactSolver(): Promise<Solver> {
  const solver = pickSolver(createSolvers(platform), 'highs');
  await warmUp(solver, 'cqm');
  return solver;
}

export async function run({ state, seconds, seed, initial }: PlanInput, context: TaskContext): Promise<PlanOutput> {
  const exact = await exactSolver();
  const stopped = startStopwatch(platform);
  const result = await planSchedule(state, {
    ...{ seconds, seed, exact, signal: context.signal },
    ...(initial !== null && { initial }),
    onProgress: ({ fraction, objective, bound }) => context.progress(fraction, sayProgress(objective, bound)),
    onSlice: breathe,
  });
  return { ...result, cost: { ...noCost, ...stopped() } };
}

/** Lets messages in, a cancellation above all. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function sayProgress(objective: number | null, bound: number | null): string {
  if (objective === null) return 'Looking for a first plan';
  const worth = `${objective.toFixed(0)} points`;
  return bound === null ? worth : `${worth}, at most ${bound.toFixed(0)} are possible`;
}
