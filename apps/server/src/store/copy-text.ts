/**
 * Rows in the text format of COPY (PostgreSQL manual, "COPY", File Formats): columns apart by tab, \N for null, and
 * backslash, tab, newline and carriage return escaped by a backslash.
 */

export type CopyValue = string | number | bigint | boolean | Date | null | undefined | readonly number[];

const NEEDS_ESCAPE = /[\\\t\n\r\b\f\v]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

/** One row with its newline. NaN becomes null: a number that is not known. Lists of numbers become int arrays. */
export function copyRow(values: readonly CopyValue[]): string {
  let row = '';
  for (let i = 0; i < values.length; i++) {
    if (i > 0) row += '\t';
    row += copyField(values[i]);
  }
  return `${row}\n`;
}

function copyField(value: CopyValue): string {
  if (value === null || value === undefined) return '\\N';
  switch (typeof value) {
    case 'string':
      return escapeText(value);
    case 'number':
      return Number.isNaN(value) ? '\\N' : String(toReal(value));
    case 'boolean':
      return value ? 't' : 'f';
    case 'bigint':
      return String(value);
    default:
      return value instanceof Date ? value.toISOString() : `{${value.join(',')}}`;
  }
}

/** The least normal number of IEEE 754's binary32. */
const LEAST_REAL = 2 ** -126;

/** PostgreSQL refuses numbers too small for its `real` instead of taking them for 0, as probabilities of a sure model are. */
export function toReal(value: number): number {
  return Math.abs(value) < LEAST_REAL ? 0 : value;
}

function escapeText(text: string): string {
  // PostgreSQL has no NUL in text; dropping it here keeps one bad byte from refusing a whole file.
  const clean = text.includes('\0') ? text.replaceAll('\0', '') : text;
  if (!NEEDS_ESCAPE.test(clean)) return clean;
  return clean.replace(/[\\\t\n\r\b\f\v]/g, (character) => ESCAPES[character]);
}
