/** The tables of the memory model: weights per course, state per learner and skill. */
import type { GeneratedAlways } from 'kysely';
import type { JsonColumn, Nullable, Timestamp, TimestampDefault } from './columns.ts';

export interface MemoryModelTable {
  id: GeneratedAlways<number>;
  course_id: number;
  run_id: Nullable<string>;
  /** See `StoredMemory` in estimates/memory-store.ts. */
  body: JsonColumn;
  created_at: TimestampDefault;
}

export interface SkillMemoryTable {
  learner_id: number;
  skill_id: number;
  /** Days until the chance to recall falls to 90 %. */
  stability: number;
  /** 1 to 10. */
  difficulty: number;
  last_at: Timestamp;
  /** Answers with times. */
  answers: number;
}
