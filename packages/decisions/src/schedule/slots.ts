/** Slots of a weekly timetable, made from times on the wall: they keep their hour across a change of clocks. */
import { ScheduleError } from './error.ts';
import type { ScheduleSlot } from './types.ts';
import { createTimeZone, type LocalTime } from './zoned-time.ts';

export interface WeekPattern {
  /** IANA name. */
  readonly timeZone: string;
  /** First date, "2026-09-07"; its week (from Monday) is the first. Days before it are left out. */
  readonly from: string;
  /** How many weeks, 1 to 520. */
  readonly weeks: number;
  /** Days of the week, 1 (Monday) to 7 (Sunday). */
  readonly days: readonly number[];
  /** Start and end on the wall, "09:00" and "09:45"; an end that is not later is on the next day. */
  readonly times: readonly (readonly [start: string, end: string])[];
  /** Dates without sessions: "2026-12-25". */
  readonly except?: readonly string[];
}

/**
 * Slots in order of time, with ids such as "2026-10-26T09:00" (the local start). Both ends are kept on the wall: a slot over
 * a change of clocks is longer or shorter by it, and one of which nothing is left is left out.
 * @throws ScheduleError BAD_STATE naming what is wrong.
 */
export function slotsFromWeek({ timeZone, from, weeks, days, times, except = [] }: WeekPattern): ScheduleSlot[] {
  const zone = createTimeZone(timeZone);
  const first = readDate(from, 'from');
  const free = new Set(except.map((date) => readDate(date, 'except')));
  requireWhole('weeks', weeks, 1, 520);
  for (const day of days) requireWhole('days', day, 1, 7);
  const hours = times.map(([start, end]) => [readTime(start), readTime(end)] as const);
  const monday = first - ((first + 3) % 7);
  const slots: ScheduleSlot[] = [];
  for (let week = 0; week < weeks; week++) {
    for (const weekday of [...new Set(days)].sort((a, b) => a - b)) {
      const day = monday + 7 * week + weekday - 1;
      const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
      if (day < first || free.has(day)) continue;
      for (const [k, [start, end]] of hours.entries()) {
        const startAt = zone.instantOf(at(day, start));
        const endAt = zone.instantOf(at(day + (end <= start ? 1 : 0), end));
        if (endAt <= startAt) continue;
        slots.push({ id: `${date}T${times[k][0]}`, start: zone.write(startAt), end: zone.write(endAt) });
      }
    }
  }
  return slots.sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

/** Minutes after midnight of a day since 1970, as a local time. */
function at(day: number, minutes: number): LocalTime {
  const date = new Date(day * 86_400_000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  return { year, month, day: date.getUTCDate(), hour: Math.floor(minutes / 60), minute: minutes % 60 };
}

function fault(field: string, expected: string, got: unknown): ScheduleError {
  return new ScheduleError(
    'BAD_STATE',
    `slotsFromWeek ${field}: expected ${expected}, got ${JSON.stringify(got)}; correct it.`,
  );
}

/** Days since 1970-01-01. */
function readDate(text: string, field: string): number {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) / 86_400_000 : Number.NaN;
  // "2026-02-30" would otherwise be a day in March.
  if (Number.isNaN(day) || new Date(day * 86_400_000).toISOString().slice(0, 10) !== text) {
    throw fault(field, 'a date such as "2026-09-07"', text);
  }
  return day;
}

function readTime(text: string): number {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hour === undefined) throw fault('times', 'a time on the wall such as "09:45"', text);
  return 60 * Number(hour) + Number(minute);
}

function requireWhole(field: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw fault(field, `a whole number from ${least} to ${most}`, value);
  }
}
