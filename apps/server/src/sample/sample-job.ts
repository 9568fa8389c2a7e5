/**
 * The sample institution: our own course and 240 simulated learners on it, labelled as simulated wherever they show.
 * Made on the first start, in a job, so that the page is there at once.
 */
import { createHash } from 'node:crypto';
import { foundationsOfAlgebra } from '@qurriculum/course/sample-course';
import { z } from 'zod';
import { defineTask } from '../compute/tasks.ts';
import { estimateCourse } from '../estimates/estimate-course.ts';
import { findSameFile, withNewDataset } from '../import/dataset.ts';
import { storeMaterial } from '../import/store-course.ts';
import { storeRecords } from '../import/store-records.ts';
import { defineJob, type JobContext } from '../jobs/definition.ts';
import { sampleName } from './sample-names.ts';
import { storeSamplePractice } from './sample-practice.ts';
import { storeSampleSchedule } from './sample-schedule.ts';
import type { run as runSample } from './sample-task.ts';

const sampleTask = defineTask<typeof runSample>(new URL('./sample-task.ts', import.meta.url));

export const sampleSize = { learners: 240, interactions: 40_000, seed: 20_260_901 } as const;

const payload = z.object({
  learners: z.number().int().min(10).default(sampleSize.learners),
  interactions: z.number().int().min(100).default(sampleSize.interactions),
});
type Payload = z.output<typeof payload>;

export const sampleJob = defineJob<Payload>({
  name: 'sample',
  payload: payload as z.ZodType<Payload>,
  title: () => 'Making the sample institution',
  async run(size, context) {
    const { store, compute, signal } = context;
    const course = await sampleCourseId(context);
    await storeSampleContent(context, course);
    context.progress(0.1, 'Simulating learners');
    await storeSampleRecords(context, course, size);
    await storeSamplePractice(context, course, sampleSize.seed);
    await storeSampleSchedule(store, course, sampleSize.seed, new Date());
    const fit = await estimateCourse(store, compute, course, {
      signal,
      onProgress: (fraction, label) => context.progress(0.5 + 0.5 * fraction, label),
    });
    return { courseId: course, rows: fit?.rows ?? 0 };
  },
});

async function sampleCourseId({ store }: JobContext): Promise<number> {
  const { name } = foundationsOfAlgebra;
  const found = await store.db.selectFrom('course').select('id').where('name', '=', name).executeTakeFirst();
  if (found !== undefined) return found.id;
  const made = await store.db
    .insertInto('course')
    .values({ name, simulated: true })
    .returning('id')
    .executeTakeFirstOrThrow();
  return made.id;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

async function storeSampleContent({ store }: JobContext, course: number): Promise<void> {
  const { graph, templates, name, licence } = foundationsOfAlgebra;
  const sha256 = hashOf(`content ${name}`);
  if ((await findSameFile(store, course, sha256)) !== null) return;
  const dataset = { course, kind: 'content' as const, name: `${name}: the course`, sha256, bytes: 0, licence };
  await withNewDataset(store, { ...dataset, source: 'Written for Qurriculum' }, (id) =>
    store.transaction((transaction) =>
      storeMaterial(transaction, course, id, {
        ...{ skills: graph.skills, prerequisites: graph.prerequisites, items: [], templates },
        misconceptions: foundationsOfAlgebra.misconceptions,
        confusable: foundationsOfAlgebra.confusable,
        courseOrder: foundationsOfAlgebra.courseOrder,
      }),
    ),
  );
}

/** The simulated weeks end yesterday, so that "last practised" reads as it would in a school; day-exact for one seed. */
function lastMidnight(): number {
  const day = 86_400;
  return Math.floor(Date.now() / 1000 / day) * day;
}

async function storeSampleRecords(context: JobContext, course: number, size: Payload): Promise<void> {
  const { store, compute, signal } = context;
  const sha256 = hashOf(`records ${JSON.stringify(size)}`);
  if ((await findSameFile(store, course, sha256)) !== null) return;
  const end = lastMidnight();
  const columns = await compute.run(sampleTask, { ...size, seed: sampleSize.seed, end }, { signal });
  const names = new Map(columns.learners.map((key, k) => [key, sampleName(k)]));
  const dataset = {
    ...{ course, kind: 'sample' as const, name: 'Simulated learners', sha256, bytes: 0, simulated: true },
    source: 'The learner simulator',
    detail: { ...size, seed: sampleSize.seed, law: 'a', end },
  };
  await withNewDataset(store, dataset, (id) =>
    storeRecords(store, columns, {
      ...{ course, dataset: id, source: 'simulated' as const, learnerNames: names, signal },
      onProgress: (fraction, label) => context.progress(0.2 + 0.3 * fraction, label),
    }),
  );
}
