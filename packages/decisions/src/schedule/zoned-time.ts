/**
 * Local times of an IANA time zone by `Intl.DateTimeFormat` (ECMA-402), which holds the same zone data in Node and in
 * browsers. A local time that a change of clocks skips is moved later by the gap, one that it repeats is the earlier of the
 * two: RFC 5545 section 3.3.5, and "compatible" of ECMAScript's Temporal.
 */
import { ScheduleError } from './error.ts';

/** A local date and time; `day` may run over its month as in Date.UTC. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

export interface TimeZone {
  readonly name: string;
  /** Minutes since 1970-01-01 00:00 by the clocks on the wall, of an instant in milliseconds. */
  wallMinutes(instant: number): number;
  /** The instant, in milliseconds, at which clocks on the wall show a time. */
  instantOf(local: LocalTime): number;
  /** ISO 8601 with the offset that holds then: "2026-10-25T09:00:00+01:00". */
  write(instant: number): string;
}

const MINUTE = 60_000;
const DAY = 1440;

/** Days since 1970-01-01 of a time on the wall in minutes. */
export const dayOfWall = (wall: number): number => Math.floor(wall / DAY);

/** Weeks begin on Monday (ISO 8601): number of the week of a day, 1970-01-01 was a Thursday. */
export const weekOfDay = (day: number): number => Math.floor((day + 3) / 7);

/** @throws ScheduleError BAD_STATE when the name is not known. */
export function createTimeZone(name: string): TimeZone {
  const format = formatOf(name);
  const wallMinutes = (instant: number): number => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value);
    return Date.UTC(part['year'], part['month'] - 1, part['day'], part['hour'], part['minute']) / MINUTE;
  };
  const offset = (instant: number): number => wallMinutes(instant) - Math.floor(instant / MINUTE);
  return {
    name,
    wallMinutes,
    instantOf({ year, month, day, hour, minute }) {
      const wall = Date.UTC(year, month - 1, day, hour, minute) / MINUTE;
      // Zones change at most once in these two days; one of the two offsets holds at the time asked for.
      const before = offset((wall - DAY) * MINUTE);
      const after = offset((wall + DAY) * MINUTE);
      const fits = [before, after].map((minutes) => wall - minutes).filter((at) => wallMinutes(at * MINUTE) === wall);
      // In a gap neither fits: the offset before it, which shows a later time on the wall.
      return (fits.length > 0 ? Math.min(...fits) : wall - before) * MINUTE;
    },
    write(instant) {
      const minutes = offset(instant);
      const local = new Date(instant + minutes * MINUTE).toISOString().slice(0, 19);
      const size = Math.abs(minutes);
      const two = (value: number): string => `${value}`.padStart(2, '0');
      return `${local}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
    },
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', calendar: 'gregory', numberingSystem: 'latn', year: 'numeric' },
      ...{ month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' },
    });
  } catch {
    throw new ScheduleError(
      'BAD_STATE',
      `timeZone: expected an IANA name such as "Europe/Madrid", got ${JSON.stringify(timeZone)}; correct it.`,
    );
  }
}
