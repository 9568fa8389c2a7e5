/**
 * One Kysely dialect for both databases: PostgreSQL's grammar over a `Backend`. The embedded database has a single
 * session, so a statement sent outside of an open transaction would wait for that transaction for ever; the driver
 * refuses it at once instead (see `transactionScope`), on both databases alike.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Backend, Queryable, TransactionSession } from './backend.ts';
import { StoreError } from './errors.ts';

/** Holds the backend whose transaction the current call chain runs in. */
const transactionScope = new AsyncLocalStorage<Backend>();

/** Runs `work` as the inside of a transaction of `backend`: the outer handle is refused there. */
export function insideTransaction<T>(backend: Backend, work: () => Promise<T>): Promise<T> {
  return transactionScope.run(backend, work);
}

/** Runs `work` as if outside of any transaction, for work that must not be part of one. */
export function outsideTransaction<T>(work: () => T): T {
  return transactionScope.exit(work);
}

/** Throws where the call comes from inside a transaction of the same backend. */
export function assertOutsideTransaction(backend: Backend): void {
  if (transactionScope.getStore() !== backend) return;
  throw new StoreError(
    'outside-transaction',
    'store: expected statements inside a transaction to use the handle given to it, got one through the store; use `transaction.db`.',
  );
}

/** A Kysely over the backend; each statement takes a session of its own unless a transaction holds one. */
export function createKysely<Database>(backend: Backend): Kysely<Database> {
  return new Kysely<Database>({ dialect: dialectOf(() => createDriver(backend)) });
}

/** A Kysely whose every statement runs in the given transaction. It cannot begin another one. */
export function createTransactionKysely<Database>(session: TransactionSession): Kysely<Database> {
  return new Kysely<Database>({ dialect: dialectOf(() => fixedDriver(session)) });
}

function dialectOf(driver: () => Driver): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

interface StoreConnection extends DatabaseConnection {
  session: TransactionSession | null;
}

function connectionTo(target: Queryable): StoreConnection {
  const connection: StoreConnection = {
    session: null,
    async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, affected } = await (connection.session ?? target).query(compiled.sql, compiled.parameters);
      return { rows: rows as R[], numAffectedRows: affected === undefined ? undefined : BigInt(affected) };
    },
    async *streamQuery() {
      yield await Promise.reject(
        new Error('store: expected a statement that fits in memory, got a stream; use `copyOut` for long results.'),
      );
    },
  };
  return connection;
}

function createDriver(backend: Backend): Driver {
  return {
    init: async () => {},
    async acquireConnection() {
      assertOutsideTransaction(backend);
      return connectionTo(backend);
    },
    async beginTransaction(connection) {
      (connection as StoreConnection).session = await backend.begin();
    },
    commitTransaction: (connection) => endTransaction(connection as StoreConnection, 'commit'),
    rollbackTransaction: (connection) => endTransaction(connection as StoreConnection, 'rollback'),
    releaseConnection: async () => {},
    destroy: async () => {},
  };
}

async function endTransaction(connection: StoreConnection, how: 'commit' | 'rollback'): Promise<void> {
  const session = connection.session;
  connection.session = null;
  await session?.[how]();
}

function fixedDriver(session: TransactionSession): Driver {
  const refuse = async (): Promise<void> => {
    throw new StoreError(
      'outside-transaction',
      'store: expected one transaction at a time, got one inside another; pass the outer one on.',
    );
  };
  return {
    init: async () => {},
    acquireConnection: async () => connectionTo(session),
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: async () => {},
  };
}
