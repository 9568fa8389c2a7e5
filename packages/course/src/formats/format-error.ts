/** Why a file could not be read: where, what was expected, what was there, what to do. */
export type FormatErrorCode =
  | 'empty'
  | 'not-json'
  | 'unknown-format'
  | 'bad-value'
  | 'missing-column'
  | 'unknown-skill'
  | 'duplicate-skill'
  | 'bad-row';

export class FormatError extends Error {
  override readonly name = 'FormatError';
  readonly code: FormatErrorCode;
  /** The file's name as the caller gave it. */
  readonly file: string;
  /** JSON path such as $.edges[3][2], or a line number from 1 (and a column from 1), where there is one. */
  readonly at: { readonly path?: string; readonly line?: number; readonly column?: number };
  readonly expected: string;
  readonly got: string;

  constructor(
    code: FormatErrorCode,
    file: string,
    at: FormatError['at'],
    { expected, got, advice }: { expected: string; got: string; advice: string },
  ) {
    const place =
      at.path ??
      (at.line === undefined ? '' : `line ${at.line}${at.column === undefined ? '' : `, column ${at.column}`}`);
    super(`${file}${place === '' ? '' : ` at ${place}`}: expected ${expected}, got ${got}; ${advice}.`);
    this.code = code;
    this.file = file;
    this.at = at;
    this.expected = expected;
    this.got = got;
  }
}

/** A value in a few words for an error message. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
