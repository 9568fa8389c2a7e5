/** One run as the screen shows it: the curves so far, and the figures of what has ended, from the stored records. */
import type { RunRecord, TimeToSolution } from '@qurriculum/evidence';
import type { Kysely } from 'kysely';
import { activeStates } from '../../jobs/rows.ts';
import { type EndedSolve, figuresOfRun } from '../../problem-runs/figures.ts';
import type { SolveDetail, SolveOutcome } from '../../problem-runs/solve-task.ts';
import type { Database } from '../../store/database.ts';
import { toProblemFileView } from '../problem-files/service.ts';
import type { ProblemRunView, ProblemSolveView } from './schema.ts';
import { type StoredOptions, statusOf } from './service.ts';

export async function findProblemRun(db: Kysely<Database>, id: number): Promise<ProblemRunView | undefined> {
  const row = await selectRun(db, id);
  if (row === undefined) return undefined;
  const { solvers, seconds, repeats, seed, spendingLimit, kinds } = row.options as unknown as StoredOptions;
  const file = toProblemFileView({ ...row, id: row.file_id, created_at: row.file_created_at });
  const active = row.state !== null && activeStates.includes(row.state);
  const solves = await selectSolves(db, id);
  const ended = solves.flatMap(({ solver, record }) => (record === null ? [] : [endedSolve(solver, record)]));
  const figures = figuresOfRun(solvers, ended, { sense: file.sense, seconds, typedTarget: row.target });
  return {
    ...{ id, jobId: row.job_id, problem: row.error?.message ?? null, file },
    ...{ createdAt: row.created_at.toISOString(), createdBy: row.created_by },
    status: statusOf(row.state, ended.length === solves.length),
    ...{ seconds, repeats, seed, spendingLimit, target: figures.target, bound: figures.bound },
    solvers: figures.solvers.map(({ timeToSolution, violations, ...rest }) => ({
      ...rest,
      kind: kinds[rest.solver],
      violations: violations.map((each) => ({ ...each })),
      timeToSolution: timeToSolution && timeView(timeToSolution),
    })),
    solves: solves.map((solve) => solveView(solve, active)),
  };
}

const selectRun = (db: Kysely<Database>, id: number) =>
  db
    .selectFrom('problem_run')
    .innerJoin('problem_file', 'problem_file.id', 'problem_run.file_id')
    .leftJoin('job', 'job.id', 'problem_run.job_id')
    .select(['problem_run.file_id', 'problem_run.job_id', 'problem_run.options', 'problem_run.target'])
    .select(['problem_run.created_at', 'problem_run.created_by', 'job.state', 'job.error'])
    .select(['problem_file.name', 'problem_file.format', 'problem_file.bytes', 'problem_file.sha256'])
    .select(['problem_file.facts', 'problem_file.created_at as file_created_at'])
    .where('problem_run.id', '=', id)
    .executeTakeFirst();

const selectSolves = (db: Kysely<Database>, id: number) =>
  db
    .selectFrom('problem_solve')
    .leftJoin('run', 'run.id', 'problem_solve.run_id')
    .select(['position', 'solver', 'repeat', 'seed', 'live', 'run_id', 'record'])
    .where('problem_run_id', '=', id)
    .orderBy('position')
    .execute();

type SolveRow = Awaited<ReturnType<typeof selectSolves>>[number];

/** What a record holds beside its cost and bound, which have places of their own in every record. */
type Result = Omit<SolveOutcome, 'cost' | 'bound' | 'version' | 'problemHash'>;

function endedSolve(solver: string, record: RunRecord): EndedSolve {
  const result = record.result as unknown as Result;
  return { ...result, solver, bound: record.bound, cost: record.cost };
}

function solveView({ record, live, run_id, ...row }: SolveRow, active: boolean): ProblemSolveView {
  const { position, solver, repeat, seed } = row;
  const place = { position, solver, repeat, seed, runId: run_id };
  if (record === null) {
    const state = live !== null && active ? 'running' : active ? 'waiting' : 'not run';
    return {
      ...{ ...place, state, objective: null, feasible: false, violations: [], bound: null, bestAtSeconds: null },
      ...{ failed: null, wallSeconds: null },
      trace: state === 'running' ? [...(live as unknown as SolveDetail).trace] : [],
    };
  }
  const { objective, feasible, violations, bestAtSeconds, trace, failed } = record.result as unknown as Result;
  return {
    ...{ ...place, state: 'ended', objective, feasible, bestAtSeconds, failed, bound: record.bound },
    ...{ violations: [...violations], trace: [...trace], wallSeconds: record.cost.wallSeconds },
  };
}

/** JSON has no infinity: null stands for it. */
function timeView({ seconds, successes, runs, runSeconds }: TimeToSolution) {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const { mean, low, high } = seconds;
  return { seconds: { mean: finite(mean), low: finite(low), high: finite(high) }, successes, runs, runSeconds };
}
