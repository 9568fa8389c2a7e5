/** The thread's half of questions about a plan: why this session, where one more could be. */
import {
  createAdviser,
  type ScheduleAdviser,
  type ScheduleAssignment,
  type ScheduleState,
  type SessionExplanation,
  type SessionSuggestion,
} from '@qurriculum/decisions';

export interface AdviceInput {
  /** Same key, same state and plan. */
  readonly key: string;
  readonly state: ScheduleState;
  readonly plan: readonly ScheduleAssignment[];
  readonly question:
    | { readonly kind: 'explain'; readonly session: ScheduleAssignment }
    | { readonly kind: 'suggest'; readonly learner: string; readonly skill: string; readonly limit: number };
}

export interface Advice {
  readonly explanations?: readonly SessionExplanation[];
  readonly suggestions?: readonly SessionSuggestion[];
}

/** The plan that this thread was asked about last: one question follows another. */
let held: { readonly key: string; readonly adviser: ScheduleAdviser } | undefined;

function adviserOf({ key, state, plan }: AdviceInput): ScheduleAdviser {
  if (held?.key !== key) held = { key, adviser: createAdviser(state, { assignments: plan }) };
  return held.adviser;
}

export async function run(input: AdviceInput): Promise<Advice> {
  const { question } = input;
  if (question.kind === 'explain') {
    const { learner, skill, slot } = question.session;
    return { explanations: adviserOf(input).explain({ learner, skill, slot }) };
  }
  const { learner, skill, limit } = question;
  return { suggestions: adviserOf(input).suggest({ learner, skill, limit }) };
}
