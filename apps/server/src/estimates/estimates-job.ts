/**
 * The job after every import of records: fit the model, estimate everybody's mastery, find prerequisites where there are
 * none, effort where answers show it, and how fast skills fade where they carry times.
 */
import { z } from 'zod';
import { defineJob } from '../jobs/definition.ts';
import { estimateCourse } from './estimate-course.ts';
import { estimateGraph, hasNoGraph } from './estimate-graph.ts';

const payload = z.object({ courseId: z.number().int().positive() });

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
    const fit = await estimateCourse(store, compute, courseId, {
      signal,
      onProgress: (fraction, label) => context.progress(start + (1 - start) * fraction, label),
    });
    return { ...(fit ?? { rows: 0 }), prerequisites };
  },
});
