/** Plans in the competition's solution format: a line "course room day period" per lecture, all as the instance names them. */
import { fileError, readWhole, tokensOf } from '@qurriculum/problems';
import type { CttMeeting, CttProblem } from './problem.ts';

/** In order of course, then period. */
export function writeCttPlan(problem: CttProblem, meetings: readonly CttMeeting[]): string {
  const { courses, rooms, periodsPerDay } = problem;
  const lines = [...meetings]
    .sort((a, b) => a.course - b.course || a.period - b.period || a.room - b.room)
    .map(({ course, room, period }) => {
      const day = Math.floor(period / periodsPerDay);
      return `${courses[course].id} ${rooms[room].id} ${day} ${period % periodsPerDay}\n`;
    });
  return lines.join('');
}

/**
 * Reads any list of meetings; whether they are a plan is for `validateCtt`. Comments after // are left out, as in the
 * competition's own validator's output.
 * @throws ProblemError BAD_FILE with line and column: unknown names, days or periods outside of the week
 */
export function readCttPlan(problem: CttProblem, text: string, file = 'plan'): CttMeeting[] {
  const { courses, rooms, days, periodsPerDay } = problem;
  const courseOf = new Map(courses.map(({ id }, k) => [id, k]));
  const roomOf = new Map(rooms.map(({ id }, k) => [id, k]));
  return text.split(/\r\n|\n|\r/).flatMap((row, k) => {
    const tokens = tokensOf(row.replace(/\/\/.*$/, ''));
    const line = k + 1;
    if (tokens.length === 0) return [];
    if (tokens.length !== 4) {
      const got = `${tokens.length} words`;
      throw fileError(file, line, 1, 'a lecture "course room day period"', got, 'correct the line');
    }
    const find = (index: ReadonlyMap<string, number>, at: number, what: string): number => {
      const found = index.get(tokens[at].text);
      if (found !== undefined) return found;
      const got = JSON.stringify(tokens[at].text);
      throw fileError(file, line, tokens[at].column, `a ${what} of ${problem.name}`, got, 'correct the name');
    };
    const day = readWhole(file, line, tokens[2], 0, days - 1, 'a day');
    const slot = readWhole(file, line, tokens[3], 0, periodsPerDay - 1, 'a period of the day');
    return [{ course: find(courseOf, 0, 'course'), room: find(roomOf, 1, 'room'), period: day * periodsPerDay + slot }];
  });
}
