/** A course's newest fit; earlier ones stay for comparison. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';

/** The query, for the columns that are needed: a body may be megabytes. */
export const newestModel = (db: Kysely<Database>, courseId: number) =>
  db.selectFrom('model').where('course_id', '=', courseId).orderBy('id', 'desc').limit(1);
