/** Tracing models of a course as the store has them. */
import { fewestUnits } from '@qurriculum/evidence';
import { describeTracingModel, tracingModelNames } from '@qurriculum/learner';
import type { Kysely } from 'kysely';
import { tracingChampionOf } from '../../estimates/champion.ts';
import { estimatesJob } from '../../estimates/estimates-job.ts';
import { newestModel } from '../../estimates/newest-model.ts';
import { Problem } from '../../http/problem.ts';
import type { Jobs } from '../../jobs/definition.ts';
import { activeJobOf, activeStates } from '../../jobs/rows.ts';
import { evaluationJob } from '../../model-evaluation/evaluation-job.ts';
import type { ModelEvaluationOptions } from '../../model-evaluation/options.ts';
import type { Database } from '../../store/database.ts';
import type { Store } from '../../store/store.ts';
import type { CourseModelsView, EvaluationBodyInput, EvaluationView, ModelChoiceInput } from './schema.ts';

type Db = Kysely<Database>;

/** Everything that the screen shows of a course's models. */
export async function readModels(db: Db, courseId: number): Promise<CourseModelsView> {
  return {
    champion: await tracingChampionOf(db, courseId),
    decisions: await readDecisions(db, courseId),
    models: tracingModelNames.map((name) => {
      const { kind, description } = describeTracingModel(name);
      return { name, kind, description };
    }),
    fitted: await readFitted(db, courseId),
    fitting: await findFitting(db, courseId),
    running: await findRunning(db, courseId),
    latest: await findLatest(db, courseId),
    fewestForVerdict: fewestUnits,
  };
}

async function readDecisions(db: Db, courseId: number): Promise<CourseModelsView['decisions']> {
  const rows = await db
    .selectFrom('model_choice')
    .select(['model', 'reason', 'by_person', 'created_at'])
    .where('course_id', '=', courseId)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(({ model, reason, by_person, created_at }) => ({
    ...{ model, reason, byPerson: by_person, createdAt: created_at.toISOString() },
  }));
}

async function readFitted(db: Db, courseId: number): Promise<CourseModelsView['fitted']> {
  const row = await newestModel(db, courseId).select(['name', 'run_id', 'created_at']).executeTakeFirst();
  return row === undefined ? null : { model: row.name, runId: row.run_id, createdAt: row.created_at.toISOString() };
}

async function findFitting(db: Db, courseId: number): Promise<CourseModelsView['fitting']> {
  const jobId = await activeJobOf(db, courseId, estimatesJob.name);
  return jobId === null ? null : { jobId };
}

async function findRunning(db: Db, courseId: number): Promise<CourseModelsView['running']> {
  const row = await db
    .selectFrom('model_evaluation')
    .innerJoin('job', 'job.id', 'model_evaluation.job_id')
    .select(['model_evaluation.id', 'job.id as job_id'])
    .where('model_evaluation.course_id', '=', courseId)
    .where('job.state', 'in', activeStates)
    .orderBy('model_evaluation.id', 'desc')
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, jobId: row.job_id };
}

/** The newest one that is done. */
async function findLatest(db: Db, courseId: number): Promise<EvaluationView | null> {
  const row = await db
    .selectFrom('model_evaluation')
    .select(['id', 'job_id', 'run_id', 'body', 'created_at'])
    .where('course_id', '=', courseId)
    .where('body', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const body = row.body as unknown as Omit<
    EvaluationView,
    'id' | 'courseId' | 'status' | 'jobId' | 'createdAt' | 'runId'
  >;
  return {
    ...{ id: row.id, courseId, status: 'done', jobId: row.job_id, runId: row.run_id },
    ...{ createdAt: row.created_at.toISOString(), ...body },
  };
}

/** Stores what is asked and queues the job. One a course at a time: they would disturb each other's times. */
export async function startEvaluation(
  store: Store,
  jobs: Jobs,
  courseId: number,
  { models, seed = 1 }: EvaluationBodyInput,
  requestedBy: string,
): Promise<{ readonly evaluationId: number; readonly jobId: string }> {
  if (models !== undefined) requireModels('models', models);
  return store.transaction(async (transaction) => {
    const { db } = transaction;
    await db.selectFrom('course').select('id').where('id', '=', courseId).forUpdate().execute();
    if ((await findRunning(db, courseId)) !== null) {
      throw new Problem(
        'conflict',
        'evaluation: expected none that runs on this course, got one; wait for it or cancel it.',
      );
    }
    const champion = await tracingChampionOf(db, courseId);
    const options: ModelEvaluationOptions = { champion, seed, models: withTwins(champion, models) };
    const { id } = await db
      .insertInto('model_evaluation')
      .values({ course_id: courseId, options: JSON.stringify(options) })
      .returning('id')
      .executeTakeFirstOrThrow();
    const jobId = await jobs.send(evaluationJob, { evaluationId: id, courseId }, { requestedBy, transaction });
    await db.updateTable('model_evaluation').set({ job_id: jobId }).where('id', '=', id).execute();
    return { evaluationId: id, jobId };
  });
}

/** In the order of the registry: those asked for, the champion, and what each has to be compared with. */
function withTwins(champion: string, asked: readonly string[] = tracingModelNames): string[] {
  const wanted = new Set([champion, ...asked]);
  for (const name of asked) {
    const { twin } = describeTracingModel(name);
    if (twin !== undefined) wanted.add(twin);
  }
  return tracingModelNames.filter((name) => wanted.has(name));
}

/** Names that nobody has are refused under the field that gave them. */
function requireModels(field: string, names: readonly string[]): void {
  const unknown = names.find((name) => !tracingModelNames.includes(name));
  if (unknown === undefined) return;
  const detail = `expected one of ${tracingModelNames.join(', ')}, got "${unknown}"`;
  throw new Problem('invalid-request', `${field}: ${detail}; choose one of them.`, [{ field, detail }]);
}

/** A person's decision; everybody's mastery is then estimated anew, by the job that is answered. */
export async function chooseModel(
  store: Store,
  jobs: Jobs,
  courseId: number,
  { model, reason }: ModelChoiceInput,
  by: string,
): Promise<{ readonly jobId: string }> {
  requireModels('model', [model]);
  return store.transaction(async (transaction) => {
    await transaction.db
      .insertInto('model_choice')
      .values({ course_id: courseId, model, reason, by_person: by })
      .execute();
    return { jobId: await jobs.send(estimatesJob, { courseId }, { requestedBy: by, transaction }) };
  });
}

/** Fits the champion on all records that are there now, and estimates everybody's mastery. */
export async function refit(
  store: Store,
  jobs: Jobs,
  courseId: number,
  by: string,
): Promise<{ readonly jobId: string }> {
  return store.transaction(async (transaction) => {
    await transaction.db.selectFrom('course').select('id').where('id', '=', courseId).forUpdate().execute();
    const fitting = await findFitting(transaction.db, courseId);
    return fitting ?? { jobId: await jobs.send(estimatesJob, { courseId }, { requestedBy: by, transaction }) };
  });
}
