/** The tables of migration 0008, as Kysely sees them. */
import type { Json } from '@qurriculum/evidence';
import type { ColumnType, GeneratedAlways } from 'kysely';

export interface ItemAnalysisTable {
  id: GeneratedAlways<number>;
  course_id: number;
  job_id: ColumnType<string | null, string | null | undefined, string | null>;
  run_id: ColumnType<string | null, string | null | undefined, string | null>;
  /** Null until it is done. */
  body: ColumnType<Json, string | null | undefined, string | null>;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
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
