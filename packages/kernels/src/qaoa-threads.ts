/**
 * Several threads on one shared memory: each operation is cut into chunks of units, and whoever is free takes the next.
 *
 * The ticket word holds the number of the operation and the next chunk. A worker copies the operation and then takes the
 * chunk by compare-and-exchange, which fails if the operation has changed meanwhile; the caller starts a new one only
 * when every chunk of the last is done. So a worker that sleeps holds up nobody but for a chunk that it has taken.
 */
import { KernelError } from './errors.ts';
import type { Crew } from './qaoa-wasm.ts';
import { type Arena, instantiate } from './wasm-module.ts';

/** What a library may not take for itself; the `Platform` of the solvers is one. */
export interface ThreadPlatform {
  /** Starts a worker that runs the module's `serve(port)`. */
  createWorker(module: URL): ThreadWorker;
}

export interface ThreadWorker {
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onError(listener: (error: Error) => void): void;
  keepAlive(busy: boolean): void;
  terminate(): Promise<void>;
}

/** Words of the control block, int32 each. */
export const TICKET = 0;
const DONE = 1;
const OPERATION = 2;
const UNITS = 3;
const CHUNKS = 4;
const COUNT = 5;
const CONTROL_WORDS = 6;
/** The lowest bits of a ticket are the next chunk, the others the number of the operation. */
const CHUNK_BITS = 9;
/** Above every chunk. */
const CLOSED = 2 ** CHUNK_BITS - 1;
const MOST_PARAMETERS = 16;
/** Chunks for each thread: enough that one which wakes late or is held up leaves work to the others. */
const CHUNKS_PER_THREAD = 16;

/** How often a thread looks for news before it goes to sleep: 0.1 to 0.2 ms, about what waking it up may take. */
export const LOOKS = 20_000;

export interface ThreadOrder {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: Int32Array;
  readonly parameters: Float64Array;
  /** Names of the exports, by number. */
  readonly operations: readonly string[];
}

type Operation = (...values: number[]) => void;

/** Takes one chunk of the operation that is open, if there is one, and does it. False where there is nothing to take. */
export function takeChunk(control: Int32Array, parameters: Float64Array, operations: readonly Operation[]): boolean {
  const ticket = Atomics.load(control, TICKET);
  const chunk = ticket & ((1 << CHUNK_BITS) - 1);
  const chunks = Atomics.load(control, CHUNKS);
  if (chunk >= chunks) return false;
  const operation = operations[Atomics.load(control, OPERATION)];
  const units = Atomics.load(control, UNITS);
  const values = Array.from(parameters.subarray(0, Atomics.load(control, COUNT)));
  if (Atomics.compareExchange(control, TICKET, ticket, ticket + 1) !== ticket) return true;
  operation(...values, Math.floor((units * chunk) / chunks), Math.floor((units * (chunk + 1)) / chunks));
  if (Atomics.add(control, DONE, 1) + 1 === chunks) Atomics.notify(control, DONE);
  return true;
}

export interface ThreadCrew {
  readonly run: Crew;
  close(): Promise<void>;
}

/** Starts threads - 1 workers on the arena's memory and resolves when they stand ready. */
export async function startCrew(
  platform: ThreadPlatform,
  module: WebAssembly.Module,
  arena: Arena,
  threads: number,
): Promise<ThreadCrew> {
  const exports = instantiate<Record<string, Operation>>(module, arena);
  const names = Object.keys(exports).filter((name) => typeof exports[name] === 'function');
  const operations = names.map((name) => exports[name]);
  const control = new Int32Array(new SharedArrayBuffer(CONTROL_WORDS * 4));
  const parameters = new Float64Array(new SharedArrayBuffer(MOST_PARAMETERS * 8));
  const order: ThreadOrder = { module, memory: arena.memory, control, parameters, operations: names };
  const workers = await Promise.all(Array.from({ length: threads - 1 }, () => startWorker(platform, order)));
  return {
    run: (name, units, values) => {
      const chunks = Math.min(units, threads * CHUNKS_PER_THREAD, CLOSED - 1);
      const last = Atomics.load(control, TICKET) >>> CHUNK_BITS;
      // Closed while the operation is described: no chunk has this number.
      Atomics.store(control, TICKET, (last << CHUNK_BITS) | CLOSED);
      Atomics.store(control, OPERATION, names.indexOf(name));
      Atomics.store(control, UNITS, units);
      Atomics.store(control, CHUNKS, chunks);
      Atomics.store(control, COUNT, values.length);
      parameters.set(values);
      Atomics.store(control, DONE, 0);
      // The next operation, chunk 0: publishes all of the above.
      Atomics.store(control, TICKET, (last + 1) << CHUNK_BITS);
      Atomics.notify(control, TICKET);
      while (takeChunk(control, parameters, operations));
      // The others are at their last chunks: to wake up would take longer than most of these.
      for (let looks = 0; looks < LOOKS && Atomics.load(control, DONE) < chunks; looks++);
      for (let done = Atomics.load(control, DONE); done < chunks; done = Atomics.load(control, DONE)) {
        rest(control, done);
      }
    },
    close: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  };
}

/** Milliseconds after which a waiting caller looks again. */
const LONGEST_REST = 1;

/** Waits for progress; a browser's main thread may not sleep and looks again at once. */
function rest(control: Int32Array, done: number): void {
  try {
    Atomics.wait(control, DONE, done, LONGEST_REST);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
}

function startWorker(platform: ThreadPlatform, order: ThreadOrder): Promise<ThreadWorker> {
  // Sources end in .ts, published files in .js.
  const ending = new URL(import.meta.url).pathname.endsWith('.ts') ? '.ts' : '.js';
  const worker = platform.createWorker(new URL(`./qaoa-thread-worker${ending}`, import.meta.url));
  return new Promise((resolve, reject) => {
    worker.onError((error) =>
      reject(
        new KernelError(
          'BACKEND_MISSING',
          `createThreadedQaoaRegister: expected a worker, got "${error.message}"; use createQaoaRegister.`,
        ),
      ),
    );
    worker.onMessage(() => {
      worker.keepAlive(false);
      resolve(worker);
    });
    worker.postMessage(order);
  });
}
