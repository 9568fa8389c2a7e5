/** Fits a course's tracing model in a thread and stores model, mastery and run together. */
import { type Json, noCost } from '@qurriculum/evidence';
import { sql } from 'kysely';
import type { ComputeOptions, ComputePool } from '../compute/pool.ts';
import { defineTask } from '../compute/tasks.ts';
import { courseInputs, storeRun } from '../runs.ts';
import type { Store, Transaction } from '../store/store.ts';
import { tracingChampionOf } from './champion.ts';
import { masteryColumns, type run as runFit } from './fit-task.ts';
import { readInteractionText } from './interaction-text.ts';

const fitTask = defineTask<typeof runFit>(new URL('./fit-task.ts', import.meta.url));

export interface FitCourseOptions extends ComputeOptions {
  /** Default: the course's champion. */
  readonly model?: string;
  readonly seed?: number;
  /** Runs the last step, which writes everything; default: a transaction of its own. A job gives its `finish`. */
  readonly commit?: <T extends Json>(work: (transaction: Transaction) => Promise<T>) => Promise<T>;
}

export type CourseFit = {
  readonly runId: string;
  readonly rows: number;
  readonly learners: number;
};

/** Fits and stores; null when the course has no interactions. Earlier models stay for comparison, the newest is used. */
export async function fitCourse(
  store: Store,
  compute: ComputePool,
  course: number,
  { model: named, seed = 0, signal, onProgress, commit = store.transaction }: FitCourseOptions = {},
): Promise<CourseFit | null> {
  const startedAt = new Date();
  const model = named ?? (await tracingChampionOf(store.db, course));
  const text = await readInteractionText(store, course);
  if (text.chunks.length === 0) return null;
  const fit = await compute.run(fitTask, { text, model, seed }, { signal, onProgress, givesInput: true });
  signal?.throwIfAborted();
  return commit<CourseFit>(async ({ db, copyIn }) => {
    const run = await storeRun(
      db,
      { course, startedAt },
      {
        kind: 'fit',
        subject: model,
        inputs: await courseInputs(db, course),
        versions: { [model]: fit.version },
        seed,
        result: {
          rows: fit.rows,
          learners: fit.learners,
          skills: fit.skills,
          degenerateSkills: fit.degenerateSkills,
        },
        cost: { ...noCost, wallSeconds: fit.fitSeconds, cpuSeconds: fit.cpuSeconds },
      },
    );
    const values = { course_id: course, run_id: run.id, name: model, body: JSON.stringify(fit.model) };
    await db.insertInto('model').values(values).execute();
    await sql`DELETE FROM mastery USING learner
      WHERE learner.id = mastery.learner_id AND learner.course_id = ${course}`.execute(db);
    await copyIn('mastery', masteryColumns, fit.mastery);
    return { runId: run.id, rows: fit.rows, learners: fit.learners };
  });
}
