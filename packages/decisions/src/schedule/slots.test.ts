import { describe, expect, it } from 'vitest';
import { slotsFromWeek } from './slots.ts';
import { createTimeZone, dayOfWall, weekOfDay } from './zoned-time.ts';

describe('slotsFromWeek', () => {
  it('keeps hours on the wall when clocks go back, and counts days in the zone', () => {
    const slots = slotsFromWeek({
      ...{ timeZone: 'Europe/Madrid', from: '2026-10-19', weeks: 2, days: [7, 1], times: [['09:00', '09:45']] },
    });
    expect(slots).toEqual([
      { id: '2026-10-19T09:00', start: '2026-10-19T09:00:00+02:00', end: '2026-10-19T09:45:00+02:00' },
      { id: '2026-10-25T09:00', start: '2026-10-25T09:00:00+01:00', end: '2026-10-25T09:45:00+01:00' },
      { id: '2026-10-26T09:00', start: '2026-10-26T09:00:00+01:00', end: '2026-10-26T09:45:00+01:00' },
      { id: '2026-11-01T09:00', start: '2026-11-01T09:00:00+01:00', end: '2026-11-01T09:45:00+01:00' },
    ]);
  });

  // In Madrid clocks skip 02:00 to 03:00 on 2026-03-29 and repeat 02:00 to 03:00 on 2026-10-25 (tz database, EU rules).
  it('moves a skipped time later by the gap, and takes the first of repeated ones', () => {
    const base = { timeZone: 'Europe/Madrid', weeks: 1, days: [7] };
    const spring = slotsFromWeek({ ...base, from: '2026-03-29', times: [['02:30', '04:00']] });
    expect(spring).toEqual([
      { id: '2026-03-29T02:30', start: '2026-03-29T03:30:00+02:00', end: '2026-03-29T04:00:00+02:00' },
    ]);
    const autumn = slotsFromWeek({ ...base, from: '2026-10-25', times: [['02:30', '03:30']] });
    expect(autumn[0]).toMatchObject({ start: '2026-10-25T02:30:00+02:00', end: '2026-10-25T03:30:00+01:00' });
    expect(Date.parse(autumn[0].end) - Date.parse(autumn[0].start)).toBe(2 * 3_600_000);
    // 02:30 does not exist, and becomes 03:30: after the end.
    expect(slotsFromWeek({ ...base, from: '2026-03-29', times: [['02:30', '03:15']] })).toEqual([]);
  });

  it('knows zones with half hours, west of Greenwich, and changes at midnight', () => {
    const at = (timeZone: string, from: string, time: string) =>
      slotsFromWeek({ timeZone, from, weeks: 1, days: [1, 2, 3, 4, 5, 6, 7], times: [[time, '23:59']] })[0].start;
    expect(at('Asia/Kolkata', '2026-06-01', '09:00')).toBe('2026-06-01T09:00:00+05:30');
    expect(at('America/St_Johns', '2026-06-01', '09:00')).toBe('2026-06-01T09:00:00-02:30');
    // Paraguay began summer time at midnight until 2024: 2023-10-01 00:00 did not exist there.
    expect(at('America/Asuncion', '2023-10-01', '00:00')).toBe('2023-10-01T01:00:00-03:00');
    // Samoa had no 2011-12-30 at all.
    expect(at('Pacific/Apia', '2011-12-31', '09:00')).toBe('2011-12-31T09:00:00+14:00');
  });

  it('agrees with the clock of the zone in every hour of two years', () => {
    for (const name of ['Europe/Madrid', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca']) {
      const zone = createTimeZone(name);
      let skipped = 0;
      for (let hour = 0; hour < 2 * 8766; hour += 7) {
        const wall = Date.UTC(2026, 0, 1) / 60_000 + 60 * hour;
        const local = new Date(wall * 60_000);
        const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate()];
        const instant = zone.instantOf({ year, month, day, hour: local.getUTCHours(), minute: 0 });
        if (zone.wallMinutes(instant) !== wall) skipped++;
        // What it writes reads back as the same instant, by the engine's own reader.
        expect(Date.parse(zone.write(instant))).toBe(instant);
      }
      expect(skipped).toBeLessThanOrEqual(1);
    }
  });

  it('leaves out free days and what comes before the first date; the night goes on to the next day', () => {
    const slots = slotsFromWeek({
      ...{ timeZone: 'UTC', from: '2026-09-09', weeks: 2, days: [1, 3], times: [['23:30', '00:15']] },
      except: ['2026-09-16'],
    });
    expect(slots.map(({ end }) => end)).toEqual(['2026-09-10T00:15:00+00:00', '2026-09-15T00:15:00+00:00']);
  });

  it.each([
    [{ timeZone: 'Mars/Olympus' }, /timeZone: expected an IANA name .*got "Mars\/Olympus"/],
    [{ from: '2026-02-30' }, /from: expected a date/],
    [{ weeks: 0 }, /weeks: expected a whole number from 1 to 520, got 0/],
    [{ days: [8] }, /days: expected a whole number from 1 to 7/],
    [{ times: [['9:00', '10:00']] as const }, /times: expected a time on the wall/],
  ])('refuses %j', (change, message) => {
    const base = { timeZone: 'UTC', from: '2026-09-07', weeks: 1, days: [1], times: [['09:00', '10:00']] as const };
    expect(() => slotsFromWeek({ ...base, ...change })).toThrow(message);
  });
});

describe('weeks', () => {
  it('begin on Monday', () => {
    const day = (date: string) => dayOfWall(Date.parse(date) / 60_000);
    expect(weekOfDay(day('2026-10-26'))).toBe(weekOfDay(day('2026-10-25')) + 1);
    expect(weekOfDay(day('2026-10-26'))).toBe(weekOfDay(day('2026-11-01')));
  });
});
