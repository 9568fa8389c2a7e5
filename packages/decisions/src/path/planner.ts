/**
 * The planner: chooses goals when there is a deadline, formulates the coming sessions, and searches. `poseState` stops
 * before the search, for callers that hand the problem to a solver of their own.
 */
import { createRandom } from '@qurriculum/random';
import { type FormulateOptions, formulateScope, type PathFormulation } from './formulate.ts';
import { chooseGoals } from './goals.ts';
import { goalsOf, scopeOf } from './scope.ts';
import { searchPlan } from './search.ts';
import type { PathPlan, PathState } from './types.ts';
import { type PlannerSettings, plannerSettings } from './weights.ts';

/** Poses a state's problem: goals that fit, defaults, candidates, coefficients, rows. */
export function poseState(
  state: PathState,
  options: FormulateOptions & { readonly loadCap?: number } = {},
): PathFormulation {
  const all = goalsOf(state);
  const choice = state.deadlineSessions === undefined ? null : chooseGoals(state, all);
  const sessions = Math.max(
    1,
    Math.min(state.sessions ?? plannerSettings.sessions, state.deadlineSessions ?? Infinity),
  );
  const loadCap = state.loadCap ?? options.loadCap ?? plannerSettings.loadCap;
  const scope = scopeOf({ ...state, sessions, loadCap }, choice?.chosen ?? all);
  return formulateScope(scope, { ...options, goalsLeftOut: choice?.leftOut.map(({ skill }) => skill) ?? [] });
}

/** Poses and searches with the native search: what the policy `planner` does, in a few milliseconds. */
export function planBySearch(state: PathState, settings: PlannerSettings = plannerSettings, seed = 0): PathPlan {
  const formulation = poseState(
    { ...state, sessions: state.sessions ?? settings.sessions },
    { weights: settings, limits: settings.limits, loadCap: settings.loadCap },
  );
  const { values } = searchPlan(formulation.problem, {
    sweeps: settings.sweeps,
    random: createRandom(seed),
    initial: formulation.initial,
    groups: formulation.activities.map(({ session }) => session),
  });
  return formulation.decode(values);
}
