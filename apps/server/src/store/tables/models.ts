/** Fitted models, what they say of learners, how they compared and which one was chosen. */
import type { GeneratedAlways } from 'kysely';
import type { JsonColumn, Nullable, NullableJson, NullableTimestamp, TimestampDefault } from './columns.ts';

export interface ModelTable {
  id: GeneratedAlways<number>;
  course_id: number;
  run_id: Nullable<string>;
  name: string;
  body: JsonColumn;
  created_at: TimestampDefault;
}

export interface MasteryTable {
  learner_id: number;
  skill_id: number;
  mean: number;
  low: number;
  high: number;
  attempts: number;
  correct: number;
  last_at: NullableTimestamp;
  updated_at: TimestampDefault;
}

export interface ModelEvaluationTable {
  id: GeneratedAlways<number>;
  course_id: number;
  job_id: Nullable<string>;
  run_id: Nullable<string>;
  options: JsonColumn;
  /** Null until it is done. */
  body: NullableJson;
  created_at: TimestampDefault;
}

export interface ModelChoiceTable {
  id: GeneratedAlways<number>;
  course_id: number;
  model: string;
  reason: string;
  by_person: string;
  created_at: TimestampDefault;
}
