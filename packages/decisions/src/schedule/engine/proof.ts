/**
 * Proof of optimality by an exact solver on the core (`core.ts`), beside the search. Whatever is
 * worth more than the level of the proof lies in the core: above the level, its optimum is the true one.
 */
import type { SampleSet, Solver } from '@qurriculum/problems';
import type { ScheduleChoice } from '../model.ts';
import type { SchedulePrices } from './bound.ts';
import { coreOptions, coreRefusal, createCore } from './core.ts';
import type { ScheduleLayout } from './layout.ts';

export interface ProofAnswer {
  /** No choice is worth more. */
  readonly bound: number;
  /** The best of the core, if one was found. */
  readonly choice: ScheduleChoice | null;
}

export interface Proof {
  /** The answer, once it is there. */
  answer(): ProofAnswer | null;
  /** Resolves when it is, or when the proof failed or was given up. */
  readonly settled: Promise<void>;
  giveUp(): void;
}

/** HiGHS as WebAssembly solves cores of 5,000 options in seconds and died of 8,168. */
export const MOST_OPTIONS = 6000;
/** How far below the bound a proof looks for something better, as a share of it. */
const LEVEL_SHARE = 2.4e-4;
/** Cores up to this size take HiGHS hardly longer than the smallest, and a second proof takes as long as the first. */
const EASY_OPTIONS = 2050;
/** Depths of the first proof, deepest first. */
const FIRST_DEPTHS = [4, 3, 2, 1.5];

/** The level of a proof, so many times `LEVEL_SHARE` below the bound; a whole number where all values are. */
export function proofLevel({ whole }: ScheduleLayout, bound: number, depth = 1): number {
  const level = bound - depth * LEVEL_SHARE * Math.abs(bound);
  return whole ? Math.floor(level) : level;
}

/** The level of the first proof: as deep as an easy core allows, so that the optimum lies above it, or else just below the bound. */
export function firstLevel(layout: ScheduleLayout, prices: SchedulePrices, choice: ScheduleChoice): number {
  const depth = FIRST_DEPTHS.find(
    (each) => coreOptions(layout, prices, proofLevel(layout, prices.bound, each), choice).length <= EASY_OPTIONS,
  );
  return proofLevel(layout, prices.bound, depth);
}

/** Seconds where there is no deadline. */
const MOST_SECONDS = 60;

export interface ProofStart {
  readonly layout: ScheduleLayout;
  readonly prices: SchedulePrices;
  /** Only choices worth more are looked for. */
  readonly level: number;
  /** The best known, to start from. */
  readonly choice: ScheduleChoice;
  readonly exact: Solver;
  /** Seconds that are left; may be infinite. */
  readonly seconds: number;
}

/** Starts a proof; null where the model is beyond what a proof covers, or its core is too large for now. */
export function startProof({ layout, prices, level, choice, exact, seconds }: ProofStart): Proof | null {
  if (coreRefusal(layout) !== null || !(seconds > 0)) return null;
  const options = coreOptions(layout, prices, level, choice);
  if (options.length === 0 || options.length > MOST_OPTIONS) return null;
  const core = createCore(layout, options);
  if (exact.refuses(core.cqm) !== null) return null;
  const running = new AbortController();
  let answer: ProofAnswer | null = null;
  const read = (set: SampleSet): void => {
    const best = set.samples.find(({ feasible }) => feasible);
    if (set.lowerBound === null || set.status === 'infeasible') return;
    // Rounded up: what HiGHS calls optimal may be 1e-6 off.
    const bound = layout.whole ? Math.floor(-set.lowerBound + 1e-4) : -set.lowerBound;
    answer = { bound: Math.max(level, bound), choice: best ? core.decode(best.values) : null };
  };
  const settled = exact
    .solve(core.cqm, {
      seconds: Math.min(seconds, MOST_SECONDS),
      signal: running.signal,
      initial: [core.encode(choice)],
    })
    .then(read)
    // A proof that fails or is given up leaves the search's answer and bound as they are.
    .catch(() => {});
  return { answer: () => answer, settled, giveUp: () => running.abort() };
}
