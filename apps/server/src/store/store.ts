/**
 * The store: one way in to the embedded database of a data directory or to a PostgreSQL server. Everything above it
 * sees the same Kysely, the same transactions and the same COPY.
 */
import path from 'node:path';
import type { Kysely } from 'kysely';
import type { Backend, CopySource, CopyStatement } from './backend.ts';
import type { Database } from './database.ts';
import { assertOutsideTransaction, createKysely, createTransactionKysely, insideTransaction } from './dialect.ts';
import { lockDataDirectory } from './lock.ts';
import { migrate } from './migrate.ts';
import { backendOverPort, openPglite, type PglitePort } from './pglite.ts';
import { openPostgres, withoutPassword } from './postgres.ts';

export type StoreLocation =
  /** The embedded database in a directory, locked against other processes. */
  | { readonly dataDir: string }
  /** The embedded database in memory, for tests and trials; `dump` starts it from a dumped one. */
  | { readonly memory: true; readonly dump?: Uint8Array }
  /** A PostgreSQL server: postgres://user:password@host:port/name. */
  | { readonly url: string; readonly connections?: number }
  /** A further connection to an embedded database that another thread has opened; see `Store.share`. */
  | { readonly port: PglitePort };

export interface CopyOptions {
  /** 'text' (default; write rows with `copyRow`) or 'csv' (RFC 4180). Each chunk must hold whole rows. */
  readonly format?: CopyStatement['format'];
}

/** What works inside a transaction. */
export interface Transaction {
  readonly db: Kysely<Database>;
  /** Bulk rows by COPY; returns how many. All of them are undone with the transaction. */
  copyIn(table: string, columns: readonly string[], source: CopySource, options?: CopyOptions): Promise<number>;
}

export interface Store {
  readonly kind: 'embedded' | 'postgres';
  /** What a person reads: the directory, or the URL without its password. */
  readonly place: string;
  readonly db: Kysely<Database>;
  /**
   * Runs `work` in one transaction: commits when it resolves, undoes everything when it rejects. The embedded database
   * has a single session, which the transaction holds: compute first, then write, and keep it short.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * Bulk rows by COPY outside of a transaction; returns how many. On the embedded database each megabyte is kept as it
   * arrives and others are served in between: load tables nobody reads yet with it (see `interactions.ts`).
   */
  copyIn(table: string, columns: readonly string[], source: CopySource, options?: CopyOptions): Promise<number>;
  /** The rows of a SELECT in COPY's text format, in chunks that may end inside a row. For results of 1e5 rows and more. */
  copyOut(query: string): AsyncIterable<Uint8Array>;
  readonly backend: Backend;
  /** Tells other processes that find the data directory locked where this one answers. */
  announce(address: string): Promise<void>;
  /** Where another thread of this process can open the same database. */
  share(): StoreLocation;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** False leaves the tables as they are; true (default) brings them up to date first. */
  readonly migrate?: boolean;
}

/** Opens the store and brings its tables up to date. Throws `StoreError` with a code and what to do. */
export async function openStore(location: StoreLocation, options: OpenOptions = {}): Promise<Store> {
  const store = await open(location);
  if (options.migrate === false || 'port' in location) return store;
  try {
    await migrate(store);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function open(location: StoreLocation): Promise<Store> {
  if ('url' in location) {
    const backend = await openPostgres(location);
    return createStore('postgres', withoutPassword(location.url), backend, { share: () => location });
  }
  if ('port' in location) {
    return createStore('embedded', 'shared', backendOverPort(location.port), { share: () => location });
  }
  if ('memory' in location) {
    const host = await openPglite(null, location.dump);
    return createStore('embedded', 'memory', host.backend, { share: () => ({ port: host.connect() }) });
  }
  const directory = path.resolve(location.dataDir);
  const lock = await lockDataDirectory(directory);
  try {
    const host = await openPglite(path.join(directory, 'database'));
    return createStore('embedded', directory, host.backend, {
      share: () => ({ port: host.connect() }),
      announce: lock.announce,
      afterClose: lock.release,
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

interface StoreParts {
  readonly share: () => StoreLocation;
  readonly announce?: (address: string) => Promise<void>;
  readonly afterClose?: () => Promise<void>;
}

function createStore(kind: Store['kind'], place: string, backend: Backend, parts: StoreParts): Store {
  return {
    kind,
    place,
    backend,
    db: createKysely<Database>(backend),
    transaction: (work) => runTransaction(backend, work),
    copyIn(table, columns, source, options) {
      assertOutsideTransaction(backend);
      return backend.copyIn({ table, columns, format: options?.format ?? 'text' }, source);
    },
    copyOut(query) {
      assertOutsideTransaction(backend);
      return backend.copyOut(query);
    },
    share: parts.share,
    announce: async (address) => parts.announce?.(address),
    async close() {
      await backend.close();
      await parts.afterClose?.();
    },
  };
}

async function runTransaction<T>(backend: Backend, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  assertOutsideTransaction(backend);
  const session = await backend.begin();
  const transaction: Transaction = {
    db: createTransactionKysely<Database>(session),
    copyIn: (table, columns, source, options) =>
      session.copyIn({ table, columns, format: options?.format ?? 'text' }, source),
  };
  let result: T;
  try {
    result = await insideTransaction(backend, () => work(transaction));
  } catch (error) {
    await session.rollback();
    throw error;
  }
  await session.commit();
  return result;
}
