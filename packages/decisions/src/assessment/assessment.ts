/** Adaptive assessment as a decision: a batch of items to ask, like a learning path or any other plan. */
import type { Decision } from '../decision.ts';
import { assessmentBaselines } from './baselines.ts';
import { explainItem, type ItemExplanation } from './explain.ts';
import { type BatchOptions, formulateBatch } from './formulate.ts';
import type { AssessmentPlan, AssessmentState } from './types.ts';
import { validateAssessment } from './validate.ts';

export const assessmentDecision: Decision<AssessmentState, AssessmentPlan, BatchOptions, number, ItemExplanation> = {
  name: 'assessment',
  formulate: formulateBatch,
  baselines: assessmentBaselines,
  validate: validateAssessment,
  explain: (state, plan, item) => explainItem(state, plan, item),
};
