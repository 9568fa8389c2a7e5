/**
 * A path state as a constrained quadratic model. One binary variable per (activity, session); minimised is minus the
 * rise of `Phi` (effects.ts) by finite differences:
 *
 *   a(i, s) = discount^s (Phi after i in s - Phi),   q(v, w) = f(v and w) - f(v) - f(w),
 *
 * pairs only where they act on each other: one skill in two sessions (spacing, diminishing returns), a prerequisite
 * not after its skill (unlocking), confusable or related skills inside a session. Hard rows: minutes, load,
 * prerequisites, people's pins (skips are variables that do not exist).
 */
import { expectedMastery } from '@qurriculum/learner';
import {
  type ConstrainedQuadraticModel,
  type CqmVariable,
  cqmEnergy,
  type LinearConstraint,
} from '@qurriculum/problems';
import type { Formulation } from '../decision.ts';
import { type Activity, type Candidates, chooseCandidates } from './candidates.ts';
import { createEffects, type Effects, type Practice } from './effects.ts';
import { assemblePlan } from './plan.ts';
import { activityLoad, type PathScope, skillValues } from './scope.ts';
import type { PathPlan } from './types.ts';
import { type CandidateLimits, candidateLimits, plannerWeights, type ValueWeights } from './weights.ts';

export interface FormulateOptions {
  readonly weights?: ValueWeights;
  readonly limits?: CandidateLimits;
  /** Skills (numbers in the state's graph) that are candidates whatever their gain, as far as they are in the scope. */
  readonly also?: readonly number[];
  /** Goals (numbers in the state's graph) that were left aside beforehand; the plan repeats them. */
  readonly goalsLeftOut?: readonly number[];
}

export interface PathFormulation extends Formulation<PathPlan> {
  readonly problem: ConstrainedQuadraticModel;
  readonly scope: PathScope;
  /** What each variable stands for. */
  readonly activities: readonly Activity[];
}

/** Poses a scope's planning problem. The energy of a sample is minus the value of its plan. */
export function formulateScope(scope: PathScope, options: FormulateOptions = {}): PathFormulation {
  const weights = options.weights ?? plannerWeights;
  const values = skillValues(scope, weights);
  const endDay = scope.beliefs.day + (scope.sessions - 1) * scope.daysBetween + weights.lookAheadDays;
  const effects = createEffects(scope, values, weights, endDay);
  const candidates = chooseCandidates(scope, weights, options.limits ?? candidateLimits, effects, options.also);
  const { activities } = candidates;
  const objective = createObjective(scope, weights, effects, activities);
  const problem: ConstrainedQuadraticModel = {
    type: 'cqm',
    variables: activities.map(({ skill, session }): CqmVariable => {
      const name = `session ${session + 1}: ${scope.graph.skills[skill].id}`;
      return { name, kind: 'BINARY', lower: 0, upper: 1 };
    }),
    ...objective,
    offset: 0,
    constraints: createRows(scope, weights, candidates),
  };
  return {
    problem,
    scope,
    activities,
    initial: Int32Array.from(activities, ({ pinned }) => (pinned ? 1 : 0)),
    decode(sample) {
      const choice: number[][] = Array.from({ length: scope.sessions }, () => []);
      activities.forEach(({ skill, session }, v) => {
        if (sample[v] === 1) choice[session].push(skill);
      });
      const value = -cqmEnergy(problem, sample);
      return assemblePlan(scope, weights, choice, { value, goalsLeftOut: options.goalsLeftOut });
    },
  };
}

interface Objective {
  readonly linear: Float64Array;
  readonly quadratic: ConstrainedQuadraticModel['quadratic'];
}

