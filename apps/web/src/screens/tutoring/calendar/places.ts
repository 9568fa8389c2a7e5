/** Places of a week's grid: where a key leads, and a place in words. */
import type { WeekGrid, WeekSlot } from './week.ts';

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Said of a cell at which no slot begins. */
export const CLOSED = 'no sessions are held then';

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

const clamp = (value: number, high: number): number => Math.max(0, Math.min(high, value));

/** Where a key leads from a place, never out of the grid; null for keys that do not move. */
export const placeAfter = (key: string, at: Place, grid: WeekGrid): Place | null => {
  if (key === 'Home') return { ...at, column: 0 };
  if (key === 'End') return { ...at, column: grid.days.length - 1 };
  const step = STEPS[key];
  if (!step) return null;
  return {
    row: clamp(at.row + step[0], grid.rows.length - 1),
    column: clamp(at.column + step[1], grid.days.length - 1),
  };
};

export const slotAt = (grid: WeekGrid, { row, column }: Place): WeekSlot | null =>
  grid.rows[row]?.slots[column] ?? null;

/** 'Tuesday 20 October, 09:00 to 09:45' */
export const sayPlace = (grid: WeekGrid, { row, column }: Place): string => {
  const { from, to } = grid.rows[row];
  return `${grid.days[column].spoken}, ${from} to ${to}`;
};

/** The place of the cell that an element stands in; null outside the cells. */
export const placeOf = (target: EventTarget | null): Place | null => {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return cell === null ? null : { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) };
};
