/**
 * What every kind of decision offers: a formulation that any solver can take, baselines that always run, a validator
 * that shares no code with the formulation, and reasons for people. Champion and challengers meet here: a plan is a plan
 * whoever made it.
 */
import type { Problem } from '@qurriculum/problems';

/** A problem for a solver, with the way back from its answer. */
export interface Formulation<Plan> {
  readonly problem: Problem;
  /** Values of the problem's variables, in its order, to a plan. Values that break rows decode to a plan that `validate` faults. */
  decode(values: ArrayLike<number>): Plan;
  /** A feasible start in the problem's variables, from the decision's own greedy baseline. */
  readonly initial: Int32Array;
}

/** A rule that makes a plan without a solver. */
export interface Baseline<State, Plan> {
  readonly name: string;
  /** One plain sentence for people. */
  readonly description: string;
  plan(state: State, options?: { readonly seed?: number }): Plan;
}

/** Something a plan breaks, in words that a person can act on. */
export interface Violation {
  /** Stable, for programs: 'minutes', 'prerequisite', ... */
  readonly rule: string;
  readonly message: string;
}

export interface Decision<State, Plan, Options, Question, Explanation> {
  readonly name: string;
  formulate(state: State, options?: Options): Formulation<Plan>;
  readonly baselines: readonly Baseline<State, Plan>[];
  /** Empty when the plan keeps every rule. */
  validate(state: State, plan: Plan): Violation[];
  /** Reasons for one part of a plan, in facts; `question` names the part. */
  explain(state: State, plan: Plan, question: Question): Explanation;
}
