/** The optional columns of an interaction table: what an answer tells besides being right or wrong. */
import type { InteractionTable } from './interactions.ts';

export const signalNames = ['duration', 'hints', 'selfReport'] as const;

export type SignalName = (typeof signalNames)[number];

type SignalColumns = Pick<InteractionTable, SignalName>;

/** The given rows of those columns that there are. */
export function takeSignals(columns: SignalColumns, order: ArrayLike<number>): SignalColumns {
  return mapSignals(columns, (from) => Float64Array.from(order, (row) => from[row]));
}

/** Columns of exactly `rows` rows; shorter ones end in unknown values, self-reports are on a scale from 0 to 1. */
export function knownSignals(columns: SignalColumns, rows: number): SignalColumns {
  return mapSignals(columns, (from, name) => {
    const column = new Float64Array(rows).fill(Number.NaN);
    column.set(from.subarray(0, rows));
    return name === 'selfReport' ? unitScale(column) : column;
  });
}

function mapSignals(
  columns: SignalColumns,
  change: (column: Float64Array, name: SignalName) => Float64Array,
): SignalColumns {
  const changed: Partial<Record<SignalName, Float64Array>> = {};
  for (const name of signalNames) {
    const column = columns[name];
    if (column !== undefined) changed[name] = change(column, name);
  }
  return changed;
}

/**
 * Self-reports on a scale from 0 to 1. Where all are within it they stay; else the largest tells the scale: up to 10 a
 * rating that ends there and begins at 1 (or at 0 where there is a 0), up to 100 a percentage. Larger or negative ones
 * are no scale that we know: all become unknown.
 */
export function unitScale(values: Float64Array): Float64Array {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!(most > 1 || least < 0)) return values;
  if (least < 0 || most > 100) return values.map(() => Number.NaN);
  const low = most <= 10 && least >= 1 ? 1 : 0;
  const high = most <= 10 ? Math.ceil(most) : 100;
  return values.map((value) => (value - low) / (high - low));
}
