/**
 * The embedded database, seen from any thread but its own: a `Backend` that sends every statement over a message port
 * to the thread that runs PGlite (pglite-thread.ts).
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type MessagePort, Worker } from 'node:worker_threads';
import {
  type Backend,
  type CopySource,
  type CopyStatement,
  copyStatement,
  type Queryable,
  type Rows,
  type TransactionSession,
} from './backend.ts';
import { StoreError } from './errors.ts';
import type { PgliteReady, PgliteReply, PgliteRequest, PgliteThreadData } from './pglite-protocol.ts';

const run = promisify(execFile);

/** A port to the database's thread; a job runner in a thread of its own gets one. */
export type PglitePort = MessagePort;

export interface PgliteHost {
  readonly backend: Backend;
  /** A further port to the same database, to be transferred to another thread. */
  connect(): PglitePort;
}

/** Bytes per COPY: large enough to be fast, small enough that other statements wait only some 30 ms in between. */
const COPY_CHUNK = 1 << 20;

/** PGlite takes the bytes of COPY from, and gives them to, a file of this name. */
const BLOB = "'/dev/blob'";

type Request = PgliteRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;
type Send = <T>(request: Request) => Promise<T>;

/**
 * Opens, and first creates, the database in `directory`; null keeps it in memory. Creation happens beside the final
 * place and is renamed into it, so that a process killed half-way leaves nothing that looks like a database.
 */
export async function openPglite(directory: string | null, dump?: Uint8Array): Promise<PgliteHost> {
  if (directory !== null && !existsSync(directory)) await createDatabase(directory);
  const worker = await startThread({ directory, dump });
  const backend = backendOver(worker, () => worker.terminate().then(() => {}));
  return {
    backend,
    connect() {
      const { port1, port2 } = new MessageChannel();
      worker.postMessage({ connect: port1 }, [port1 as unknown as MessagePort]);
      return port2 as unknown as MessagePort;
    },
  };
}

/** The database behind a port that `PgliteHost.connect` gave; closing it leaves the database open. */
export function backendOverPort(port: PglitePort): Backend {
  return backendOver(port, async () => port.close());
}

async function createDatabase(directory: string): Promise<void> {
  const unfinished = `${directory}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(path.dirname(directory), { recursive: true });
  // A process of its own, because making a database takes some 600 MB for a few seconds; code that runs but once is not
  // worth optimising.
  const script = fileURLToPath(new URL('./pglite-create.ts', import.meta.url));
  try {
    await run(process.execPath, ['--liftoff-only', '--disable-warning=ExperimentalWarning', script, unfinished]);
  } catch (error) {
    throw damagedError(directory, (error as { stderr?: string }).stderr?.trim().split('\n').at(-1) ?? String(error));
  }
  await rename(unfinished, directory);
}

async function startThread(data: PgliteThreadData): Promise<Worker> {
  const worker = new Worker(new URL('./pglite-thread.ts', import.meta.url), { workerData: data, execArgv: [] });
  const ready = await new Promise<PgliteReady['ready']>((resolve, reject) => {
    worker.once('message', (message: PgliteReady) => resolve(message.ready));
    worker.once('error', reject);
  });
  if (ready === null) return worker;
  await worker.terminate();
  throw damagedError(data.directory ?? 'memory', ready.message);
}

function damagedError(place: string, reason: string): StoreError {
  return new StoreError(
    'data-directory-damaged',
    `store: expected a database in ${place}, but it does not open (${reason}); ` +
      'restore a copy of the folder, or move it away to begin with an empty one.',
  );
}

function backendOver(port: Worker | MessagePort, shut: () => Promise<void>): Backend {
  const pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  const listeners = new Map<string, Set<(payload: string) => void>>();
  let requests = 0;
  let closed: StoreError | null = null;

  const fail = (reason: string): void => {
    closed ??= new StoreError('store-closed', `store: expected an open database, but ${reason}; open the store again.`);
    for (const { reject } of pending.values()) reject(closed);
    pending.clear();
  };

  port.on('message', (reply: PgliteReply) => {
    if ('channel' in reply) {
      for (const listener of listeners.get(reply.channel) ?? []) listener(reply.payload);
      return;
    }
    const waiting = pending.get(reply.id);
    pending.delete(reply.id);
    if ('error' in reply) waiting?.reject(Object.assign(new Error(reply.error.message), reply.error));
    else waiting?.resolve(reply.value);
  });
  port.on('error', (error: Error) => fail(`its thread failed (${error.message})`));
  port.on('exit', () => fail('its thread has ended'));
  port.on('close', () => fail('the connection to it was closed'));

  const send: Send = <T>(request: Request) => {
    if (closed) return Promise.reject(closed);
    requests += 1;
    const id = requests;
    return new Promise<T>((resolve, reject) => {
      pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
      // Bytes change hands instead of being copied.
      port.postMessage({ ...request, id }, 'chunk' in request ? [request.chunk.buffer as ArrayBuffer] : []);
    });
  };

  return {
    ...queryable(send, null),
    async begin() {
      return transactionSession(send, await send<number>({ op: 'begin' }));
    },
    async listen(channel, onNotification, onReconnect) {
      const known = listeners.get(channel) ?? new Set();
      listeners.set(channel, known.add(onNotification));
      if (known.size === 1) await send({ op: 'listen', channel });
      onReconnect?.();
      return async () => {
        known.delete(onNotification);
        if (known.size > 0 || closed) return;
        listeners.delete(channel);
        await send({ op: 'unlisten', channel });
      };
    },
    async close() {
      if (closed) return;
      if (port instanceof Worker) await send({ op: 'close' });
      fail('it was closed');
      await shut();
    },
  };
}

function queryable(send: Send, session: number | null): Queryable {
  return {
    query: (text, values = []) => send<Rows>({ op: 'query', session, text, values }),
    exec: (text) => send<Rows>({ op: 'exec', session, text }),
    copyIn: (statement, source) => copyIn(send, session, statement, source),
    async *copyOut(query) {
      const bytes = await send<Uint8Array>({ op: 'copy-out', session, text: `COPY (${query}) TO ${BLOB}` });
      // In pieces, so that whoever turns them into text does not hold all of it at once.
      for (let at = 0; at < bytes.length; at += COPY_CHUNK) yield bytes.subarray(at, at + COPY_CHUNK);
    },
  };
}

function transactionSession(send: Send, session: number): TransactionSession {
  return {
    ...queryable(send, session),
    commit: () => send({ op: 'commit', session }),
    rollback: () => send<void>({ op: 'rollback', session }).catch(() => {}),
  };
}

async function copyIn(send: Send, session: number | null, statement: CopyStatement, source: CopySource) {
  const text = copyStatement(statement, BLOB);
  let rows = 0;
  let held: Uint8Array[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    if (size === 0) return;
    // Always a copy: the caller's own bytes, and Node's pooled ones, must not be given away.
    const chunk = new Uint8Array(size);
    let at = 0;
    for (const bytes of held) {
      chunk.set(bytes, at);
      at += bytes.length;
    }
    held = [];
    size = 0;
    rows += await send<number>({ op: 'copy-in', session, text, chunk });
  };
  for await (const part of source) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    held.push(bytes);
    size += bytes.length;
    if (size >= COPY_CHUNK) await flush();
  }
  await flush();
  return rows;
}
