/** Checks who attends what in a plan of ITC-2019, student by student from the plan's own lists. */
import type { Violation } from '../../../decision.ts';
import type { ItcPlacement } from './plan.ts';
import type { ItcProblem, ItcStudent } from './problem.ts';
import { areInConflict, type Held, type Travel } from './rules.ts';

/**
 * Pairs of classes that a student cannot both attend, over all students, and every broken rule: one class of each subpart of
 * one configuration per course, parents, limits. `held` is null where the plan does not place a class rightly.
 */
export function checkStudents(
  problem: ItcProblem,
  plan: readonly ItcPlacement[],
  held: readonly (Held | null)[],
  travel: Travel,
): { readonly conflicts: number; readonly broken: readonly Violation[] } {
  const broken: Violation[] = [];
  const attended = new Map(problem.students.map(({ id }) => [id, new Set<number>()]));
  const classOf = new Map(problem.classes.map(({ id }, index) => [id, index]));
  for (const { id, students } of plan) {
    const index = classOf.get(id);
    if (index === undefined) continue;
    for (const student of students) {
      const own = attended.get(student);
      if (own === undefined || own.has(index)) {
        const got = own === undefined ? 'is none of the problem' : 'is in it twice';
        broken.push({ rule: 'student', message: `class ${id}: student ${student} ${got}` });
      }
      own?.add(index);
    }
  }
  let conflicts = 0;
  for (const student of problem.students) {
    const own = [...(attended.get(student.id) ?? [])];
    broken.push(...sectionViolations(problem, student, own));
    for (const [k, one] of own.entries()) {
      for (const other of own.slice(k + 1)) {
        const [a, b] = [held[one], held[other]];
        if (a !== null && b !== null && areInConflict(a, b, travel)) conflicts++;
      }
    }
  }
  for (const [index, { id, limit }] of problem.classes.entries()) {
    const count = [...attended.values()].filter((own) => own.has(index)).length;
    if (count > limit) broken.push({ rule: 'limit', message: `class ${id}: ${count} students, ${limit} are allowed` });
  }
  return { conflicts, broken };
}

function sectionViolations(
  { classes, courses }: ItcProblem,
  { id, courses: wanted }: ItcStudent,
  own: readonly number[],
): Violation[] {
  const names = (list: readonly number[]): string => list.map((index) => classes[index].id).join(', ') || 'none';
  const rest = new Set(own);
  const violations: Violation[] = [];
  for (const course of wanted) {
    const { id: title, configs } = courses[course];
    const taken = own.filter((index) => configs.flat(2).includes(index));
    for (const index of taken) rest.delete(index);
    const whole = configs.some(
      (config) =>
        config.length === taken.length &&
        config.every((subpart) => taken.filter((index) => subpart.includes(index)).length === 1),
    );
    if (whole) continue;
    const expected = 'expected one class of every subpart of one configuration';
    violations.push({
      rule: 'section',
      message: `student ${id}, course ${title}: ${expected}, got classes ${names(taken)}`,
    });
  }
  if (rest.size > 0) {
    const message = `student ${id}: attends classes ${names([...rest])} of courses that they do not take`;
    violations.push({ rule: 'section', message });
  }
  for (const index of own) {
    const { parent } = classes[index];
    if (parent < 0 || own.includes(parent)) continue;
    const message = `student ${id}: attends class ${classes[index].id} without its parent ${classes[parent].id}`;
    violations.push({ rule: 'parent', message });
  }
  return violations;
}
