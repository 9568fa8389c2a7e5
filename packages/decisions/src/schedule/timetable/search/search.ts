/**
 * Drives the native searches for timetables: independent runs, some on this thread, some in workers, and the best of them.
 *
 * With a budget of runs and moves the answer is the same to the bit for any number of threads, and a deadline cuts the same
 * runs short. With a time alone there is one run per thread, and each cools by the clock, so that it ends cold whatever
 * else the machine does: such an answer is good, but cannot be repeated to the bit.
 */
import { type Platform, ProblemError, type SolveProgress } from '@qurriculum/problems';
import type { Timetable } from '../timetable.ts';
import type { RunOrder, RunState, WorkerReply, WorkerRequest } from './protocol.ts';
import { isBetter, type TimetableBest } from './run.ts';
import { workOrder } from './work.ts';

export interface TimetableSearchOptions {
  readonly platform: Platform;
  /** Seconds of wall time. Default 10 where no work is given, else none. */
  readonly seconds?: number;
  /** Independent runs, and the moves that each tries. */
  readonly work?: { readonly runs: number; readonly moves: number };
  readonly seed?: number;
  /** Threads at most, this one among them. Default 1. */
  readonly threads?: number;
  /** Cancels: the answer is the best so far. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SolveProgress) => void;
}

export interface TimetableSearch {
  /** Null where no plan keeps the rules that the search never breaks. */
  readonly best: TimetableBest | null;
  /** Moves tried, by all runs. */
  readonly moves: number;
  /** Whether the work was cut short by the deadline or the signal. */
  readonly stoppedEarly: boolean;
}

const DEFAULT_SECONDS = 10;

/** @throws ProblemError BAD_SIZE for budgets that are none */
export async function searchTimetable(timetable: Timetable, options: TimetableSearchOptions): Promise<TimetableSearch> {
  const { platform, work, signal, seed = 0 } = options;
  requireBudget(options);
  const seconds = options.seconds ?? (work ? Number.POSITIVE_INFINITY : DEFAULT_SECONDS);
  const threads = options.threads ?? 1;
  const runs = Array.from({ length: work?.runs ?? threads }, (_, k) => k);
  const crews = Math.min(threads, runs.length);
  const deadline = platform.now() + seconds;
  const states = new Map<number, RunState>();
  const onProgress = (thread: number, state: RunState): void => {
    states.set(thread, state);
    if (!options.onProgress) return;
    const best = bestOf([...states.values()]);
    const fraction = [...states.values()].reduce((sum, one) => sum + one.fraction, 0) / crews;
    options.onProgress({ fraction: Math.min(1, fraction), bestEnergy: best && best.broken === 0 ? best.cost : null });
  };
  const here = (order: RunOrder, thread: number): Promise<RunState> =>
    workOrder(timetable, order, {
      now: platform.now,
      stopped: () => signal?.aborted === true,
      onProgress: (state) => onProgress(thread, state),
    });
  const ended = await Promise.all(
    Array.from({ length: crews }, async (_, thread) => {
      const order = (): RunOrder => ({
        ...{ seed, moves: work?.moves ?? null, seconds: deadline - platform.now() },
        runs: runs.filter((run) => run % crews === thread),
      });
      if (thread === 0) return here(order(), thread);
      const state = await inWorker(platform, timetable, order, signal, (progress) => onProgress(thread, progress));
      // A worker that died: its runs are made here, as far as there is time.
      return state ?? here(order(), thread);
    }),
  );
  return {
    best: bestOf(ended),
    moves: ended.reduce((sum, { moves }) => sum + moves, 0),
    stoppedEarly: signal?.aborted === true || ended.some(({ complete }) => work !== undefined && !complete),
  };
}

/** Ties go to the run with the lowest number, so that the answer does not depend on threads. */
function bestOf(states: readonly RunState[]): TimetableBest | null {
  let best: RunState['best'] = null;
  for (const { best: found } of states) {
    if (!found) continue;
    const wins = best === null || isBetter(found, best) || (!isBetter(best, found) && found.run < best.run);
    if (wins) best = found;
  }
  return best;
}

/** Null where the worker fails. */
function inWorker(
  platform: Platform,
  timetable: Timetable,
  order: () => RunOrder,
  signal: AbortSignal | undefined,
  onProgress: (state: RunState) => void,
): Promise<RunState | null> {
  // Sources end in .ts, published files in .js, and URLs are not rewritten by the compiler.
  const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  const worker = platform.createWorker(new URL(`./timetable-worker${ending}`, import.meta.url));
  const send = (request: WorkerRequest): void => worker.postMessage(request);
  const stop = (): void => send({ kind: 'stop' });
  const answer = new Promise<RunState | null>((resolve) => {
    worker.onError(() => resolve(null));
    worker.onMessage((message) => {
      const reply = message as WorkerReply;
      if (reply.kind === 'ready') send({ kind: 'work', timetable, order: order() });
      else if (reply.kind === 'done') resolve(reply.state);
      else onProgress(reply.state);
    });
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
  });
  return answer.finally(() => {
    signal?.removeEventListener('abort', stop);
    void worker.terminate();
  });
}

function requireBudget({ seconds, work, threads, seed }: TimetableSearchOptions): void {
  const require = (holds: boolean, expected: string, got: unknown): void => {
    if (holds) return;
    throw new ProblemError('BAD_SIZE', `searchTimetable: expected ${expected}, got ${String(got)}; correct it.`);
  };
  const counts = (value: number | undefined): boolean =>
    value === undefined || (Number.isSafeInteger(value) && value >= 1);
  require(seconds === undefined || seconds > 0, 'seconds above 0', seconds);
  require(counts(threads), 'threads, 1 or more', threads);
  require(counts(work?.runs), 'runs, 1 or more', work?.runs);
  require(counts(work?.moves), 'moves, 1 or more', work?.moves);
  require(seed === undefined || Number.isSafeInteger(seed), 'a whole number as seed', seed);
}
