/**
 * JSON with the place of a syntax error: JSON.parse (ECMA-262, 25.5.1) reads, and only where it fails the text is walked
 * again by the grammar of RFC 8259, since its own messages differ between engines and some name no place.
 */
import { fileError } from './lines.ts';

/** The value of a text. @throws ProblemError BAD_FILE with line and column. */
export function parseJson(text: string, file: string): unknown {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  try {
    return JSON.parse(plain) as unknown;
  } catch {
    const { at, expected } = firstFault(plain);
    const before = plain.slice(0, at).split(/\r\n|\n|\r/);
    const got = at < plain.length ? JSON.stringify(plain[at]) : 'the end of the file';
    throw fileError(file, before.length, before.at(-1)!.length + 1, expected, got, 'correct the JSON');
  }
}

interface Fault {
  readonly at: number;
  readonly expected: string;
}

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 forbids exactly these inside strings.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** Where a text that is no JSON stops being one. */
function firstFault(text: string): Fault {
  let at = 0;
  const skip = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text[at])) at++;
  };
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) return false;
    at += found.length;
    return true;
  };
  // What is open, and what may come: a value, a key, or what follows a value.
  const open: ('{' | '[')[] = [];
  let expects: 'value' | 'value or ]' | 'key' | 'key or }' | 'next' = 'value';
  for (;;) {
    skip();
    const sign = text[at];
    if (expects === 'next') {
      const last = open.at(-1);
      if (last === undefined) return { at, expected: 'nothing after the document' };
      if (sign === ',') expects = last === '{' ? 'key' : 'value';
      else if (sign === (last === '{' ? '}' : ']')) open.pop();
      else return { at, expected: last === '{' ? ', or }' : ', or ]' };
      at++;
    } else if (expects === 'key' || expects === 'key or }') {
      if (sign === '}' && expects === 'key or }') {
        open.pop();
        at++;
        expects = 'next';
        continue;
      }
      if (!match(STRING)) return { at, expected: 'a name in quotes' };
      skip();
      if (text[at] !== ':') return { at, expected: ': after the name' };
      at++;
      expects = 'value';
    } else if (sign === '{' || sign === '[') {
      open.push(sign);
      at++;
      expects = sign === '{' ? 'key or }' : 'value or ]';
    } else if (sign === ']' && expects === 'value or ]') {
      open.pop();
      at++;
      expects = 'next';
    } else if (match(STRING) || match(LITERAL)) expects = 'next';
    else return { at, expected: 'a value' };
  }
}
