/** Timetables of any kind that is read here, for whoever has a file: read, solve, check. */
import { ProblemError } from '@qurriculum/problems';
import { cttArrays } from './ctt/arrays.ts';
import { cttBound } from './ctt/bound.ts';
import { readCttPlan, writeCttPlan } from './ctt/plan.ts';
import type { CttMeeting, CttProblem } from './ctt/problem.ts';
import { readCtt } from './ctt/read.ts';
import { validateCtt } from './ctt/validate.ts';
import type { TimetableReport } from './report.ts';
import { searchTimetable, type TimetableSearchOptions } from './search/search.ts';
import type { Timetable } from './timetable.ts';

/** A solved timetable; the figures are those of the independent check. Costs are minimised. */
export interface TimetableSolution extends TimetableReport {
  /** A proved lower bound on the cost; null where there is none. */
  readonly bound: number | null;
  /** What is held when and where, in the words of the file. */
  readonly assignments: readonly unknown[];
  /** The plan in the format's own solution file; `validateTimetable` reads it. */
  readonly planText: string;
  /** Moves that the search tried, and whether it was cut short of its work. */
  readonly moves: number;
  readonly stoppedEarly: boolean;
}

/**
 * Reads a timetabling problem; the text tells the kind. `name` is the file's, for errors.
 * @throws ProblemError BAD_FILE with line and column
 */
export function readTimetable(name: string, text: string): Timetable {
  return { kind: 'ctt', problem: readCtt(text, name) };
}

/**
 * Searches for a cheap plan that keeps the hard rules; with the default options 10 seconds on one thread.
 * @throws ProblemError REFUSED where no plan can exist, with the reason; BAD_SIZE for bad options
 */
export async function solveTimetable(
  timetable: Timetable,
  options: TimetableSearchOptions,
): Promise<TimetableSolution> {
  const { best, moves, stoppedEarly } = await searchTimetable(timetable, options);
  if (!best) throw noPlan(timetable);
  const { problem } = timetable;
  const meetings = cttMeetings(problem, best.plan);
  const planText = writeCttPlan(problem, meetings);
  const report = validateTimetable(timetable, planText);
  return {
    ...report,
    bound: cttBound(problem),
    assignments: cttAssignments(problem, meetings),
    planText,
    moves,
    stoppedEarly,
  };
}

/**
 * Checks a plan in the format's own solution file against the problem.
 * @throws ProblemError BAD_FILE where it cannot be read or names what the problem does not have
 */
export function validateTimetable({ problem }: Timetable, planText: string): TimetableReport {
  return validateCtt(problem, readCttPlan(problem, planText));
}

function cttMeetings(problem: CttProblem, plan: Int32Array): CttMeeting[] {
  const { lectureCourse, rooms } = cttArrays(problem);
  return Array.from(plan, (at, lecture) => ({
    course: lectureCourse[lecture],
    room: at % rooms,
    period: Math.floor(at / rooms),
  }));
}

function cttAssignments({ courses, rooms, periodsPerDay }: CttProblem, meetings: readonly CttMeeting[]): unknown[] {
  return meetings.map(({ course, room, period }) => ({
    course: courses[course].id,
    room: rooms[room].id,
    day: Math.floor(period / periodsPerDay),
    period: period % periodsPerDay,
  }));
}

function noPlan({ problem }: Timetable): ProblemError {
  const lectures = problem.courses.reduce((sum, course) => sum + course.lectures, 0);
  const places = problem.rooms.length * problem.days * problem.periodsPerDay;
  return new ProblemError(
    'REFUSED',
    `solveTimetable: expected a period for each of ${lectures} lectures (${places} places in rooms), got courses whose ` +
      'open periods do not hold them all; open more periods or add a room.',
  );
}
