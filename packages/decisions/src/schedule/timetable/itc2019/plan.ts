/**
 * Plans of ITC-2019 in the competition's solution format: a class with days, start, weeks and room, and inside it those who
 * attend it.
 */
import type { ItcChoice, ItcProblem } from './problem.ts';
import { bitText } from './read.ts';
import { enrolmentsOf } from './sections.ts';
import { escapeAttribute, readXml } from './xml.ts';

/** A class as a plan puts it, in the plan's own words. */
export interface ItcPlacement {
  readonly id: string;
  readonly days: string;
  readonly start: number;
  readonly weeks: string;
  /** Absent where the plan names none. */
  readonly room?: string;
  /** Ids of those who attend it. */
  readonly students: readonly string[];
}

/** What each class of a problem gets by its choice and by the classes of the enrolments, in the problem's order. */
export function itcPlacements(
  problem: ItcProblem,
  choices: readonly ItcChoice[],
  taken: ArrayLike<number>,
): ItcPlacement[] {
  const attending: string[][] = problem.classes.map(() => []);
  for (const { student, start, width } of enrolmentsOf(problem)) {
    for (let k = start; k < start + width; k++)
      if (taken[k] >= 0) attending[taken[k]].push(problem.students[student].id);
  }
  return problem.classes.map(({ id, times, rooms }, k) => {
    const { days, start, weeks } = times[choices[k].time];
    const room = choices[k].room < 0 ? undefined : problem.rooms[rooms[choices[k].room].room].id;
    const time = { days: bitText(days, problem.days), start, weeks: bitText(weeks, problem.weeks) };
    return { id, ...time, ...(room === undefined ? {} : { room }), students: attending[k] };
  });
}

export function writeItcPlan(problem: ItcProblem, placements: readonly ItcPlacement[]): string {
  const lines = placements.map(({ id, days, start, weeks, room, students }) => {
    const where = room === undefined ? '' : ` room="${escapeAttribute(room)}"`;
    const head = `  <class id="${escapeAttribute(id)}" days="${days}" start="${start}" weeks="${weeks}"${where}`;
    if (students.length === 0) return `${head}/>\n`;
    const inside = students.map((student) => `    <student id="${escapeAttribute(student)}"/>\n`);
    return `${head}>\n${inside.join('')}  </class>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<solution name="${escapeAttribute(problem.name)}">\n${lines.join('')}</solution>\n`;
}

/** @throws ProblemError BAD_FILE with line and column where it is no such XML; what it says is for `validateItc2019`. */
export function readItcPlan(text: string, file = 'plan'): ItcPlacement[] {
  return readXml(text, file, 'solution')
    .children('class')
    .map((element) => {
      const room = element.optional('room');
      return {
        ...{ id: element.text('id'), days: element.text('days'), weeks: element.text('weeks') },
        start: element.whole('start', 0, Number.MAX_SAFE_INTEGER),
        ...(room === undefined ? {} : { room }),
        students: element.children('student').map((student) => student.text('id')),
      };
    });
}
