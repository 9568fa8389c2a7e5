/** OpenQASM 3 text as tokens with their places, and the one error that reading it gives. */
import { QuantumError } from './errors.ts';

export interface Token {
  readonly kind: 'word' | 'number' | 'text' | 'symbol' | 'end';
  readonly text: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

const PATTERNS = [
  ['space', /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y],
  ['word', /[A-Za-z_][A-Za-z0-9_]*|π/y],
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['text', /"[^"\n]*"/y],
  ['symbol', /[;,()[\]=+\-*/]/y],
] as const;

/** @throws QuantumError BAD_QASM at a character that begins nothing. */
export function qasmTokens(source: string, name: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;
  const place = () => ({ line, column: at - lineStart + 1 });
  while (at < source.length) {
    const found = matchAt(source, at);
    if (found === null) {
      const token: Token = { kind: 'symbol', text: source[at], ...place() };
      throw qasmError(name, token, 'a word, a number or one of ; , ( ) [ ] = + - * /', 'remove it');
    }
    const { kind, text } = found;
    if (kind !== 'space') tokens.push({ kind, text, ...place() });
    for (const [k, character] of [...text].entries()) {
      if (character !== '\n') continue;
      line++;
      lineStart = at + k + 1;
    }
    at += text.length;
  }
  tokens.push({ kind: 'end', text: 'the end of the file', ...place() });
  return tokens;
}

function matchAt(source: string, at: number) {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match) return { kind, text: match[0] };
  }
  return null;
}

/** "name:line:column: expected X, got Y; do Z". */
export function qasmError(name: string, { kind, text, line, column }: Token, expected: string, advice: string) {
  const got = kind === 'end' ? text : kind === 'text' ? text : `"${text}"`;
  return new QuantumError('BAD_QASM', `${name}:${line}:${column}: expected ${expected}, got ${got}; ${advice}.`);
}
