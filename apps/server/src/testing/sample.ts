/** A small sample institution for tests of what learners and teachers see: 12 simulated learners on the sample course. */
import { sampleJob } from '../sample/sample-job.ts';
import type { TestApi } from './api.ts';

export interface SmallSample {
  readonly courseId: number;
  /** Ids, in the order of the simulation. */
  readonly learnerIds: readonly number[];
}

/** Makes it once; later calls find it. */
export async function smallSample(api: TestApi): Promise<SmallSample> {
  const job = await api.jobs.wait(await api.jobs.send(sampleJob, { learners: 12, interactions: 1200 }));
  if (job.state !== 'done') throw new Error(`sample: ${job.error?.message ?? job.state}`);
  const { courseId } = job.result as { courseId: number };
  const rows = await api.store.db
    .selectFrom('learner')
    .select('id')
    .where('course_id', '=', courseId)
    .orderBy('id')
    .execute();
  return { courseId, learnerIds: rows.map((row) => row.id) };
}
