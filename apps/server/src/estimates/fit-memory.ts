/** Fits a course's memory model in a thread and stores weights, everybody's memories and the run together. */
import { type Json, noCost } from '@qurriculum/evidence';
import { type Kysely, sql } from 'kysely';
import type { ComputeOptions, ComputePool } from '../compute/pool.ts';
import { defineTask } from '../compute/tasks.ts';
import { courseInputs, storeRun } from '../runs.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { readInteractionText } from './interaction-text.ts';
import type { StoredMemory } from './memory-store.ts';
import { type MemoryOutput, type run as runMemory, skillMemoryColumns } from './memory-task.ts';

const memoryTask = defineTask<typeof runMemory>(new URL('./memory-task.ts', import.meta.url));

/** Fits and stores; nothing where no answer carries a time. */
export async function fitCourseMemory(
  store: Store,
  compute: ComputePool,
  course: number,
  { signal, onProgress, seed = 0 }: ComputeOptions & { readonly seed?: number } = {},
): Promise<void> {
  const startedAt = new Date();
  if (!(await hasTimes(store.db, course))) return;
  const text = await readInteractionText(store, course);
  const output = await compute.run(memoryTask, { text, seed }, { signal, onProgress, givesInput: true });
  signal?.throwIfAborted();
  const { fit, memories, fitSeconds, cpuSeconds } = output;
  await store.transaction(async ({ db, copyIn }) => {
    const run = await storeRun(
      db,
      { course, startedAt },
      {
        ...{ kind: 'fit', subject: 'memory', seed },
        inputs: await courseInputs(db, course),
        versions: { 'fsrs-6': '1' },
        result: resultOf(fit),
        cost: { ...noCost, wallSeconds: fitSeconds, cpuSeconds },
      },
    );
    const { verdict, reason, reviews } = fit;
    const body: StoredMemory = { model: fit.model as Json, verdict, reason, reviews };
    await db
      .insertInto('memory_model')
      .values({ course_id: course, run_id: run.id, body: JSON.stringify(body) })
      .execute();
    await sql`DELETE FROM skill_memory USING learner
      WHERE learner.id = skill_memory.learner_id AND learner.course_id = ${course}`.execute(db);
    await copyIn('skill_memory', skillMemoryColumns, memories);
  });
}

/** Figures of the run: through JSON, which turns the NaN of a measure that does not exist into null. */
const resultOf = ({ verdict, reason, reviews, learners, check, model }: MemoryOutput['fit']): Json =>
  JSON.parse(JSON.stringify({ verdict, reason, reviews, learners, check, model })) as Json;

async function hasTimes(db: Kysely<Database>, course: number): Promise<boolean> {
  const timed = db.selectFrom('interaction').select('course_id').where('course_id', '=', course);
  return (await timed.where('at', 'is not', null).limit(1).executeTakeFirst()) !== undefined;
}
