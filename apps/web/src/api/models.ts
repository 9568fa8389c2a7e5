/** Models of what learners know: which one is champion, and how well each predicts. */
import { queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { api } from './client.ts';

const course = api.courses[':courseId'];

export type CourseModels = InferResponseType<typeof course.models.$get, 200>;
export type Evaluation = NonNullable<CourseModels['latest']>;
export type EvaluatedModel = Evaluation['models'][number];

const param = (courseId: number) => ({ courseId: String(courseId) });

export const modelsQuery = (courseId: number) =>
  queryOptions({
    queryKey: ['courses', courseId, 'models'],
    queryFn: async ({ signal }) => (await course.models.$get({ param: param(courseId) }, { init: { signal } })).json(),
  });

export const startEvaluation = async (courseId: number, body: { readonly models?: string[]; readonly seed?: number }) =>
  (await course['model-evaluations'].$post({ param: param(courseId), json: body })).json();

export const chooseModel = async (courseId: number, model: string, reason: string) =>
  (await course['model-champion'].$put({ param: param(courseId), json: { model, reason } })).json();

export const startFit = async (courseId: number) => (await course.fits.$post({ param: param(courseId) })).json();
