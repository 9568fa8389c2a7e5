/** Lists of numbers of different lengths behind each other, as the model keeps them. */
export interface Rows {
  /** Entries of row r stand at start[r] to start[r + 1]. */
  readonly start: Int32Array;
  readonly entries: Int32Array;
}

export function toRows(lists: readonly (readonly number[])[]): Rows {
  const start = new Int32Array(lists.length + 1);
  for (const [r, list] of lists.entries()) start[r + 1] = start[r] + list.length;
  return { start, entries: Int32Array.from(lists.flat()) };
}

/** Position of each id in its list. */
export function positions(entries: readonly { readonly id: string }[]): ReadonlyMap<string, number> {
  return new Map(entries.map(({ id }, k) => [id, k]));
}

/** Entries by a number, in order of first appearance (`Map.groupBy`, which Node 20 does not have). */
export function groupBy<T>(entries: Iterable<T>, key: (entry: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const entry of entries) {
    const found = groups.get(key(entry));
    if (found) found.push(entry);
    else groups.set(key(entry), [entry]);
  }
  return groups;
}
