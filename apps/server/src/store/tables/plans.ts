/** Plans of learners, what people decided about them, exercises given, and planners' comparisons. */
import type { Generated, GeneratedAlways } from 'kysely';
import type { JsonColumn, Nullable, NullableJson, NullableTimestamp, TimestampDefault } from './columns.ts';

export interface GoalTable {
  learner_id: number;
  skill_id: number;
  /** YYYY-MM-DD. */
  by: Nullable<string>;
}

export interface PlanTable {
  id: GeneratedAlways<number>;
  learner_id: number;
  run_id: Nullable<string>;
  body: JsonColumn;
  created_at: TimestampDefault;
  superseded: Generated<boolean>;
}

export interface OverrideTable {
  id: GeneratedAlways<number>;
  learner_id: number;
  skill_id: number;
  action: 'skip' | 'pin' | 'forbid';
  session: Nullable<number>;
  reason: string;
  by_person: string;
  by_role: string;
  created_at: TimestampDefault;
  withdrawn_at: NullableTimestamp;
}

export interface ExerciseTable {
  id: string;
  learner_id: number;
  item_id: number;
  seed: number;
  /** With the answer: stays on the server. */
  body: JsonColumn;
  issued_at: TimestampDefault;
  answered_at: NullableTimestamp;
  response: Nullable<string>;
  correct: Nullable<boolean>;
  misconception: Nullable<string>;
  hints_used: Generated<number>;
  steps_shown: Generated<number>;
}

export interface ComparisonTable {
  id: GeneratedAlways<number>;
  course_id: number;
  job_id: Nullable<string>;
  run_id: Nullable<string>;
  options: JsonColumn;
  /** Null until it is done. */
  body: NullableJson;
  created_at: TimestampDefault;
}

export interface ChampionTable {
  id: GeneratedAlways<number>;
  course_id: number;
  solver: string;
  reason: string;
  by_person: string;
  created_at: TimestampDefault;
}
