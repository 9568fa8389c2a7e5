/** The thread side of the compute pool: runs one task at a time and tells how far it is. */
import { parentPort } from 'node:worker_threads';
import type { Task } from './tasks.ts';
import { transferables } from './transferables.ts';

export type ToWorker =
  | { readonly kind: 'run'; readonly id: number; readonly module: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number };

export type FromWorker =
  | {
      readonly kind: 'progress';
      readonly id: number;
      readonly fraction: number;
      readonly label: string;
      readonly detail: unknown;
    }
  | { readonly kind: 'done'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: unknown };

const port = parentPort;
if (port === null)
  throw new Error('compute worker: expected to run in a worker thread, got the main thread; use the pool.');
const running = new Map<number, AbortController>();

port.on('message', async (message: ToWorker) => {
  if (message.kind === 'cancel') {
    running.get(message.id)?.abort();
    return;
  }
  const { id } = message;
  const cancel = new AbortController();
  running.set(id, cancel);
  const send = (reply: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(reply, transfer);
  try {
    const { run } = (await import(message.module)) as { run: Task<unknown, unknown> };
    const progress = (fraction: number, label: string, detail?: unknown): void =>
      send({ kind: 'progress', id, fraction, label, detail });
    const output = await run(message.input, { signal: cancel.signal, progress });
    send({ kind: 'done', id, output }, transferables(output));
  } catch (error) {
    send({ kind: 'failed', id, error: describe(error) });
  } finally {
    running.delete(id);
  }
});

/** Errors lose their class on the way between threads; code and data survive as plain fields. */
function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const fields = Object.fromEntries(
    Object.entries(error).filter(
      ([, value]) => value === null || ['string', 'number', 'boolean'].includes(typeof value),
    ),
  );
  return { ...fields, name: error.name, message: error.message, stack: error.stack };
}
