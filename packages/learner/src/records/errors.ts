/** What can be wrong with a file of learning records: with the file as a whole (an error), or with one row (a reject). */

export type RecordFileErrorCode =
  | 'empty-file'
  | 'binary-file'
  | 'not-utf8'
  | 'damaged-gzip'
  | 'line-too-long'
  | 'wrong-delimiter'
  | 'missing-column'
  | 'unknown-column'
  | 'repeated-column'
  | 'bad-map'
  | 'lost-layout'
  | 'rejected-row';

/** A file that cannot be read as learning records; the message names the file, what was expected and what to do. */
export class RecordFileError extends Error {
  readonly code: RecordFileErrorCode;
  readonly file: string;
  /** 1-based line where it happened, or null where the whole file is meant. */
  readonly line: number | null;
  /** The row, for code `rejected-row`. */
  readonly reject: RecordReject | null;

  constructor(
    code: RecordFileErrorCode,
    file: string,
    message: string,
    details: { line?: number; reject?: RecordReject; cause?: unknown } = {},
  ) {
    super(`readRecords: ${message}`, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'RecordFileError';
    this.code = code;
    this.file = file;
    this.line = details.line ?? null;
    this.reject = details.reject ?? null;
  }
}

/** A row that was left out, and why. */
export interface RecordReject {
  readonly file: string;
  /** 1-based line where the row starts. */
  readonly line: number;
  /** The column's header, or `row` where the row as a whole is wrong. */
  readonly column: string;
  readonly expected: string;
  readonly got: string;
  /** The row as it stands in the file, at most 500 characters. */
  readonly raw: string;
}

const longestRaw = 500;
const longestGot = 80;

/** A reject with its texts cut to a length that can be stored a million times. */
export function makeReject(reject: RecordReject): RecordReject {
  return { ...reject, got: truncate(reject.got, longestGot), raw: truncate(reject.raw, longestRaw) };
}

/** One line that says it all: `file:line: column: expected X, got Y`. */
export function describeReject(reject: RecordReject): string {
  return `${reject.file}:${reject.line}: ${reject.column}: expected ${reject.expected}, got ${reject.got}`;
}

function truncate(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
