/** A small pool of worker threads for long computations, so that pages stay quick while a model is fitted. */
import os from 'node:os';
import { Worker } from 'node:worker_threads';
import type { TaskName } from './tasks.ts';
import { transferables } from './transferables.ts';
import type { FromWorker, ToWorker } from './worker.ts';

export interface ComputeOptions<Detail = unknown> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number, label: string, detail?: Detail) => void;
  /** Large buffers of the input move to the thread instead of being copied; the caller cannot read them afterwards. */
  readonly givesInput?: boolean;
}

export interface ComputePool {
  /** Runs a task in a thread; rejects with the task's error (its `code` and other plain fields kept) or the signal's reason. */
  run<Input, Output, Detail>(
    task: TaskName<Input, Output, Detail>,
    input: Input,
    options?: ComputeOptions<Detail>,
  ): Promise<Output>;
  close(): Promise<void>;
}

/** How long a cancelled task may take to stop by itself before its thread is ended. */
const cancelGraceMilliseconds = 500;
/** How long a thread waits for another task before it ends: what a million rows left in its heap goes back with it. */
const idleMilliseconds = 1000;

/** A task reads its rows once and keeps columns: a larger nursery only makes the thread's memory grow (default 48). */
const youngGenerationMegabytes = 16;

interface Thread {
  readonly worker: Worker;
  busy: boolean;
  /** Ends the thread when nothing comes. */
  idle: NodeJS.Timeout | undefined;
  /** Fails the task in hand when the thread dies under it. */
  fail: (error: Error) => void;
}

/** Two at least: a page that asks for something short does not wait for a solver that has a minute. */
export function createComputePool(size = Math.max(2, os.availableParallelism() - 1)): ComputePool {
  const threads: Thread[] = [];
  const waiting: (() => void)[] = [];
  let nextId = 1;
  let closed = false;

  function startThread(): Thread {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMegabytes },
    });
    const thread: Thread = { worker, busy: false, idle: undefined, fail: () => {} };
    const drop = (error: Error): void => {
      const at = threads.indexOf(thread);
      if (at >= 0) threads.splice(at, 1);
      thread.fail(error);
      waiting.shift()?.();
    };
    worker.on('error', drop);
    worker.on('exit', () =>
      drop(new Error('compute pool: the thread ended before its task did; start the task again.')),
    );
    worker.unref();
    threads.push(thread);
    return thread;
  }

  async function acquire(): Promise<Thread> {
    for (;;) {
      if (closed) throw new Error('compute pool: expected an open pool, got a closed one; the server is stopping.');
      const idle = threads.find((thread) => !thread.busy) ?? (threads.length < size ? startThread() : undefined);
      if (idle !== undefined) {
        idle.busy = true;
        clearTimeout(idle.idle);
        return idle;
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  function end(thread: Thread): void {
    const at = threads.indexOf(thread);
    if (at < 0 || thread.busy) return;
    threads.splice(at, 1);
    void thread.worker.terminate();
  }

  async function run<Input, Output, Detail>(
    task: TaskName<Input, Output, Detail>,
    input: Input,
    { signal, onProgress, givesInput = false }: ComputeOptions<Detail> = {},
  ): Promise<Output> {
    signal?.throwIfAborted();
    const thread = await acquire();
    const id = nextId++;
    thread.worker.ref();
    const send = (message: ToWorker, moved: readonly ArrayBuffer[] = []): void =>
      thread.worker.postMessage(message, moved);
    let grace: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      send({ kind: 'cancel', id });
      grace = setTimeout(() => void thread.worker.terminate(), cancelGraceMilliseconds);
    };
    let listener: ((message: FromWorker) => void) | undefined;
    try {
      return await new Promise<Output>((resolve, reject) => {
        thread.fail = reject;
        listener = (message) => {
          if (message.id !== id) return;
          if (message.kind === 'progress')
            onProgress?.(message.fraction, message.label, message.detail as Detail | undefined);
          else if (message.kind === 'done') resolve(message.output as Output);
          else reject(revive(message.error));
        };
        thread.worker.on('message', listener);
        signal?.addEventListener('abort', onAbort, { once: true });
        send({ kind: 'run', id, module: task.module.href, input }, givesInput ? transferables(input) : []);
      });
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    } finally {
      clearTimeout(grace);
      signal?.removeEventListener('abort', onAbort);
      if (listener !== undefined) thread.worker.off('message', listener);
      thread.fail = () => {};
      thread.busy = false;
      thread.worker.unref();
      thread.idle = setTimeout(() => end(thread), idleMilliseconds).unref();
      waiting.shift()?.();
    }
  }

  async function close(): Promise<void> {
    closed = true;
    for (const wake of waiting.splice(0)) wake();
    await Promise.all(threads.map((thread) => thread.worker.terminate()));
  }

  return { run, close };
}

function revive(described: unknown): Error {
  const fields = described as { name: string; message: string; stack?: string };
  return Object.assign(new Error(fields.message), fields);
}
