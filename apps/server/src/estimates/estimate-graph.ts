/**
 * Prerequisites for a course whose records came without a graph: estimated from the order in which mastery appears, kept
 * as a data set of their own, labelled as estimated, each one switchable by a person.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ComputeOptions, ComputePool } from '../compute/pool.ts';
import { defineTask } from '../compute/tasks.ts';
import { findSameFile, withNewDataset } from '../import/dataset.ts';
import { storeMaterial } from '../import/store-course.ts';
import { courseInputs, storeRun } from '../runs.ts';
import type { Store } from '../store/store.ts';
import { readInteractionText } from './interaction-text.ts';
import type { run as runEstimate } from './prerequisites-task.ts';

const estimateTask = defineTask<typeof runEstimate>(new URL('./prerequisites-task.ts', import.meta.url));

/** Name of the data set; people see it among the records. */
export const estimatedGraphName = 'Estimated prerequisites';

/** True when nothing says what comes before what: no prerequisites at all. */
export async function hasNoGraph(store: Store, course: number): Promise<boolean> {
  const found = await store.db
    .selectFrom('prerequisite')
    .select('from_skill')
    .where('course_id', '=', course)
    .limit(1)
    .executeTakeFirst();
  return found === undefined;
}

/** Estimates and stores; gives the number of prerequisites found. */
export async function estimateGraph(
  store: Store,
  compute: ComputePool,
  course: number,
  options: ComputeOptions = {},
): Promise<number> {
  const startedAt = new Date();
  const text = await readInteractionText(store, course);
  if (text.chunks.length === 0) return 0;
  const wall = performance.now();
  const estimate = await compute.run(estimateTask, { text }, { ...options, givesInput: true });
  options.signal?.throwIfAborted();
  const inputs = await courseInputs(store.db, course);
  const sha256 = createHash('sha256').update(JSON.stringify(estimate.prerequisites)).digest('hex');
  // The same outcome as before (often: nothing found), or what a killed attempt left half-made and is cleared away here.
  const same = await findSameFile(store, course, sha256);
  const detail = { testedPairs: estimate.testedPairs, skills: estimate.skills, estimated: true };
  if (same !== null) {
    // More records may have been looked at than last time.
    await store.db
      .updateTable('dataset')
      .set({ detail: sql`detail || ${JSON.stringify(detail)}::jsonb` })
      .where('id', '=', same)
      .execute();
    return estimate.prerequisites.length;
  }
  const names = new Map(text.skills.map(([, key]) => [key, key]));
  const dataset = {
    ...{ course, kind: 'graph' as const, name: estimatedGraphName, sha256, bytes: 0 },
    detail,
    simulated: inputs.every((input) => input.simulated === true),
  };
  await withNewDataset(store, dataset, async (id) => {
    await store.transaction(async (transaction) => {
      await storeMaterial(transaction, course, id, {
        skills: [...names.keys()].map((key) => ({ id: key, name: key })),
        prerequisites: estimate.prerequisites,
        ...{ items: [], templates: [], misconceptions: [], confusable: [], courseOrder: [] },
      });
      const wallSeconds = (performance.now() - wall) / 1000;
      await storeRun(
        transaction.db,
        { course, startedAt },
        {
          kind: 'fit',
          subject: 'prerequisites',
          inputs,
          result: { testedPairs: estimate.testedPairs, prerequisites: estimate.prerequisites.length },
          cost: { wallSeconds, cpuSeconds: 0, queueSeconds: 0, qpuSeconds: 0, money: null },
        },
      );
    });
  });
  return estimate.prerequisites.length;
}
