/**
 * The thread's half of a repair: three answers to what happened. Events are applied together, so that the answers are
 * compared with the plan that people have, not with one that nobody saw.
 */
import {
  applyScheduleEvents,
  type RepairAnswer,
  repairSchedule,
  type ScheduleAssignment,
  type ScheduleEvent,
  type ScheduleState,
} from '@qurriculum/decisions';
import { noCost, type RunCost, startStopwatch } from '@qurriculum/evidence';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import type { TaskContext } from '../compute/tasks.ts';
import { breathe, exactSolver } from './solve-task.ts';

export interface RepairInput {
  readonly state: ScheduleState;
  readonly plan: readonly ScheduleAssignment[];
  /** One at least. */
  readonly events: readonly ScheduleEvent[];
  readonly changeCost: number;
  /** For each of the three searches. */
  readonly seconds: number;
  readonly seed: number;
}

export interface RepairOutput {
  readonly broken: number;
  /** In the order in which people are asked. */
  readonly answers: readonly { readonly name: 'keep' | 'balanced' | 'best'; readonly answer: RepairAnswer }[];
  readonly cost: RunCost;
}

const platform = createNodePlatform();

export async function run(input: RepairInput, { signal, progress }: TaskContext): Promise<RepairOutput> {
  const { state, plan, events, changeCost, seconds, seed } = input;
  const exact = await exactSolver();
  const stopped = startStopwatch(platform);
  progress(0, 'Looking for ways to repair the plan');
  const before = applyScheduleEvents(state, events.slice(0, -1)).state;
  const options = { changeCost, seconds, seed, signal, exact, alternatives: true, onSlice: breathe };
  const [step] = await repairSchedule(before, { assignments: plan }, events.slice(-1), options);
  const { keep, balanced, best, broken } = step;
  const answers = [
    ...(keep === null ? [] : [{ name: 'keep' as const, answer: keep }]),
    { name: 'balanced' as const, answer: balanced },
    ...(best === null ? [] : [{ name: 'best' as const, answer: best }]),
  ];
  return { broken: broken.length, answers, cost: { ...noCost, ...stopped() } };
}
