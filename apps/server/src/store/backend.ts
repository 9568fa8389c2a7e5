/**
 * What the store needs from a database, the same for the embedded PGlite and for a PostgreSQL server: statements,
 * sessions that hold a transaction, and COPY in both directions.
 */

export interface Rows {
  readonly rows: Record<string, unknown>[];
  /** Rows changed, for INSERT, UPDATE, DELETE and MERGE. */
  readonly affected: number | undefined;
}

/** Whole rows per chunk, in COPY's text or CSV format. */
export type CopySource = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

export interface Queryable {
  query(text: string, values?: readonly unknown[]): Promise<Rows>;
  /** Several statements in one go, without parameters; the rows of all of them in order. */
  exec(text: string): Promise<Rows>;
  /** Runs a COPY ... FROM STDIN; returns the number of rows. */
  copyIn(statement: CopyStatement, source: CopySource): Promise<number>;
  /** Runs a COPY (query) TO STDOUT and gives the bytes as they come; rows may be cut anywhere. */
  copyOut(query: string): AsyncIterable<Uint8Array>;
}

export interface CopyStatement {
  readonly table: string;
  readonly columns: readonly string[];
  readonly format: 'text' | 'csv';
}

/** A transaction that has begun. Exactly one of commit and rollback ends it. */
export interface TransactionSession extends Queryable {
  /** Rejects, and rolls back, where an earlier statement of the transaction has failed. */
  commit(): Promise<void>;
  /** Never rejects. */
  rollback(): Promise<void>;
}

export interface Backend extends Queryable {
  begin(): Promise<TransactionSession>;
  /** Returns the function that stops listening. `onReconnect` runs whenever notifications may have been missed. */
  listen(channel: string, onNotification: (payload: string) => void, onReconnect?: () => void): Promise<Unlisten>;
  close(): Promise<void>;
}

export type Unlisten = () => Promise<void>;

/** "a"."b" for a table name that may carry a schema; quotes inside are doubled. */
export function quoteName(name: string): string {
  return name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.');
}

/** The COPY statement; `target` is STDIN for PostgreSQL and PGlite's file for the embedded database. */
export function copyStatement(statement: CopyStatement, target: string): string {
  const columns = statement.columns.map(quoteName).join(', ');
  return `COPY ${quoteName(statement.table)} (${columns}) FROM ${target} WITH (FORMAT ${statement.format})`;
}
