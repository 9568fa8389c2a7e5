/**
 * Reader of prerequisite lists as CSV or TSV (RFC 4180, also with ; or tabs): one prerequisite a line, columns found by
 * name. A line with only one end names a skill without prerequisites.
 */
import { CsvError, type Options, parse } from 'csv-parse/browser/esm/sync';
import type { Prerequisite, Skill } from '../skill-graph.ts';
import { FormatError, show } from './format-error.ts';
import type { PlacedPrerequisite, SkillGraphData } from './skill-graph-data.ts';
import { tidy } from './skill-graph-data.ts';

const NAMES = {
  from: ['prerequisite', 'prereq', 'from', 'source', 'parent', 'before'],
  to: ['skill', 'to', 'target', 'child', 'topic', 'concept', 'after'],
  strength: ['strength', 'type', 'kind'],
  confidence: ['confidence', 'weight', 'probability'],
} as const;

const STRENGTHS: Readonly<Record<string, Prerequisite['strength']>> = {
  '': 'hard',
  hard: 'hard',
  required: 'hard',
  strong: 'hard',
  soft: 'soft',
  recommended: 'soft',
  weak: 'soft',
};

export interface TextRow {
  /** Line of the file where the row starts, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Does the first line name both ends of a prerequisite? */
export function looksLikeEdgeList(text: string): boolean {
  const first = text.replace(/^\s+/, '').split(/\r?\n/, 1)[0];
  try {
    const [head] = readRows(first, 'file');
    if (head === undefined) return false;
    const columns = findColumns(head.cells);
    return columns.from >= 0 && columns.to >= 0;
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

/** @throws FormatError with the line that could not be read. */
export function readEdgeList(text: string, file: string): SkillGraphData {
  const [head, ...rows] = readRows(text, file);
  if (head === undefined) {
    throw new FormatError(
      'empty',
      file,
      {},
      { expected: 'a line with column names', got: 'nothing', advice: 'check the file' },
    );
  }
  const columns = findColumns(head.cells);
  for (const end of ['from', 'to'] as const) {
    if (columns[end] >= 0) continue;
    throw new FormatError(
      'missing-column',
      file,
      { line: head.line },
      {
        expected: `a column named ${NAMES[end].join(', ')}`,
        got: head.cells.map(show).join(', '),
        advice: 'rename a column',
      },
    );
  }
  const skills = new Map<string, Skill>();
  const placed: PlacedPrerequisite[] = [];
  for (const row of rows) {
    if (row.cells.length !== head.cells.length) {
      throw new FormatError(
        'bad-row',
        file,
        { line: row.line },
        {
          expected: `${head.cells.length} cells`,
          got: `${row.cells.length}`,
          advice: 'check delimiters and quotes in this line',
        },
      );
    }
    const cell = (column: number): string => (column < 0 ? '' : row.cells[column].trim());
    const [from, to] = [cell(columns.from), cell(columns.to)];
    for (const id of [from, to]) if (id !== '' && !skills.has(id)) skills.set(id, { id, name: id });
    if (from === '' || to === '') continue;
    const strength = strengthOf(cell(columns.strength), file, row.line, columns.strength);
    const confidence = confidenceOf(cell(columns.confidence), file, row.line, columns.confidence);
    placed.push({
      prerequisite: { from, to, strength, source: 'given', ...(confidence !== undefined && { confidence }) },
      at: () => ({ line: row.line }),
    });
  }
  return tidy(file, { format: 'edge-list', name: file, skills: [...skills.values()], placed });
}

function findColumns(cells: readonly string[]): Record<keyof typeof NAMES, number> {
  const heads = cells.map((cell) =>
    cell
      .trim()
      .toLowerCase()
      .replace(/[\s_-]*(id|name)$/, ''),
  );
  const find = (names: readonly string[]): number => heads.findIndex((head) => names.includes(head));
  return {
    from: find(NAMES.from),
    to: find(NAMES.to),
    strength: find(NAMES.strength),
    confidence: find(NAMES.confidence),
  };
}

function strengthOf(cell: string, file: string, line: number, column: number): Prerequisite['strength'] {
  const strength = STRENGTHS[cell.toLowerCase()];
  if (strength !== undefined) return strength;
  throw new FormatError(
    'bad-value',
    file,
    { line, column: column + 1 },
    {
      expected: '"hard" or "soft"',
      got: show(cell),
      advice: 'correct the cell or leave it empty for hard',
    },
  );
}

function confidenceOf(cell: string, file: string, line: number, column: number): number | undefined {
  if (cell === '') return undefined;
  const value = Number(cell);
  if (value >= 0 && value <= 1) return value;
  throw new FormatError(
    'bad-value',
    file,
    { line, column: column + 1 },
    {
      expected: 'a number from 0 to 1',
      got: show(cell),
      advice: 'correct the cell or leave it empty',
    },
  );
}

/** Rows of a delimited text; quotes may hold delimiters, line ends and doubled quotes. Empty lines are skipped. */
function readRows(text: string, file: string): TextRow[] {
  const rows: TextRow[] = [];
  let ended = 0;
  const options: Options = {
    ...{ bom: true, delimiter: delimiterOf(text), trim: true, relax_column_count: true, relax_quotes: true },
    // csv-parse tells the line where a record ends; it starts on the line after the record before it.
    on_record: (cells: string[], { lines }) => {
      if (cells.length > 1 || cells[0] !== '') rows.push({ line: ended + 1, cells });
      ended = lines;
      return null;
    },
  };
  try {
    // csv-parse counts \r\n inside a quoted cell as two lines.
    parse(text.replace(/\r\n?/g, '\n'), options);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new FormatError(
      'bad-row',
      file,
      { line: ended + 1 },
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? {
            expected: 'a closing quote',
            got: 'the end of the file',
            advice: 'close the quote that this line opens',
          }
        : {
            expected: 'a delimiter after a closing quote',
            got: 'more text',
            advice: 'double quotes that belong to the cell',
          },
    );
  }
  return rows;
}

/** The one of comma, semicolon and tab that the first line has most of. */
function delimiterOf(text: string): string {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const count = (delimiter: string): number => first.split(delimiter).length;
  return ['\t', ';', ','].reduce((best, delimiter) => (count(delimiter) >= count(best) ? delimiter : best));
}
