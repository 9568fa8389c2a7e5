import { describe, expect, it } from 'vitest';
import { gridOf, sayInstant, sayZone, weeksOf } from './week.ts';

const slot = (id: string, start: string, end: string) => ({ id, start, end });

/** The clock in Madrid was put back on Sunday 25 October 2026 at 03:00 (to 02:00, from UTC+2 to UTC+1). */
const TERM = [
  slot('mon', '2026-10-19T09:00:00+02:00', '2026-10-19T09:45:00+02:00'),
  slot('tue', '2026-10-20T07:00:00Z', '2026-10-20T07:45:00Z'),
  slot('sun-first', '2026-10-25T02:00:00+02:00', '2026-10-25T02:45:00+02:00'),
  slot('sun-second', '2026-10-25T02:00:00+01:00', '2026-10-25T02:45:00+01:00'),
  slot('next', '2026-10-26T09:00:00+01:00', '2026-10-26T09:45:00+01:00'),
  slot('late', '2026-10-25T23:30:00Z', '2026-10-26T00:15:00Z'),
];

describe('weeks of slots', () => {
  it('begin on Monday by the clock of the zone, not by UTC', () => {
    const weeks = weeksOf(TERM, 'Europe/Madrid');
    expect(weeks.map(({ label }) => label)).toEqual(['19 to 25 October 2026', '26 October to 1 November 2026']);
    expect(weeks[1].slots.map(({ id }) => id)).toEqual(['next', 'late']);
    expect(weeksOf(TERM, 'UTC')[0].slots.map(({ id }) => id)).toContain('late');
  });

  it('put the same time of day into one row before and after the clock changes, and a repeated hour into two', () => {
    const [week, after] = weeksOf(TERM, 'Europe/Madrid');
    const grid = gridOf(week, 'Europe/Madrid');
    expect(grid.days.map(({ weekday }) => weekday)).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sun']);
    expect(grid.rows.map(({ from, to, slots }) => [from, to, slots.map((each) => each?.id ?? '')])).toEqual([
      ['02:00', '02:45', ['', '', '', '', '', 'sun-first']],
      ['02:00', '02:45', ['', '', '', '', '', 'sun-second']],
      ['09:00', '09:45', ['mon', 'tue', '', '', '', '']],
    ]);
    expect(gridOf(after, 'Europe/Madrid').rows.map(({ from }) => from)).toEqual(['00:30', '09:00']);
  });

  it('name the zone with what the clock is ahead, and the day on which that changes', () => {
    const [week, after] = weeksOf(TERM, 'Europe/Madrid');
    expect(sayZone(week, 'Europe/Madrid')).toBe('Europe/Madrid (UTC+2, from 25 Oct UTC+1)');
    expect(sayZone(after, 'Europe/Madrid')).toBe('Europe/Madrid (UTC+1)');
    expect(sayZone(after, 'Asia/Kathmandu')).toBe('Asia/Kathmandu (UTC+5:45)');
    expect(sayInstant(TERM[4].start, 'Europe/Madrid')).toBe('Mon 26 Oct, 09:00');
  });

  it('are none where there are no slots', () => {
    expect(weeksOf([], 'Europe/Madrid')).toEqual([]);
    expect(sayZone(undefined, 'Europe/Madrid')).toBe('Europe/Madrid');
  });
});
