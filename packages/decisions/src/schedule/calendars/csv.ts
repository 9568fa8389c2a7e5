/** Availability from CSV, and a schedule as CSV (RFC 4180). Cells are read by csv-parse, as in the course's edge lists. */
import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { ScheduleError } from '../error.ts';
import { createTimeZone, dayOfWall, type TimeZone } from '../zoned-time.ts';
import { type Interval, mergeIntervals } from './intervals.ts';

export interface AvailabilityOptions {
  readonly timeZone: string;
  /** Rows that name a day of the week hold for every such day within. */
  readonly within: Interval;
}

export interface AvailabilityRow {
  /** Absent where the file has no such column. */
  readonly kind?: 'tutor' | 'learner' | 'room';
  /** Id or name, as the file has it. */
  readonly who: string;
  readonly free: readonly Interval[];
  /** The first line that names them. */
  readonly line: number;
}

export interface AvailabilityReject {
  readonly line: number;
  readonly expected: string;
  readonly got: string;
}

export interface AvailabilityContent {
  readonly rows: readonly AvailabilityRow[];
  /** Lines read, header apart. */
  readonly lines: number;
  readonly rejects: readonly AvailabilityReject[];
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const kinds = ['tutor', 'learner', 'room'] as const;
const whoColumns = ['id', 'who', 'name', 'person', 'tutor', 'learner', 'room'];

/**
 * Reads columns `id` (or `name`), `day` (a date or a day of the week), `start` and `end` (times on the wall), and `kind`
 * where tutors, learners and rooms come in one file. Each line is a stretch in which somebody is free.
 *
 * @throws ScheduleError BAD_CALENDAR where there is no such table at all; single bad lines are rejects.
 */
export function readAvailabilityCsv(text: string, options: AvailabilityOptions): AvailabilityContent {
  const zone = createTimeZone(options.timeZone);
  const [header, ...rows] = cut(text);
  const names = (header?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const who = names.findIndex((name) => whoColumns.includes(name));
  const [kind, day, start, end] = ['kind', 'day', 'start', 'end'].map((name) => names.indexOf(name));
  if (who < 0 || day < 0 || start < 0 || end < 0) {
    throw new ScheduleError(
      'BAD_CALENDAR',
      `readAvailabilityCsv: expected columns id, day, start and end, got ${header === undefined ? 'an empty file' : names.join(', ')}; name them in the first line.`,
    );
  }
  const rejects: AvailabilityReject[] = [];
  const found = new Map<string, { kind?: AvailabilityRow['kind']; who: string; free: Interval[]; line: number }>();
  for (const { cells, line } of rows) {
    const cell = (column: number): string => (column < 0 ? '' : (cells[column] ?? '').trim());
    const reject = (expected: string, got: string): void => {
      rejects.push({ line, expected, got });
    };
    const given = cell(kind).toLowerCase();
    const known = kinds.find((one) => one === given);
    if (kind >= 0 && known === undefined) reject('tutor, learner or room', given);
    else if (cell(who) === '') reject('an id or a name', 'nothing');
    else {
      const days = daysOf(cell(day), zone, options.within);
      const [from, to] = [minutesOf(cell(start)), minutesOf(cell(end))];
      if (days === null) reject('a date such as 2026-10-22 or a day such as Monday', cell(day));
      else if (from === null || to === null || to <= from)
        reject('times such as 09:00 and 12:30', `${cell(start)} and ${cell(end)}`);
      else {
        const key = JSON.stringify([known, cell(who)]);
        const entry = found.get(key) ?? { ...(known && { kind: known }), who: cell(who), free: [], line };
        for (const date of days) entry.free.push({ start: at(zone, date, from), end: at(zone, date, to) });
        found.set(key, entry);
      }
    }
  }
  const merged = [...found.values()].map((entry) => ({ ...entry, free: mergeIntervals(entry.free) }));
  return { rows: merged, lines: rows.length, rejects };
}

interface Line {
  readonly cells: readonly string[];
  readonly line: number;
}

function cut(text: string): Line[] {
  const delimiter = [',', ';', '\t'].reduce((best, one) => (count(text, one) > count(text, best) ? one : best));
  try {
    const records = parse(text, {
      ...{ delimiter, bom: true, relax_column_count: true, skip_empty_lines: true, info: true, trim: true },
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new ScheduleError(
      'BAD_CALENDAR',
      `readAvailabilityCsv: expected CSV, got ${error.message}; save the table again.`,
    );
  }
}

/** In the first line. */
const count = (text: string, character: string): number => text.split(/\r?\n/, 1)[0].split(character).length;

/** Days since 1970 that a cell names; null where it names none. */
function daysOf(cell: string, zone: TimeZone, within: Interval): number[] | null {
  if (/^\d{4}-\d\d-\d\d$/.test(cell)) {
    const day = Date.parse(`${cell}T00:00:00Z`) / 86_400_000;
    return Number.isNaN(day) || new Date(day * 86_400_000).toISOString().slice(0, 10) !== cell ? null : [day];
  }
  const lower = cell.toLowerCase();
  const weekday = weekdays.findIndex((name) => name === lower || (lower.length >= 2 && name.startsWith(lower)));
  if (weekday < 0) return null;
  const days: number[] = [];
  const first = dayOfWall(zone.wallMinutes(within.start));
  const last = dayOfWall(zone.wallMinutes(within.end));
  for (let day = first; day <= last; day++) if ((day + 3) % 7 === weekday) days.push(day);
  return days;
}

function minutesOf(cell: string): number | null {
  const [, hour, minute] = /^(\d{1,2}):(\d\d)$/.exec(cell) ?? [];
  if (hour === undefined || Number(hour) > 24 || Number(minute) > 59) return null;
  return 60 * Number(hour) + Number(minute);
}

function at(zone: TimeZone, day: number, minutes: number): number {
  const date = new Date(day * 86_400_000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  const midnight = { year, month, day: date.getUTCDate() };
  return zone.instantOf({ ...midnight, hour: Math.floor(minutes / 60), minute: minutes % 60 });
}

export interface ScheduleCsvRow {
  readonly start: string;
  readonly end: string;
  readonly tutor: string;
  readonly learner: string;
  readonly skill: string;
  readonly room: string;
}

/** One line per learner and session, in order of time; dates and times are on the wall. */
export function writeScheduleCsv(rows: readonly ScheduleCsvRow[], timeZone: string): string {
  const zone = createTimeZone(timeZone);
  const wall = (instant: string): string => zone.write(Date.parse(instant));
  const ordered = [...rows].sort(
    (a, b) =>
      Date.parse(a.start) - Date.parse(b.start) || (a.tutor < b.tutor ? -1 : 1) || (a.learner < b.learner ? -1 : 1),
  );
  const lines = ordered.map(({ start, end, tutor, learner, skill, room }) => [
    ...[wall(start).slice(0, 10), wall(start).slice(11, 16), wall(end).slice(11, 16), timeZone],
    ...[tutor, learner, skill, room],
  ]);
  const header = ['date', 'start', 'end', 'time zone', 'tutor', 'learner', 'skill', 'room'];
  return [header, ...lines].map((cells) => `${cells.map(quote).join(',')}\r\n`).join('');
}

/** A name that begins like a formula would be run by a spreadsheet: it gets an apostrophe. */
function quote(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
