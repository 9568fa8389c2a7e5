/** Runs of solvers on problem files: started, listed, removed. */
import type { SolverKind } from '@qurriculum/problems';
import type { Kysely } from 'kysely';
import { Problem } from '../../http/problem.ts';
import type { Jobs, Services } from '../../jobs/definition.ts';
import { activeStates } from '../../jobs/rows.ts';
import type { ProblemFacts } from '../../problem-runs/facts.ts';
import type { SolverOffer } from '../../problem-runs/inspect-task.ts';
import { type ProblemRunOptions, problemRunDefaults, problemRunLimits } from '../../problem-runs/options.ts';
import { problemRunJob } from '../../problem-runs/problem-run-job.ts';
import type { Database } from '../../store/database.ts';
import type { JobState } from '../../store/tables/jobs.ts';
import { findProblemFile } from '../problem-files/service.ts';
import type { ProblemRunBody, ProblemRunSummaryView, ProblemRunView } from './schema.ts';

/** As they are stored: with the kinds, which a later version may no longer know. */
export type StoredOptions = ProblemRunOptions & { readonly kinds: Readonly<Record<string, SolverKind>> };

export interface StartedProblemRun {
  readonly problemRunId: number;
  readonly jobId: string;
}

/** Stores what is asked, a row for every solve, and queues the job. @throws Problem `invalid-request` by field. */
export async function startProblemRun(
  services: Services,
  jobs: Jobs,
  body: ProblemRunBody,
  requestedBy: string,
): Promise<StartedProblemRun | undefined> {
  const found = await findProblemFile(services, body.fileId);
  if (found === undefined) return undefined;
  const options = settle(body, found.solvers);
  return services.store.transaction(async (transaction) => {
    const { db } = transaction;
    const { id } = await db
      .insertInto('problem_run')
      .values({
        ...{ file_id: body.fileId, options: JSON.stringify(options), created_by: requestedBy },
        target: body.target ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db.insertInto('problem_solve').values(solvesOf(id, options)).execute();
    const payload = { problemRunId: id, fileName: found.file.name };
    const jobId = await jobs.send(problemRunJob, payload, { requestedBy, transaction });
    await db.updateTable('problem_run').set({ job_id: jobId }).where('id', '=', id).execute();
    return { problemRunId: id, jobId };
  });
}

/** Every solver once, then every solver again: what slows the machine for a while slows them all. */
function solvesOf(problem_run_id: number, { solvers, repeats, seed }: ProblemRunOptions) {
  return Array.from({ length: repeats }, (_, repeat) =>
    solvers.map((solver, at) => ({
      ...{ problem_run_id, solver, repeat, seed: seed + repeat },
      position: repeat * solvers.length + at,
    })),
  ).flat();
}

function settle(body: ProblemRunBody, offers: readonly SolverOffer[]): StoredOptions {
  const { seconds, repeats, seed } = { ...problemRunDefaults, ...body };
  const solvers = [...new Set(body.solvers)];
  const chosen = solvers.map((name) => {
    const offer = offers.find((one) => one.name === name);
    if (offer === undefined) throw fault('solvers', `expected one of ${namesOf(offers)}, got "${name}"`);
    if (offer.refused !== null) {
      throw fault(
        'solvers',
        `expected solvers that take this problem, got ${name}, which refuses it: ${offer.refused}`,
      );
    }
    return offer;
  });
  const remote = chosen.filter((offer) => offer.remote).map(({ name }) => name);
  const spendingLimit = body.spendingLimit ?? null;
  if (remote.length > 0 && spendingLimit === null) {
    throw fault('spendingLimit', `expected a limit of what ${remote.join(', ')} may cost together, got none`);
  }
  const total = seconds * repeats * solvers.length;
  if (total > problemRunLimits.mostTotalSeconds) {
    const most = `${problemRunLimits.mostTotalSeconds} s`;
    throw fault('seconds', `expected at most ${most} for all solves together, got ${Math.round(total)} s`);
  }
  const kinds = Object.fromEntries(chosen.map(({ name, kind }) => [name, kind]));
  return { solvers, seconds, repeats, seed, remote, spendingLimit, kinds };
}

const namesOf = (offers: readonly SolverOffer[]): string =>
  offers
    .filter(({ refused }) => refused === null)
    .map(({ name }) => name)
    .join(', ');

function fault(field: string, detail: string): Problem {
  return new Problem('invalid-request', `${field}: ${detail}; correct it.`, [{ field, detail }]);
}

/** What a run is, from its job and from whether all of its solves have ended. */
export function statusOf(state: JobState | null, isComplete: boolean): ProblemRunView['status'] {
  if (state === 'cancelled' || state === 'failed') return state;
  if (state !== null && activeStates.includes(state)) return 'running';
  return isComplete ? 'done' : 'failed';
}

/** Newest first. */
export async function listProblemRuns(db: Kysely<Database>): Promise<ProblemRunSummaryView[]> {
  const rows = await db
    .selectFrom('problem_run')
    .innerJoin('problem_file', 'problem_file.id', 'problem_run.file_id')
    .leftJoin('job', 'job.id', 'problem_run.job_id')
    .select(['problem_run.id', 'problem_run.job_id', 'problem_run.created_at', 'problem_run.created_by'])
    .select(['problem_run.options', 'problem_run.file_id', 'problem_file.name', 'problem_file.facts', 'job.state'])
    .orderBy('problem_run.id', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => {
    const { solvers, seconds, repeats } = row.options as unknown as StoredOptions;
    return {
      ...{ id: row.id, jobId: row.job_id, createdAt: row.created_at.toISOString(), createdBy: row.created_by },
      ...{ fileId: row.file_id, fileName: row.name, solvers: [...solvers], seconds, repeats },
      status: statusOf(row.state, row.state === 'done'),
      variables: (row.facts as unknown as ProblemFacts).variables,
    };
  });
}

/** Sets what TTS99 is measured by; null: the best of the solves. False where there is no such run. */
export async function setTarget(db: Kysely<Database>, id: number, objective: number | null): Promise<boolean> {
  const changed = await db
    .updateTable('problem_run')
    .set({ target: objective })
    .where('id', '=', id)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/**
 * Removes a run, and its file where no other run has it; the records of its solves stay. False where there is none.
 * @throws Problem `conflict` while it runs.
 */
export async function removeProblemRun({ store }: Services, id: number): Promise<boolean> {
  return store.transaction(async ({ db }) => {
    const row = await db
      .selectFrom('problem_run')
      .leftJoin('job', 'job.id', 'problem_run.job_id')
      .select(['problem_run.file_id', 'job.state'])
      .where('problem_run.id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return false;
    if (row.state !== null && activeStates.includes(row.state)) {
      throw new Problem(
        'conflict',
        'problem run: expected one that has ended, got one that runs; cancel its job first.',
      );
    }
    await db.deleteFrom('problem_run').where('id', '=', id).execute();
    await db
      .deleteFrom('problem_file')
      .where('id', '=', row.file_id)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('problem_run').select('id').where('file_id', '=', row.file_id))),
      )
      .execute();
    return true;
  });
}
