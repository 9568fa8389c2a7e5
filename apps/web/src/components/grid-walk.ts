/** Walking a table by keys, by the ARIA grid pattern: where a key leads, and which place an event happened in. */

export interface Place {
  readonly row: number;
  readonly column: number;
}

/** What can be walked: rows from 0, columns from `first` (default 0); ends not included. */
export interface Walkable {
  readonly rows: number;
  readonly columns: number;
  readonly first?: number;
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

/** The nearest place that there is. */
export const placeWithin = ({ row, column }: Place, { rows, columns, first = 0 }: Walkable): Place => ({
  row: clamp(row, 0, rows - 1),
  column: clamp(column, first, columns - 1),
});

/** Where a key leads from a place, never out of the table; null for keys that do not move. */
export const placeAfter = (key: string, at: Place, table: Walkable): Place | null => {
  if (key === 'Home') return { ...at, column: table.first ?? 0 };
  if (key === 'End') return { ...at, column: table.columns - 1 };
  const step = STEPS[key];
  return step ? placeWithin({ row: at.row + step[0], column: at.column + step[1] }, table) : null;
};

/** The place of the cell that an element stands in, by its `data-row` and `data-column`; null outside the cells. */
export const placeOf = (target: EventTarget | null): Place | null => {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return cell === null ? null : { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) };
};
