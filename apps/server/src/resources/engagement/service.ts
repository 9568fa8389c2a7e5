/** Effort read from the store, and self-reports put into it. */
import type { Kysely } from 'kysely';
import { updateEngagement } from '../../estimates/fit-engagement.ts';
import { Problem } from '../../http/problem.ts';
import type { Database } from '../../store/database.ts';
import type { Store } from '../../store/store.ts';
import { learnerName, selectLearner } from '../learners/service.ts';
import type { ClassEngagementView, LearnerEngagementView } from './schema.ts';

type Db = Kysely<Database>;

async function fitOf(db: Db, courseId: number): Promise<ClassEngagementView['fit']> {
  const row = await db
    .selectFrom('engagement_fit')
    .select(['note', 'run_id', 'fitted_at'])
    .where('course_id', '=', courseId)
    .executeTakeFirst();
  return row === undefined
    ? null
    : { note: row.note, runId: row.run_id, fittedAt: new Date(row.fitted_at).toISOString() };
}

const listed: ReadonlySet<string> = new Set(['guessing', 'away']);

/** Who seems to guess or to be elsewhere, the least effort first. */
export async function readClassEngagement(db: Db, courseId: number): Promise<ClassEngagementView> {
  const rows = await db
    .selectFrom('engagement')
    .innerJoin('learner', 'learner.id', 'engagement.learner_id')
    .select(['learner.id', 'learner.key', 'learner.name', 'learner.simulated', 'engagement.body'])
    .where('learner.course_id', '=', courseId)
    .orderBy('learner.id')
    .execute();
  const counts = { engaged: 0, mixed: 0, guessing: 0, away: 0, unknown: 0 };
  for (const { body } of rows) counts[body.verdict]++;
  const learners = rows
    .filter(({ body }) => listed.has(body.verdict))
    .sort((a, b) => a.body.mean - b.body.mean)
    .map((row) => ({
      ...{ learnerId: row.id, learnerName: learnerName(row), simulated: row.simulated },
      engagement: viewOf(row.body),
    }));
  return { fit: await fitOf(db, courseId), learners, counts };
}

/** One learner's. */
export async function readEngagement(db: Db, learnerId: number): Promise<LearnerEngagementView> {
  const learner = await selectLearner(db, learnerId);
  const row = await db.selectFrom('engagement').select('body').where('learner_id', '=', learnerId).executeTakeFirst();
  return { engagement: row === undefined ? null : viewOf(row.body), fit: await fitOf(db, learner.course_id) };
}

type Stored = NonNullable<LearnerEngagementView['engagement']>;

const viewOf = ({ reasons, ...body }: Omit<Stored, 'reasons'> & { readonly reasons: readonly string[] }): Stored => ({
  ...body,
  reasons: [...reasons],
});

/** Stores what the learner says of an answered exercise; saying it again corrects it. */
export async function storeSelfReport(store: Store, exerciseId: string, value: number): Promise<void> {
  const stored = await store.db
    .updateTable('interaction')
    .set({ self_report: value })
    .where('external_id', '=', exerciseId)
    .where('source', '=', 'practice')
    .returning(['course_id', 'learner_id'])
    .executeTakeFirst();
  if (stored === undefined) {
    throw new Problem('conflict', 'self-report: expected an answered exercise, got an open one; answer it first.');
  }
  await updateEngagement(store, stored.course_id, stored.learner_id);
}
