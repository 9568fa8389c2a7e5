/** Estimates how engaged a course's learners are, where their answers show it, and stores fit, estimates and run together. */
import { noCost } from '@qurriculum/evidence';
import { engagementTracing, type FittedEngagement } from '@qurriculum/learner';
import { type Kysely, sql } from 'kysely';
import type { ComputeOptions, ComputePool } from '../compute/pool.ts';
import { defineTask } from '../compute/tasks.ts';
import { courseInputs, storeRun } from '../runs.ts';
import { copyRow } from '../store/copy-text.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import type { run as runEngagement } from './engagement-task.ts';
import { readInteractionText } from './interaction-text.ts';
import { createKeptFits } from './kept-fits.ts';
import { learnerHistory } from './learner-history.ts';

const engagementTask = defineTask<typeof runEngagement>(new URL('./engagement-task.ts', import.meta.url));

/** Fits and stores; earlier estimates go where no answer has a response time, hints or a self-report any more. */
export async function fitEngagement(
  store: Store,
  compute: ComputePool,
  course: number,
  options: ComputeOptions = {},
): Promise<void> {
  const startedAt = new Date();
  if (!(await hasSignals(store.db, course))) {
    await store.transaction(({ db }) => clearEngagement(db, course));
    return;
  }
  const text = await readInteractionText(store, course);
  const fit = await compute.run(engagementTask, { text }, { ...options, givesInput: true });
  options.signal?.throwIfAborted();
  const verdicts = Map.groupBy(fit.learners, ([, { verdict }]) => verdict);
  await store.transaction(async ({ db, copyIn }) => {
    const run = await storeRun(
      db,
      { course, startedAt },
      {
        ...{ kind: 'fit', subject: 'engagement', inputs: await courseInputs(db, course), seed: 0 },
        versions: { engagement: fit.version },
        result: {
          ...{ rows: fit.rows, learners: fit.learners.length, note: fit.note, moderates: fit.moderates },
          verdicts: Object.fromEntries([...verdicts].map(([verdict, of]) => [verdict, of.length])),
        },
        cost: { ...noCost, wallSeconds: fit.wallSeconds, cpuSeconds: fit.cpuSeconds },
      },
    );
    await clearEngagement(db, course);
    const body = JSON.stringify(fit.model);
    await db.insertInto('engagement_fit').values({ course_id: course, run_id: run.id, note: fit.note, body }).execute();
    const rows = fit.learners.map(([learner, estimate]) => copyRow([learner, JSON.stringify(estimate)]));
    await copyIn('engagement', ['learner_id', 'body'], [rows.join('')]);
  });
}

/** Fewer tell nothing: see engagement.ts of the learner library. */
const FEWEST_SIGNALS = 50;

async function hasSignals(db: Kysely<Database>, course: number): Promise<boolean> {
  const found = await db
    .selectFrom('interaction')
    .select('course_id')
    .where('course_id', '=', course)
    .where((e) => e.or([e('seconds', 'is not', null), e('hints', 'is not', null), e('self_report', 'is not', null)]))
    .limit(FEWEST_SIGNALS)
    .execute();
  return found.length === FEWEST_SIGNALS;
}

async function clearEngagement(db: Kysely<Database>, course: number): Promise<void> {
  await db.deleteFrom('engagement_fit').where('course_id', '=', course).execute();
  await sql`DELETE FROM engagement USING learner
    WHERE learner.id = engagement.learner_id AND learner.course_id = ${course}`.execute(db);
}

const fits = createKeptFits<FittedEngagement>();

/** One learner's estimate after an answer or a self-report, which are in the store already; none before the first fit. */
export async function updateEngagement({ db }: Store, course: number, learner: number): Promise<void> {
  const ofCourse = db.selectFrom('engagement_fit').where('course_id', '=', course);
  const newest = await ofCourse.select('run_id').executeTakeFirst();
  if (newest === undefined) return;
  const fitted = await fits(newest.run_id, async () => {
    const row = await ofCourse.select('body').where('run_id', '=', newest.run_id).executeTakeFirst();
    return row === undefined ? null : engagementTracing().fromJSON(row.body);
  });
  if (fitted === null) return;
  const { history } = await learnerHistory(db, learner);
  const state = history.reduce((before, answer) => fitted.update(before, answer), fitted.initial());
  const body = JSON.stringify(fitted.engagement(state));
  await db
    .insertInto('engagement')
    .values({ learner_id: learner, body })
    .onConflict((conflict) => conflict.column('learner_id').doUpdateSet({ body, updated_at: new Date() }))
    .execute();
}
