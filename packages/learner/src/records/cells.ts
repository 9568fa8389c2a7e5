/**
 * Rows of cells from lines (RFC 4180). A line without a quote is its cells with delimiters between them; everything
 * else, quoted delimiters, doubled quotes, cells over several lines, goes through csv-parse.
 */
import { parse } from 'csv-parse/browser/esm/sync';
import { RecordFileError } from './errors.ts';
import type { LineBlock } from './lines.ts';

export interface RawRow {
  /** 1-based line where the row starts. */
  readonly line: number;
  readonly raw: string;
  /** Null where the quotes make no sense. */
  readonly cells: readonly string[] | null;
}

export interface RowCutter {
  /** The rows that the lines complete; blank lines are no rows. */
  push(block: LineBlock): RawRow[];
  /** Fails with `line-too-long` if a quoted cell is still open. */
  finish(): void;
}

export function createRowCutter(file: string, delimiter: string, maxRowLength: number): RowCutter {
  let open: { line: number; raw: string } | null = null;

  function fail(row: { line: number }): never {
    throw new RecordFileError(
      'line-too-long',
      file,
      `expected a closing quote within ${maxRowLength} characters, got none for the cell opened at ${file}:${row.line}; close it or double the quote.`,
      { line: row.line },
    );
  }

  return {
    push(block) {
      const rows: { line: number; raw: string; cells: readonly string[] | null }[] = [];
      const quoted: number[] = [];
      block.lines.forEach((text, index) => {
        const hasQuote = text.includes('"');
        if (open === null && !hasQuote) {
          if (text !== '' && text.trim() !== '') {
            rows.push({ line: block.first + index, raw: text, cells: text.split(delimiter) });
          }
          return;
        }
        const row: { line: number; raw: string } =
          open === null ? { line: block.first + index, raw: text } : { line: open.line, raw: `${open.raw}\n${text}` };
        if (row.raw.length > maxRowLength) fail(row);
        // A line without a quote cannot close a cell.
        const stillOpen =
          open === null
            ? endsInsideQuotes(text, delimiter, false)
            : !hasQuote || endsInsideQuotes(text, delimiter, true);
        open = stillOpen ? row : null;
        if (open === null) quoted.push(rows.push({ ...row, cells: null }) - 1);
      });
      const cells = parseQuoted(
        quoted.map((index) => rows[index].raw),
        delimiter,
      );
      quoted.forEach((index, k) => {
        rows[index].cells = cells[k];
      });
      return rows;
    },
    finish() {
      if (open !== null) fail(open);
    },
  };
}

/** Cells of each text, parsed together for speed, one by one only where one of them is malformed. */
function parseQuoted(texts: readonly string[], delimiter: string): (readonly string[] | null)[] {
  if (texts.length === 0) return [];
  const options = { delimiter, relax_column_count: true, relax_quotes: true, record_delimiter: '\n' };
  try {
    const all = parse(texts.join('\n'), options);
    if (all.length === texts.length) return all;
  } catch {
    // Falls through: the rows are parsed one by one to find the one to reject.
  }
  return texts.map((text) => {
    try {
      const own = parse(text, options);
      return own.length === 1 ? own[0] : null;
    } catch {
      return null;
    }
  });
}

/** Whether a quoted cell is open at the end of the line; a quote opens a cell only as its first character. */
function endsInsideQuotes(line: string, delimiter: string, startsInside: boolean): boolean {
  let at = startsInside ? 0 : line[0] === '"' ? 1 : -1;
  for (let cell = 0; cell < line.length; ) {
    if (at >= 0) {
      const closing = closingQuote(line, at);
      if (closing < 0) return true;
      cell = closing + 1;
    }
    const end = line.indexOf(delimiter, cell);
    if (end < 0) return false;
    cell = end + delimiter.length;
    at = line[cell] === '"' ? cell + 1 : -1;
  }
  return at >= 0;
}

/** The position of the quote that closes the cell whose text starts at `from`, or -1. */
function closingQuote(line: string, from: number): number {
  let at = line.indexOf('"', from);
  while (at >= 0 && line[at + 1] === '"') at = line.indexOf('"', at + 2);
  return at;
}
