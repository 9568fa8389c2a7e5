/** Who attends which classes, how many beyond their limits, and in how many pairs of classes that cannot both be attended. */
import type { ItcProblem } from './problem.ts';
import { areInConflict, type Held, travelBetween } from './rules.ts';
import { createSections, type Enrolment, enrolmentsOf, type Sections } from './sections.ts';

export interface Attendance {
  readonly sections: Sections;
  readonly enrolments: readonly Enrolment[];
  /** Classes of the enrolments, each from its `start`; -1 where nothing stands. */
  readonly taken: Int32Array;
  /** The classes of one enrolment. */
  sectionOf(enrolment: number): number[];
  /** Enrolments in each class. */
  readonly members: readonly (readonly number[])[];
  isFull(index: number): boolean;
  /** Conflicts that the students of a class would have with it, were it held so. */
  conflictsOf(index: number, held: Held): number;
  isInConflict(enrolment: number): boolean;
  /** What another section would change in conflicts, and in students beyond limits. */
  conflictChange(enrolment: number, section: readonly number[]): number;
  crowdChange(enrolment: number, section: readonly number[]): number;
  take(enrolment: number, section: readonly number[]): void;
  /** Counted anew from all students. */
  total(): { readonly conflicts: number; readonly beyond: number };
}

/**
 * Begins with everybody in the first section of their courses that has places, so that students with the same courses meet.
 * Null where somebody wants a course that nobody can take.
 */
export function createAttendance(problem: ItcProblem, heldBy: (index: number) => Held): Attendance | null {
  const { classes, students } = problem;
  const travel = travelBetween(problem);
  const sections = createSections(problem);
  const enrolments = enrolmentsOf(problem);
  const last = enrolments.at(-1);
  const taken = new Int32Array(last ? last.start + last.width : 0).fill(-1);
  const members: number[][] = classes.map(() => []);
  /** How many students each class shares with each other: shared[a * count + b]. */
  const count = classes.length;
  const shared = new (students.length < 2 ** 16 ? Uint16Array : Uint32Array)(count * count);
  /** Where each student's classes begin and end in `taken`. */
  const from = new Int32Array(students.length + 1);
  for (const { student, start, width } of enrolments) from.fill(start + width, student + 1);

  const isFull = (index: number): boolean => members[index].length >= classes[index].limit;
  const clash = (a: number, b: number): boolean => areInConflict(heldBy(a), heldBy(b), travel);

  function sectionOf(enrolment: number): number[] {
    const { start, width } = enrolments[enrolment];
    const section: number[] = [];
    for (let k = start; k < start + width; k++) if (taken[k] >= 0) section.push(taken[k]);
    return section;
  }

  function conflictsOf(index: number, held: Held): number {
    let conflicts = 0;
    for (let other = 0, k = index * count; other < count; other++, k++) {
      if (shared[k] > 0 && areInConflict(held, heldBy(other), travel)) conflicts += shared[k];
    }
    return conflicts;
  }

  /** Conflicts of a class with the student's other classes, those of the enrolment left out. */
  function conflictsBeside(index: number, { student, start, width }: Enrolment): number {
    let conflicts = 0;
    for (let k = from[student]; k < from[student + 1]; k++) {
      if (k >= start && k < start + width) continue;
      const other = taken[k];
      if (other >= 0 && clash(index, other)) conflicts++;
    }
    return conflicts;
  }

  /** Conflicts that a student with this section has by it. */
  function conflictsBy(section: readonly number[], enrolment: Enrolment): number {
    let conflicts = 0;
    for (const [k, index] of section.entries()) {
      conflicts += conflictsBeside(index, enrolment);
      for (let other = k + 1; other < section.length; other++) if (clash(index, section[other])) conflicts++;
    }
    return conflicts;
  }

  function crowdChange(enrolment: number, section: readonly number[]): number {
    const before = sectionOf(enrolment);
    const left = before.filter((index) => !section.includes(index) && members[index].length > classes[index].limit);
    return section.filter((index) => !before.includes(index) && isFull(index)).length - left.length;
  }

  /** Counts a class as shared with all that the student has, `sign` times. */
  function share(index: number, { student }: Enrolment, sign: number): void {
    for (let k = from[student]; k < from[student + 1]; k++) {
      const other = taken[k];
      if (other < 0 || other === index) continue;
      shared[index * count + other] += sign;
      shared[other * count + index] += sign;
    }
  }

  function take(enrolment: number, section: readonly number[]): void {
    const own = enrolments[enrolment];
    for (let k = own.start; k < own.start + own.width; k++) {
      const index = taken[k];
      if (index < 0) break;
      share(index, own, -1);
      taken[k] = -1;
      members[index].splice(members[index].indexOf(enrolment), 1);
    }
    for (const [k, index] of section.entries()) {
      share(index, own, 1);
      taken[own.start + k] = index;
      members[index].push(enrolment);
    }
  }

  function total() {
    let conflicts = 0;
    for (const one of students.keys()) {
      const all = taken.subarray(from[one], from[one + 1]).filter((index) => index >= 0);
      for (const [k, index] of all.entries()) {
        for (const other of all.subarray(k + 1)) if (clash(index, other)) conflicts++;
      }
    }
    const beyond = members.reduce((sum, { length }, index) => sum + Math.max(0, length - classes[index].limit), 0);
    return { conflicts, beyond };
  }

  for (const [enrolment, { course }] of enrolments.entries()) {
    let first: { readonly section: number[]; readonly beyond: number } | null = null;
    for (const index of problem.courses[course].configs.flat(2)) {
      const section = sections.withClass(index, (other) => Number(isFull(other)));
      if (section === null) continue;
      const beyond = crowdChange(enrolment, section);
      if (first === null || beyond < first.beyond) first = { section, beyond };
      if (beyond === 0) break;
    }
    if (first === null) return null;
    take(enrolment, first.section);
  }
  return {
    ...{ sections, enrolments, taken, sectionOf, members, isFull, conflictsOf, crowdChange, take, total },
    isInConflict: (enrolment) => conflictsBy(sectionOf(enrolment), enrolments[enrolment]) > 0,
    conflictChange: (enrolment, section) =>
      conflictsBy(section, enrolments[enrolment]) - conflictsBy(sectionOf(enrolment), enrolments[enrolment]),
  };
}
