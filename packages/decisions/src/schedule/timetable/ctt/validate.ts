/**
 * Checks a plan against the rules of ITC-2007 track 3 and adds up its UD2 cost, from the list of meetings alone: it shares
 * nothing with the search's counters.
 */
import type { Violation } from '../../../decision.ts';
import type { TimetableReport } from '../report.ts';
import { type CttMeeting, type CttProblem, UD2_WEIGHTS } from './problem.ts';

/** Cost by term, weighted, and every broken hard rule. */
export function validateCtt(problem: CttProblem, meetings: readonly CttMeeting[]): TimetableReport {
  const violations = [
    ...lectureViolations(problem, meetings),
    ...conflictViolations(problem, meetings),
    ...unavailableViolations(problem, meetings),
    ...roomViolations(problem, meetings),
  ];
  const units = {
    roomCapacity: missingSeats(problem, meetings),
    minimumWorkingDays: missingDays(problem, meetings),
    curriculumCompactness: lonelyLectures(problem, meetings),
    roomStability: extraRooms(problem, meetings),
  };
  const names = Object.keys(UD2_WEIGHTS) as (keyof typeof UD2_WEIGHTS)[];
  const terms = Object.fromEntries(names.map((name) => [name, UD2_WEIGHTS[name] * units[name]]));
  const objective = names.reduce((sum, name) => sum + terms[name], 0);
  return { objective, terms, violations, feasible: violations.length === 0 };
}

function lectureViolations({ courses }: CttProblem, meetings: readonly CttMeeting[]): Violation[] {
  return courses.flatMap(({ id, lectures }, course) => {
    const held = new Set(meetings.filter((meeting) => meeting.course === course).map(({ period }) => period)).size;
    const listed = meetings.filter((meeting) => meeting.course === course).length;
    if (held === lectures && listed === lectures) return [];
    const got = `${listed} lectures in ${held} periods`;
    return [
      { rule: 'lectures', message: `course ${id}: expected ${lectures}, each in a period of its own, got ${got}` },
    ];
  });
}

function conflictViolations(problem: CttProblem, meetings: readonly CttMeeting[]): Violation[] {
  const { courses, curricula } = problem;
  const why = (a: number, b: number): string | null => {
    const shared = curricula.find((curriculum) => curriculum.courses.includes(a) && curriculum.courses.includes(b));
    if (shared) return `curriculum ${shared.id}`;
    return courses[a].teacher === courses[b].teacher ? `teacher ${courses[a].teacher}` : null;
  };
  return [...grouped(meetings, ({ period }) => period)].flatMap(([period, together]) =>
    together.flatMap((first, k) =>
      together.slice(k + 1).flatMap((second) => {
        const reason = first.course === second.course ? null : why(first.course, second.course);
        const names = `${courses[first.course].id} and ${courses[second.course].id}`;
        return reason ? [{ rule: 'conflicts', message: `${names}: both ${when(problem, period)}, one ${reason}` }] : [];
      }),
    ),
  );
}

function unavailableViolations(problem: CttProblem, meetings: readonly CttMeeting[]): Violation[] {
  const never = new Set(problem.unavailable.map(([course, period]) => `${course} ${period}`));
  return meetings
    .filter(({ course, period }) => never.has(`${course} ${period}`))
    .map(({ course, period }) => ({
      rule: 'availability',
      message: `course ${problem.courses[course].id}: not available ${when(problem, period)}`,
    }));
}

function roomViolations(problem: CttProblem, meetings: readonly CttMeeting[]): Violation[] {
  return [...grouped(meetings, ({ room, period }) => `${room} ${period}`).values()]
    .filter((together) => together.length > 1)
    .map((together) => {
      const names = together.map(({ course }) => problem.courses[course].id).join(', ');
      const { room, period } = together[0];
      return { rule: 'rooms', message: `room ${problem.rooms[room].id}: ${names} all ${when(problem, period)}` };
    });
}

/** Students beyond the seats of their room, over all lectures. */
function missingSeats({ courses, rooms }: CttProblem, meetings: readonly CttMeeting[]): number {
  return total(meetings, ({ course, room }) => Math.max(0, courses[course].students - rooms[room].seats));
}

/** Days that courses lack of their minimum. */
function missingDays({ courses, periodsPerDay }: CttProblem, meetings: readonly CttMeeting[]): number {
  return total(courses, ({ minimumDays }, index) => {
    const own = meetings.filter(({ course }) => course === index);
    return Math.max(0, minimumDays - new Set(own.map(({ period }) => Math.floor(period / periodsPerDay))).size);
  });
}

/** For every curriculum, its lectures with none of it in the period before or after of the same day. */
function lonelyLectures({ curricula, periodsPerDay }: CttProblem, meetings: readonly CttMeeting[]): number {
  return total(curricula, ({ courses }) => {
    const periods = meetings.filter(({ course }) => courses.includes(course)).map(({ period }) => period);
    const sameDay = (a: number, b: number): boolean => Math.floor(a / periodsPerDay) === Math.floor(b / periodsPerDay);
    return periods.filter((at) => !periods.some((other) => Math.abs(at - other) === 1 && sameDay(at, other))).length;
  });
}

/** Rooms of courses beyond the first of each. */
function extraRooms({ courses }: CttProblem, meetings: readonly CttMeeting[]): number {
  return total(courses, (_, index) => {
    const used = new Set(meetings.filter(({ course }) => course === index).map(({ room }) => room));
    return Math.max(0, used.size - 1);
  });
}

function when({ periodsPerDay }: CttProblem, period: number): string {
  return `on day ${Math.floor(period / periodsPerDay)} in period ${period % periodsPerDay}`;
}

function total<Item>(items: readonly Item[], amount: (item: Item, index: number) => number): number {
  return items.reduce((sum, item, index) => sum + amount(item, index), 0);
}

function grouped<Item, Key>(items: readonly Item[], key: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
