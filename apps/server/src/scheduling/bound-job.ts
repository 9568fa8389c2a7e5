/**
 * The job that works out what plans of a schedule as it is now can be worth at the most, after changes by hand, repairs and
 * new settings. It is asked for when somebody looks at a plan whose bound is not known: however many changes came before,
 * one job runs, and begins again where the schedule changed under it. A bound is no change: it has no version of its own.
 */
import { hashJson, type Json } from '@qurriculum/evidence';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { defineTask } from '../compute/tasks.ts';
import { defineJob, type Jobs } from '../jobs/definition.ts';
import { activeJobOf } from '../jobs/rows.ts';
import { courseInputs, storeRun } from '../runs.ts';
import type { Database } from '../store/database.ts';
import type { Store, Transaction } from '../store/store.ts';
import { withNames } from './as-problem.ts';
import type { BoundOutput, run as runBound } from './bound-task.ts';
import { namesOf } from './names.ts';
import { type CourseSchedule, loadCourseSchedule, stateKey } from './state.ts';

const boundTask = defineTask<typeof runBound>(new URL('./bound-task.ts', import.meta.url));

/** Prices settle in less where classes are of the usual size. */
const SECONDS = 3;

const payload = z.object({ courseId: z.number().int() });

export const scheduleBoundJob = defineJob<z.output<typeof payload>>({
  name: 'schedule-bound',
  payload,
  title: () => 'Working out how good a plan could be',
  course: ({ courseId }) => courseId,
  async run({ courseId }, context) {
    for (;;) {
      const startedAt = new Date();
      const wanted = await readWanted(context.store.db, courseId);
      // The course was removed meanwhile.
      if (wanted === undefined) return null;
      const loaded = await loadCourseSchedule(context.store, courseId);
      const { signal } = context;
      const work = context.compute.run(boundTask, { state: loaded.state, seconds: SECONDS }, { signal });
      const found = await withNames(namesOf(loaded), work);
      const kept = await keepUnlessOld(context.finish, wanted, loaded, found, startedAt);
      if (kept !== null) return kept;
    }
  },
});

async function readWanted(db: Kysely<Database>, courseId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('schedule_bound')
    .select('wanted')
    .where('course_id', '=', courseId)
    .executeTakeFirst();
  return row?.wanted;
}

/** Undoes what `finish` did: another state is wanted by now. */
class Old extends Error {}

async function keepUnlessOld(
  finish: (work: (transaction: Transaction) => Promise<Json>) => Promise<Json>,
  wanted: string,
  { schedule: { courseId }, state }: CourseSchedule,
  { bound, cost }: BoundOutput,
  startedAt: Date,
): Promise<Json> {
  try {
    return await finish(async ({ db }) => {
      const { numUpdatedRows } = await db
        .updateTable('schedule_bound')
        .set({ state_key: stateKey(state), bound })
        .where('course_id', '=', courseId)
        .where('wanted', '=', wanted)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) throw new Old();
      const run = await storeRun(
        db,
        { course: courseId, startedAt },
        {
          ...{ kind: 'plan', subject: 'schedule-bound', problemHash: hashJson(state), bound, cost, seed: 0 },
          ...{ inputs: await courseInputs(db, courseId), budget: { seconds: SECONDS }, result: {} },
        },
      );
      return { bound, runId: run.id };
    });
  } catch (error) {
    if (error instanceof Old) return null;
    throw error;
  }
}

/** Asks for the bound of a state, once; true while it is on its way. */
export async function askForBound(
  store: Store,
  jobs: Jobs,
  { schedule, state, bound }: CourseSchedule,
): Promise<boolean> {
  const { courseId } = schedule;
  const wanted = stateKey(state);
  if (bound?.wanted !== wanted) {
    await store.transaction(async (transaction) => {
      const { db } = transaction;
      const asked = await db
        .insertInto('schedule_bound')
        .values({ course_id: courseId, wanted })
        .onConflict((conflict) =>
          conflict.column('course_id').doUpdateSet({ wanted }).where('schedule_bound.wanted', '!=', wanted),
        )
        .returning(sql`1`.as('one'))
        .executeTakeFirst();
      // A job that runs sees that another state is wanted, and begins again.
      if (asked === undefined || (await activeJobOf(db, courseId, scheduleBoundJob.name)) !== null) return;
      await jobs.send(scheduleBoundJob, { courseId }, { transaction });
    });
  }
  return (await activeJobOf(store.db, courseId, scheduleBoundJob.name)) !== null;
}
