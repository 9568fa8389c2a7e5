/** Comparisons and champions as the store has them. */
import type { Kysely } from 'kysely';
import { comparisonJob } from '../../comparison/comparison-job.ts';
import { withFeasible } from '../../comparison/figures.ts';
import { type ComparisonOptions, comparisonDefaults, REFERENCE } from '../../comparison/options.ts';
import type { ComparisonBody } from '../../comparison/store-comparison.ts';
import { Problem } from '../../http/problem.ts';
import type { Jobs } from '../../jobs/definition.ts';
import { activeStates } from '../../jobs/rows.ts';
import { allContenders, championOf } from '../../planning/contenders.ts';
import type { Database } from '../../store/database.ts';
import type { Store } from '../../store/store.ts';
import type { JobState } from '../../store/tables/jobs.ts';
import type { ChampionView, ComparisonBodyInput, ComparisonSummaryView, ComparisonView, SolverView } from './schema.ts';

/** Everything that can plan. */
export const listSolvers = (): SolverView[] =>
  allContenders().map(({ name, kind, description }) => ({ name, kind, description }));

/** Names that nobody has are refused under the field that gave them. */
export function requireSolvers(field: string, names: readonly string[]): void {
  const known = listSolvers().map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const detail = `expected one of ${known.join(', ')}, got "${unknown}"`;
  throw new Problem('invalid-request', `${field}: ${detail}; choose one of them.`, [{ field, detail }]);
}

export interface StartedComparison {
  readonly comparisonId: number;
  readonly jobId: string;
}

/** Stores what is asked and queues the job. One comparison a course at a time: they would disturb each other's times. */
export async function startComparison(
  store: Store,
  jobs: Jobs,
  courseId: number,
  body: ComparisonBodyInput,
  requestedBy: string,
): Promise<StartedComparison> {
  requireSolvers('solvers', body.solvers ?? []);
  const champion = await championOf(store.db, courseId);
  const solvers = [...new Set([champion, ...(body.solvers ?? comparisonDefaults.solvers), REFERENCE])];
  const options: ComparisonOptions = { ...comparisonDefaults, ...body, solvers, champion };
  return store.transaction(async (transaction) => {
    const { db } = transaction;
    // The course's row makes two requests at once take turns.
    await db.selectFrom('course').select('id').where('id', '=', courseId).forUpdate().execute();
    if ((await findRunning(db, courseId)) !== null) {
      throw new Problem('conflict', 'comparison: expected none that runs, got one; wait for it or cancel it first.');
    }
    const { id } = await db
      .insertInto('comparison')
      .values({ course_id: courseId, options: JSON.stringify(options) })
      .returning('id')
      .executeTakeFirstOrThrow();
    const jobId = await jobs.send(comparisonJob, { comparisonId: id, courseId }, { requestedBy, transaction });
    await db.updateTable('comparison').set({ job_id: jobId }).where('id', '=', id).execute();
    return { comparisonId: id, jobId };
  });
}

const withJob = (db: Kysely<Database>) =>
  db
    .selectFrom('comparison')
    .leftJoin('job', 'job.id', 'comparison.job_id')
    .select(['comparison.id', 'comparison.course_id', 'comparison.job_id', 'comparison.run_id'])
    .select(['comparison.created_at', 'job.state']);

export async function findRunning(
  db: Kysely<Database>,
  courseId: number,
): Promise<{ id: number; jobId: string } | null> {
  const row = await withJob(db)
    .where('comparison.course_id', '=', courseId)
    .where('job.state', 'in', activeStates)
    .orderBy('comparison.id', 'desc')
    .executeTakeFirst();
  return row === undefined || row.job_id === null ? null : { id: row.id, jobId: row.job_id };
}

/** A comparison with a body is done, whatever became of its job's row. */
function statusOf(isDone: boolean, state: JobState | null): ComparisonView['status'] {
  if (isDone) return 'done';
  if (state === 'failed' || state === 'cancelled') return state;
  return state === null || state === 'done' ? 'failed' : 'running';
}

/** Newest first. */
export async function listComparisons(db: Kysely<Database>, courseId: number): Promise<ComparisonSummaryView[]> {
  const rows = await withJob(db)
    .where('comparison.course_id', '=', courseId)
    .orderBy('comparison.id', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, jobId: row.job_id, runId: row.run_id, createdAt: row.created_at.toISOString() },
    // Body and run are written together.
    status: statusOf(row.run_id !== null, row.state),
  }));
}

/** The newest one that is done. */
export async function findLatest(db: Kysely<Database>, courseId: number): Promise<ComparisonView | null> {
  const row = await db
    .selectFrom('comparison')
    .select('id')
    .where('course_id', '=', courseId)
    .where('body', 'is not', null)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row === undefined ? null : ((await findComparison(db, row.id)) ?? null);
}

/** One comparison; without figures while it runs, and where it did not come to its end. */
export async function findComparison(db: Kysely<Database>, id: number): Promise<ComparisonView | undefined> {
  const row = await withJob(db)
    .select(['comparison.body', 'comparison.options'])
    .where('comparison.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { champion, seconds } = row.options as unknown as ComparisonOptions;
  const empty: ComparisonBody = {
    ...{ champion, problems: 0, variables: null, seconds, solvers: [], verdicts: [] },
    ...{ simulation: null, conclusion: '' },
  };
  const body = (row.body as unknown as ComparisonBody | null) ?? empty;
  return {
    ...{ id: row.id, courseId: row.course_id, jobId: row.job_id, runId: row.run_id },
    status: statusOf(row.body !== null, row.state),
    createdAt: row.created_at.toISOString(),
    ...{ ...body, solvers: body.solvers.map(withFeasible) },
  };
}

/** Who plans, and who decided so when and why, newest first; empty while nobody has. */
export async function readChampion(db: Kysely<Database>, courseId: number): Promise<ChampionView> {
  const rows = await db
    .selectFrom('champion')
    .select(['id', 'solver', 'reason', 'by_person', 'created_at'])
    .select((e) =>
      e
        .selectFrom('comparison')
        .select((inner) => inner.fn.max('comparison.id').as('id'))
        .whereRef('comparison.course_id', '=', 'champion.course_id')
        .whereRef('comparison.created_at', '<=', 'champion.created_at')
        .where('comparison.body', 'is not', null)
        .as('comparison_id'),
    )
    .where('course_id', '=', courseId)
    .orderBy('id', 'desc')
    .execute();
  return {
    solver: await championOf(db, courseId),
    decisions: rows.map((row) => ({
      ...{ solver: row.solver, reason: row.reason, byPerson: row.by_person },
      ...{ createdAt: row.created_at.toISOString(), comparisonId: row.comparison_id },
    })),
  };
}

/** A person's decision. What was planned before stays as it is. */
export async function promote(
  db: Kysely<Database>,
  courseId: number,
  decision: { readonly solver: string; readonly reason: string; readonly by: string },
): Promise<void> {
  requireSolvers('solver', [decision.solver]);
  const { solver, reason, by } = decision;
  await db.insertInto('champion').values({ course_id: courseId, solver, reason, by_person: by }).execute();
}
