/** Effort as the answers show it, for staff, and what learners say of an exercise. */
import { queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { api } from './client.ts';
import { learnerKey } from './learners.ts';

const ofClass = api.courses[':courseId'].engagement;
const ofLearner = api.learners[':learnerId'].engagement;

export type ClassEngagementView = InferResponseType<typeof ofClass.$get, 200>;
export type EngagementView = ClassEngagementView['learners'][number]['engagement'];

export const classEngagementQuery = (courseId: number) =>
  queryOptions({
    queryKey: ['courses', courseId, 'engagement'],
    queryFn: async ({ signal }) =>
      (await ofClass.$get({ param: { courseId: String(courseId) } }, { init: { signal } })).json(),
  });

export const engagementQuery = (learnerId: number) =>
  queryOptions({
    queryKey: [...learnerKey(learnerId), 'engagement'],
    queryFn: async ({ signal }) =>
      (await ofLearner.$get({ param: { learnerId: String(learnerId) } }, { init: { signal } })).json(),
  });

/** @param value 0 (not really into it) to 1 (focused). */
export const sendSelfReport = async (exerciseId: string, value: number): Promise<{ value: number }> =>
  (await api.exercises[':exerciseId']['self-report'].$post({ param: { exerciseId }, json: { value } })).json();
