/** The errors of this room: one class, told apart by `code`. */

export type EvidenceErrorCode =
  | 'invalid-run-record'
  | 'not-json'
  | 'invalid-values'
  | 'invalid-option'
  | 'units-do-not-match'
  | 'ratio-undefined';

/** `message` reads "function: expected X, got Y; do Z". */
export class EvidenceError extends Error {
  readonly code: EvidenceErrorCode;

  constructor(code: EvidenceErrorCode, message: string) {
    super(message);
    this.name = 'EvidenceError';
    this.code = code;
  }
}
