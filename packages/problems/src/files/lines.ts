/** Reading the plain "n m, then m lines i j w" files of Max-Cut and QUBO collections; every error names its place. */
import { ProblemError } from '../errors.ts';

/** The entries of a file, indices from 0. */
export interface EntryFile {
  readonly size: number;
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly weight: Float64Array;
  /** Line of each entry, from 1: for errors that are found later. */
  readonly line: Int32Array;
}

/** A BAD_FILE error at a place: line and column count from 1. */
export function fileError(
  file: string,
  line: number,
  column: number,
  expected: string,
  got: string,
  advice: string,
): ProblemError {
  return new ProblemError('BAD_FILE', `${file}:${line}:${column}: expected ${expected}, got ${got}; ${advice}.`);
}

/** A word of a line; columns count from 1. */
export interface Token {
  readonly text: string;
  readonly column: number;
}

/** What a number may look like: JavaScript's Number() would also take "", "0x1" and "Infinity". */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Reads a whole file. `file` is its name for errors. @throws ProblemError BAD_FILE with line and column. */
export function readEntries(text: string, file: string): EntryFile {
  const lines = text.split(/\r\n|\n|\r/);
  let at = 0;
  const nextLine = (): { tokens: Token[]; line: number } | null => {
    while (at < lines.length) {
      const tokens = tokensOf(lines[at++]);
      if (tokens.length > 0) return { tokens, line: at };
    }
    return null;
  };
  const header = nextLine();
  if (!header) throw fileError(file, 1, 1, 'a first line "variables entries"', 'an empty file', 'check the file');
  requireCount(file, header, 2, 'a first line "variables entries"');
  const size = readWhole(file, header.line, header.tokens[0], 1, 2 ** 24, 'the number of variables');
  const count = readWhole(file, header.line, header.tokens[1], 0, 2 ** 28, 'the number of entries');
  const entries: EntryFile = {
    size,
    first: new Int32Array(count),
    second: new Int32Array(count),
    weight: new Float64Array(count),
    line: new Int32Array(count),
  };
  for (let k = 0; k < count; k++) {
    const row = nextLine();
    if (!row) {
      throw fileError(
        file,
        lines.length,
        1,
        `${count} entries as the first line says`,
        `${k}`,
        'the file may be cut off',
      );
    }
    requireCount(file, row, 3, 'an entry "i j weight"');
    entries.first[k] = readWhole(file, row.line, row.tokens[0], 1, size, 'a variable') - 1;
    entries.second[k] = readWhole(file, row.line, row.tokens[1], 1, size, 'a variable') - 1;
    entries.weight[k] = readNumber(file, row.line, row.tokens[2]);
    entries.line[k] = row.line;
  }
  const extra = nextLine();
  if (extra) {
    throw fileError(
      file,
      extra.line,
      1,
      `the end after ${count} entries`,
      'another line',
      'correct the count in line 1',
    );
  }
  return entries;
}

/** "n m" and one line per entry. */
export function writeEntries(size: number, entries: readonly (readonly [number, number, number])[]): string {
  const lines = entries.map(([i, j, weight]) => `${i + 1} ${j + 1} ${weight}`);
  return `${[`${size} ${entries.length}`, ...lines].join('\n')}\n`;
}

/** The words of a line between blanks. */
export function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < line.length; ) {
    while (start < line.length && isBlank(line.charCodeAt(start))) start++;
    let end = start;
    while (end < line.length && !isBlank(line.charCodeAt(end))) end++;
    if (end > start) tokens.push({ text: line.slice(start, end), column: start + 1 });
    start = end;
  }
  return tokens;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 0xfeff;
}

function requireCount(file: string, row: { tokens: Token[]; line: number }, count: number, what: string): void {
  if (row.tokens.length === count) return;
  const column = row.tokens.length > count ? row.tokens[count].column : 1;
  throw fileError(file, row.line, column, what, `${row.tokens.length} columns`, 'check the delimiter and the line');
}

/** A finite decimal number. @throws ProblemError BAD_FILE at the token. */
export function readNumber(file: string, line: number, token: Token): number {
  const value = Number(token.text);
  if (!NUMBER.test(token.text) || !Number.isFinite(value)) {
    throw fileError(file, line, token.column, 'a number', quoted(token.text), 'correct the line');
  }
  return value;
}

/** A whole number from low to high. @throws ProblemError BAD_FILE at the token. */
export function readWhole(file: string, line: number, token: Token, low: number, high: number, what: string): number {
  const value = readNumber(file, line, token);
  if (!Number.isInteger(value) || value < low || value > high) {
    throw fileError(
      file,
      line,
      token.column,
      `${what}, a whole number from ${low} to ${high}`,
      quoted(token.text),
      'correct the line',
    );
  }
  return value;
}

/** Binary junk and very long tokens must not flood a terminal. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}
