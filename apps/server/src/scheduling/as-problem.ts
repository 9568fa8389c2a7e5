/** What the library says of wrong input is for people as it is. */
import { Problem } from '../http/problem.ts';

/** Gives what `work` gives; a `ScheduleError` becomes a problem, also where it comes from a thread as plain fields. */
export function asProblem<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw problemOf(error);
  }
}

export const problemOf = (error: unknown): unknown =>
  error instanceof Error && error.name === 'ScheduleError' ? new Problem('unprocessable', error.message) : error;
