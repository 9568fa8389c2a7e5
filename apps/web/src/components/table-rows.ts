/** What a table shows of its rows: found, sorted, and cut into pages. */

export interface SortBy {
  readonly key: string;
  readonly descending: boolean;
}

type SortValue = string | number | null | undefined;

/** Texts by the reader's alphabet with numbers in them as numbers ("item 2" before "item 10"). */
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Rows without a value stand last, whichever the direction. */
const compareValues = (a: SortValue, b: SortValue, sign: number): number => {
  const aMissing = a === null || a === undefined || (typeof a === 'number' && Number.isNaN(a));
  const bMissing = b === null || b === undefined || (typeof b === 'number' && Number.isNaN(b));
  if (aMissing || bMissing) return Number(aMissing) - Number(bMissing);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * collator.compare(String(a), String(b));
};

/** A sorted copy; equal rows keep their order. */
export const sortRows = <Row>(
  rows: readonly Row[],
  value: (row: Row) => SortValue,
  descending: boolean,
): readonly Row[] => {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => compareValues(value(a), value(b), sign));
};

/** Rows whose text holds every word of the query, whatever the case. */
export const findRows = <Row>(rows: readonly Row[], query: string, text: (row: Row) => string): readonly Row[] => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const haystack = text(row).toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
};
