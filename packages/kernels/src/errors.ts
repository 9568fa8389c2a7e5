/** The errors of this room: one class, told apart by `code`. */

export type KernelErrorCode = 'BAD_SIZE' | 'BAD_VALUE' | 'OUT_OF_MEMORY' | 'BACKEND_MISSING';

/** `message` reads "function: expected X, got Y; do Z". */
export class KernelError extends Error {
  readonly code: KernelErrorCode;

  constructor(code: KernelErrorCode, message: string) {
    super(message);
    this.name = 'KernelError';
    this.code = code;
  }
}
