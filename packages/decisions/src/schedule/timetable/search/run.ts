/**
 * What a native search for timetables is to its driver: a run that cools from 0 to 1 in slices and knows its best plan.
 * What it does depends on its seed, its number and the shares that it is given, on nothing else.
 */

export interface TimetableBest {
  /** Broken hard rules; plans are compared by these first. */
  readonly broken: number;
  readonly cost: number;
  /** The plan in the format's own numbers, for its `decode`. */
  readonly plan: Int32Array;
}

export interface TimetableRun {
  /** Moves that one slice tries: some milliseconds of work. */
  readonly sliceMoves: number;
  /** Tries that many moves at the temperature of a share of the run, 0 (hot) to 1 (frozen). */
  slice(share: number, moves: number): void;
  /** The best plan so far. There is one before the first slice. */
  best(): TimetableBest;
}

export function isBetter(a: TimetableBest, b: TimetableBest): boolean {
  return a.broken < b.broken || (a.broken === b.broken && a.cost < b.cost);
}
