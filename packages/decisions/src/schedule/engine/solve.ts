/**
 * The schedule engine: bound and prices first, then annealing with ejection chains, and beside it, where the model allows,
 * an exact solver that is handed in: for a proof, or, where that would be too large, to merge plans. The sequence of work
 * depends on the seed alone: a deadline or a work budget cuts it, and the answer is the best of what was done. Only a proof
 * that ends in time can end it sooner.
 */
import type { Solver } from '@qurriculum/problems';
import { createRandom } from '@qurriculum/random';
import type { ScheduleChoice, ScheduleModel } from '../model.ts';
import { type Annealer, annealSettings, createAnnealer, freshSettings } from './anneal.ts';
import { priceInTurns, type SchedulePrices, unpriced } from './bound.ts';
import { type EngineClock, type EngineClockOptions, startEngineClock } from './clock.ts';
import { coreRefusal } from './core.ts';
import { evaluateChoice } from './evaluate.ts';
import { layOut, type ScheduleLayout } from './layout.ts';
import { createMerger, isForMerging } from './merge.ts';
import { firstLevel, type Proof, proofLevel, startProof } from './proof.ts';

export interface EngineOptions extends EngineClockOptions {
  /** Ejection chains at most. Default: none where `seconds` is given, else 2,000 per request. */
  readonly work?: number;
  /** Same seed and work, same answer to the bit. Default 0. */
  readonly seed?: number;
  readonly onProgress?: (progress: EngineProgress) => void;
  /** A choice to start from; what of it breaks hard rules is left out. */
  readonly initial?: ScheduleChoice;
  /** Proves optimality where the model is within what a proof covers, and merges plans where the proof would be too large. */
  readonly exact?: Solver;
  /** False: prices are computed roughly, for calls that need no tight bound. Default true. */
  readonly bound?: boolean;
}

export interface EngineProgress {
  /** 0 to 1, of the work or of the time, whichever is further. */
  readonly fraction: number;
  readonly objective: number;
  /** Infinity until there is one. */
  readonly bound: number;
}

export interface EngineResult {
  readonly choice: ScheduleChoice;
  readonly objective: number;
  /** No choice that keeps the hard rules is worth more. */
  readonly bound: number;
  /** Proved: nothing is worth more, and no hard rule is broken. */
  readonly optimal: boolean;
  /** The deadline or a cancellation ended the work before its budget was done. */
  readonly stoppedEarly: boolean;
  /** Chains done. */
  readonly work: number;
}

/** The best choice so far: its value counts a penalty for every pin and least load that is not met. */
type Best = ReturnType<Annealer['best']>;

const CHAINS_PER_REQUEST = 2000;
/** Chains between two looks at the clock: some milliseconds. */
const BLOCK = 1024;
const ROUGH_ITERATIONS = 300;
const TOLERANCE = 1e-6;

/**
 * Searches a good choice. Pins and least loads that cannot be met are met as far as possible: `evaluateChoice` names what
 * is broken.
 * @throws RangeError for a budget that is no positive number; the signal's reason when it is aborted beforehand
 */
export async function solveModel(model: ScheduleModel, options: EngineOptions = {}): Promise<EngineResult> {
  requireBudget(options);
  options.signal?.throwIfAborted();
  const clock = startEngineClock(options);
  const layout = layOut(model);
  const random = createRandom(options.seed ?? 0);
  // An answer for any deadline, before the prices are there.
  const quick = createAnnealer(layout, unpriced(layout), random.fork('quick'), options.initial);
  const prices = await priceInTurns(layout, clock, options.bound === false ? ROUGH_ITERATIONS : undefined);
  const { exact, bound = true } = options;
  const merging = exact !== undefined && bound && isForMerging(layout, prices) ? exact : null;
  const settings = merging === null ? annealSettings : freshSettings;
  const annealer = createAnnealer(layout, prices, random.fork('anneal'), options.initial, settings);
  annealer.offer(quick.best().choice);
  return search(layout, prices, annealer, clock, { ...options, merging });
}

function requireBudget({ seconds, work }: EngineOptions): void {
  for (const [name, value] of [
    ['seconds', seconds],
    ['work', work],
  ] as const) {
    if (value !== undefined && !(value > 0)) {
      throw new RangeError(`solveModel: expected ${name} above 0, got ${value}; raise it or leave it out.`);
    }
  }
}

