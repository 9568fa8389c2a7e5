/**
 * Works off a series of batches on the calling thread and, with more threads, on workers beside it. Results are taken in
 * the order of their numbers: with a work budget the answer is the same to the bit for any number of threads. At a
 * deadline every batch that a thread worked on counts, also those behind one that was cut: each is a prefix of its own
 * sequence, and nothing that was found is lost.
 */
import type { BinaryQuadraticModel, Platform, SolveOptions } from '@qurriculum/problems';
import { siblingModule } from '../platform/sibling-module.ts';
import { inTurns, type SolveClock } from '../solve-clock.ts';
import type { BatchOrder, BatchResult, OpenBatches } from './batches.ts';
import { type Crew, type CrewPool, createCrewPool } from './crew.ts';

/** Seconds that workers have to answer after the end before they are ended: two of their slices. */
const GRACE_SECONDS = 0.03;

export interface BatchSeries<Parameters> {
  /** Its name in `programs.ts`, and what stands there. */
  readonly program: string;
  readonly open: OpenBatches<Parameters>;
  readonly spin: BinaryQuadraticModel;
  readonly parameters: Parameters;
  readonly reads: number;
  /** Spins that reads begin with, by the number of the read. */
  readonly starts: readonly Int32Array[];
  readonly clock: SolveClock;
  /** Gets results in order; awaited before the next one. */
  onBatch(result: BatchResult): void | Promise<void>;
  /** Gets reads done (with parts) and the best energy so far; answers whether to stop. */
  turn(reads: number, bestEnergy: number): Promise<boolean>;
}

export interface BatchesDone {
  /** Work, added up over all batches that count. */
  readonly work: number;
  readonly reads: number;
  /** Whether the series was ended before its last batch was whole. */
  readonly cut: boolean;
  readonly info: Readonly<Record<string, string | number>>;
}

export interface BatchRuns {
  run<Parameters>(series: BatchSeries<Parameters>, options: SolveOptions): Promise<BatchesDone>;
}

/** Runs series of batches; keeps its workers between them. */
export function createBatchRuns(platform: Platform): BatchRuns {
  const pool = createCrewPool(platform, () => siblingModule('./batch-worker', import.meta.url));
  return { run: (series, options) => runSeries(platform, pool, series, options) };
}

/** Which orders are taken, and which results are in. */
interface Ledger {
  claim(wanted: number): BatchOrder[];
  giveBack(orders: readonly BatchOrder[]): void;
  /** Takes a result in; what is next in order is due then. */
  enter(number: number, result: BatchResult): void;
  /** Passes on what is due. */
  pass(): Promise<void>;
  /** After the last batch of all threads: passes on what is in, gaps or not. */
  close(): Promise<void>;
  /** The number of the batch that is due next. */
  next(): number;
  /** Reads and work in order so far, the best energy among them, and whether one of them was cut short. */
  readonly sums: { reads: number; work: number; best: number; cut: boolean };
}

function createLedger(series: BatchSeries<never>, readsPerBatch: number, threads: number): Ledger {
  const count = Math.ceil(series.reads / readsPerBatch);
  const results = new Map<number, BatchResult>();
  const due: BatchResult[] = [];
  const returned: BatchOrder[] = [];
  const sums = { reads: 0, work: 0, best: Number.POSITIVE_INFINITY, cut: false };
  let fresh = 0;
  let next = 0;
  const orderOf = (number: number): BatchOrder => {
    const first = number * readsPerBatch;
    const reads = Math.min(readsPerBatch, series.reads - first);
    return { number, reads, starts: series.starts.slice(first, first + reads) };
  };
  const readsOf = (number: number): number => Math.min(readsPerBatch, series.reads - number * readsPerBatch);
  const fall = (number: number, result: BatchResult): void => {
    results.delete(number);
    sums.reads += readsOf(number);
    sums.work += result.work;
    sums.best = Math.min(sums.best, result.energy);
    sums.cut ||= !result.complete;
    due.push(result);
  };
  const pass = async (): Promise<void> => {
    for (let result = due.shift(); result; result = due.shift()) await series.onBatch(result);
  };
  return {
    sums,
    next: () => next,
    claim(wanted) {
      if (returned.length > 0) return returned.splice(0, 1);
      // The last batches are handed out one by one, so that all threads end together.
      const fair = Math.max(1, Math.min(wanted, Math.floor((count - fresh) / (2 * threads))));
      const taken = Math.min(fair, count - fresh);
      return Array.from({ length: taken }, () => orderOf(fresh++));
    },
    giveBack(orders) {
      returned.push(...orders);
      returned.sort((a, b) => a.number - b.number);
    },
    enter(number, result) {
      results.set(number, result);
      for (let ready = results.get(next); ready; ready = results.get(next)) fall(next++, ready);
    },
    pass,
    close() {
      for (const [number, result] of [...results].sort(([a], [b]) => a - b)) fall(number, result);
      return pass();
    },
  };
}

