/** Places of a week's grid, in words. */
import type { Place } from '../../../components/grid-walk.ts';
import type { WeekGrid, WeekSlot } from './week.ts';

/** Said of a cell at which no slot begins. */
export const CLOSED = 'no sessions are held then';

export const slotAt = (grid: WeekGrid, { row, column }: Place): WeekSlot | null =>
  grid.rows[row]?.slots[column] ?? null;

/** 'Tuesday 20 October, 09:00 to 09:45' */
export const sayPlace = (grid: WeekGrid, { row, column }: Place): string => {
  const { from, to } = grid.rows[row];
  return `${grid.days[column].spoken}, ${from} to ${to}`;
};
