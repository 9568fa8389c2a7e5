/** What is taught, and to whom. */
import type { Generated, GeneratedAlways } from 'kysely';
import type { Nullable, NullableJson, TimestampDefault } from './columns.ts';

export interface CourseTable {
  id: GeneratedAlways<number>;
  name: string;
  simulated: Generated<boolean>;
  created_at: TimestampDefault;
}

export interface SkillTable {
  id: GeneratedAlways<number>;
  course_id: number;
  key: string;
  name: string;
  subject: Nullable<string>;
  domain: Nullable<string>;
  description: Nullable<string>;
  minutes: Nullable<number>;
  position: Generated<number>;
}

export interface PrerequisiteTable {
  course_id: number;
  dataset_id: number;
  from_skill: number;
  to_skill: number;
  strength: 'hard' | 'soft';
  source: 'given' | 'estimated';
  confidence: Nullable<number>;
  enabled: Generated<boolean>;
  decided_by: Nullable<string>;
}

export interface ItemTable {
  id: GeneratedAlways<number>;
  course_id: number;
  key: string;
  name: Nullable<string>;
  /** Question, steps, hints and the answer: never sent to a browser as it is. Null for items known by key only. */
  body: NullableJson;
  template: Generated<boolean>;
}

export interface LearnerTable {
  id: GeneratedAlways<number>;
  course_id: number;
  key: string;
  name: Nullable<string>;
  simulated: Generated<boolean>;
  /** Null: the documented default. */
  minutes_per_session: Nullable<number>;
  /** For figures by group; null: in none. */
  group_label: Nullable<string>;
}

export type StaffRole = 'teacher' | 'engineer' | 'decision maker';

export interface StaffTable {
  id: GeneratedAlways<number>;
  role: StaffRole;
  name: string;
}
