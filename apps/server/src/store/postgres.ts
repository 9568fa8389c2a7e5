/** A PostgreSQL server as a `Backend`: a pool of connections, COPY by pg-copy-streams, LISTEN on one of its own. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import {
  type Backend,
  type CopySource,
  type CopyStatement,
  copyStatement,
  type Queryable,
  type Rows,
  type TransactionSession,
  type Unlisten,
} from './backend.ts';
import { StoreError } from './errors.ts';

export interface PostgresOptions {
  readonly url: string;
  /** Most connections this process holds; 8 by default. */
  readonly connections?: number;
}

/** Oldest major version the tables are tried on. */
const OLDEST_VERSION = 14;
const CONNECT_TIMEOUT_MS = 10_000;
const RECONNECT_MS = 2_000;

const { INT8, NUMERIC, DATE } = pg.types.builtins;

/** The same JavaScript values as the embedded database gives: counts are numbers, dates are text. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8 || oid === NUMERIC) return Number;
    if (oid === DATE) return (value: string) => value;
    return pg.types.getTypeParser(oid, format as 'text');
  },
};

/** Connects and checks that the server answers; a refusal becomes a `StoreError` that says what to do. */
export async function openPostgres(options: PostgresOptions): Promise<Backend> {
  const config = connectionConfig(options.url);
  const pool = new pg.Pool({ ...config, max: options.connections ?? 8 });
  // An idle connection that the server drops is replaced at the next statement; unheard, the event would end the process.
  pool.on('error', () => {});
  try {
    const { rows } = await pool.query<{ server_version_num: string }>('SHOW server_version_num');
    const major = Math.floor(Number(rows[0].server_version_num) / 10_000);
    if (major < OLDEST_VERSION) {
      throw new StoreError(
        'database-too-old',
        `store: expected PostgreSQL ${OLDEST_VERSION} or newer, got ${major}; upgrade the server.`,
      );
    }
  } catch (error) {
    await pool.end();
    throw explain(error, options.url);
  }
  return {
    ...poolQueryable(pool),
    begin: () => beginTransaction(pool),
    listen: (channel, onNotification, onReconnect) => listen(config, channel, onNotification, onReconnect),
    close: () => pool.end(),
  };
}

/** The address without its password, for messages and screens. */
export function withoutPassword(url: string): string {
  try {
    const parsed = new URL(url);
    if (parsed.password) parsed.password = '***';
    return parsed.toString();
  } catch {
    return 'the given database URL';
  }
}

function connectionConfig(url: string): pg.ClientConfig {
  const protocol = /^postgres(ql)?:\/\//;
  if (!protocol.test(url) || !URL.canParse(url)) {
    throw new StoreError(
      'database-unreachable',
      'store: expected a database URL like postgres://user:password@host:5432/name, got something else; correct --database.',
    );
  }
  return { connectionString: url, types, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, application_name: 'qurriculum' };
}

/** SQLSTATE 28xxx: the server refuses the role or its password; 3D000: there is no such database. */
function explain(error: unknown, url: string): StoreError {
  if (error instanceof StoreError) return error;
  const { code, message } = rootError(error);
  const place = withoutPassword(url);
  if (code.startsWith('28')) {
    return new StoreError(
      'database-refused',
      `store: the database at ${place} refuses this user or password (${message}); correct the URL given with --database.`,
      { cause: error },
    );
  }
  if (code === '3D000') {
    return new StoreError(
      'database-missing',
      `store: the server at ${place} has no such database (${message}); create it, or correct the URL.`,
      { cause: error },
    );
  }
  return new StoreError(
    'database-unreachable',
    `store: the database at ${place} does not answer (${message}); check that it runs and that host and port are right.`,
    { cause: error },
  );
}

function rootError(error: unknown): { code: string; message: string } {
  // Node tries every address of a host name and reports them together.
  const root = error instanceof AggregateError ? error.errors[0] : error;
  const { code, message } = root as { code?: string; message?: string };
  return { code: code ?? '', message: message || code || String(root) };
}

function toRows(result: pg.QueryResult | pg.QueryResult[]): Rows {
  if (Array.isArray(result)) return { rows: result.flatMap((one) => one.rows ?? []), affected: undefined };
  const changes = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(result.command);
  return { rows: result.rows ?? [], affected: changes ? (result.rowCount ?? 0) : undefined };
}

function poolQueryable(pool: pg.Pool): Queryable {
  return {
    query: async (text, values = []) => toRows(await pool.query(text, values as unknown[])),
    exec: async (text) => toRows(await pool.query(text)),
    async copyIn(statement, source) {
      const client = await pool.connect();
      let failed = true;
      try {
        const rows = await copyIn(client, statement, source);
        failed = false;
        return rows;
      } finally {
        client.release(failed);
      }
    },
    async *copyOut(query) {
      const client = await pool.connect();
      let failed = true;
      try {
        yield* copyOut(client, query);
        failed = false;
      } finally {
        client.release(failed);
      }
    },
  };
}

async function beginTransaction(pool: pg.Pool): Promise<TransactionSession> {
  const client = await pool.connect();
  let ended = false;
  const end = async (statement: 'COMMIT' | 'ROLLBACK'): Promise<string> => {
    if (ended) throw new Error('store: this transaction has ended already.');
    ended = true;
    try {
      const { command } = await client.query(statement);
      client.release();
      return command;
    } catch (error) {
      client.release(true);
      throw error;
    }
  };
  try {
    await client.query('BEGIN');
  } catch (error) {
    client.release(true);
    throw error;
  }
  return {
    query: async (text, values = []) => toRows(await client.query(text, values as unknown[])),
    exec: async (text) => toRows(await client.query(text)),
    copyIn: (statement, source) => copyIn(client, statement, source),
    copyOut: (query) => copyOut(client, query),
    async commit() {
      // COMMIT of an aborted transaction is answered as ROLLBACK, without an error.
      if ((await end('COMMIT')) === 'ROLLBACK') {
        throw new Error('store: a statement of the transaction had failed, so all of it was rolled back.');
      }
    },
    rollback: () =>
      end('ROLLBACK').then(
        () => {},
        () => {},
      ),
  };
}

async function copyIn(client: pg.ClientBase, statement: CopyStatement, source: CopySource): Promise<number> {
  const stream = client.query(copyFrom(copyStatement(statement, 'STDIN')));
  await pipeline(Readable.from(source, { objectMode: true }), stream);
  return stream.rowCount;
}

async function* copyOut(client: pg.ClientBase, query: string): AsyncIterable<Uint8Array> {
  for await (const chunk of client.query(copyTo(`COPY (${query}) TO STDOUT`))) yield chunk as Uint8Array;
}

async function listen(
  config: pg.ClientConfig,
  channel: string,
  onNotification: (payload: string) => void,
  onReconnect?: () => void,
): Promise<Unlisten> {
  let stopped = false;
  let current: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const client = new pg.Client({ ...config, keepAlive: true });
    current = client;
    client.on('notification', (message) => onNotification(message.payload ?? ''));
    client.on('error', () => retry(client));
    client.on('end', () => retry(client));
    await client.connect();
    await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    onReconnect?.();
  }

  function retry(client: pg.Client): void {
    if (stopped || current !== client) return;
    current = null;
    timer = setTimeout(() => {
      connect().catch(() => current && retry(current));
    }, RECONNECT_MS);
  }

  await connect();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await current?.end().catch(() => {});
  };
}