async function search(
  layout: ScheduleLayout,
  prices: SchedulePrices,
  annealer: Annealer,
  clock: EngineClock,
  options: EngineOptions & { readonly merging: Solver | null },
): Promise<EngineResult> {
  const { requestMost } = layout.model;
  const budget =
    options.work ??
    (options.seconds === undefined ? CHAINS_PER_REQUEST * requestMost.length : Number.POSITIVE_INFINITY);
  const best = (): Best => {
    const [own, merged] = [annealer.best(), merger?.best() ?? null];
    return merged !== null && merged.value > own.value ? { ...merged, missing: 0 } : own;
  };
  const closed = (): boolean => best().missing === 0 && best().value >= proof.bound() - TOLERANCE;
  const report = (): void =>
    options.onProgress?.({
      fraction: Math.max(clock.share(), annealer.chains() / budget),
      objective: best().value,
      bound: proof.bound(),
    });
  const { exact, merging, signal } = options;
  const proof = createProver(layout, prices, { annealer, best }, clock, exact);
  const merger = merging && createMerger({ layout, exact: merging, clock, report });
  let over = clock.over();
  while (!over && !closed() && annealer.chains() < budget) {
    annealer.run(Math.min(BLOCK, budget - annealer.chains()));
    proof.attend();
    await merger?.take(annealer.ended());
    over = await clock.turn(report);
  }
  if (!closed()) await merger?.settle();
  merger?.giveUp();
  over = clock.over();
  if (!over && !closed()) over = await proof.wait(closed, signal);
  proof.giveUp();
  const { choice } = best();
  const { objective, broken } = evaluateChoice(layout.model, choice);
  const optimal = broken.length === 0 && objective >= proof.bound() - TOLERANCE;
  return {
    choice,
    objective,
    bound: proof.bound(),
    optimal,
    stoppedEarly: !optimal && over,
    work: annealer.chains(),
  };
}

/** Chains per learner before a proof is begun, and between two tries: the better the value, the smaller the core. */
const CHAINS_BEFORE_PROOF = 400;

/**
 * Begins a proof when the search has come some way, and takes over what it finds. A proof looks for anything above a
 * level: at first as deep as is easy, then just below the bound, and twice as far from try to try. What
 * it finds above the level is the optimum; if there is nothing, the bound falls to the level.
 */
function createProver(
  layout: ScheduleLayout,
  prices: SchedulePrices,
  { annealer, best }: { readonly annealer: Annealer; readonly best: () => Best },
  clock: EngineClock,
  exact: Solver | undefined,
) {
  const pause = CHAINS_BEFORE_PROOF * layout.model.learners;
  const covered = exact !== undefined && coreRefusal(layout) === null;
  let next = covered ? pause : Number.POSITIVE_INFINITY;
  let proof: Proof | null = null;
  let { bound } = prices;
  let begun = 0;
  let refused = Number.NEGATIVE_INFINITY;
  const begin = (): void => {
    const { value, missing, choice } = best();
    next = annealer.chains() + pause;
    if (!covered || missing > 0) return;
    const deep = begun === 0 ? firstLevel(layout, prices, choice) : proofLevel(layout, bound, 2 ** (begun - 1));
    const level = Math.max(value, deep);
    begun++;
    // A core that was too large is larger still from a lower level on.
    if (level <= refused) return;
    proof = startProof({ layout, prices, level, choice, exact, seconds: clock.left() });
    if (proof === null) refused = level;
  };
  const take = (): void => {
    const answer = proof?.answer() ?? null;
    if (answer === null) return;
    bound = Math.min(bound, answer.bound);
    if (answer.choice) annealer.offer(answer.choice);
    proof = null;
    next = annealer.chains();
  };
  return {
    bound: () => bound,
    attend(): void {
      take();
      if (proof === null && annealer.chains() >= next) begin();
    },
    /** Proofs one after the other until one closes the gap or none can be begun; true when the time is up. */
    async wait(closed: () => boolean, signal: AbortSignal | undefined): Promise<boolean> {
      while (covered && !clock.over() && !closed()) {
        if (proof === null) begin();
        const running = proof as Proof | null;
        if (running === null) break;
        signal?.addEventListener('abort', running.giveUp, { once: true });
        await running.settled;
        signal?.removeEventListener('abort', running.giveUp);
        if (running.answer() === null) break;
        take();
      }
      return clock.over();
    },
    giveUp: (): void => proof?.giveUp(),
  };
}
