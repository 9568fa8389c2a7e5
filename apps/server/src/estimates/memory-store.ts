/** What the store holds of memory: a course's weights with the verdict on them, and a learner's state per skill. */
import type { Json } from '@qurriculum/evidence';
import {
  createMemoryModel,
  gradeAnswer,
  type MemoryFit,
  type MemoryModel,
  memoryModelFromJson,
  type SkillMemory,
} from '@qurriculum/learner';
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';

type Db = Kysely<Database>;

/** The body of `memory_model`. */
export interface StoredMemory {
  /** As `MemoryModel.toJSON` wrote it. */
  readonly model: Json;
  readonly verdict: MemoryFit['verdict'];
  readonly reason: string;
  readonly reviews: number;
}

export interface CourseMemory extends StoredMemory {
  readonly runId: string | null;
  readonly fitted: MemoryModel;
}

/** A course's memory model, or null before its first fit. One of an older version counts as none until the next fit. */
export async function courseMemory(db: Db, courseId: number): Promise<CourseMemory | null> {
  const row = await db
    .selectFrom('memory_model')
    .select(['run_id', 'body'])
    .where('course_id', '=', courseId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const stored = row.body as unknown as StoredMemory;
  try {
    return { ...stored, runId: row.run_id, fitted: memoryModelFromJson(stored.model) };
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** A learner's memories by skill id, of the given skills or of all. */
export async function memoriesOf(
  db: Db,
  learnerId: number,
  skills?: readonly number[],
): Promise<ReadonlyMap<number, SkillMemory>> {
  const rows = await db
    .selectFrom('skill_memory')
    .selectAll()
    .where('learner_id', '=', learnerId)
    .$if(skills !== undefined, (query) => query.where('skill_id', 'in', skills ?? []))
    .execute();
  return new Map(
    rows.map(({ skill_id, stability, difficulty, last_at, answers }) => [
      skill_id,
      { stability, difficulty, last: new Date(last_at).getTime() / 1000, answers },
    ]),
  );
}

/**
 * Moves a learner's memories by an answer that was just given. How fast it came is left to the next fit, which knows what
 * is usual for the item.
 */
export async function updateMemory(
  db: Db,
  { courseId, learnerId, skills }: { courseId: number; learnerId: number; skills: readonly number[] },
  answer: { readonly correct: boolean; readonly hints: number },
): Promise<void> {
  if (skills.length === 0) return;
  const model = (await courseMemory(db, courseId))?.fitted ?? createMemoryModel();
  const memories = await memoriesOf(db, learnerId, skills);
  const graded = { grade: gradeAnswer(answer), time: Date.now() / 1000 };
  for (const skill of skills) {
    const after = model.update(memories.get(skill) ?? null, graded);
    if (after === null) continue;
    const { stability, difficulty, last, answers } = after;
    const values = { stability, difficulty, answers, last_at: new Date(1000 * last) };
    await db
      .insertInto('skill_memory')
      .values({ learner_id: learnerId, skill_id: skill, ...values })
      .onConflict((conflict) => conflict.columns(['learner_id', 'skill_id']).doUpdateSet(values))
      .execute();
  }
}
