/** The job after every import of records: fit the model, estimate everybody's mastery, find prerequisites where there are none. */
import { z } from 'zod';
import { defineJob } from '../jobs/definition.ts';
import { estimateGraph, hasNoGraph } from './estimate-graph.ts';
import { fitCourse } from './fit-course.ts';
import { fitEngagement } from './fit-engagement.ts';

const payload = z.object({ courseId: z.number().int().positive() });

/** Share of the progress bar when mastery is estimated; the rest is engagement. */
const FIT_END = 0.85;

export const estimatesJob = defineJob<z.output<typeof payload>>({
  name: 'estimates',
  payload,
  title: () => 'Estimating what learners know',
  course: ({ courseId }) => courseId,
  async run({ courseId }, context) {
    const { store, compute, signal } = context;
    const needsGraph = await hasNoGraph(store, courseId);
    let prerequisites = 0;
    if (needsGraph) {
      const onProgress = (fraction: number, label: string): void => context.progress(0.5 * fraction, label);
      prerequisites = await estimateGraph(store, compute, courseId, { signal, onProgress });
    }
    const start = needsGraph ? 0.5 : 0;
    const fit = await fitCourse(store, compute, courseId, {
      signal,
      onProgress: (fraction, label) => context.progress(start + (FIT_END - start) * fraction, label),
    });
    await fitEngagement(store, compute, courseId, {
      signal,
      onProgress: (fraction, label) => context.progress(FIT_END + (1 - FIT_END) * fraction, label),
    });
    return { ...(fit ?? { rows: 0 }), prerequisites };
  },
});
