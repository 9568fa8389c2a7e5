/** Analyses of a course's exercises, and the misconceptions they found in learners. */
import type { GeneratedAlways } from 'kysely';
import type { Nullable, NullableJson, TimestampDefault } from './columns.ts';

export interface ItemAnalysisTable {
  id: GeneratedAlways<number>;
  course_id: number;
  job_id: Nullable<string>;
  run_id: Nullable<string>;
  /** Null until it is done. */
  body: NullableJson;
  created_at: TimestampDefault;
}

export interface LearnerMisconceptionTable {
  analysis_id: number;
  learner_id: number;
  /** Its id in the course's catalogue. */
  misconception: string;
  /** That the learner holds it, 0 to 1. */
  probability: number;
  /** Answers in which it could have shown, and those in which it did. */
  met: number;
  shown: number;
}
