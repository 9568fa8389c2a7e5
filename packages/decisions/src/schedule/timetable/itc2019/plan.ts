/**
 * Plans of ITC-2019 in the competition's solution format: a class with days, start, weeks and room. Students are neither
 * written nor read.
 */
import type { ItcChoice, ItcProblem } from './problem.ts';
import { bitText } from './read.ts';
import { escapeAttribute, readXml } from './xml.ts';

/** A class as a plan puts it, in the plan's own words. */
export interface ItcPlacement {
  readonly id: string;
  readonly days: string;
  readonly start: number;
  readonly weeks: string;
  /** Absent where the plan names none. */
  readonly room?: string;
}

/** What each class of a problem gets by its choice, in the problem's order. */
export function itcPlacements(problem: ItcProblem, choices: readonly ItcChoice[]): ItcPlacement[] {
  return problem.classes.map(({ id, times, rooms }, k) => {
    const { days, start, weeks } = times[choices[k].time];
    const room = choices[k].room < 0 ? undefined : problem.rooms[rooms[choices[k].room].room].id;
    const time = { days: bitText(days, problem.days), start, weeks: bitText(weeks, problem.weeks) };
    return { id, ...time, ...(room === undefined ? {} : { room }) };
  });
}

export function writeItcPlan(problem: ItcProblem, placements: readonly ItcPlacement[]): string {
  const lines = placements.map(({ id, days, start, weeks, room }) => {
    const where = room === undefined ? '' : ` room="${escapeAttribute(room)}"`;
    return `  <class id="${escapeAttribute(id)}" days="${days}" start="${start}" weeks="${weeks}"${where}/>\n`;
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
      };
    });
}
