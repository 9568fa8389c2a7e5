import { describe, expect, it } from 'vitest';
import type { ScheduleView, SessionView } from '../../../api/schedule.ts';
import { gridOf, weeksOf } from '../calendar/week.ts';
import { columnsOf, rowsOf } from './rows.ts';

/** Monday nine and ten, Tuesday nine, out of order. */
const SLOTS = [
  { id: 't9', start: '2026-10-20T09:00:00Z', end: '2026-10-20T09:45:00Z' },
  { id: 'm10', start: '2026-10-19T10:00:00Z', end: '2026-10-19T10:45:00Z' },
  { id: 'm9', start: '2026-10-19T09:00:00Z', end: '2026-10-19T09:45:00Z' },
];

const tutor = (id: string, name: string, available: string[]) =>
  ({ id, name, available }) as unknown as ScheduleView['tutors'][number];
const session = (tutorId: string, slotId: string) => ({ tutorId, slotId }) as unknown as SessionView;

describe('a week of all tutors', () => {
  const columns = columnsOf(gridOf(weeksOf(SLOTS, 'UTC')[0], 'UTC'));

  it('has a column for each slot, day by day, and marks where a day begins', () => {
    expect(columns.map(({ slot, from, isFirst }) => [slot.id, from, isFirst])).toEqual([
      ['m9', '09:00', true],
      ['m10', '10:00', false],
      ['t9', '09:00', true],
    ]);
  });

  it('has a row for each tutor, by name, with sessions and absences of their own', () => {
    const bySlot = new Map([
      ['m9', [session('bo', 'm9'), session('al', 'm9')]],
      ['t9', [session('bo', 't9')]],
    ]);
    const rows = rowsOf([tutor('bo', 'Bo', ['m9']), tutor('al', 'Al', ['m9', 'm10', 't9'])], columns, bySlot);
    expect(rows.map(({ name, sessions }) => [name, sessions])).toEqual([
      ['Al', 1],
      ['Bo', 2],
    ]);
    expect(rows[1].cells.map(({ session: own, isAway }) => [own?.slotId ?? null, isAway])).toEqual([
      ['m9', false],
      [null, true],
      ['t9', true],
    ]);
  });
});
