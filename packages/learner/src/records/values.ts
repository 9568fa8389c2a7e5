/** Cells to values: answers, times, skills. */
import { detachText } from '../interactions-labels.ts';

const answers = new Map<string, 0 | 1>([
  ...['1', '1.0', 'true', 't', 'yes', 'y', 'correct', 'right'].map((word) => [word, 1] as const),
  // DataShop's Outcome column has HINT for a first action that asked for help: not a correct answer.
  ...['0', '0.0', 'false', 'f', 'no', 'n', 'incorrect', 'wrong', 'hint'].map((word) => [word, 0] as const),
]);

export const expectedAnswer = '0 or 1 (or true/false, yes/no, correct/incorrect)';

/** 0 or 1, or null where the cell is neither. */
export function parseAnswer(cell: string): 0 | 1 | null {
  return answers.get(cell) ?? answers.get(cell.trim().toLowerCase()) ?? null;
}

export const expectedTime = 'seconds or milliseconds since 1970, not negative, or a date like 2026-01-31T08:30:00Z';

const isoDate = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|[+-]\d{2}:?\d{2})?)?$/;
const decimal = /^\+?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Seconds since 1970; NaN for an empty cell; null where the cell is no time. Numbers from 1e11 on are milliseconds and
 * from 1e14 on microseconds: read as seconds they would lie beyond the year 5000. Dates without a zone are UTC.
 */
export function parseTime(cell: string): number | null {
  const text = cell.trim();
  if (text === '') return Number.NaN;
  if (decimal.test(text)) {
    const value = Number(text);
    if (!Number.isFinite(value)) return null;
    return value >= 1e14 ? value / 1e6 : value >= 1e11 ? value / 1e3 : value;
  }
  const parts = isoDate.exec(text);
  if (parts === null) return null;
  const zone =
    parts[3] === undefined ? 'Z' : parts[3].length === 5 ? `${parts[3].slice(0, 3)}:${parts[3].slice(3)}` : parts[3];
  const milliseconds = Date.parse(parts[2] === undefined ? parts[1] : `${parts[1]}T${parts[2]}${zone}`);
  return milliseconds >= 0 ? milliseconds / 1000 : null;
}

/** A quantity that is never negative (a duration, a count); NaN for an empty cell, null where the cell is none. */
export function parseQuantity(cell: string): number | null {
  const text = cell.trim();
  if (text === '') return Number.NaN;
  return decimal.test(text) && Number.isFinite(Number(text)) ? Number(text) : null;
}

/** What a learner said of an answer; NaN where the cell is no number: a remark must not cost the answer. */
export function parseReport(cell: string): number {
  const text = cell.trim();
  const share = text.endsWith('%') ? text.slice(0, -1) : text;
  return parseQuantity(share) ?? Number.NaN;
}

/**
 * Separators of several skills in one cell. Those of the first group never occur inside a name; those of the second do
 * ("Area, volume", "C++"), and separate only where every part is non-empty and either none has a space at the
 * separator or all parts are numbers.
 */
export const defaultSkillSeparators: readonly string[] = ['~~', ';', '|', ',', '+'];

const timidSeparators = new Set([',', '+']);

/** Reads skill cells; each distinct cell is split once, and gives the same array every time. */
export function createSkillParser(separators: readonly string[]): (cell: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (cell) => {
    let skills = known.get(cell);
    if (skills === undefined) {
      skills = Object.freeze(splitSkills(cell, separators).map(detachText));
      known.set(detachText(cell), skills);
    }
    return skills;
  };
}

function splitSkills(cell: string, separators: readonly string[]): string[] {
  const text = cell.trim();
  const listed = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  let parts = [listed];
  for (const separator of separators) {
    const asked = text !== listed || !timidSeparators.has(separator);
    parts = parts.flatMap((part) => {
      const pieces = part.split(separator);
      return pieces.length > 1 && (asked || separates(pieces)) ? pieces : [part];
    });
  }
  const names = parts.map((part) => part.trim().replace(/^(['"])(.*)\1$/, '$2')).filter((name) => name !== '');
  return [...new Set(names)];
}

function separates(pieces: readonly string[]): boolean {
  if (pieces.some((piece) => piece.trim() === '')) return false;
  if (pieces.every((piece) => /^\s*\d+\s*$/.test(piece))) return true;
  return pieces.every((piece, k) => (k === 0 || !/^\s/.test(piece)) && (k === pieces.length - 1 || !/\s$/.test(piece)));
}