function createObjective(
  scope: PathScope,
  weights: ValueWeights,
  effects: Effects,
  activities: readonly Activity[],
): Objective {
  const { graph } = scope;
  const idle = Float64Array.from(scope.skill, (_, skill) => effects.utility(skill));
  const practices = activities.map(({ skill, session }): Practice => {
    const day = scope.beliefs.day + session * scope.daysBetween;
    return { day, readiness: effects.readiness(skill, day) };
  });
  const worth = (session: number): number => weights.discount ** session;
  const alone = activities.map(({ skill }, v) => effects.utility(skill, practices[v]));
  const linear = Float64Array.from(activities, ({ skill, session }, v) => {
    return -worth(session) * (alone[v] - idle[skill] + effects.transfer(skill, practices[v]) + effects.surprise(skill));
  });
  const first: number[] = [];
  const second: number[] = [];
  const coefficient: number[] = [];
  const couple = (v: number, w: number, value: number): void => {
    if (Math.abs(value) < 1e-9) return;
    first.push(Math.min(v, w));
    second.push(Math.max(v, w));
    coefficient.push(-value);
  };
  const bySkill = variablesBySkill(scope, activities);
  activities.forEach(({ skill, session }, v) => {
    for (const w of bySkill[skill]) {
      if (w <= v) continue;
      // The later session's discount: that is where the second activity's effect is earned.
      const both = effects.utility(skill, practices[v], practices[w]);
      // What the first activity has told, the second need not tell again.
      const told = effects.surprise(skill);
      couple(v, w, worth(activities[w].session) * (both - alone[v] - alone[w] + idle[skill] - told));
    }
    for (let e = graph.parentStart[skill]; e < graph.parentStart[skill + 1]; e++) {
      const parent = graph.parent[e];
      for (const w of bySkill[parent]) {
        if (activities[w].session > session) continue;
        const opened = effects.gateOf(parent, graph.parentHard[e] === 1, practices[v].day, practices[w]);
        const readiness = effects.readiness(skill, practices[v].day, { parent, gate: opened });
        const after = effects.utility(skill, { day: practices[v].day, readiness });
        couple(v, w, worth(session) * (after - alone[v]));
      }
    }
    const { start, other } = scope.confusable;
    for (let e = start[skill]; e < start[skill + 1]; e++) {
      if (other[e] <= skill) continue;
      for (const w of bySkill[other[e]]) {
        if (activities[w].session !== session) continue;
        const { interference } = scope.beliefs.parameters;
        const slowed = { day: practices[w].day, readiness: practices[w].readiness * interference };
        couple(v, w, worth(session) * (effects.utility(other[e], slowed) - alone[w]));
      }
    }
  });
  return {
    linear,
    quadratic: {
      first: Int32Array.from(first),
      second: Int32Array.from(second),
      coefficient: Float64Array.from(coefficient),
    },
  };
}

function variablesBySkill(scope: PathScope, activities: readonly Activity[]): number[][] {
  const rows: number[][] = Array.from(scope.skill, () => []);
  activities.forEach(({ skill }, v) => {
    rows[skill].push(v);
  });
  return rows;
}

function createRows(scope: PathScope, weights: ValueWeights, { activities, unready }: Candidates): LinearConstraint[] {
  const rows: LinearConstraint[] = [];
  const bySkill = variablesBySkill(scope, activities);
  const row = (name: string, terms: [number, number][], sense: '<=' | '>=', rhs: number): void => {
    rows.push({
      name,
      variables: Int32Array.from(terms, ([v]) => v),
      coefficients: Float64Array.from(terms, ([, c]) => c),
      sense,
      rhs,
    });
  };
  for (let session = 0; session < scope.sessions; session++) {
    const here = activities.flatMap((activity, v) => (activity.session === session ? [{ ...activity, v }] : []));
    const day = scope.beliefs.day + session * scope.daysBetween;
    const load = (skill: number): number =>
      activityLoad(scope, weights, skill, expectedMastery(scope.beliefs, skill, day));
    const pinnedLoad = here.reduce((sum, { skill, pinned }) => sum + (pinned ? load(skill) : 0), 0);
    const cap = Math.max(scope.loadCap, pinnedLoad);
    const at = `session ${session + 1}`;
    row(
      `${at}: at most ${scope.minutesPerSession} minutes`,
      here.map(({ v, skill }) => [v, scope.minutes[skill]]),
      '<=',
      scope.minutesPerSession,
    );
    row(
      `${at}: load at most ${cap.toFixed(1)}`,
      here.map(({ v, skill }) => [v, load(skill)]),
      '<=',
      cap,
    );
    for (const { v, skill, pinned } of here) {
      const { id } = scope.graph.skills[skill];
      if (pinned) row(`${at}: ${id} is pinned`, [[v, 1]], '>=', 1);
      for (const parent of pinned ? [] : unready[skill]) {
        const before = bySkill[parent].filter((w) => activities[w].session <= session);
        const terms = before.map((w): [number, number] => [w, -1]);
        row(`${at}: ${id} not before ${scope.graph.skills[parent].id}`, [[v, 1], ...terms], '<=', 0);
      }
    }
  }
  return rows;
}
