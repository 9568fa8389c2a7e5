/** Learners, what is known of them, and their plans. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { api } from './client.ts';

const course = api.courses[':courseId'];
const learner = api.learners[':learnerId'];

export type LearnerList = InferResponseType<typeof course.learners.$get, 200>;
export type LearnerView = InferResponseType<typeof learner.$get, 200>;
export type SkillMapView = InferResponseType<typeof learner.skills.$get, 200>;
export type PlanView = InferResponseType<typeof learner.plan.$get, 200>;
export type PlanStep = PlanView['sessions'][number]['steps'][number];
export type OverrideView = PlanView['overrides'][number];
export type ExplanationView = InferResponseType<(typeof learner.plan.steps)[':skillId']['explanation']['$get'], 200>;
export type OverrideBody = InferRequestType<typeof learner.overrides.$post>['json'];
export type GoalsBody = InferRequestType<typeof learner.goals.$put>['json'];

const param = (learnerId: number) => ({ learnerId: String(learnerId) });

export const learnersQuery = (courseId: number, search: string, offset: number, limit: number) =>
  queryOptions({
    queryKey: ['courses', courseId, 'learners', search, offset, limit],
    queryFn: async ({ signal }) => {
      const query = { offset: String(offset), limit: String(limit), ...(search === '' ? {} : { search }) };
      const request = { param: { courseId: String(courseId) }, query };
      return (await course.learners.$get(request, { init: { signal } })).json();
    },
    placeholderData: keepPreviousData,
  });

/** Everything known of one learner stands below this key, so that an answer or an override makes all of it stale. */
export const learnerKey = (learnerId: number) => ['learners', learnerId] as const;

export const learnerQuery = (learnerId: number) =>
  queryOptions({
    queryKey: [...learnerKey(learnerId), 'overview'],
    queryFn: async ({ signal }) => (await learner.$get({ param: param(learnerId) }, { init: { signal } })).json(),
  });

export const skillMapQuery = (learnerId: number) =>
  queryOptions({
    queryKey: [...learnerKey(learnerId), 'skills'],
    queryFn: async ({ signal }) =>
      (await learner.skills.$get({ param: param(learnerId) }, { init: { signal } })).json(),
  });

export const planQuery = (learnerId: number) =>
  queryOptions({
    queryKey: [...learnerKey(learnerId), 'plan'],
    queryFn: async ({ signal }) => (await learner.plan.$get({ param: param(learnerId) }, { init: { signal } })).json(),
  });

/** Solving for the runner-up takes a moment: asked only when someone asks. */
export const explanationQuery = (learnerId: number, planId: number, skillId: number) =>
  queryOptions({
    queryKey: [...learnerKey(learnerId), 'explanation', planId, skillId],
    queryFn: async ({ signal }) => {
      const request = { param: { ...param(learnerId), skillId: String(skillId) } };
      return (await learner.plan.steps[':skillId'].explanation.$get(request, { init: { signal } })).json();
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

export const makePlan = async (learnerId: number): Promise<PlanView> =>
  (await learner.plan.$post({ param: param(learnerId), json: {} })).json();

export const addOverride = async (learnerId: number, body: OverrideBody): Promise<PlanView> =>
  (await learner.overrides.$post({ param: param(learnerId), json: body })).json();

export const withdrawOverride = async (overrideId: number): Promise<PlanView> =>
  (await api.overrides[':overrideId'].$delete({ param: { overrideId: String(overrideId) } })).json();

export const setGoals = async (learnerId: number, body: GoalsBody): Promise<LearnerView> =>
  (await learner.goals.$put({ param: param(learnerId), json: body })).json();
