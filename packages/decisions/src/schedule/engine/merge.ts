/**
 * Merging of plans: an exact solver looks for the best choice among the options of several good ones, as tours are merged
 * (Cook and Seymour, "Tour merging via branch-decomposition", INFORMS Journal on Computing 15, 2003). Good plans agree on
 * most; where they differ, each is right somewhere, and what is best in each fits together far better than any of them.
 */
import type { SampleSet, Solver } from '@qurriculum/problems';
import type { ScheduleChoice } from '../model.ts';
import type { SchedulePrices } from './bound.ts';
import type { EngineClock } from './clock.ts';
import { coreOptions, coreRefusal, createCore } from './core.ts';
import { evaluateChoice } from './evaluate.ts';
import type { ScheduleLayout } from './layout.ts';
import { MOST_OPTIONS, proofLevel } from './proof.ts';

/** Plans merged at once, besides the best so far: 3 of 700 sessions have some 1,800 options, solved in 2 to 4 seconds. */
export const PLANS_MERGED = 3;
/** Seconds kept back for reading the answer. */
const MARGIN = 0.05;
/** Seconds of one merge where there is no deadline. */
const MOST_SECONDS = 60;

export interface Merged {
  readonly value: number;
  readonly choice: ScheduleChoice;
}

export interface Merger {
  /** The best of all merges so far; null before the first answer. */
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
  const nothing: ScheduleChoice = { options: new Int32Array(0), rooms: new Int32Array(0) };
  return coreOptions(layout, prices, proofLevel(layout, prices.bound), nothing).length > MOST_OPTIONS;
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
  let merge: Promise<void> | null = null;

  const offer = (choice: ScheduleChoice): void => {
    const { objective, broken } = evaluateChoice(layout.model, choice);
    if (broken.length === 0 && (best === null || objective > best.value)) best = { value: objective, choice };
  };
  const begin = (plans: readonly ScheduleChoice[]): Promise<void> | null => {
    for (const plan of plans) offer(plan);
    const seconds = Math.min(clock.left() - MARGIN, MOST_SECONDS);
    if (best === null || !(seconds > 0)) return null;
    const start = best.choice;
    const options = [...new Set([start, ...plans].flatMap((plan) => [...plan.options]))].sort((a, b) => a - b);
    const core = createCore(layout, Int32Array.from(options));
    if (exact.refuses(core.cqm) !== null) return null;
    const read = ({ samples }: SampleSet): void => {
      const found = samples.find(({ feasible }) => feasible);
      if (found) offer(core.decode(found.values));
    };
    const { signal } = running;
    // A merge that fails or is given up leaves what there is.
    return exact.solve(core.cqm, { seconds, signal, initial: [core.encode(start)] }).then(read, () => {});
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
