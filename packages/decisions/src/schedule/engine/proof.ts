/**
 * Proof of optimality by an exact solver on the core (`core.ts`), beside the search. Whatever is
 * worth more than the level of the proof lies in the core: above the level, its optimum is the true one.
 */
import type { Solver } from '@qurriculum/problems';
import type { ScheduleChoice } from '../model.ts';
import type { SchedulePrices } from './bound.ts';
import { coreOptions, coreRefusal, MOST_OPTIONS, solveCore } from './core.ts';
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

/** How far below the bound a proof looks for something better, as a share of it. */
const LEVEL_SHARE = 2.4e-4;
/** Cores up to this size take HiGHS hardly longer than the smallest, and a second proof takes as long as the first. */
const EASY_OPTIONS = 2050;
/** Depths of the first proof: cores grow with them. */
const FIRST_DEPTHS = [1, 1.5, 2, 3, 4];

/** The level of a proof, so many times `LEVEL_SHARE` below the bound; a whole number where all values are. */
export function proofLevel({ whole }: ScheduleLayout, bound: number, depth = 1): number {
  const level = bound - depth * LEVEL_SHARE * Math.abs(bound);
  return whole ? Math.floor(level) : level;
}

/** The level of the first proof: as deep as an easy core allows, so that the optimum lies above it, or else just below the bound. */
export function firstLevel(layout: ScheduleLayout, prices: SchedulePrices, choice: ScheduleChoice): number {
  let level = proofLevel(layout, prices.bound);
  for (const depth of FIRST_DEPTHS) {
    const deeper = proofLevel(layout, prices.bound, depth);
    if (coreOptions(layout, prices, deeper, choice).length > EASY_OPTIONS) break;
    level = deeper;
  }
  return level;
}

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
  const running = new AbortController();
  const search = solveCore({ exact, layout, options, choice, seconds, signal: running.signal });
  if (search === null) return null;
  let answer: ProofAnswer | null = null;
  const settled = search.then((found) => {
    if (found === null || found.bound === null) return;
    // Rounded up: what HiGHS calls optimal may be 1e-6 off.
    const bound = layout.whole ? Math.floor(found.bound + 1e-4) : found.bound;
    answer = { bound: Math.max(level, bound), choice: found.choice };
  });
  return { answer: () => answer, settled, giveUp: () => running.abort() };
}
