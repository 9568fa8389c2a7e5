/** What lies next to a skill in a course: where a skill that nobody had answered before the fit starts from. */
import type { SkillNeighbours } from '@qurriculum/learner';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/database.ts';

/** A skill's prerequisites and what builds on it, by key, over the prerequisites in use. */
export async function courseNeighbours(db: Kysely<Database>, courseId: number): Promise<SkillNeighbours> {
  const { rows } = await sql<{ key: string; near: string[] }>`
    SELECT skill.key, array_agg(DISTINCT other.key ORDER BY other.key) AS near
    FROM prerequisite
    JOIN skill ON skill.id IN (prerequisite.from_skill, prerequisite.to_skill)
    JOIN skill AS other ON other.id IN (prerequisite.from_skill, prerequisite.to_skill) AND other.id <> skill.id
    WHERE prerequisite.course_id = ${courseId} AND prerequisite.enabled
    GROUP BY skill.key`.execute(db);
  const near = new Map(rows.map((row) => [row.key, row.near]));
  return (skill) => near.get(skill) ?? [];
}
