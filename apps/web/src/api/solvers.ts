/** Comparisons of solvers and policies, and which of them is champion. */
import { queryOptions } from '@tanstack/react-query';
import { getJson, sendJson } from './client.ts';
import type { ComparisonView, SolverView } from './views.ts';

export interface CourseComparisons {
  readonly champion: string;
  readonly solvers: readonly SolverView[];
  /** The last one that was done. */
  readonly latest: ComparisonView | null;
  /** The one that runs now. */
  readonly running: { readonly id: number; readonly jobId: string } | null;
}

export const comparisonsQuery = (courseId: number) =>
  queryOptions({
    queryKey: ['courses', courseId, 'comparisons'],
    queryFn: ({ signal }) => getJson<CourseComparisons>(`/api/courses/${courseId}/comparisons`, signal),
  });

export interface ComparisonBody {
  readonly learners?: number;
  readonly solvers?: readonly string[];
  readonly seconds?: number;
  readonly seed?: number;
  readonly simulatedLearners?: number;
}

export const startComparison = (
  courseId: number,
  body: ComparisonBody,
): Promise<{ comparisonId: number; jobId: string }> => sendJson('POST', `/api/courses/${courseId}/comparisons`, body);

export const promote = (courseId: number, solver: string, reason: string): Promise<unknown> =>
  sendJson('PUT', `/api/courses/${courseId}/champion`, { solver, reason });
