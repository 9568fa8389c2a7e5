/** A file that is refused whole. The message says what was expected, what came and what to do. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