async function runSeries<Parameters>(
  platform: Platform,
  pool: CrewPool,
  series: BatchSeries<Parameters>,
  options: SolveOptions,
): Promise<BatchesDone> {
  const runner = await inTurns(series.open(series.spin, series.parameters), series.clock, options);
  const batches = Math.ceil(series.reads / runner.readsPerBatch);
  const threads = Math.min(options.threads ?? 1, batches);
  const ledger = createLedger(series as unknown as BatchSeries<never>, runner.readsPerBatch, threads);
  const crew = threads > 1 ? gatherCrew(pool, series, ledger, threads) : null;
  let over = false;
  const turn = (number: number, share: number, energy: number): Promise<boolean> => {
    const { reads, best } = ledger.sums;
    // What a later batch has found does not count before its turn has come.
    const mine = number === ledger.next();
    return series.turn(reads + (mine ? share * runner.readsPerBatch : 0), mine ? Math.min(best, energy) : best);
  };
  for (;;) {
    crew?.feed();
    const [order] = ledger.claim(1);
    if (order) {
      const result = await runner.run(order, (share, energy) => turn(order.number, share, energy));
      ledger.enter(order.number, result);
      over = !result.complete || series.clock.over();
    } else if (crew && crew.outstanding() > 0) {
      over = await waitForCrew(platform, crew, series, options, () => turn(ledger.next(), 0, Number.POSITIVE_INFINITY));
    } else break;
    await ledger.pass();
    if (over) break;
  }
  if (crew) {
    if (over) await stopCrew(platform, crew);
    crew.dismiss();
  }
  await ledger.close();
  const { reads, work } = ledger.sums;
  return { work, reads, cut: ledger.sums.cut || reads < series.reads, info: runner.info };
}

function gatherCrew<Parameters>(
  pool: CrewPool,
  { program, spin, parameters, clock }: BatchSeries<Parameters>,
  ledger: Ledger,
  threads: number,
): Crew {
  return pool.gather(threads - 1, {
    program,
    // Labels mean nothing there, and there may be a million of them.
    spin: { ...spin, variables: [] },
    parameters,
    claim: ledger.claim,
    giveBack: ledger.giveBack,
    onResult: ledger.enter,
    secondsLeft: clock.left,
  });
}

/** Until a worker has answered, the time is up or the call is cancelled. */
async function waitForCrew<Parameters>(
  platform: Platform,
  crew: Crew,
  { clock }: BatchSeries<Parameters>,
  { signal }: SolveOptions,
  turn: () => Promise<boolean>,
): Promise<boolean> {
  const ended = new AbortController();
  const giveUp = (): void => ended.abort();
  signal?.addEventListener('abort', giveUp, { once: true });
  const timeUp = clock.left() === Number.POSITIVE_INFINITY ? 1e6 : clock.left();
  const waiting = platform.wait(timeUp, ended.signal).catch(() => {});
  await Promise.race([crew.change(), waiting]);
  ended.abort();
  signal?.removeEventListener('abort', giveUp);
  return turn();
}

/** Lets workers answer with what they have, for a moment. */
async function stopCrew(platform: Platform, crew: Crew): Promise<void> {
  crew.stop();
  const ended = new AbortController();
  const grace = platform.wait(GRACE_SECONDS, ended.signal).then(
    () => true,
    () => true,
  );
  while (crew.outstanding() > 0) {
    if (await Promise.race([crew.change().then(() => false), grace])) break;
  }
  ended.abort();
}
