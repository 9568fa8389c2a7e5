/**
 * The clock of one solve: deadline, cancellation, progress and cost, the same for every solver that runs here. Work runs
 * in slices; between slices the event loop gets a turn, so that cancelling and other requests are heard.
 */
import { nextTurn, type Steps } from '@qurriculum/kernels';
import {
  type Platform,
  type Problem,
  ProblemError,
  requireSample,
  type SolveCost,
  type SolveOptions,
  type Solver,
} from '@qurriculum/problems';

/** Seconds of work between two turns of the event loop: short enough for a server that also answers requests. */
export const SLICE_SECONDS = 0.02;

export interface SolveClock {
  /** True once the deadline has passed or the signal was aborted. Reads a clock: not for the innermost loop. */
  over(): boolean;
  /** Seconds since the start. */
  elapsed(): number;
  /** Seconds left to the deadline; infinite without one. */
  left(): number;
  /**
   * To be called between slices with the share of the work done (0 to 1) and the best feasible energy so far: reports
   * progress and, when a slice is over, lets the event loop turn. Returns `over()`. A proved lower bound is told, too.
   */
  turn(fraction: number, bestEnergy: number | null, lowerBound?: number | null): Promise<boolean>;
  /** Wall and CPU seconds since the start. */
  cost(): SolveCost;
}

/** Starts the clock of a solve. */
export function startClock(platform: Platform, options: SolveOptions): SolveClock {
  const started = platform.now();
  const cpuStarted = platform.cpuSeconds();
  const deadline = started + (options.seconds ?? Number.POSITIVE_INFINITY);
  let lastTurn = started;
  let reached = 0;
  let best: number | null = null;
  let proved: number | null = null;
  const over = (): boolean => options.signal?.aborted === true || platform.now() >= deadline;
  const report = (fraction: number, bestEnergy: number | null, lowerBound: number | null): void => {
    const byTime = options.seconds ? (platform.now() - started) / options.seconds : 0;
    reached = Math.max(reached, Math.min(1, Math.max(fraction, byTime)));
    if (bestEnergy !== null && bestEnergy < Number.POSITIVE_INFINITY)
      best = best === null ? bestEnergy : Math.min(best, bestEnergy);
    if (lowerBound !== null) proved = proved === null ? lowerBound : Math.max(proved, lowerBound);
    options.onProgress?.({ fraction: reached, bestEnergy: best, lowerBound: proved });
  };
  return {
    over,
    elapsed: () => platform.now() - started,
    left: () => deadline - platform.now(),
    async turn(fraction, bestEnergy, lowerBound = null) {
      if (platform.now() - lastTurn >= SLICE_SECONDS) {
        report(fraction, bestEnergy, lowerBound);
        await (options.onSlice ?? nextTurn)();
        lastTurn = platform.now();
      } else if (fraction >= 1) report(1, bestEnergy, lowerBound);
      return over();
    },
    cost() {
      const wallSeconds = platform.now() - started;
      const cpu = platform.cpuSeconds();
      const cpuSeconds = cpu === null || cpuStarted === null ? wallSeconds : cpu - cpuStarted;
      return { wallSeconds, cpuSeconds, queueSeconds: 0, qpuSeconds: 0, money: null };
    },
  };
}

/**
 * Does the steps of setting up, with turns of the event loop in between.
 * @throws the signal's reason when the call is cancelled: there is no answer yet
 */
export async function inTurns<Result>(
  steps: Steps<Result>,
  clock: SolveClock,
  { signal }: Pick<SolveOptions, 'signal'>,
): Promise<Result> {
  for (;;) {
    await clock.turn(0, null);
    signal?.throwIfAborted();
    const { done, value } = steps.next();
    if (done) {
      await clock.turn(0, null);
      signal?.throwIfAborted();
      return value;
    }
  }
}

/**
 * The same where there is an answer already: null when the time is up or the call is cancelled on the way. The steps are
 * then closed where they are.
 */
export async function inTurnsUntilOver<Result>(steps: Steps<Result>, clock: SolveClock): Promise<Result | null> {
  for (;;) {
    if (await clock.turn(0, null)) {
      steps.return(undefined as Result);
      return null;
    }
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * Throws what `solve` must throw before it starts: a refused problem, a bad budget, seed or start, a cancelled call.
 * @throws ProblemError REFUSED, BAD_SIZE or BAD_SAMPLE; the signal's reason
 */
export function requireSolvable(
  solver: Pick<Solver, 'name' | 'refuses'>,
  problem: Problem,
  options: SolveOptions,
): void {
  const reason = solver.refuses(problem);
  if (reason !== null) {
    throw new ProblemError(
      'REFUSED',
      `${solver.name}: expected a problem it can take, got one refused (${reason}); choose another solver.`,
    );
  }
  if (options.seconds !== undefined && !(options.seconds > 0)) {
    throw new ProblemError(
      'BAD_SIZE',
      `${solver.name}: expected a time above 0 seconds, got ${options.seconds}; raise it or leave it out.`,
    );
  }
  if (options.seed !== undefined && !Number.isSafeInteger(options.seed)) {
    throw new ProblemError(
      'BAD_SIZE',
      `${solver.name}: expected a whole number as seed, got ${options.seed}; correct it or leave it out.`,
    );
  }
  for (const [k, start] of (options.initial ?? []).entries())
    requireSample(problem, start, `${solver.name} start ${k}`);
  options.signal?.throwIfAborted();
}

/**
 * The work budget with defaults filled in: whole numbers of at least 1.
 * @throws ProblemError BAD_SIZE for unknown keys and bad numbers.
 */
export function readWork<Key extends string>(
  solver: string,
  work: SolveOptions['work'],
  defaults: Readonly<Record<Key, number>>,
): Record<Key, number> {
  const keys = Object.keys(defaults);
  for (const [key, value] of Object.entries(work ?? {})) {
    if (!keys.includes(key) || !(Number.isInteger(value) && value >= 1)) {
      throw new ProblemError(
        'BAD_SIZE',
        `${solver}: expected a work budget of whole numbers for ${keys.join(', ') || 'nothing'}, got ${key} = ${value}; correct it.`,
      );
    }
  }
  return { ...defaults, ...work } as Record<Key, number>;
}

/** More reads than any run will do: for a deadline without a work budget. */
const UNLIMITED_READS = 2 ** 31 - 1;

/** Whether a time is all that bounds the work: solvers then go on until it is over. */
export function onlyTimeGiven({ seconds, work }: SolveOptions): boolean {
  return seconds !== undefined && work === undefined;
}

/** The default reads of an annealer, or as many as the time allows when only a time is given. */
export function defaultReads(options: SolveOptions, reads: number): number {
  return onlyTimeGiven(options) ? UNLIMITED_READS : reads;
}
