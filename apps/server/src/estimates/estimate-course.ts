/** Everything that is estimated from a course's records, one after the other: mastery, effort, memory. */
import type { ComputeOptions, ComputePool } from '../compute/pool.ts';
import type { Store } from '../store/store.ts';
import { type CourseFit, fitCourse } from './fit-course.ts';
import { fitEngagement } from './fit-engagement.ts';
import { fitCourseMemory } from './fit-memory.ts';

/** Share of the whole when mastery is estimated, and when effort is; the rest is memory. */
const MASTERY_END = 0.75;
const EFFORT_END = 0.9;

/** Fits and stores; null where the course has no records. */
export async function estimateCourse(
  store: Store,
  compute: ComputePool,
  course: number,
  { signal, onProgress }: ComputeOptions,
): Promise<CourseFit | null> {
  const part = (from: number, to: number): ComputeOptions => ({
    signal,
    onProgress: (fraction, label) => onProgress?.(from + (to - from) * fraction, label),
  });
  const fit = await fitCourse(store, compute, course, part(0, MASTERY_END));
  await fitEngagement(store, compute, course, part(MASTERY_END, EFFORT_END));
  await fitCourseMemory(store, compute, course, part(EFFORT_END, 1));
  return fit;
}
