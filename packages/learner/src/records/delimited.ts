/** The delimited layout: a header, then one row per answer. */
import type { BatchWriter } from './batch.ts';
import { createRowCutter, type RawRow } from './cells.ts';
import { detectColumns, detectDelimiter, type RecordField } from './columns.ts';
import type { LayoutReader, ReaderContext } from './layout.ts';
import type { LineBlock } from './lines.ts';
import {
  createSkillParser,
  expectedAnswer,
  expectedTime,
  parseAnswer,
  parseQuantity,
  parseReport,
  parseTime,
} from './values.ts';

// Clocks of devices run ahead, and dates without a zone may be up to 14 hours off.
const futureTolerance = 86_400;

/** Starts at the header, which is the first row of `head`. */
export function createDelimitedReader(context: ReaderContext, head: LineBlock, writer: BatchWriter): LayoutReader {
  const { file, options } = context;
  const firstLine = head.lines.find((line) => line.trim() !== '') ?? '';
  const delimiter = options.delimiter ?? detectDelimiter(firstLine);
  const cutter = createRowCutter(file, delimiter, options.maxLineLength);
  const rows = cutter.push(head);
  const headers = (rows.shift()?.cells ?? []).map((cell) => cell.trim());
  const { index } = detectColumns(file, headers, options.map);
  const used = new Set(Object.values(index));
  const others = [...headers.keys()].filter((column) => !used.has(column));
  const unusedColumns = others.map((column) => headers[column]);
  options.others?.start(unusedColumns);
  const readRow = createRowReader(context, headers, index, others, writer);
  rows.forEach(readRow);
  const fields = Object.keys(index) as RecordField[];
  return {
    layout: 'delimited',
    delimiter,
    columns: Object.fromEntries(fields.map((field) => [field, headers[index[field] as number]])),
    unusedColumns,
    push: (block) => cutter.push(block).forEach(readRow),
    finish: () => cutter.finish(),
  };
}

function createRowReader(
  { file, options, ids }: ReaderContext,
  headers: readonly string[],
  index: Partial<Readonly<Record<RecordField, number>>>,
  others: readonly number[],
  writer: BatchWriter,
): (row: RawRow) => void {
  const parseSkills = createSkillParser(options.skillSeparators);
  const latest = options.now + futureTolerance;
  const itemColumn = index.item ?? (index.skills as number);
  const inMilliseconds = index.duration !== undefined && /ms|milli/i.test(headers[index.duration]);

  function problem(cells: readonly string[]): { column: number; expected: string } | null {
    if (parseAnswer(cells[index.correct as number]) === null) {
      return { column: index.correct as number, expected: expectedAnswer };
    }
    if (cells[index.learner as number].trim() === '') {
      return { column: index.learner as number, expected: 'the id of a learner' };
    }
    if (cells[itemColumn].trim() === '') return { column: itemColumn, expected: 'the id of an item' };
    for (const [column, parse, expected] of [
      [index.time, parseTime, expectedTime],
      [index.duration, parseQuantity, 'a duration that is not negative'],
      [index.hints, parseQuantity, 'a number of hints that is not negative'],
    ] as const) {
      if (column !== undefined && parse(cells[column]) === null) return { column, expected };
    }
    if (index.time !== undefined && (parseTime(cells[index.time]) as number) > latest) {
      return { column: index.time, expected: `a time not after ${new Date(options.now * 1000).toISOString()}` };
    }
    if (index.id === undefined) return null;
    const id = cells[index.id].trim();
    if (id === '') return { column: index.id, expected: 'the id of an interaction' };
    if (!ids.add(id) && !isSameAnswer(cells, before, index)) {
      return { column: index.id, expected: 'an interaction id not seen before (--map id= ignores the column)' };
    }
    return null;
  }

  const cellOf = (cells: readonly string[], column: number | undefined, parse: (cell: string) => number | null) =>
    column === undefined ? Number.NaN : (parse(cells[column]) as number);

  // The cells of the row that was accepted last.
  let before: readonly string[] = [];

  return ({ line, raw, cells }) => {
    if (cells === null || cells.length !== headers.length) {
      const got = cells === null ? 'quotes that do not match' : `${cells.length}`;
      writer.reject({ file, line, column: 'row', expected: `${headers.length} cells`, got, raw });
      return;
    }
    const wrong = problem(cells);
    if (wrong !== null) {
      const got = cells[wrong.column] === '' ? 'nothing' : `"${cells[wrong.column]}"`;
      writer.reject({ file, line, column: headers[wrong.column], expected: wrong.expected, got, raw });
      return;
    }
    before = cells;
    const item = cells[itemColumn].trim();
    const learner = cells[index.learner as number].trim();
    const correct = parseAnswer(cells[index.correct as number]) as 0 | 1;
    options.others?.row(
      others.map((column) => cells[column]),
      learner,
      correct,
    );
    const duration = cellOf(cells, index.duration, parseQuantity);
    writer.accept({
      learner,
      item,
      skills: parseSkills(index.skills === undefined ? item : cells[index.skills]),
      correct,
      time: cellOf(cells, index.time, parseTime),
      id: index.id === undefined ? null : cells[index.id].trim(),
      duration: inMilliseconds ? duration / 1000 : duration,
      hints: cellOf(cells, index.hints, parseQuantity),
      selfReport: index.selfReport === undefined ? Number.NaN : parseReport(cells[index.selfReport]),
      group: index.group === undefined ? null : cells[index.group].trim() || null,
      line,
    });
  };
}

/** Whether two rows are one answer that an export wrote once per skill: all but the skills and unused columns is equal. */
function isSameAnswer(
  cells: readonly string[],
  before: readonly string[],
  index: Partial<Readonly<Record<RecordField, number>>>,
): boolean {
  const { skills, ...others } = index;
  return (
    skills !== undefined &&
    cells[skills] !== before[skills] &&
    Object.values(others).every((column) => cells[column] === before[column])
  );
}
