/**
 * How good each policy's next session is as an answer to the planning problem: a stated sample of problems, posed on one
 * session and a small candidate set, with bounds from an exact solver that is handed in. States come from the way of
 * `fringe`, which is neither the planner nor built on its model.
 */
import type { SkillGraph } from '@qurriculum/course';
import { cqmEnergy, cqmViolations, type SolveOptions, type Solver } from '@qurriculum/problems';
import { formulateScope, type PathFormulation } from '../formulate.ts';
import { scopeOf } from '../scope.ts';
import type { PathState } from '../types.ts';
import { exactLimits, plannerSettings } from '../weights.ts';
import { runEpisode } from './episode.ts';
import { type SettledComparison, scenarioOptions } from './options.ts';
import { createPolicy } from './policies.ts';
import { drawScenario } from './scenario.ts';

/** Problems per learner are taken at these sessions; learners from the first on until there are enough problems. */
export const SAMPLED_SESSIONS = [0, 5, 10, 20] as const;

export interface PlanningProblem {
  readonly learner: number;
  readonly session: number;
  readonly variables: number;
  /** Proved upper bound on the value of any session, and whether the optimum was reached. */
  readonly bound: number;
  readonly proved: boolean;
  readonly solveSeconds: number;
  /** Value of each policy's session, in the order of the comparison's policies. */
  readonly values: readonly number[];
}

/** The sample of states. */
export function sampleStates(
  graph: SkillGraph,
  options: SettledComparison,
  count: number,
): { readonly learner: number; readonly session: number; readonly state: PathState }[] {
  const states: { learner: number; session: number; state: PathState }[] = [];
  for (let learner = 0; learner < options.learners && states.length < count; learner++) {
    const scenario = drawScenario(graph, scenarioOptions(options), learner);
    const guide = createPolicy('fringe', options.seed);
    runEpisode(
      scenario,
      (state, session) => {
        // One load cap for all, so that nobody's session is worth more for breaking another's rule.
        const capped = { ...state, deadlineSessions: undefined, sessions: 1, loadCap: plannerSettings.loadCap };
        if (SAMPLED_SESSIONS.some((sampled) => sampled === session)) states.push({ learner, session, state: capped });
        return guide(state, session);
      },
      { ...options, sessions: Math.min(options.sessions, SAMPLED_SESSIONS[SAMPLED_SESSIONS.length - 1] + 1) },
    );
  }
  return states.slice(0, count);
}

/** Poses one state, asks every policy and the exact solver. */
export async function solveSample(
  sampled: ReturnType<typeof sampleStates>[number],
  options: SettledComparison,
  exact: Solver,
  limits: Pick<SolveOptions, 'seconds' | 'signal'>,
): Promise<PlanningProblem> {
  const { learner, session, state } = sampled;
  const sessions = options.policies.map((name) => createPolicy(name, options.seed)(state, session));
  const formulation = poseWith(state, sessions.flat());
  const { problem } = formulation;
  const answer = await exact.solve(problem, limits);
  return {
    learner,
    session,
    variables: problem.variables.length,
    bound: -(answer.lowerBound ?? Number.NaN),
    proved: answer.status === 'optimal',
    solveSeconds: answer.cost.wallSeconds,
    values: sessions.map((skills) => -cqmEnergy(problem, valuesOf(formulation, skills))),
  };
}

/** One session on the stated candidate set, and whatever the policies chose. */
function poseWith(state: PathState, chosen: readonly number[]): PathFormulation {
  return formulateScope(scopeOf({ ...state, sessions: exactLimits.sessions }), {
    weights: plannerSettings,
    limits: exactLimits,
    also: chosen,
  });
}

/** The part of a session that keeps the rows, step by step in its order: a rule broken must not pay. */
function valuesOf({ activities, scope, problem, initial }: PathFormulation, skills: readonly number[]): Int32Array {
  const values = initial.slice();
  for (const skill of skills) {
    const variable = activities.findIndex((activity) => scope.skill[activity.skill] === skill);
    if (variable < 0 || values[variable] === 1) continue;
    values[variable] = 1;
    if (cqmViolations(problem, values).length > 0) values[variable] = 0;
  }
  return values;
}
