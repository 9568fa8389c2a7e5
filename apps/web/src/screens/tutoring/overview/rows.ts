/** A week of all tutors as a table: a row for each tutor by name, a column for each slot in order. */
import type { ScheduleView, SessionView } from '../../../api/schedule.ts';
import type { WeekDay, WeekGrid, WeekSlot } from '../calendar/week.ts';

export interface OverviewColumn {
  readonly slot: WeekSlot;
  readonly day: WeekDay;
  /** '09:00' */
  readonly from: string;
  /** The first of its day. */
  readonly isFirst: boolean;
}

export interface OverviewCell {
  readonly session: SessionView | null;
  readonly isAway: boolean;
}

export interface OverviewRow {
  readonly id: string;
  readonly name: string;
  /** This week. */
  readonly sessions: number;
  /** One for each column. */
  readonly cells: readonly OverviewCell[];
}

export const columnsOf = ({ days, rows }: WeekGrid): OverviewColumn[] =>
  days.flatMap((day, column) =>
    rows
      .flatMap(({ from, slots }) => (slots[column] ? [{ slot: slots[column], day, from }] : []))
      .map((found, index) => ({ ...found, isFirst: index === 0 })),
  );

export const rowsOf = (
  tutors: ScheduleView['tutors'],
  columns: readonly OverviewColumn[],
  bySlot: ReadonlyMap<string, readonly SessionView[]>,
): OverviewRow[] =>
  tutors
    .map(({ id, name, available }) => {
      const there = new Set(available);
      const cells = columns.map(({ slot }) => ({
        session: bySlot.get(slot.id)?.find(({ tutorId }) => tutorId === id) ?? null,
        isAway: !there.has(slot.id),
      }));
      return { id, name, cells, sessions: cells.filter(({ session }) => session !== null).length };
    })
    .sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
