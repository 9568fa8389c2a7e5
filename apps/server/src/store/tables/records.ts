/** Learning records, the data sets and imports they came with. */
import type { Generated, GeneratedAlways } from 'kysely';
import type { JsonColumn, JsonDefault, Nullable, NullableTimestamp, TimestampDefault } from './columns.ts';

export type DatasetKind = 'records' | 'graph' | 'content' | 'sample' | 'practice';

export type DatasetStatus = 'importing' | 'ready' | 'removed';

export interface DatasetTable {
  id: GeneratedAlways<number>;
  course_id: number;
  kind: DatasetKind;
  name: string;
  /** Hex SHA-256 of the file's bytes; null for practice, which has no file. */
  sha256: Nullable<string>;
  bytes: Nullable<number>;
  rows: Generated<number>;
  rejected: Generated<number>;
  /** Which column was read as what. */
  mapping: JsonDefault;
  /** Whatever else the importer reports: warnings, edges dropped to break cycles, where the rejects are. */
  detail: JsonDefault;
  licence: Nullable<string>;
  source: Nullable<string>;
  simulated: Generated<boolean>;
  status: Generated<DatasetStatus>;
  created_at: TimestampDefault;
  removed_at: NullableTimestamp;
  removed_by: Nullable<string>;
}

export interface SkillSetTable {
  id: GeneratedAlways<number>;
  course_id: number;
  /** Skill ids, ascending; empty where a record names no skill. */
  skills: number[];
}

export interface InteractionTable {
  id: Generated<number>;
  dataset_id: number;
  course_id: number;
  learner_id: number;
  item_id: Nullable<number>;
  skill_set_id: number;
  correct: boolean;
  at: NullableTimestamp;
  /** Order inside the learner's history: ascending in time, or in file order where no time is known. */
  sequence: number;
  source: Generated<'import' | 'practice' | 'simulated'>;
  external_id: Nullable<string>;
  seconds: Nullable<number>;
  hints: Nullable<number>;
  /** 0 to 1, what the learner said of how it went. */
  self_report: Nullable<number>;
}

export interface ImportTable {
  id: string;
  course_id: Nullable<number>;
  options: JsonColumn;
  /** One report per file; see resources/imports/schema.ts. */
  files: JsonDefault;
  /** The first rejected rows. */
  rejects: JsonDefault;
  job_id: Nullable<string>;
  created_at: TimestampDefault;
}
