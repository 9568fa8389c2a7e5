/**
 * The job that puts a problem file to solvers: one solve after another, each with the same time, the seeds the same for all
 * solvers, and every solve stored as a run as soon as it has ended. While one runs its curve is stored twice a second for
 * the screen. A job that is taken up again goes on behind the last solve that ended; cancelled, it keeps what has ended.
 */
import { noCost } from '@qurriculum/evidence';
import type { FileFormat } from '@qurriculum/problems';
import { sql } from 'kysely';
import { z } from 'zod';
import { defineTask } from '../compute/tasks.ts';
import { defineJob, type JobContext } from '../jobs/definition.ts';
import { storeRun } from '../runs.ts';
import { outsideTransaction } from '../store/dialect.ts';
import type { Store } from '../store/store.ts';
import type { ProblemRunOptions, SpendingLimit } from './options.ts';
import { noAnswer, type run as runSolve, type SolveDetail, type SolveOutcome } from './solve-task.ts';

const solveTask = defineTask<typeof runSolve>(new URL('./solve-task.ts', import.meta.url));

const payload = z.object({ problemRunId: z.number().int().positive(), fileName: z.string() });

export const problemRunJob = defineJob<z.output<typeof payload>>({
  name: 'problem-run',
  payload,
  title: ({ fileName }) => `Solving ${fileName}`,
  async run({ problemRunId }, context) {
    const { store, signal } = context;
    const asked = await loadRun(store, problemRunId);
    const solves = await loadSolves(store, problemRunId);
    for (const [index, solve] of solves.entries()) {
      if (solve.run_id !== null) continue;
      signal.throwIfAborted();
      await runOne(context, asked, solve, { done: index / solves.length, share: 1 / solves.length });
    }
    return { problemRunId, solves: solves.length };
  },
  abandon: async ({ problemRunId }, { store }) => {
    await store.db
      .updateTable('problem_solve')
      .set({ live: null })
      .where('problem_run_id', '=', problemRunId)
      .execute();
  },
});

type Asked = Awaited<ReturnType<typeof loadRun>>;
type Solve = Awaited<ReturnType<typeof loadSolves>>[number];

async function loadRun(store: Store, id: number) {
  const row = await store.db
    .selectFrom('problem_run')
    .innerJoin('problem_file', 'problem_file.id', 'problem_run.file_id')
    .select(['problem_run.id', 'problem_run.options', 'problem_file.name', 'problem_file.format'])
    .select(['problem_file.content', 'problem_file.sha256'])
    .where('problem_run.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new Error(`problem run: expected the run ${id}, got none; start it again.`);
  return { ...row, format: row.format as FileFormat, options: row.options as unknown as ProblemRunOptions };
}

const loadSolves = (store: Store, id: number) =>
  store.db.selectFrom('problem_solve').selectAll().where('problem_run_id', '=', id).orderBy('position').execute();

async function runOne(
  context: JobContext,
  asked: Asked,
  solve: Solve,
  place: { readonly done: number; readonly share: number },
): Promise<void> {
  const { store, compute, signal } = context;
  const { options, name, format, content, sha256 } = asked;
  const { solver, seed } = solve;
  const startedAt = new Date();
  const remote = options.remote.includes(solver);
  // Its process ended while the vendor had the job: sent again, it would be paid twice.
  if (remote && solve.live !== null) {
    return end(store, asked, solve, startedAt, {
      ...noAnswer,
      ...{ cost: noCost, version: 'unknown', problemHash: '' },
      failed: `${solver}: expected an answer, got a server that stopped while the vendor had the job; look there.`,
    });
  }
  const limit = remote ? await limitLeft(store, asked) : null;
  const label = `${solver}, ${solve.repeat + 1} of ${options.repeats}`;
  const live = liveCurve(store, solve);
  try {
    await live.begin();
    context.progress(place.done, label);
    const outcome = await compute.run(
      solveTask,
      { content, name, format, sha256, solver, seconds: options.seconds, seed, limit },
      {
        signal,
        onProgress(fraction, _, detail) {
          context.progress(place.done + place.share * fraction, label);
          if (detail !== undefined) live.show(detail);
        },
      },
    );
    await live.stop();
    await end(store, asked, solve, startedAt, outcome);
  } finally {
    await live.stop();
  }
}

/** The record of a solve, and the solve as ended, or neither. */
async function end(store: Store, asked: Asked, solve: Solve, startedAt: Date, outcome: SolveOutcome): Promise<void> {
  const { cost, bound, version, problemHash, ...result } = outcome;
  await store.transaction(async ({ db }) => {
    const record = await storeRun(
      db,
      { course: null, startedAt },
      {
        ...{ kind: 'solve', subject: solve.solver, seed: solve.seed, result, bound, cost },
        problemHash: problemHash === '' ? null : problemHash,
        inputs: [{ name: asked.name, sha256: asked.sha256 }],
        versions: { [solve.solver]: version },
        budget: { seconds: asked.options.seconds },
      },
    );
    await db
      .updateTable('problem_solve')
      .set({ run_id: record.id, live: null })
      .where('problem_run_id', '=', solve.problem_run_id)
      .where('position', '=', solve.position)
      .execute();
  });
}

/** What is left of the limit after the solves that have ended. */
async function limitLeft(store: Store, { id, options }: Asked): Promise<SpendingLimit | null> {
  if (options.spendingLimit === null) return null;
  const { spent } = await store.db
    .selectFrom('problem_solve')
    .innerJoin('run', 'run.id', 'problem_solve.run_id')
    .select(sql<number>`coalesce(sum((record->'cost'->'money'->>'amount')::float8), 0)`.as('spent'))
    .where('problem_run_id', '=', id)
    .executeTakeFirstOrThrow();
  return { ...options.spendingLimit, amount: Math.max(0, options.spendingLimit.amount - Number(spent)) };
}

const STORE_MS = 500;

/** Stores the newest curve of a solve that runs, one write at a time. */
function liveCurve(store: Store, { problem_run_id, position }: Solve) {
  let latest: SolveDetail = { trace: [] };
  let stored: SolveDetail | null = null;
  let writing: Promise<void> | null = null;
  async function write(): Promise<void> {
    const detail = latest;
    await outsideTransaction(() =>
      store.db
        .updateTable('problem_solve')
        .set({ live: JSON.stringify(detail) })
        .where('problem_run_id', '=', problem_run_id)
        .where('position', '=', position)
        .execute(),
    );
    stored = detail;
  }
  let timer: NodeJS.Timeout | undefined;
  return {
    async begin(): Promise<void> {
      await write();
      timer = setInterval(() => {
        if (writing !== null || stored === latest) return;
        // A write that fails is followed by another; what ends a job for a lost database is its own progress.
        writing = write()
          .catch(() => {})
          .finally(() => {
            writing = null;
          });
      }, STORE_MS);
    },
    show(detail: SolveDetail): void {
      latest = detail;
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await writing;
    },
  };
}
