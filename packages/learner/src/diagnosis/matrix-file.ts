/**
 * Tables of answers as delimited text: a header with names, then a row per learner (answers) or per item (Q-matrix). An
 * empty cell, NA or -1 is no answer where gaps are allowed. A first column headed learner, user, student, id or item is
 * taken as names of the rows.
 */
import { DiagnosisError } from './errors.ts';

export interface BinaryMatrix {
  readonly columns: readonly string[];
  /** Names of the rows where the file has them, else null. */
  readonly rowNames: readonly string[] | null;
  /** 0, 1, or -1 where there is none. */
  readonly rows: readonly Int8Array[];
}

const NAME_COLUMN = /^(|(learner|user|student|item|row)([ _-]?(id|name))?|id|name)$/i;
const GAP = /^(|na|nan|-1)$/i;

/** Delimited text with a header, cells as they stand there. */
export interface NamedTable {
  readonly columns: readonly string[];
  /** Names of the rows where the first column holds them, else null. */
  readonly rowNames: readonly string[] | null;
  readonly rows: readonly (readonly string[])[];
  /** Line of each row in the file, counted from 1. */
  readonly lines: readonly number[];
}

/**
 * Reads comma, semicolon or tab separated text. Rows that are empty are passed over.
 * @throws DiagnosisError BAD_FILE that names the file and the line, counted from 1.
 */
export function readNamedTable(file: string, text: string): NamedTable {
  const all = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const head = all.findIndex((line) => line.trim() !== '');
  if (head < 0) throw badFile(file, 1, 'a header with names and rows below it', 'an empty file', 'write some');
  const delimiter = [',', ';', '\t'].find((candidate) => all[head].includes(candidate)) ?? ',';
  const cut = (line: string): string[] => line.split(delimiter).map((cell) => unquote(cell.trim()));
  const header = cut(all[head]);
  if (header.every((cell) => /^-?\d+(\.\d+)?$/.test(cell))) {
    throw badFile(file, head + 1, 'a header with names', `"${all[head].slice(0, 40)}"`, 'add a first line of names');
  }
  const named = NAME_COLUMN.test(header[0]);
  const columns = named ? header.slice(1) : header;
  requireColumns(file, head + 1, columns);
  const lines = [...all.keys()].filter((n) => n > head && all[n].trim() !== '');
  const cells = lines.map((n) => {
    const row = cut(all[n]);
    if (row.length === header.length) return row;
    throw badFile(file, n + 1, `${header.length} cells`, `${row.length}`, 'complete the row');
  });
  if (cells.length === 0) throw badFile(file, head + 2, 'rows below the header', 'none', 'add them');
  return {
    columns,
    rowNames: named ? cells.map(([name]) => name) : null,
    rows: named ? cells.map((row) => row.slice(1)) : cells,
    lines: lines.map((n) => n + 1),
  };
}

/**
 * Reads a table of 0 and 1.
 * @throws DiagnosisError BAD_FILE that names the file, the line and the column, lines counted from 1.
 */
export function readBinaryMatrix(file: string, text: string, gaps = false): BinaryMatrix {
  const { columns, rowNames, rows, lines } = readNamedTable(file, text);
  const values = rows.map((row, i) =>
    Int8Array.from(row, (cell, k) => cellValue(file, lines[i], columns[k], cell, gaps)),
  );
  return { columns, rowNames, rows: values };
}

/** Cells that are no answer. */
export const isGap = (cell: string): boolean => GAP.test(cell);

function requireColumns(file: string, line: number, columns: readonly string[]): void {
  const repeated = columns.find((name, k) => columns.indexOf(name) !== k);
  if (columns.length === 0) throw badFile(file, line, 'at least one column of answers', 'none', 'add one');
  if (repeated !== undefined)
    throw badFile(file, line, 'columns with different names', `"${repeated}" twice`, 'rename one');
}

function cellValue(file: string, line: number, column: string, cell: string, gaps: boolean): number {
  if (cell === '0' || cell === '1') return Number(cell);
  if (gaps && isGap(cell)) return -1;
  const expected = gaps ? '0, 1, or nothing where there is no answer,' : '0 or 1';
  const got = cell === '' ? 'nothing' : `"${cell.slice(0, 40)}"`;
  throw badFile(file, line, `${expected} in column ${column}`, got, 'correct the cell');
}

const unquote = (cell: string): string => (/^".*"$/.test(cell) ? cell.slice(1, -1).trim() : cell);

/** A file that cannot be used, and where. */
export function badFile(file: string, line: number, expected: string, got: string, remedy: string): DiagnosisError {
  return new DiagnosisError('BAD_FILE', `${file}:${line}: expected ${expected}, got ${got}; ${remedy}.`);
}
