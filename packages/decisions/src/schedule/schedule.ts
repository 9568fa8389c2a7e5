/** Tutoring schedules as a decision, like a learning path or an assessment. */
import type { Decision } from '../decision.ts';
import { createAdviser, type ExplanationRequest } from './advice/adviser.ts';
import type { SessionExplanation } from './advice/explain.ts';
import { scheduleBaselines } from './baselines.ts';
import { formulateSchedule } from './formulate/formulate.ts';
import type { SchedulePlan, ScheduleState } from './types.ts';
import { validateSchedule } from './validate/validate.ts';

export const scheduleDecision: Decision<
  ScheduleState,
  SchedulePlan,
  undefined,
  ExplanationRequest,
  readonly SessionExplanation[]
> = {
  name: 'schedule',
  formulate: (state) => formulateSchedule(state),
  baselines: scheduleBaselines,
  validate: validateSchedule,
  explain: (state, plan, question) => createAdviser(state, plan).explain(question),
};
