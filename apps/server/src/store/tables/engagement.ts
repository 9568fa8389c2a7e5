/** How engaged each learner seems, and the fitted model that says so. */
import type { EngagementEstimate } from '@qurriculum/learner';
import type { JsonColumn, TimestampDefault } from './columns.ts';

export interface EngagementTable {
  learner_id: number;
  body: JsonColumn<EngagementEstimate>;
  updated_at: TimestampDefault;
}

/** One row per course: the newest fit. */
export interface EngagementFitTable {
  course_id: number;
  run_id: string;
  /** What the model could see, in a sentence. */
  note: string;
  body: JsonColumn;
  fitted_at: TimestampDefault;
}
