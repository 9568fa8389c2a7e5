/** Words of an LP file (see `lp-file.ts`), each with its place; comments run from a backslash to the end of the line. */
import { fileError } from './lines.ts';

export type LpSection =
  | 'minimise'
  | 'maximise'
  | 'constraints'
  | 'bounds'
  | 'general'
  | 'binary'
  | 'semi-continuous'
  | 'sets'
  | 'end';

export interface LpToken {
  readonly kind: 'number' | 'name' | 'symbol' | 'sense' | 'section' | 'end of file';
  /** As written; a sense is one of <=, >=, =. */
  readonly text: string;
  readonly value: number;
  readonly section: LpSection | null;
  readonly line: number;
  readonly column: number;
}

/** The reserved words of CPLEX, "Description of the LP file format"; they cannot be names. */
const SECTIONS: Readonly<Record<string, LpSection>> = Object.fromEntries([
  ...['min', 'minimize', 'minimum', 'minimise'].map((word) => [word, 'minimise']),
  ...['max', 'maximize', 'maximum', 'maximise'].map((word) => [word, 'maximise']),
  ...['st', 's.t.', 'st.', 'subject to', 'such that'].map((word) => [word, 'constraints']),
  ...['bounds', 'bound'].map((word) => [word, 'bounds']),
  ...['general', 'generals', 'gen', 'integer', 'integers', 'int'].map((word) => [word, 'general']),
  ...['binary', 'binaries', 'bin'].map((word) => [word, 'binary']),
  ...['semi-continuous', 'semi', 'semis'].map((word) => [word, 'semi-continuous']),
  ...['sos', 'sos1', 'sos2'].map((word) => [word, 'sets']),
  ['end', 'end'],
]);

const TWO_WORDS = /(subject|such)[ \t]+(to|that)(?![\w!"#$%&(),.;?@'`{}~|])/iy;
const SEMI = /semi-continuous/iy;
const NUMBER = /(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/iy;
/** Letters, digits and the signs that the format allows; not a digit or a dot first. */
const NAME = /[A-Za-z_!"#$%&(),;?@'`{}~|][\w!"#$%&(),.;?@'`{}~|]*/y;
const SENSE = /<=|=<|>=|=>|<|>|=/y;

/** Whether a name can stand in an LP file as it is, for any reader: letters, digits, _ and dots, and no word that means something. */
export function isLpName(name: string): boolean {
  if (!/^[a-z_][\w.]{0,99}$/i.test(name)) return false;
  // "e12" beside a number would read as its exponent.
  return !/^e\d*$/i.test(name) && !(name.toLowerCase() in SECTIONS) && !/^(free|inf|infinity)$/i.test(name);
}

/** All words of a file. @throws ProblemError BAD_FILE at a character that begins none. */
export function lpTokens(text: string, file: string): LpToken[] {
  const tokens: LpToken[] = [];
  const lines = text.split(/\r\n|\n|\r/);
  for (const [k, content] of lines.entries()) {
    const end = content.includes('\\') ? content.indexOf('\\') : content.length;
    for (let at = 0; at < end; ) {
      if (/[\s\ufeff]/.test(content[at])) {
        at++;
        continue;
      }
      const token = tokenAt(content, at, k + 1, file);
      tokens.push(token);
      at += token.text.length;
    }
  }
  return tokens.concat({
    ...{ kind: 'end of file', text: 'the end of the file', value: 0, section: null },
    ...{ line: Math.max(1, lines.length), column: 1 },
  });
}

function tokenAt(content: string, at: number, line: number, file: string): LpToken {
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(content)?.[0];
  };
  const place = { line, column: at + 1, value: 0, section: null };
  const words = match(TWO_WORDS) ?? match(SEMI);
  if (words) {
    const section = SECTIONS[words.toLowerCase().replace(/[ \t]+/, ' ')];
    if (section) return { ...place, kind: 'section', text: words, section };
  }
  const number = match(NUMBER);
  if (number) return { ...place, kind: 'number', text: number, value: Number(number) };
  const name = match(NAME);
  if (name) {
    const section = SECTIONS[name.toLowerCase()];
    return section ? { ...place, kind: 'section', text: name, section } : { ...place, kind: 'name', text: name };
  }
  const sense = match(SENSE);
  if (sense) return { ...place, kind: 'sense', text: sense };
  if ('+-*^/[]:'.includes(content[at])) return { ...place, kind: 'symbol', text: content[at] };
  const got = JSON.stringify(content[at]);
  throw fileError(file, line, at + 1, 'a number, a name or an operator of the LP format', got, 'correct the line');
}
