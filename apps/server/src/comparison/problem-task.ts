/**
 * The thread's half of a comparison: one learner's planning problem, posed once, put to every contender with the same
 * time and seed. In a thread because most solvers compute where they are called.
 */
import {
  exactLimits,
  type PathFormulation,
  type PathPlan,
  type PathState,
  plannerSettings,
  poseState,
  validatePath,
} from '@qurriculum/decisions';
import { noCost, type RunCost } from '@qurriculum/evidence';
import { cqmEnergy, cqmViolations, problemHash, type Solver } from '@qurriculum/problems';
import type { TaskContext } from '../compute/tasks.ts';
import { coolDown, warmUp } from '../compute/warm-up.ts';
import { type Contention, contend } from '../planning/contend.ts';
import { findContender } from '../planning/contenders.ts';

export interface ProblemInput {
  readonly state: PathState;
  /** By name; all of them known. */
  readonly contenders: readonly string[];
  /** Of wall time, for each. */
  readonly seconds: number;
  readonly seed: number;
}

/** What became of one contender on one problem. */
export interface Answer {
  readonly contender: string;
  /** Worth of the plan, or of the part of it that keeps the rules, on the common formulation; null without a plan. */
  readonly objective: number | null;
  /** What the plan breaks, by the independent validator; empty for a plan that keeps every rule. */
  readonly violations: readonly string[];
  /** Upper bound on the worth of any plan, where this contender proved one. */
  readonly bound: number | null;
  /** Why there is no plan: the problem was not taken, or nothing was found in time. */
  readonly refused: string | null;
  readonly cost: RunCost;
  /** For solvers: how far it came, in its own unit. */
  readonly workDone: Readonly<Record<string, number>>;
}

export interface ProblemOutcome {
  readonly variables: number;
  readonly problemHash: string;
  /** In the order of the contenders. */
  readonly answers: readonly Answer[];
}

/** Null where nothing can be chosen: the learner has nothing left to learn. */
export async function run(input: ProblemInput, { signal }: TaskContext): Promise<ProblemOutcome | null> {
  const { seconds, seed } = input;
  // One session and one load cap for all, so that nobody's plan is worth more for breaking another's rule.
  const { deadlineSessions: _, ...rest } = input.state;
  const state: PathState = { ...rest, sessions: exactLimits.sessions, loadCap: plannerSettings.loadCap };
  const contenders = input.contenders.flatMap((name) => findContender(name) ?? []);
  const policies = new Map<string, Contention>();
  for (const contender of contenders) {
    if (contender.solver !== null) continue;
    policies.set(contender.name, await contend(state, contender, { seed, seconds, sessions: exactLimits.sessions }));
  }
  const also = [...policies.values()].flatMap(({ plan }) =>
    plan.sessions.flatMap(({ steps }) => steps.map(({ skill }) => skill)),
  );
  const formulation = poseState(state, { weights: plannerSettings, limits: exactLimits, also });
  if (formulation.problem.variables.length === 0) return null;
  const answers: Answer[] = [];
  for (const { name, solver } of contenders) {
    signal.throwIfAborted();
    const policy = policies.get(name);
    if (policy !== undefined) answers.push(answerOfPolicy(name, policy, formulation));
    else if (solver !== null) answers.push(await askSolver(solver, state, formulation, { seconds, seed, signal }));
  }
  return {
    variables: formulation.problem.variables.length,
    problemHash: await problemHash(formulation.problem),
    answers,
  };
}

/** The part of a policy's plan that keeps the rows, valued: its steps in their order, those left out that break one. */
function answerOfPolicy(contender: string, { plan, violations, cost }: Contention, posed: PathFormulation): Answer {
  return {
    contender,
    objective: -cqmEnergy(posed.problem, validPart(posed, plan)),
    violations: violations.map(({ message }) => message),
    ...{ bound: null, refused: null, cost, workDone: {} },
  };
}

function validPart(posed: PathFormulation, plan: PathPlan): Int32Array {
  const { problem, activities, scope } = posed;
  const values = posed.initial.slice();
  for (const { skill } of plan.sessions[0].steps) {
    const variable = activities.findIndex((activity) => scope.skill[activity.skill] === skill);
    if (variable < 0 || values[variable] === 1) continue;
    values[variable] = 1;
    if (cqmViolations(problem, values).length > 0) values[variable] = 0;
  }
  return values;
}

async function askSolver(
  solver: Solver,
  state: PathState,
  formulation: PathFormulation,
  options: { readonly seconds: number; readonly seed: number; readonly signal: AbortSignal },
): Promise<Answer> {
  const none = (refused: string, wallSeconds: number): Answer => ({
    contender: solver.name,
    ...{ objective: null, violations: [], bound: null, refused, cost: { ...noCost, wallSeconds }, workDone: {} },
  });
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1000;
  const reason = solver.refuses(formulation.problem);
  if (reason !== null) return none(reason, elapsed());
  try {
    await warmUp(solver, 'cqm');
    const answer = await solver.solve(formulation.problem, { ...options, initial: [formulation.initial] });
    options.signal.throwIfAborted();
    if (answer.stoppedEarly) coolDown(solver);
    const bound = answer.lowerBound === null ? null : -answer.lowerBound;
    const best = answer.samples.find((sample) => sample.feasible);
    const { cost, workDone } = answer;
    if (best === undefined) {
      return { ...none(`no plan that keeps every rule within ${options.seconds} s`, 0), bound, cost, workDone };
    }
    const violations = validatePath(state, formulation.decode(best.values)).map(({ message }) => message);
    return {
      ...{ contender: solver.name, objective: -best.energy, violations, bound, refused: null },
      ...{ cost, workDone },
    };
  } catch (error) {
    options.signal.throwIfAborted();
    return none(error instanceof Error ? error.message : String(error), elapsed());
  }
}
