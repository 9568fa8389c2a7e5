/** Reads instances of ITC-2007 track 3 (`.ctt`): seven header lines, four named sections, `END.`. */
import { fileError, readWhole, type Token, tokensOf } from '@qurriculum/problems';
import type { CttCourse, CttCurriculum, CttProblem, CttRoom } from './problem.ts';

/** More than any university has; a header beyond it is no header. */
const MOST = 100_000;

interface Row {
  readonly line: number;
  readonly tokens: readonly Token[];
}

/** @throws ProblemError BAD_FILE with line and column */
export function readCtt(text: string, file = 'timetable'): CttProblem {
  const rows = rowsOf(text, file);
  const header = rows.header;
  const name = header('Name:').token.text;
  const whole = (key: string, low: number): number => {
    const { line, token } = header(key);
    return readWhole(file, line, token, low, MOST, `${key} followed by its value`);
  };
  const counts = { courses: whole('Courses:', 1), rooms: whole('Rooms:', 1) };
  const days = whole('Days:', 1);
  const periodsPerDay = whole('Periods_per_day:', 1);
  const curriculumCount = whole('Curricula:', 0);
  const constraintCount = whole('Constraints:', 0);

  const courses = rows.section('COURSES:', counts.courses, 5, 'a course "id teacher lectures days students"').map(
    ({ line, tokens: [id, teacher, lectures, minimumDays, students] }): CttCourse => ({
      id: id.text,
      teacher: teacher.text,
      lectures: readWhole(file, line, lectures, 1, days * periodsPerDay, 'lectures that fit into the week'),
      minimumDays: readWhole(file, line, minimumDays, 0, MOST, 'working days'),
      students: readWhole(file, line, students, 0, MOST, 'students'),
    }),
  );
  const rooms = rows.section('ROOMS:', counts.rooms, 2, 'a room "id seats"').map(
    ({ line, tokens: [id, seats] }): CttRoom => ({
      id: id.text,
      seats: readWhole(file, line, seats, 0, MOST, 'seats'),
    }),
  );
  const courseIndex = rows.index('COURSES:', 'course');
  rows.index('ROOMS:', 'room');
  const curricula = rows
    .section('CURRICULA:', curriculumCount, -2, 'a curriculum "id count course course ..."')
    .map((row) => curriculumOf(row, file, courseIndex));
  const unavailable = rows
    .section('UNAVAILABILITY_CONSTRAINTS:', constraintCount, 3, 'an unavailability "course day period"')
    .map(({ line, tokens: [course, day, period] }): [number, number] => [
      courseIndex(course, line),
      readWhole(file, line, day, 0, days - 1, 'a day') * periodsPerDay +
        readWhole(file, line, period, 0, periodsPerDay - 1, 'a period of the day'),
    ]);
  rows.end();
  return { name, days, periodsPerDay, courses, rooms, curricula, unavailable };
}

type Lookup = (token: Token, line: number) => number;

function curriculumOf({ line, tokens }: Row, file: string, courseIndex: Lookup): CttCurriculum {
  const count = readWhole(file, line, tokens[1], 0, MOST, 'the number of its courses');
  if (tokens.length !== count + 2) {
    const got = `${tokens.length - 2}`;
    throw fileError(file, line, tokens[1].column, `${count} courses, as it says`, got, 'correct the count or the list');
  }
  return { id: tokens[0].text, courses: tokens.slice(2).map((token) => courseIndex(token, line)) };
}

/** Walks over the lines that are not blank. */
function rowsOf(text: string, file: string) {
  const rows = text
    .split(/\r\n|\n|\r/)
    .map((line, k): Row => ({ line: k + 1, tokens: tokensOf(line) }))
    .filter(({ tokens }) => tokens.length > 0);
  const sections = new Map<string, readonly Row[]>();
  let at = 0;
  const next = (expected: string): Row => {
    const row = rows[at++];
    if (row) return row;
    const line = rows.at(-1)?.line ?? 1;
    throw fileError(file, line, 1, expected, 'the end of the file', 'the file may be cut off');
  };
  const title = (key: string): Row => {
    const row = next(key);
    if (row.tokens[0].text === key) return row;
    throw fileError(
      file,
      row.line,
      row.tokens[0].column,
      key,
      JSON.stringify(row.tokens[0].text),
      'see the line above',
    );
  };
  return {
    header(key: string): { readonly line: number; readonly token: Token } {
      const { line, tokens } = title(key);
      if (tokens.length === 2) return { line, token: tokens[1] };
      throw fileError(file, line, 1, `${key} and one value`, `${tokens.length - 1} values`, 'correct the line');
    },
    /** The rows of a section, each with `columns` words; at least so many where it is negative. */
    section(key: string, count: number, columns: number, what: string): readonly Row[] {
      title(key);
      const read = Array.from({ length: count }, () => {
        const row = next(what);
        const fits = columns < 0 ? row.tokens.length >= -columns : row.tokens.length === columns;
        if (fits) return row;
        const got = `${row.tokens.length} words`;
        throw fileError(
          file,
          row.line,
          row.tokens[0].column,
          what,
          got,
          'correct the line or the counts in the header',
        );
      });
      sections.set(key, read);
      return read;
    },
    /** Finds what a section names by the id in its first column. */
    index(key: string, what: string): Lookup {
      const found = new Map<string, number>();
      for (const { line, tokens } of sections.get(key) ?? []) {
        const [{ text: id, column }] = tokens;
        if (found.has(id)) throw fileError(file, line, column, `a new ${what}`, `${id} again`, 'rename one of them');
        found.set(id, found.size);
      }
      return ({ text: id, column }, line) => {
        const index = found.get(id);
        if (index !== undefined) return index;
        throw fileError(file, line, column, `a ${what} that is listed above`, JSON.stringify(id), 'correct the name');
      };
    },
    end(): void {
      title('END.');
      const extra = rows[at];
      if (extra) throw fileError(file, extra.line, 1, 'the end after END.', 'another line', 'remove it');
    },
  };
}
