/**
 * Reads answers to two questions from delimited text: a header `order`, the names of the two questions, and `count` where
 * a row stands for several people. `order` says which was asked first: the question's name, A or B (its place in the
 * header), AB or BA. Answers are those of records: yes, no, 1, 0, true, false.
 */
import { parse } from 'csv-parse/browser/esm/sync';
import { parseAnswer } from '../../records/values.ts';
import { type OrderCounts, type PairCounts, pairNames, QuestionOrderError } from './answers.ts';

export interface QuestionOrderFile {
  /** The names of A and B. */
  readonly questions: readonly [string, string];
  readonly counts: OrderCounts;
}

const orderColumns = ['order', 'first', 'askedfirst'];
const countColumns = ['count', 'n', 'frequency', 'people'];

/** @param file its name, for messages. @throws QuestionOrderError that names line, column, what was expected, what came. */
export function readQuestionOrder(file: string, text: string): QuestionOrderFile {
  const [header, ...rows] = cellsOf(file, text);
  const columns = findColumns(file, header ?? []);
  const counts = { aFirst: zeros(), bFirst: zeros() };
  for (const [k, cells] of rows.entries()) {
    const fail = (column: number, expected: string): never => {
      const got = cells[column] === undefined || cells[column] === '' ? 'nothing' : `"${cells[column]}"`;
      throw new QuestionOrderError(
        `readQuestionOrder: expected ${expected} as ${header[column]}, got ${got} at ${file}:${k + 2}; correct the row.`,
      );
    };
    const order = firstOf(cells[columns.order] ?? '', columns.questions);
    const answers = columns.at.map((column) => parseAnswer(cells[column] ?? '') ?? fail(column, 'yes or no'));
    const count = columns.count === null ? 1 : Number(cells[columns.count] === '' ? Number.NaN : cells[columns.count]);
    if (order === null) return fail(columns.order, `${columns.questions.join(' or ')} (or A or B)`);
    if (!Number.isSafeInteger(count) || count < 0) return fail(columns.count ?? 0, 'a whole number of people');
    counts[order][pairNames[3 - 2 * answers[0] - answers[1]]] += count;
  }
  return { questions: columns.questions, counts };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const zeros = (): Mutable<PairCounts> => ({ yesYes: 0, yesNo: 0, noYes: 0, noNo: 0 });

function cellsOf(file: string, text: string): string[][] {
  const first = text.slice(0, Math.max(0, text.indexOf('\n')));
  const delimiter = ['\t', ';', ','].find((each) => first.includes(each)) ?? ',';
  try {
    return parse(text, { delimiter, bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch {
    throw new QuestionOrderError(
      `readQuestionOrder: expected rows of cells, got quotes that do not match in ${file}; write it as CSV again.`,
    );
  }
}

function findColumns(file: string, header: readonly string[]) {
  const plain = header.map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  const order = plain.findIndex((name) => orderColumns.includes(name));
  const count = plain.findIndex((name) => countColumns.includes(name));
  const at = [...header.keys()].filter((column) => column !== order && column !== count);
  if (order < 0 || at.length !== 2 || header[at[0]] === header[at[1]]) {
    throw new QuestionOrderError(
      `readQuestionOrder: expected the columns order, two questions and perhaps count, got ${header.join(', ') || 'no header'} in ${file}; name them so.`,
    );
  }
  const questions: [string, string] = [header[at[0]], header[at[1]]];
  return { order, count: count < 0 ? null : count, at, questions };
}

function firstOf(cell: string, [a, b]: readonly [string, string]): 'aFirst' | 'bFirst' | null {
  if (cell === a) return 'aFirst';
  if (cell === b) return 'bFirst';
  const short = cell.toLowerCase();
  return short === 'a' || short === 'ab' ? 'aFirst' : short === 'b' || short === 'ba' ? 'bFirst' : null;
}
