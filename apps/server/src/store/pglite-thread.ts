/**
 * The thread that runs the embedded database: PGlite stalls its event loop while it works, so nothing else lives here.
 * PGlite is one PostgreSQL session. Requests of all connected threads are served first come, first served, and a
 * transaction holds the session until it ends.
 */
import v8 from 'node:v8';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { PGlite, types } from '@electric-sql/pglite';
import type { Rows } from './backend.ts';
import type { DatabaseErrorFields } from './errors.ts';
import type { PgliteConnect, PgliteReady, PgliteReply, PgliteRequest, PgliteThreadData } from './pglite-protocol.ts';

/** What becomes of a value, by PostgreSQL's OID of its type: the same as in postgres.ts. */
const parsers = {
  // A date has no time zone and a `Date` does, so it stays text.
  [types.DATE]: (value: string) => value,
  [types.INT8]: Number,
  [types.NUMERIC]: Number,
};

interface Turn {
  readonly session: number;
  readonly owner: MessagePort;
}

function describe(error: unknown): DatabaseErrorFields {
  const { code, detail, constraint, table, column } = error as DatabaseErrorFields;
  const message = error instanceof Error ? error.message : String(error);
  return { message, code, detail, constraint, table, column };
}

function serve(database: PGlite, first: MessagePort): (port: MessagePort) => void {
  const waiting: { readonly owner: MessagePort; readonly start: () => void }[] = [];
  let busy = false;
  let open: Turn | null = null;
  let sessions = 0;

  async function takeTurn(owner: MessagePort): Promise<void> {
    if (!busy) {
      busy = true;
      return;
    }
    await new Promise<void>((start) => waiting.push({ owner, start }));
  }

  function endTurn(): void {
    open = null;
    const next = waiting.shift();
    if (next) next.start();
    else busy = false;
  }

  /** A block that failed half-way leaves the one session in an aborted transaction: the next owner must not meet it. */
  async function clearSession(): Promise<void> {
    if (!database.closed && database.isInTransaction()) await database.exec('ROLLBACK');
  }

  async function inTurn<T>(owner: MessagePort, session: number | null, work: () => Promise<T>): Promise<T> {
    if (session !== null) {
      if (open?.session !== session) throw new Error('store: the transaction of this statement has ended already.');
      return work();
    }
    await takeTurn(owner);
    try {
      return await work();
    } finally {
      await clearSession();
      endTurn();
    }
  }

  async function begin(owner: MessagePort): Promise<number> {
    await takeTurn(owner);
    try {
      await database.exec('BEGIN');
    } catch (error) {
      endTurn();
      throw error;
    }
    sessions += 1;
    open = { session: sessions, owner };
    return sessions;
  }

  async function end(session: number, how: 'commit' | 'rollback'): Promise<void> {
    if (open?.session !== session) throw new Error('store: this transaction has ended already.');
    try {
      // COMMIT of an aborted transaction succeeds as a ROLLBACK; a statement first makes the failure visible.
      if (how === 'commit') await database.query('SELECT 1');
      await database.exec(how === 'commit' ? 'COMMIT' : 'ROLLBACK');
    } finally {
      await clearSession();
      endTurn();
    }
  }

  async function query(text: string, values: readonly unknown[]): Promise<Rows> {
    const { rows, affectedRows } = await database.query<Record<string, unknown>>(text, values as unknown[]);
    return { rows, affected: affectedRows };
  }

  async function exec(text: string): Promise<Rows> {
    const results = await database.exec(text);
    return { rows: results.flatMap((result) => result.rows as Record<string, unknown>[]), affected: undefined };
  }

  async function copyIn(text: string, chunk: Uint8Array): Promise<number> {
    const bytes = chunk as Uint8Array<ArrayBuffer>;
    const { affectedRows } = await database.query(text, [], { blob: new Blob([bytes]) });
    return affectedRows ?? 0;
  }

  async function copyOut(text: string): Promise<Uint8Array> {
    const { blob } = await database.query(text);
    return blob ? new Uint8Array(await blob.arrayBuffer()) : new Uint8Array();
  }

  function connect(port: MessagePort): void {
    const listening = new Map<string, () => Promise<void>>();

    async function listen(channel: string): Promise<void> {
      if (listening.has(channel)) return;
      const stop = await database.listen(channel, (payload) => {
        port.postMessage({ channel, payload } satisfies PgliteReply);
      });
      listening.set(channel, () => stop());
    }

    async function answer(request: PgliteRequest): Promise<unknown> {
      switch (request.op) {
        case 'query':
          return inTurn(port, request.session, () => query(request.text, request.values));
        case 'exec':
          return inTurn(port, request.session, () => exec(request.text));
        case 'copy-in':
          return inTurn(port, request.session, () => copyIn(request.text, request.chunk));
        case 'copy-out':
          return inTurn(port, request.session, () => copyOut(request.text));
        case 'begin':
          return begin(port);
        case 'commit':
        case 'rollback':
          return end(request.session, request.op);
        case 'listen':
          return inTurn(port, null, () => listen(request.channel));
        case 'unlisten':
          await inTurn(port, null, async () => listening.get(request.channel)?.());
          return void listening.delete(request.channel);
        case 'close':
          return inTurn(port, null, () => database.close());
      }
    }

    port.on('message', (request: PgliteRequest | PgliteConnect) => {
      if ('connect' in request) return connect(request.connect);
      answer(request).then(
        (value) => {
          const bytes = value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : [];
          port.postMessage({ id: request.id, value } satisfies PgliteReply, bytes);
        },
        (error) => port.postMessage({ id: request.id, error: describe(error) } satisfies PgliteReply),
      );
    });
    // A thread that dies inside a transaction must not keep the database from everyone else.
    port.on('close', () => {
      for (let i = waiting.length - 1; i >= 0; i--) if (waiting[i].owner === port) waiting.splice(i, 1);
      for (const stop of listening.values()) void inTurn(port, null, stop).catch(() => {});
      if (open?.owner === port) void end(open.session, 'rollback').catch(() => {});
    });
  }

  connect(first);
  return connect;
}

/**
 * Opens the database with V8's optimising compiler held off. PostgreSQL's expression interpreter is one function of
 * 105 kB, which every opening makes hot and whose optimisation takes 600 MB for some seconds (V8 of Node 24, measured).
 * Code that is first used while this runs stays as V8's baseline compiler makes it; all later code is optimised as ever.
 */
async function openFrugally(open: () => Promise<PGlite>): Promise<PGlite> {
  const flags = ['wasm-dynamic-tiering', 'wasm-tier-up'];
  for (const flag of flags) v8.setFlagsFromString(`--no-${flag}`);
  try {
    const database = await open();
    // Expressions, so that the interpreter is certainly among the code first used here.
    await database.query('SELECT sum(n * 2), bool_and(n > 0 OR n IS NULL) FROM generate_series(1, 10) AS n');
    return database;
  } finally {
    for (const flag of flags) v8.setFlagsFromString(`--${flag}`);
  }
}

async function main(port: MessagePort, data: PgliteThreadData): Promise<void> {
  const announce = (ready: PgliteReady['ready']) => port.postMessage({ ready } satisfies PgliteReady);
  try {
    const database = await openFrugally(() =>
      PGlite.create({
        dataDir: data.directory ?? 'memory://',
        loadDataDir: data.dump ? new Blob([data.dump as Uint8Array<ArrayBuffer>]) : undefined,
        parsers,
      }),
    );
    serve(database, port);
    announce(null);
  } catch (error) {
    announce(describe(error));
  }
}

if (parentPort) await main(parentPort as unknown as MessagePort, workerData as PgliteThreadData);
