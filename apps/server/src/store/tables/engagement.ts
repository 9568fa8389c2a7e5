/** How engaged each learner seems, and the fitted model that says so. */
import type { Json } from '@qurriculum/evidence';
import type { EngagementEstimate } from '@qurriculum/learner';
import type { ColumnType } from 'kysely';

type Timestamp = ColumnType<Date, Date | string | undefined, Date | string>;

export interface EngagementTable {
  learner_id: number;
  body: ColumnType<EngagementEstimate, string, string>;
  updated_at: Timestamp;
}

/** One row per course: the newest fit. */
export interface EngagementFitTable {
  course_id: number;
  run_id: string;
  /** What the model could see, in a sentence. */
  note: string;
  body: ColumnType<Json, string, string>;
  fitted_at: Timestamp;
}
