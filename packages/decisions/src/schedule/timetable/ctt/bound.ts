/**
 * A proved lower bound on the UD2 cost, by terms that do not meet: seats, missing days and lonely lectures that no plan can
 * avoid. It is far from tight on most instances; where a plan reaches it, that plan is optimal.
 */
import { type CttProblem, UD2_WEIGHTS } from './problem.ts';

export function cttBound(problem: CttProblem): number {
  const { courses, curricula, days } = problem;
  const lackedDays = courses.reduce(
    (sum, { lectures, minimumDays }) => sum + Math.max(0, minimumDays - Math.min(lectures, days)),
    0,
  );
  const alone = curricula.filter(
    ({ courses: members }) => members.reduce((sum, course) => sum + courses[course].lectures, 0) === 1,
  ).length;
  return (
    UD2_WEIGHTS.roomCapacity * leastMissingSeats(problem) +
    UD2_WEIGHTS.minimumWorkingDays * lackedDays +
    UD2_WEIGHTS.curriculumCompactness * alone
  );
}

/**
 * Every lecture takes one of `periods` places in some room. Students without a seat are a convex function of students
 * minus seats, so that the largest lecture in the largest place, and so on, is the best of all assignments.
 */
function leastMissingSeats({ courses, rooms, days, periodsPerDay }: CttProblem): number {
  const lectures = courses.flatMap(({ students, lectures: count }) => Array<number>(count).fill(students));
  const places = rooms.flatMap(({ seats }) => Array<number>(days * periodsPerDay).fill(seats));
  lectures.sort((a, b) => b - a);
  places.sort((a, b) => b - a);
  return lectures.reduce((sum, students, k) => sum + Math.max(0, students - (places[k] ?? 0)), 0);
}
