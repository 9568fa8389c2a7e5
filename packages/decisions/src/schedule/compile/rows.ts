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
