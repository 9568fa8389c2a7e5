/** Timetables of any kind that is read here, for whoever has a file: read, solve, check. */
import { ProblemError } from '@qurriculum/problems';
import { cttArrays } from './ctt/arrays.ts';
import { cttBound } from './ctt/bound.ts';
import { readCttPlan, writeCttPlan } from './ctt/plan.ts';
import type { CttProblem } from './ctt/problem.ts';
import { readCtt } from './ctt/read.ts';
import { validateCtt } from './ctt/validate.ts';
import { itcChoices } from './itc2019/anneal.ts';
import { itcPlacements, readItcPlan, writeItcPlan } from './itc2019/plan.ts';
import type { ItcProblem } from './itc2019/problem.ts';
import { readItc2019 } from './itc2019/read.ts';
import { validateItc2019 } from './itc2019/validate.ts';
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
 * Reads a timetabling problem, ITC-2007 track 3 or ITC-2019; the text tells which. `name` is the file's, for errors.
 * @throws ProblemError BAD_FILE with line and column
 */
export function readTimetable(name: string, text: string): Timetable {
  return /^\s*</.test(text)
    ? { kind: 'itc2019', problem: readItc2019(text, name) }
    : { kind: 'ctt', problem: readCtt(text, name) };
}

/**
 * Searches for a cheap plan that keeps the hard rules; with the default options 10 seconds on one thread. Where none is
 * found the answer is the plan that breaks fewest.
 * @throws ProblemError REFUSED where no plan can exist, with the reason; BAD_SIZE for bad options
 */
export async function solveTimetable(
  timetable: Timetable,
  options: TimetableSearchOptions,
): Promise<TimetableSolution> {
  const { best, moves, stoppedEarly } = await searchTimetable(timetable, options);
  if (!best) throw noPlan(timetable);
  const plan = timetable.kind === 'ctt' ? cttPlan(timetable.problem, best.plan) : itcPlan(timetable.problem, best.plan);
  return { ...validateTimetable(timetable, plan.planText), ...plan, moves, stoppedEarly };
}

/**
 * Checks a plan in the format's own solution file against the problem.
 * @throws ProblemError BAD_FILE where it cannot be read or names what the problem does not have
 */
export function validateTimetable({ kind, problem }: Timetable, planText: string): TimetableReport {
  if (kind === 'itc2019') return validateItc2019(problem, readItcPlan(planText));
  return validateCtt(problem, readCttPlan(problem, planText));
}

type Plan = Pick<TimetableSolution, 'bound' | 'assignments' | 'planText'>;

function cttPlan(problem: CttProblem, plan: Int32Array): Plan {
  const { lectureCourse, rooms } = cttArrays(problem);
  const { periodsPerDay } = problem;
  const meetings = Array.from(plan, (at, lecture) => ({
    course: lectureCourse[lecture],
    room: at % rooms,
    period: Math.floor(at / rooms),
  }));
  const assignments = meetings.map(({ course, room, period }) => ({
    course: problem.courses[course].id,
    room: problem.rooms[room].id,
    day: Math.floor(period / periodsPerDay),
    period: period % periodsPerDay,
  }));
  return { bound: cttBound(problem), assignments, planText: writeCttPlan(problem, meetings) };
}

function itcPlan(problem: ItcProblem, plan: Int32Array): Plan {
  const taken = plan.subarray(problem.classes.length);
  const placements = itcPlacements(problem, itcChoices(problem, plan), taken);
  return { bound: itcBound(problem), assignments: placements, planText: writeItcPlan(problem, placements) };
}

/** Every class takes its cheapest time and room at least. */
function itcBound({ classes, weights }: ItcProblem): number {
  const least = (options: readonly { readonly penalty: number }[]): number =>
    options.length === 0 ? 0 : Math.min(...options.map(({ penalty }) => penalty));
  return classes.reduce((sum, { times, rooms }) => sum + weights.time * least(times) + weights.room * least(rooms), 0);
}

function noPlan({ kind, problem }: Timetable): ProblemError {
  if (kind === 'itc2019') {
    return new ProblemError(
      'REFUSED',
      'solveTimetable: expected a time with an available room for every class, and for every student a section of each ' +
        'course, got a class whose rooms are unavailable at all of its times, or a course whose classes do not go together ' +
        'with their parents; give the class another time or room, or another parent.',
    );
  }
  const lectures = problem.courses.reduce((sum, course) => sum + course.lectures, 0);
  const places = problem.rooms.length * problem.days * problem.periodsPerDay;
  return new ProblemError(
    'REFUSED',
    `solveTimetable: expected a period for each of ${lectures} lectures (${places} places in rooms), got courses whose ` +
      'open periods do not hold them all; open more periods or add a room.',
  );
}
