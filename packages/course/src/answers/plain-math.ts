/**
 * Makes one plain notation (2*x^2, sqrt(3), a<=b) of what people type and of the LaTeX that content comes in. Nothing is
 * evaluated here; what is not understood is left for the parser to refuse.
 */
import { UnreadableAnswer } from './errors.ts';

const LONGEST_ANSWER = 300;

/** LaTeX commands that are one symbol in plain notation. */
const COMMANDS: Readonly<Record<string, string>> = {
  times: '*',
  cdot: '*',
  div: '/',
  leq: '<=',
  le: '<=',
  geq: '>=',
  ge: '>=',
  lt: '<',
  gt: '>',
  neq: '!=',
  ne: '!=',
  pi: 'π',
  infty: ' inf ',
  pm: '±',
  left: '',
  right: '',
  quad: ' ',
  displaystyle: '',
  lvert: '|',
  rvert: '|',
  vert: '|',
};

const CHARACTERS: readonly (readonly [RegExp, string])[] = [
  [/[\u2212\u2012\u2013\u2014\uFE63\uFF0D]/g, '-'],
  [/[×·⋅∙∗]/g, '*'],
  [/[÷∕⁄]/g, '/'],
  [/≤/g, '<='],
  [/≥/g, '>='],
  [/≠/g, '!='],
  [/[\u00A0\u2000-\u200B\u202F]/g, ' '],
  [/\*\*/g, '^'],
  [/∞|\binfinity\b|\boo\b/gi, ' inf '],
  [/=</g, '<='],
  [/=>/g, '>='],
];

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const VULGAR: Readonly<Record<string, string>> = { '½': '1/2', '⅓': '1/3', '⅔': '2/3', '¼': '1/4', '¾': '3/4' };

/** One line in plain notation. @throws UnreadableAnswer when too long or when braces do not match. */
export function toPlainMath(text: string): string {
  if (text.length > LONGEST_ANSWER) {
    throw new UnreadableAnswer(`This answer has ${text.length} characters; write at most ${LONGEST_ANSWER}.`);
  }
  let plain = text.replace(/[⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (run) => `^(${[...run].map(superscript).join('')})`);
  plain = plain.replace(/(\d?)([½⅓⅔¼¾])/g, (_, digit: string, sign: string) =>
    digit ? `${digit} ${VULGAR[sign]}` : `(${VULGAR[sign]})`,
  );
  for (const [pattern, replacement] of CHARACTERS) plain = plain.replace(pattern, replacement);
  plain = plain.replace(/\\?\$/g, ' ');
  plain = plain.replace(/√\s*(\d+(?:\.\d+)?|[a-zA-Z])/g, ' sqrt($1)').replace(/√/g, ' sqrt');
  plain = fromLatex(plain).replace(/\s+/g, ' ').trim();
  plain = plain.replace(/(?<![\d.])(\d+) (\d+)\/(\d+)(?![\d.])/g, 'mixed($1,$2,$3)');
  return absoluteValues(plain);
}

const superscript = (character: string): string => (character === '⁻' ? '-' : String(SUPERSCRIPTS.indexOf(character)));

interface Reader {
  readonly text: string;
  at: number;
}

function fromLatex(text: string): string {
  const reader: Reader = { text, at: 0 };
  const plain = readUntil(reader, null);
  return plain;
}

/** Reads to the closing character, which is consumed, or to the end when there is none to wait for. */
function readUntil(reader: Reader, closing: string | null): string {
  let out = '';
  while (reader.at < reader.text.length) {
    const character = reader.text[reader.at++];
    if (character === closing) return out;
    if (character === '{') out += `(${readUntil(reader, '}')})`;
    else if (character === '\\') out += readCommand(reader, out);
    else out += character;
  }
  if (closing === null) return out;
  throw new UnreadableAnswer(`This answer opens a bracket that it does not close; add "${closing}".`);
}

function readCommand(reader: Reader, before: string): string {
  const name = /^[a-zA-Z]+/.exec(reader.text.slice(reader.at))?.[0];
  if (name === undefined) {
    const escaped = reader.text[reader.at++] ?? '';
    return '{}%$'.includes(escaped) ? escaped : ' ';
  }
  reader.at += name.length;
  if (name === 'frac' || name === 'dfrac' || name === 'tfrac') return readFraction(reader, before);
  if (name === 'sqrt') return readRoot(reader);
  if (name === 'text' || name === 'mathrm' || name === 'mathit') return ` ${readGroup(reader)} `;
  const symbol = COMMANDS[name];
  if (symbol !== undefined) return symbol;
  throw new UnreadableAnswer(`"\\${name}" is not understood in an answer; write it in plain notation.`);
}

/** A whole number right before a fraction of whole numbers makes a mixed number, as in print. */
function readFraction(reader: Reader, before: string): string {
  const top = readGroup(reader);
  const bottom = readGroup(reader);
  const integer = /^\d+$/;
  if (/(^|[^\d.^/)])\d+\s*$/.test(before) && integer.test(top) && integer.test(bottom)) return ` ${top}/${bottom} `;
  return `((${top})/(${bottom}))`;
}

function readRoot(reader: Reader): string {
  skipSpaces(reader);
  if (reader.text[reader.at] !== '[') return `sqrt(${readGroup(reader)})`;
  reader.at++;
  const order = readUntil(reader, ']');
  return `nthRoot(${readGroup(reader)},${order})`;
}

/** The next group in braces, or the next single character, as LaTeX reads arguments. */
function readGroup(reader: Reader): string {
  skipSpaces(reader);
  const character = reader.text[reader.at++];
  if (character === undefined) throw new UnreadableAnswer('This answer ends in the middle of a fraction or root.');
  if (character === '{') return readUntil(reader, '}');
  return character === '\\' ? readCommand(reader, '') : character;
}

function skipSpaces(reader: Reader): void {
  while (reader.text[reader.at] === ' ') reader.at++;
}

/** |x| -> abs(x); bars do not nest in answers. */
function absoluteValues(text: string): string {
  const bars = text.split('|');
  if (bars.length % 2 === 0) throw new UnreadableAnswer('This answer opens "|" and does not close it.');
  return bars.map((part, k) => (k % 2 === 1 ? `abs(${part})` : part)).join('');
}
