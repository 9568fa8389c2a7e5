/** Analyses of exercises as the store has them, and what they say of one learner. */
import { type Kysely, sql } from 'kysely';
import { itemAnalysisJob, type StoredAnalysis } from '../../item-analysis/item-analysis-job.ts';
import type { Jobs } from '../../jobs/definition.ts';
import { activeJobOf } from '../../jobs/rows.ts';
import type { Database } from '../../store/database.ts';
import type { Store } from '../../store/store.ts';
import { selectLearner } from '../learners/service.ts';
import type { ClassMisconception, CourseItemsView, ItemAnalysisView, LearnerMisconceptionsView } from './schema.ts';

type Db = Kysely<Database>;

/** From this probability on a learner is named as one who likely holds a misconception. */
const LIKELY = 0.5;
const MOST_NAMED = 12;

export async function readItems(db: Db, courseId: number): Promise<CourseItemsView> {
  const latest = await selectLatest(db, courseId);
  return { running: await findRunning(db, courseId), latest: latest && (await nameLearners(db, latest)) };
}

async function findRunning(db: Db, courseId: number): Promise<CourseItemsView['running']> {
  const jobId = await activeJobOf(db, courseId, itemAnalysisJob.name);
  return jobId === null ? null : { jobId };
}

/** The newest one that is done. */
async function selectLatest(db: Db, courseId: number): Promise<ItemAnalysisView | null> {
  const row = await db
    .selectFrom('item_analysis')
    .select(['id', 'run_id', 'body', 'created_at'])
    .where('course_id', '=', courseId)
    .where('body', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const body = row.body as unknown as StoredAnalysis;
  return { id: row.id, createdAt: row.created_at.toISOString(), runId: row.run_id, ...body };
}

async function nameLearners(db: Db, analysis: ItemAnalysisView): Promise<ItemAnalysisView> {
  if (analysis.misconceptions === null) return analysis;
  const { rows } = await sql<{ id: number; name: string; misconception: string; probability: number }>`
    SELECT learner_id AS id, coalesce(learner.name, 'Learner ' || learner.key) AS name, misconception,
      probability::float8 AS probability
    FROM (SELECT *, row_number() OVER (PARTITION BY misconception ORDER BY probability DESC, learner_id) AS place
      FROM learner_misconception WHERE analysis_id = ${analysis.id} AND probability >= ${LIKELY}) AS held
    JOIN learner ON learner.id = learner_id WHERE place <= ${MOST_NAMED} ORDER BY place`.execute(db);
  const named = Map.groupBy(rows, ({ misconception }) => misconception);
  const list = analysis.misconceptions.list.map(
    (one): ClassMisconception => ({
      ...one,
      learners: (named.get(one.id) ?? []).map(({ id, name, probability }) => ({ id, name, probability })),
    }),
  );
  return { ...analysis, misconceptions: { ...analysis.misconceptions, list } };
}

/** Queues the job, or answers with the one that runs already. */
export async function startAnalysis(store: Store, jobs: Jobs, courseId: number, requestedBy: string) {
  return store.transaction(async (transaction) => {
    const { db } = transaction;
    await db.selectFrom('course').select('id').where('id', '=', courseId).forUpdate().execute();
    const running = await findRunning(db, courseId);
    if (running !== null) return running;
    const { id } = await db
      .insertInto('item_analysis')
      .values({ course_id: courseId })
      .returning('id')
      .executeTakeFirstOrThrow();
    const jobId = await jobs.send(itemAnalysisJob, { analysisId: id, courseId }, { requestedBy, transaction });
    await db.updateTable('item_analysis').set({ job_id: jobId }).where('id', '=', id).execute();
    return { jobId };
  });
}

/** What the newest analysis says of a learner. */
export async function readLearnerMisconceptions(db: Db, learnerId: number): Promise<LearnerMisconceptionsView> {
  const learner = await selectLearner(db, learnerId);
  const latest = await selectLatest(db, learner.course_id);
  if (latest === null) return { analysedAt: null, runId: null, simulated: learner.simulated, misconceptions: [] };
  const rows = await db
    .selectFrom('learner_misconception')
    .select(['misconception', 'probability', 'met', 'shown'])
    .where('learner_id', '=', learnerId)
    .where('analysis_id', '=', latest.id)
    .orderBy('probability', 'desc')
    .execute();
  const catalogue = new Map(latest.misconceptions?.list.map((one) => [one.id, one]));
  return {
    ...{ analysedAt: latest.createdAt, runId: latest.runId, simulated: latest.simulated },
    misconceptions: rows.flatMap(({ misconception, ...figures }) => {
      const known = catalogue.get(misconception);
      if (known === undefined) return [];
      const { id, name, description, practise } = known;
      return [{ id, name, description, practise, ...figures }];
    }),
  };
}
