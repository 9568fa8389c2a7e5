/** Which tracing model tells what a course's learners know: Bayesian knowledge tracing until a person chooses another. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';

/** Says what is known, with parameters that mean something; the others have to show that they predict better. */
export const defaultTracingModel = 'bkt';

export async function tracingChampionOf(db: Kysely<Database>, courseId: number): Promise<string> {
  const row = await db
    .selectFrom('model_choice')
    .select('model')
    .where('course_id', '=', courseId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.model ?? defaultTracingModel;
}
