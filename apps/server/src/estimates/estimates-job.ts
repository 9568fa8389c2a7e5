/**
 * The job after every import of records: fit the model, estimate everybody's mastery, find prerequisites where there are
 * none, and how fast skills fade where answers carry times.
 */
import { z } from 'zod';
import { defineJob } from '../jobs/definition.ts';
import { estimateGraph, hasNoGraph } from './estimate-graph.ts';
import { fitCourse } from './fit-course.ts';
import { fitCourseMemory } from './fit-memory.ts';

const payload = z.object({ courseId: z.number().int().positive() });

/** Share of the progress bar before the memory model. */
const MEMORY_FROM = 0.85;

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
      onProgress: (fraction, label) => context.progress(start + (MEMORY_FROM - start) * fraction, label),
    });
    await fitCourseMemory(store, compute, courseId, {
      signal,
      onProgress: (fraction, label) => context.progress(MEMORY_FROM + (1 - MEMORY_FROM) * fraction, label),
    });
    return { ...(fit ?? { rows: 0 }), prerequisites };
  },
});
