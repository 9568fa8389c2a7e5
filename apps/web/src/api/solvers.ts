/** Comparisons of solvers and policies, and which of them is champion. */
import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { api } from './client.ts';

const { comparisons, champion } = api.courses[':courseId'];

export type CourseComparisons = InferResponseType<typeof comparisons.$get, 200>;
export type ComparisonView = NonNullable<CourseComparisons['latest']>;
export type SolverView = CourseComparisons['solvers'][number];
export type ComparisonBody = InferRequestType<typeof comparisons.$post>['json'];
export type ChampionView = InferResponseType<typeof champion.$get, 200>;

const param = (courseId: number) => ({ courseId: String(courseId) });

export const comparisonsQuery = (courseId: number) =>
  queryOptions({
    queryKey: ['courses', courseId, 'comparisons'],
    queryFn: async ({ signal }) => (await comparisons.$get({ param: param(courseId) }, { init: { signal } })).json(),
  });

export const championQuery = (courseId: number) =>
  queryOptions({
    queryKey: ['courses', courseId, 'champion'],
    queryFn: async ({ signal }) => (await champion.$get({ param: param(courseId) }, { init: { signal } })).json(),
  });

export const startComparison = async (courseId: number, body: ComparisonBody) =>
  (await comparisons.$post({ param: param(courseId), json: body })).json();

export const promote = async (courseId: number, solver: string, reason: string): Promise<ChampionView> =>
  (await champion.$put({ param: param(courseId), json: { solver, reason } })).json();
