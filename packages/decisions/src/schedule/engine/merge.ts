/**
 * Merging of plans: an exact solver looks for the best choice among the options of several good ones, as tours are merged
 * (Cook and Seymour, "Tour merging via branch-decomposition", INFORMS Journal on Computing 15, 2003). Good plans agree on
 * most; where they differ, each is right somewhere, and what is best in each fits together far better than any of them.
 */
import type { Solver } from '@qurriculum/problems';
import type { ScheduleChoice } from '../model.ts';
import type { SchedulePrices } from './bound.ts';
import type { EngineClock } from './clock.ts';
import { coreOptions, coreRefusal, MOST_OPTIONS, solveCore } from './core.ts';
import { evaluateChoice } from './evaluate.ts';
import type { ScheduleLayout } from './layout.ts';
import { proofLevel } from './proof.ts';

/** Plans merged at once, besides the best so far: 3 of 700 sessions have some 1,800 options, solved in 2 to 4 seconds. */
export const PLANS_MERGED = 3;
/** Seconds kept back for reading the answer. */
const MARGIN = 0.05;

export interface Merged {
  readonly value: number;
  readonly choice: ScheduleChoice;
}

export interface Merger {
  /** The best of all that was taken in and merged so far; null before the first. */
  best(): Merged | null;
  /** Takes in plans. With enough of them the merge under way is waited for, and the next begins: whatever the speed, the same merges. */
  take(plans: readonly ScheduleChoice[]): Promise<void>;
  /** Waits for the merge under way, at most until the deadline. */
  settle(): Promise<void>;
  giveUp(): void;
}

/**
 * Whether merging is what the exact solver does best for a model: it covers the model, the proof's core would be too
 * large, and a merge's is not.
 */
export function isForMerging(layout: ScheduleLayout, prices: SchedulePrices): boolean {
  if (coreRefusal(layout) !== null) return false;
  const wanted = layout.model.requestMost.reduce((sum, most) => sum + most, 0);
  const offered = layout.model.tutorMost.reduce((sum, most) => sum + most, 0);
  if ((PLANS_MERGED + 1) * Math.min(wanted, offered) > MOST_OPTIONS) return false;
  return coreOptions(layout, prices, proofLevel(layout, prices.bound)).length > MOST_OPTIONS;
}

export interface MergerOptions {
  readonly layout: ScheduleLayout;
  readonly exact: Solver;
  readonly clock: EngineClock;
  /** Called while a merge is waited for. */
  readonly report: () => void;
}

export function createMerger({ layout, exact, clock, report }: MergerOptions): Merger {
  const running = new AbortController();
  let collected: ScheduleChoice[] = [];
  let best: Merged | null = null;
  let merge: Promise<unknown> | null = null;

  const offer = (choice: ScheduleChoice): void => {
    const { objective, broken } = evaluateChoice(layout.model, choice);
    if (broken.length === 0 && (best === null || objective > best.value)) best = { value: objective, choice };
  };
  const begin = (plans: readonly ScheduleChoice[]): Promise<unknown> | null => {
    for (const plan of plans) offer(plan);
    const seconds = clock.left() - MARGIN;
    if (best === null || !(seconds > 0)) return null;
    const { choice } = best;
    const options = Int32Array.from(new Set([choice, ...plans].flatMap((plan) => [...plan.options]))).sort();
    const { signal } = running;
    const search = solveCore({ exact, layout, options, choice, seconds, signal });
    return search?.then((found) => found?.choice && offer(found.choice)) ?? null;
  };
  const settle = async (): Promise<void> => {
    if (merge !== null) await clock.wait(merge, report);
    merge = null;
  };
  return {
    best: () => best,
    async take(plans) {
      collected.push(...plans);
      if (collected.length < PLANS_MERGED) return;
      const next = collected;
      collected = [];
      await settle();
      if (!clock.over()) merge = begin(next);
    },
    settle,
    giveUp: () => running.abort(),
  };
}
