/** Weights and rules of a state, defaults filled in. */
import type { ScheduleRules, ScheduleState, ScheduleWeights } from './types.ts';

/** Gains and costs count as they are; what else counts, the institution says. */
const WEIGHTS: ScheduleWeights = { gain: 1, cost: 1, continuity: 0, load: 0, access: 0, spread: 0, change: 0 };

export function scheduleWeights(state: ScheduleState): ScheduleWeights {
  return withDefaults(WEIGHTS, state.weights);
}

const RULES = {
  ...{ mostPerDay: Number.POSITIVE_INFINITY, mostPerWeek: Number.POSITIVE_INFINITY, bufferMinutes: 0 },
  ...{ travelMinutes: [], groupShare: [1, 0.9, 0.8, 0.7], levelWidth: 0.25 },
} satisfies ScheduleRules;

export function scheduleRules(state: ScheduleState): Required<ScheduleRules> {
  return withDefaults<Required<ScheduleRules>>(RULES, state.rules);
}

/** What is not given, or given as undefined, is the default. */
function withDefaults<T extends object>(defaults: T, given: Partial<T> = {}): T {
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(set) };
}
