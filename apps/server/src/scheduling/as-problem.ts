/** What the library says of wrong input is for people, once ids in it have become names. */
import { compileSchedule, requireState, ScheduleError, type ScheduleState } from '@qurriculum/decisions';
import { Problem } from '../http/problem.ts';

/** Checks that a state can be planned: its values, and pins that could be kept. @throws Problem with names in it. */
export function requirePlannable(state: ScheduleState, names: { say(sentence: string): string }): void {
  try {
    requireState(state);
    compileSchedule(state);
  } catch (error) {
    if (error instanceof ScheduleError) throw new Problem('unprocessable', names.say(error.message));
    throw error;
  }
}

/** Gives what `work` gives; a `ScheduleError` becomes a problem, also where it comes from a thread as plain fields. */
export function asProblem<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw problemOf(error);
  }
}

/** Names in place of ids in what a thread's task rejects with; its code stays. */
export async function withNames<T>(names: { say(sentence: string): string }, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && error.name === 'ScheduleError') error.message = names.say(error.message);
    throw error;
  }
}

export const problemOf = (error: unknown): unknown =>
  error instanceof Error && error.name === 'ScheduleError' ? new Problem('unprocessable', error.message) : error;
