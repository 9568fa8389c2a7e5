/** The tables of the memory model: weights per course, state per learner and skill. */
import type { Json } from '@qurriculum/evidence';
import type { ColumnType, GeneratedAlways } from 'kysely';

export interface MemoryModelTable {
  id: GeneratedAlways<number>;
  course_id: number;
  run_id: ColumnType<string | null, string | null | undefined, string | null>;
  /** See `StoredMemory` in estimates/memory-store.ts. */
  body: ColumnType<Json, string, string>;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

export interface SkillMemoryTable {
  learner_id: number;
  skill_id: number;
  /** Days until the chance to recall falls to 90 %. */
  stability: number;
  /** 1 to 10. */
  difficulty: number;
  last_at: ColumnType<Date, Date | string, Date | string>;
  /** Answers with times. */
  answers: number;
}
