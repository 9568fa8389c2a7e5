/** A plan for a state: compiled, searched, bounded, proved where that is possible, checked, and unmet demand explained. */
import type { Solver } from '@qurriculum/problems';
import { greedyChoice } from './baselines.ts';
import { type CompiledSchedule, compileSchedule } from './compile/compile.ts';
import { priceInTurns } from './engine/bound.ts';
import { startEngineClock } from './engine/clock.ts';
import { layOut } from './engine/layout.ts';
import { solveModel } from './engine/solve.ts';
import type { ScheduleAssignment, SchedulePlan, ScheduleResult, ScheduleState } from './types.ts';
import { unmetDemand } from './unmet.ts';
import { validateSchedule } from './validate/validate.ts';

export interface PlanOptions {
  /** Wall time of the search, proof included. Default 10 unless `work` is given. */
  readonly seconds?: number;
  /** Ejection chains: the same seed and work give the same plan. */
  readonly work?: number;
  /** Default 0. */
  readonly seed?: number;
  readonly signal?: AbortSignal;
  /** `fraction` of the time or work; the best plan's value and the bound so far. */
  readonly onProgress?: (progress: ScheduleProgress) => void;
  /** Awaited between slices of work, some 20 ms apart. */
  readonly onSlice?: () => Promise<void>;
  /** Where to start: a plan that people have. */
  readonly initial?: readonly ScheduleAssignment[];
  /** False: only a rough bound, for calls that must be quick. Default true. */
  readonly bound?: boolean;
  /** An exact solver, for the proof, and to merge plans where that would be too large. */
  readonly exact?: Solver;
}

export interface ScheduleProgress {
  readonly fraction: number;
  readonly objective: number | null;
  readonly bound: number | null;
}

const DEFAULT_SECONDS = 10;

/**
 * @param state a state that `requireState` takes.
 * @throws ScheduleError BAD_PINS; the signal's reason when it is cancelled before there is a plan.
 */
export async function planSchedule(state: ScheduleState, options: PlanOptions = {}): Promise<ScheduleResult> {
  const compiled = compileSchedule(state);
  const { offset } = compiled;
  const plain = (bound: number | null | undefined): number | null =>
    bound === null || bound === undefined || !Number.isFinite(bound) ? null : bound + offset;
  const { onProgress, initial, ...rest } = options;
  const found = await solveModel(compiled.model, {
    ...rest,
    seconds: options.seconds ?? (options.work === undefined ? DEFAULT_SECONDS : undefined),
    initial: initial && compiled.choiceOf(initial),
    onProgress:
      onProgress &&
      (({ fraction, objective, bound }) => onProgress({ fraction, objective: plain(objective), bound: plain(bound) })),
  });
  const plan =
    initial === undefined ? notBelowGreedy(compiled, compiled.planOf(found.choice)) : compiled.planOf(found.choice);
  return {
    ...{ plan, bound: plain(found.bound), optimal: found.optimal },
    violations: validateSchedule(state, plan),
    unmet: unmetDemand(compiled, plan.assignments),
    ...{ stoppedEarly: found.stoppedEarly, work: found.work },
  };
}

/** Beyond this many options the rule of thumb takes longer than it is worth. */
const MOST_GREEDY_OPTIONS = 200_000;

/** A search cut very short can be behind the rule of thumb: then that is the plan. */
function notBelowGreedy({ state, model, planOf }: CompiledSchedule, plan: SchedulePlan): SchedulePlan {
  if (model.optionTutor.length > MOST_GREEDY_OPTIONS) return plan;
  const greedy = planOf(greedyChoice(model));
  return greedy.objective > plan.objective && validateSchedule(state, greedy).length === 0 ? greedy : plan;
}

export interface BoundOptions {
  /** Wall time. Default 1; what was found by then holds. */
  readonly seconds?: number;
  /** Steps of the prices at most: the same steps within the time give the same bound. Default 4,000. */
  readonly iterations?: number;
  readonly signal?: AbortSignal;
  /** Awaited between slices of work, some 20 ms apart. */
  readonly onSlice?: () => Promise<void>;
}

const DEFAULT_BOUND_SECONDS = 1;

/**
 * What no plan of a state that keeps every rule can be worth more than, change from what is published counted in. No
 * search: for plans that people changed by hand, or that a repair gave.
 * @param state a state that `requireState` takes.
 * @throws ScheduleError BAD_PINS; the signal's reason when it is cancelled.
 */
export async function boundOf(state: ScheduleState, options: BoundOptions = {}): Promise<number> {
  const { seconds = DEFAULT_BOUND_SECONDS, iterations, signal, onSlice } = options;
  signal?.throwIfAborted();
  const { model, offset } = compileSchedule(state);
  const { bound } = await priceInTurns(layOut(model), startEngineClock({ seconds, signal, onSlice }), iterations);
  signal?.throwIfAborted();
  return bound + offset;
}

/** How far a plan may be from the best, as a share of its value; null where nothing is proved. */
export function scheduleGap({
  plan,
  bound,
}: {
  readonly plan: SchedulePlan;
  readonly bound: number | null;
}): number | null {
  return bound === null ? null : Math.max(0, bound - plan.objective) / Math.max(1, Math.abs(plan.objective));
}
