/** What a rule costs: the same search with it and without it, by the same seed and budget. */
import { type PlanOptions, planSchedule, type ScheduleProgress } from '../planner.ts';
import type { SchedulePin, ScheduleResult, ScheduleState } from '../types.ts';

/** A rule that could be given up. Skills, languages, access needs and double booking are no such rules. */
export type ScheduleRuleName =
  | 'most-per-day'
  | 'most-per-week'
  | 'buffer'
  | 'level-width'
  | 'apart'
  | 'alone'
  | 'least-load'
  | 'most-load'
  | 'pins';

export interface RuleQuestion {
  readonly rule: ScheduleRuleName;
  /** For pins: the position of one in the state; absent: all. */
  readonly pin?: number;
}

export interface RulePrice {
  /** Points that the best plan found gains when the rule is given up; 0 or more but for what searches miss. */
  readonly price: number;
  readonly with: ScheduleResult;
  readonly without: ScheduleResult;
  /** The price lies between these, whatever searches miss; null where nothing is proved. */
  readonly between: readonly [least: number, most: number] | null;
}

const UNLIMITED = 10_000;

/** The state without the rule. */
export function withoutRule(state: ScheduleState, { rule, pin }: RuleQuestion): ScheduleState {
  const { learners, tutors, rules } = state;
  const keepsOther = (_: SchedulePin, k: number): boolean => pin !== undefined && k !== pin;
  const relaxed: Record<ScheduleRuleName, () => Partial<ScheduleState>> = {
    'most-per-day': () => ({ rules: { ...rules, mostPerDay: undefined } }),
    'most-per-week': () => ({ rules: { ...rules, mostPerWeek: undefined } }),
    buffer: () => ({ rules: { ...rules, bufferMinutes: undefined, travelMinutes: undefined } }),
    'level-width': () => ({ rules: { ...rules, levelWidth: 1 } }),
    apart: () => ({ learners: learners.map((each) => ({ ...each, apart: undefined })) }),
    alone: () => ({ learners: learners.map((each) => ({ ...each, company: undefined })) }),
    'least-load': () => ({ tutors: tutors.map((each) => ({ ...each, least: undefined })) }),
    'most-load': () => ({ tutors: tutors.map((each) => ({ ...each, most: UNLIMITED })) }),
    pins: () => ({ pins: state.pins?.filter(keepsOther) }),
  };
  return { ...state, ...relaxed[rule]() };
}

/**
 * Two searches with the same options; the second starts from what the first found, which keeps every rule left. `onProgress`
 * is told of both as one, each half of it.
 */
export async function priceOfRule(
  state: ScheduleState,
  question: RuleQuestion,
  options: Omit<PlanOptions, 'initial'> = {},
): Promise<RulePrice> {
  const { onProgress } = options;
  const half = (done: number) =>
    onProgress && ((now: ScheduleProgress) => onProgress({ ...now, fraction: (done + now.fraction) / 2 }));
  const kept = await planSchedule(state, { ...options, onProgress: half(0) });
  const initial = kept.plan.assignments;
  const free = await planSchedule(withoutRule(state, question), { ...options, initial, onProgress: half(1) });
  return {
    price: free.plan.objective - kept.plan.objective,
    ...{ with: kept, without: free },
    between:
      kept.bound === null || free.bound === null
        ? null
        : [Math.max(0, free.plan.objective - kept.bound), free.bound - kept.plan.objective],
  };
}
