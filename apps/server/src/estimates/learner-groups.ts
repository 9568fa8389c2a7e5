/** Which learners of a course are in which group: for figures by group. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';

/** Learner id and group, of those who are in one. */
export async function readGroups(db: Kysely<Database>, courseId: number): Promise<[number, string][]> {
  const rows = await db
    .selectFrom('learner')
    .select(['id', 'group_label'])
    .where('course_id', '=', courseId)
    .where('group_label', 'is not', null)
    .execute();
  return rows.map((row) => [row.id, row.group_label as string]);
}
