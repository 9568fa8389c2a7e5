/**
 * What can go wrong with the store, as one typed error with a stable code. The text says what to do next, because most
 * of these reach a person at a terminal.
 */

export type StoreErrorCode =
  | 'data-directory-locked'
  | 'data-directory-unwritable'
  | 'data-directory-damaged'
  | 'database-unreachable'
  | 'database-refused'
  | 'database-missing'
  | 'database-too-old'
  | 'schema-newer'
  | 'migration-failed'
  | 'outside-transaction'
  | 'store-closed';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  /** For `data-directory-locked`: where the server that holds the directory answers, once it is listening. */
  readonly address: string | null;

  constructor(code: StoreErrorCode, message: string, options: { cause?: unknown; address?: string | null } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.address = options.address ?? null;
  }
}

/** The fields of an error that PostgreSQL itself reported; both databases give them under these names. */
export interface DatabaseErrorFields {
  readonly message: string;
  /** SQLSTATE, e.g. 23505 for a unique violation. */
  readonly code?: string;
  readonly detail?: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly column?: string;
}

/** SQLSTATE class 23, codes from the PostgreSQL manual, appendix A. */
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

function hasCode(error: unknown, code: string, constraint?: string): boolean {
  if (!(error instanceof Error)) return false;
  const fields = error as Error & DatabaseErrorFields;
  return fields.code === code && (constraint === undefined || fields.constraint === constraint);
}

/** True where a row with the same key is there already; `constraint` narrows it to one index. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return hasCode(error, UNIQUE_VIOLATION, constraint);
}

/** True where a row points to another one that is not there. */
export function isForeignKeyViolation(error: unknown, constraint?: string): boolean {
  return hasCode(error, FOREIGN_KEY_VIOLATION, constraint);
}

/** SQLSTATE classes 08 (connection), 57P (operator intervention) and 53 (resources), and what the network says. */
const DATABASE_LOST = /^(08...|57P..|53...|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT)$/;

/** True where the database could not answer, whatever was asked: the same may work later. */
export function isDatabaseLost(error: unknown): boolean {
  if (error instanceof StoreError) return error.code === 'store-closed';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && DATABASE_LOST.test(code);
}

/** SQLSTATE 40001 and 40P01: the transaction lost against another one and may be tried again. */
export function isTransactionLost(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === '40001' || code === '40P01';
}
