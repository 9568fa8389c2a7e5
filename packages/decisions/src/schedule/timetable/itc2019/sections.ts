/** What a student can take of a course: one class of every subpart of a configuration, children with their parents. */
import type { ItcProblem } from './problem.ts';

/** A student's place in one course. Its classes stand in a list for all enrolments, from `start` to `start + width`. */
export interface Enrolment {
  /** Indices of student and course. */
  readonly student: number;
  readonly course: number;
  readonly start: number;
  /** Subparts of the course's largest configuration: what others leave over is -1. */
  readonly width: number;
}

/** In order of student, then of the student's courses. */
export function enrolmentsOf({ students, courses }: ItcProblem): Enrolment[] {
  const widths = courses.map(({ configs }) => Math.max(0, ...configs.map(({ length }) => length)));
  let start = 0;
  return students.flatMap((one, student) =>
    one.courses.map((course) => {
      const enrolment = { student, course, start, width: widths[course] };
      start += enrolment.width;
      return enrolment;
    }),
  );
}

export interface Sections {
  /** Classes of each course that somebody can take and somebody else need not. */
  readonly choices: readonly (readonly number[])[];
  /**
   * A section of the class's configuration with this class: the others those of `rank` 0 where they go together, else of
   * the lowest rank. Null where the class goes together with no others.
   */
  withClass(wanted: number, rank: (index: number) => number): number[] | null;
}

export function createSections({ courses, classes }: ItcProblem): Sections {
  const configOf: (readonly (readonly number[])[])[] = [];
  const subpartOf = new Int32Array(classes.length).fill(-1);
  let subparts = 0;
  for (const config of courses.flatMap(({ configs }) => configs)) {
    for (const subpart of config) {
      for (const index of subpart) {
        configOf[index] = config;
        subpartOf[index] = subparts;
      }
      subparts++;
    }
  }
  /** Whether one who takes `child` may take `other`, of another subpart: no other class stands in for its parent. */
  const obeys = (child: number, other: number): boolean => {
    const { parent } = classes[child];
    return parent < 0 || subpartOf[parent] !== subpartOf[other] || parent === other;
  };
  const together = (a: number, b: number): boolean => obeys(a, b) && obeys(b, a);

  function withClass(wanted: number, rank: (index: number) => number): number[] | null {
    const config = configOf[wanted];
    if (config.length === 1) return [wanted];
    const section: number[] = [];
    const fill = (): boolean => {
      const depth = section.length;
      if (depth === config.length) return true;
      const mine = subpartOf[config[depth][0]] === subpartOf[wanted];
      const open = (mine ? [wanted] : config[depth]).filter(
        (index) => together(index, wanted) && section.every((taken) => together(index, taken)),
      );
      if (open.length > 1) open.sort((a, b) => rank(a) - rank(b) || a - b);
      for (const index of open) {
        section.push(index);
        if (fill()) return true;
        section.pop();
      }
      return false;
    };
    return fill() ? section : null;
  }

  const choices = courses.map(({ configs }) => {
    const free = configs.flatMap((config) => config.filter((subpart) => configs.length > 1 || subpart.length > 1));
    return free.flat().filter((index) => withClass(index, () => 0) !== null);
  });
  return { choices, withClass };
}
