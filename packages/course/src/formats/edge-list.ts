/**
 * Reader of prerequisite lists as CSV or TSV (RFC 4180, also with ; or tabs): one prerequisite a line, columns found by
 * name. A line with only one end names a skill without prerequisites.
 */
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
  if (first.split('"').length % 2 === 0) return false;
  const [head] = readRows(first, 'file');
  if (head === undefined) return false;
  const columns = findColumns(head.cells);
  return columns.from >= 0 && columns.to >= 0;
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
  const source = text.replace(/^\uFEFF/, '');
  const delimiter = delimiterOf(source);
  const rows: TextRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let [line, startLine, quoted, wasQuoted] = [1, 1, false, false];
  const endCell = (): void => {
    cells.push(cell);
    cell = '';
    wasQuoted = false;
  };
  const endRow = (): void => {
    const blank = cells.length === 0 && cell === '' && !wasQuoted;
    endCell();
    if (!blank) rows.push({ line: startLine, cells });
    cells = [];
    startLine = line;
  };
  for (let at = 0; at < source.length; at++) {
    const character = source[at];
    if (character === '\n') line++;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (source[at + 1] === '"') {
        cell += '"';
        at++;
      } else quoted = false;
    } else if (character === '"' && cell.trim() === '') {
      [cell, quoted, wasQuoted] = ['', true, true];
    } else if (character === delimiter) endCell();
    else if (character === '\n') endRow();
    else if (character !== '\r') cell += character;
  }
  if (quoted) {
    throw new FormatError(
      'bad-row',
      file,
      { line: startLine },
      {
        expected: 'a closing quote',
        got: 'the end of the file',
        advice: 'close the quote that this line opens',
      },
    );
  }
  endRow();
  return rows;
}

/** The one of comma, semicolon and tab that the first line has most of. */
function delimiterOf(text: string): string {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const count = (delimiter: string): number => first.split(delimiter).length;
  return ['\t', ';', ','].reduce((best, delimiter) => (count(delimiter) >= count(best) ? delimiter : best));
}
