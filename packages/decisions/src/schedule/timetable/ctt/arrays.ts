/** An instance as the search sees it: everything in arrays, nothing that changes. */
import { ProblemError } from '@qurriculum/problems';
import { type CttProblem, UD2_WEIGHTS } from './problem.ts';

export interface CttArrays {
  readonly lectures: number;
  readonly courses: number;
  readonly rooms: number;
  readonly curricula: number;
  readonly days: number;
  readonly periodsPerDay: number;
  readonly periods: number;
  /** Course of each lecture; lectures of one course stand together. */
  readonly lectureCourse: Int32Array;
  /** Students without a seat, weighted, at course * rooms + room. */
  readonly seats: Int32Array;
  readonly minimumDays: Int32Array;
  /** Curricula of course c: curriculumList[curriculumStart[c]] to curriculumList[curriculumStart[c + 1]]. */
  readonly curriculumStart: Int32Array;
  readonly curriculumList: Int32Array;
  /** 1 at curriculum * courses + course where it has it. */
  readonly belongs: Uint8Array;
  /** Courses that may not meet at the same time as c, c itself among them: rivalList[rivalStart[c]] ... */
  readonly rivalStart: Int32Array;
  readonly rivalList: Int32Array;
  /** 1 at course * courses + course for those. */
  readonly rivals: Uint8Array;
  /** 1 at course * periods + period where it can be held, and the same as lists: openList[openStart[c]] ... */
  readonly open: Uint8Array;
  readonly openStart: Int32Array;
  readonly openList: Int32Array;
  /** Weighted number of lonely bits of each mask of a day's periods. */
  readonly lonely: Int32Array;
}

/** Masks of a day's periods are looked up in a table. */
const MOST_PERIODS_PER_DAY = 16;

/** @throws ProblemError BAD_SIZE for days of more than 16 periods */
export function cttArrays(problem: CttProblem): CttArrays {
  const { courses, rooms, curricula, days, periodsPerDay } = problem;
  if (periodsPerDay > MOST_PERIODS_PER_DAY) {
    throw new ProblemError(
      'BAD_SIZE',
      `cttArrays: expected at most ${MOST_PERIODS_PER_DAY} periods a day, got ${periodsPerDay}; split the day.`,
    );
  }
  const periods = days * periodsPerDay;
  const count = courses.length;
  const ofCourse = (course: number): number[] =>
    [...curricula.keys()].filter((q) => curricula[q].courses.includes(course));
  const curriculaOf = courses.map((_, course) => ofCourse(course));
  const rivals = new Uint8Array(count * count);
  const belongs = new Uint8Array(curricula.length * count);
  for (const [q, { courses: members }] of curricula.entries()) {
    for (const a of members) {
      belongs[q * count + a] = 1;
      for (const b of members) rivals[a * count + b] = 1;
    }
  }
  for (let a = 0; a < count; a++)
    for (let b = 0; b < count; b++) if (courses[a].teacher === courses[b].teacher) rivals[a * count + b] = 1;
  const open = new Uint8Array(count * periods).fill(1);
  for (const [course, period] of problem.unavailable) open[course * periods + period] = 0;
  const marked = (flags: Uint8Array, width: number) =>
    compressed(courses.map((_, c) => [...Array(width).keys()].filter((k) => flags[c * width + k] === 1)));
  const [curriculumStart, curriculumList] = compressed(curriculaOf);
  const [rivalStart, rivalList] = marked(rivals, count);
  const [openStart, openList] = marked(open, periods);
  const lectureCourse = Int32Array.from(courses.flatMap(({ lectures }, course) => Array(lectures).fill(course)));
  return {
    ...{ lectures: lectureCourse.length, courses: count, rooms: rooms.length, curricula: curricula.length },
    ...{ days, periodsPerDay, periods, lectureCourse },
    seats: Int32Array.from(courses.flatMap(({ students }) => rooms.map(({ seats }) => missingSeats(students, seats)))),
    minimumDays: Int32Array.from(courses, ({ minimumDays }) => minimumDays),
    ...{ curriculumStart, curriculumList, belongs, rivalStart, rivalList, rivals, open, openStart, openList },
    lonely: lonelyBits(periodsPerDay),
  };
}

function missingSeats(students: number, seats: number): number {
  return UD2_WEIGHTS.roomCapacity * Math.max(0, students - seats);
}

function lonelyBits(periodsPerDay: number): Int32Array {
  return Int32Array.from({ length: 2 ** periodsPerDay }, (_, mask) => {
    let bits = mask & ~(mask << 1) & ~(mask >> 1);
    let count = 0;
    for (; bits !== 0; bits &= bits - 1) count++;
    return UD2_WEIGHTS.curriculumCompactness * count;
  });
}

function compressed(rows: readonly (readonly number[])[]): [start: Int32Array, list: Int32Array] {
  const start = new Int32Array(rows.length + 1);
  for (const [k, row] of rows.entries()) start[k + 1] = start[k] + row.length;
  return [start, Int32Array.from(rows.flat())];
}
