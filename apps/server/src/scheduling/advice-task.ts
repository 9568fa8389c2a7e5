/** The thread's half of questions about a plan: why this session, where one more could be, what a rule costs. */
import {
  createAdviser,
  type PlanOptions,
  priceOfRule,
  type RulePrice,
  type ScheduleAdviser,
  type ScheduleAssignment,
  type ScheduleRuleName,
  type ScheduleState,
  type SessionExplanation,
  type SessionSuggestion,
} from '@qurriculum/decisions';
import { noCost, type RunCost, startStopwatch } from '@qurriculum/evidence';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import type { TaskContext } from '../compute/tasks.ts';
import { breathe, exactSolver } from './solve-task.ts';

export interface AdviceInput {
  /** Same key, same state and plan. */
  readonly key: string;
  readonly state: ScheduleState;
  readonly plan: readonly ScheduleAssignment[];
  readonly question:
    | { readonly kind: 'explain'; readonly session: ScheduleAssignment }
    | { readonly kind: 'suggest'; readonly learner: string; readonly skill: string; readonly limit: number }
    | { readonly kind: 'price'; readonly rule: ScheduleRuleName; readonly seconds: number; readonly seed: number };
}

export interface Advice {
  readonly explanations?: readonly SessionExplanation[];
  readonly suggestions?: readonly SessionSuggestion[];
  readonly price?: RulePrice & { readonly cost: RunCost };
}

/** The plan that this thread was asked about last: one question follows another. */
let held: { readonly key: string; readonly adviser: ScheduleAdviser } | undefined;

function adviserOf({ key, state, plan }: AdviceInput): ScheduleAdviser {
  if (held?.key !== key) held = { key, adviser: createAdviser(state, { assignments: plan }) };
  return held.adviser;
}

const platform = createNodePlatform();

export async function run(input: AdviceInput, { signal }: TaskContext): Promise<Advice> {
  const { question, state } = input;
  if (question.kind === 'explain') {
    const { learner, skill, slot } = question.session;
    return { explanations: adviserOf(input).explain({ learner, skill, slot }) };
  }
  if (question.kind === 'suggest') {
    const { learner, skill, limit } = question;
    return { suggestions: adviserOf(input).suggest({ learner, skill, limit }) };
  }
  const stopped = startStopwatch(platform);
  const { rule, seconds, seed } = question;
  const options: PlanOptions = { seconds, seed, signal, exact: await exactSolver(), onSlice: breathe };
  const price = await priceOfRule(state, { rule }, options);
  return { price: { ...price, cost: { ...noCost, ...stopped() } } };
}
