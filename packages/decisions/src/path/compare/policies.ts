/**
 * The policies of the comparison: the baselines, and the planner that formulates, searches and takes the first session.
 */
import { type BaselineName, planWithBaseline } from '../baselines.ts';
import { planBySearch } from '../planner.ts';
import { scopeOf } from '../scope.ts';
import type { PathPlan } from '../types.ts';
import { type BaselineSettings, baselineSettings, type PlannerSettings, plannerSettings } from '../weights.ts';
import type { PathPolicy } from './episode.ts';

export type PolicyName = BaselineName | 'planner';

export const policyNames: readonly PolicyName[] = [
  'planner',
  'greedy',
  'fringe',
  'weakest-first',
  'course-order',
  'random',
];

/** A policy by name with the tuned settings; `seed` feeds its own chance (search, lots). */
export function createPolicy(name: PolicyName, seed: number): PathPolicy {
  return name === 'planner' ? plannerPolicy(plannerSettings, seed) : baselinePolicy(name, baselineSettings[name], seed);
}

/** The first session of a baseline's plan. */
export function baselinePolicy(name: BaselineName, settings: BaselineSettings, seed: number): PathPolicy {
  return (state, session) =>
    firstSession(planWithBaseline(name, scopeOf({ ...state, sessions: 1 }), settings, seed + session));
}

/** The first session of the planner's plan. */
export function plannerPolicy(settings: PlannerSettings, seed: number): PathPolicy {
  return (state, session) => firstSession(planBySearch(state, settings, seed + session));
}

function firstSession(plan: PathPlan): readonly number[] {
  return plan.sessions[0].steps.map(({ skill }) => skill);
}
