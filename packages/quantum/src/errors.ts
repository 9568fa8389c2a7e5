/** The errors of this room: one class, told apart by `code`. */

export type QuantumErrorCode = 'BAD_SIZE' | 'BAD_VALUE' | 'BAD_GATE' | 'BAD_QUBIT' | 'BAD_QASM';

/** `message` reads "function: expected X, got Y; do Z". */
export class QuantumError extends Error {
  readonly code: QuantumErrorCode;

  constructor(code: QuantumErrorCode, message: string) {
    super(message);
    this.name = 'QuantumError';
    this.code = code;
  }
}
