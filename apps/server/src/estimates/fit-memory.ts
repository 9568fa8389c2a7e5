/** Fits a course's memory model in a thread and stores weights, everybody's memories and the run together. */
import { type Json, noCost } from '@qurriculum/evidence';
import { sql } from 'kysely';
import type { ComputeOptions, ComputePool } from '../compute/pool.ts';
import { defineTask } from '../compute/tasks.ts';
import { courseInputs, storeRun } from '../runs.ts';
import type { Store } from '../store/store.ts';
import type { StoredMemory } from './memory-store.ts';
import { type MemoryOutput, type run as runMemory, skillMemoryColumns } from './memory-task.ts';

const memoryTask = defineTask<typeof runMemory>(new URL('./memory-task.ts', import.meta.url));

/** Answers that are read at once: the embedded database holds the whole result of a query in memory. */
const LEARNERS_AT_ONCE = 2000;

/** Fits and stores; nothing where no answer carries a time. */
export async function fitCourseMemory(
  store: Store,
  compute: ComputePool,
  course: number,
  { signal, onProgress, seed = 0 }: ComputeOptions & { readonly seed?: number } = {},
): Promise<void> {
  const startedAt = new Date();
  const { chunks, skillSets } = await readTimedAnswers(store, course);
  if (chunks.length === 0) return;
  const output = await compute.run(memoryTask, { chunks, skillSets, seed }, { signal, onProgress, givesInput: true });
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

async function readTimedAnswers(store: Store, course: number) {
  const sets = await store.db
    .selectFrom('skill_set')
    .select(['id', 'skills'])
    .where('course_id', '=', course)
    .execute();
  const learners = await store.db
    .selectFrom('learner')
    .select('id')
    .where('course_id', '=', course)
    .orderBy('id')
    .execute();
  const chunks: Uint8Array[] = [];
  for (let k = 0; k < learners.length; k += LEARNERS_AT_ONCE) {
    const [from, to] = [learners[k].id, learners[Math.min(k + LEARNERS_AT_ONCE, learners.length) - 1].id];
    const query = `SELECT learner_id, coalesce(item_id, 0), skill_set_id, correct::int, extract(epoch FROM at), seconds, hints
      FROM interaction WHERE course_id = ${Math.trunc(course)} AND at IS NOT NULL
      AND learner_id BETWEEN ${Math.trunc(from)} AND ${Math.trunc(to)} ORDER BY learner_id, sequence, id`;
    for await (const chunk of store.copyOut(query)) chunks.push(chunk);
  }
  return { chunks, skillSets: sets.map((set): [number, readonly number[]] => [set.id, set.skills]) };
}
