/** Jobs and the records of their runs. */
import type { RunRecord } from '@qurriculum/evidence';
import type { ColumnType, Generated } from 'kysely';
import type { JsonColumn, Nullable, NullableJson, NullableTimestamp, Timestamp, TimestampDefault } from './columns.ts';

export interface RunTable {
  id: string;
  kind: RunRecord['kind'];
  subject: string;
  course_id: Nullable<number>;
  /** For runs about one learner: they go with the learner. */
  learner_id: Nullable<number>;
  started_at: Timestamp;
  record: JsonColumn<RunRecord>;
}

export type JobState = 'queued' | 'running' | 'retrying' | 'done' | 'failed' | 'cancelled';

export interface JobTable {
  id: string;
  name: string;
  title: string;
  course_id: Nullable<number>;
  requested_by: Nullable<string>;
  payload: JsonColumn;
  state: JobState;
  /** 0 to 1; null while nothing is known. */
  progress: Nullable<number>;
  message: Nullable<string>;
  attempt: Generated<number>;
  cancel_requested: Generated<boolean>;
  result: NullableJson;
  error: ColumnType<{ code: string; message: string } | null, string | null | undefined, string | null>;
  created_at: TimestampDefault;
  started_at: NullableTimestamp;
  finished_at: NullableTimestamp;
  updated_at: TimestampDefault;
}
