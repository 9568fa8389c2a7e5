/** One contender's answer to one learner's planning problem: a plan that was checked, what it is worth, what it cost. */
import {
  exactLimits,
  type PathFormulation,
  type PathPlan,
  type PathState,
  pathBaselines,
  planBySearch,
  plannerSettings,
  poseState,
  type Violation,
  validatePath,
} from '@qurriculum/decisions';
import { noCost, type RunCost } from '@qurriculum/evidence';
import { problemHash } from '@qurriculum/problems';
import { type Contender, PLANNER } from './contenders.ts';

export interface ContendOptions {
  readonly seed: number;
  readonly seconds: number;
  readonly sessions?: number;
  readonly signal?: AbortSignal;
}

export interface Contention {
  readonly plan: PathPlan;
  readonly violations: readonly Violation[];
  /** Larger is better; the formulation's own units. */
  readonly objective: number;
  /** A proved upper bound on the objective over the stated candidates, or null. */
  readonly bound: number | null;
  readonly cost: RunCost;
  /** In words: "the 30 best activities of 1,590 skills, one session". */
  readonly candidates: string;
  readonly problemHash: string | null;
}

/** Asks a contender. @throws Error in words when it cannot take the problem or finds no feasible plan. */
export async function contend(state: PathState, contender: Contender, options: ContendOptions): Promise<Contention> {
  return contender.solver === null
    ? askPolicy(state, contender.name, options)
    : askSolver(state, { ...contender, solver: contender.solver }, options);
}

function askPolicy(state: PathState, name: string, { seed, sessions }: ContendOptions): Contention {
  const wanted = { ...state, sessions: sessions ?? state.sessions ?? plannerSettings.sessions };
  const started = performance.now();
  const cpu = process.cpuUsage();
  const baseline = pathBaselines.find((candidate) => candidate.name === name);
  const plan =
    name === PLANNER || baseline === undefined
      ? planBySearch(wanted, plannerSettings, seed)
      : baseline.plan(wanted, { seed });
  const used = process.cpuUsage(cpu);
  // Before the plan is valued: that is ours, not the policy's.
  const wallSeconds = (performance.now() - started) / 1000;
  const { best, soonReady } = plannerSettings.limits;
  return {
    plan,
    violations: validatePath(wanted, plan),
    objective: Number.isNaN(plan.value) ? planValue(wanted, plan) : plan.value,
    bound: null,
    cost: { ...noCost, wallSeconds, cpuSeconds: (used.user + used.system) / 1e6 },
    candidates: describeCandidates(
      state,
      name === PLANNER ? best + soonReady : state.graph.skills.length,
      wanted.sessions,
    ),
    problemHash: null,
  };
}

async function askSolver(
  state: PathState,
  { name, solver }: Contender & { readonly solver: NonNullable<Contender['solver']> },
  { seed, seconds, sessions = exactLimits.sessions, signal }: ContendOptions,
): Promise<Contention> {
  const wanted = { ...state, sessions };
  const formulation = poseState(wanted, { weights: plannerSettings, limits: exactLimits });
  const refusal = solver.refuses(formulation.problem);
  if (refusal !== null) throw new Error(`${name}: expected a problem it can take, got one it refuses: ${refusal}`);
  const answer = await solver.solve(formulation.problem, { seconds, seed, signal, initial: [formulation.initial] });
  const best = answer.samples.find((sample) => sample.feasible);
  if (best === undefined)
    throw new Error(`${name}: expected a feasible plan within ${seconds} s, got none; give it more time.`);
  const plan = formulation.decode(best.values);
  return {
    plan,
    violations: validatePath(wanted, plan),
    objective: -best.energy,
    bound: answer.lowerBound === null ? null : -answer.lowerBound,
    cost: answer.cost,
    candidates: describeCandidates(state, formulation.activities.length, sessions),
    problemHash: await problemHash(formulation.problem),
  };
}

function describeCandidates({ graph }: PathState, count: number, sessions: number): string {
  const skills = graph.skills.length.toLocaleString('en');
  return `at most ${count} activities out of ${skills} skills, ${sessions === 1 ? 'one session' : `${sessions} sessions`}`;
}

/** What a plan made elsewhere is worth in the formulation: its steps are candidates whatever their gain. */
export function planValue(state: PathState, plan: PathPlan): number {
  const also = plan.sessions.flatMap(({ steps }) => steps.map(({ skill }) => skill));
  const sessions = plan.sessions.length;
  const formulation = poseState({ ...state, sessions }, { weights: plannerSettings, limits: exactLimits, also });
  return formulation.decode(valuesOf(formulation, plan)).value;
}

/** A plan as values of a formulation's variables. */
export function valuesOf({ activities, scope }: PathFormulation, plan: PathPlan): Int32Array {
  const chosen = plan.sessions.map(({ steps }) => new Set(steps.map(({ skill }) => skill)));
  return Int32Array.from(activities, ({ skill, session }) => (chosen[session]?.has(scope.skill[skill]) ? 1 : 0));
}

/** (bound - objective) / |bound|, or null without a bound. */
export function gapOf(objective: number, bound: number | null): number | null {
  return bound === null ? null : Math.max(0, bound - objective) / Math.max(1e-12, Math.abs(bound));
}
