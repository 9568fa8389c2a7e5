/** Exercises as the records show them, and misconceptions that answers betray. */
import { queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { api } from './client.ts';
import { learnerKey } from './learners.ts';

const course = api.courses[':courseId'];
const learner = api.learners[':learnerId'];

export type CourseItems = InferResponseType<(typeof course)['item-analysis']['$get'], 200>;
export type ItemAnalysis = NonNullable<CourseItems['latest']>;
export type ResponseAnalysis = NonNullable<ItemAnalysis['responses']>;
export type AnalysedItem = ResponseAnalysis['items'][number];
export type MisconceptionAnalysis = NonNullable<ItemAnalysis['misconceptions']>;
export type ClassMisconception = MisconceptionAnalysis['list'][number];
export type LearnerMisconceptions = InferResponseType<typeof learner.misconceptions.$get, 200>;

const param = (courseId: number) => ({ courseId: String(courseId) });

export const itemsQuery = (courseId: number) =>
  queryOptions({
    queryKey: ['courses', courseId, 'item-analysis'],
    queryFn: async ({ signal }) =>
      (await course['item-analysis'].$get({ param: param(courseId) }, { init: { signal } })).json(),
  });

export const startItemAnalysis = async (courseId: number) =>
  (await course['item-analyses'].$post({ param: param(courseId) })).json();

export const learnerMisconceptionsQuery = (learnerId: number) =>
  queryOptions({
    queryKey: [...learnerKey(learnerId), 'misconceptions'],
    queryFn: async ({ signal }) =>
      (await learner.misconceptions.$get({ param: { learnerId: String(learnerId) } }, { init: { signal } })).json(),
  });
