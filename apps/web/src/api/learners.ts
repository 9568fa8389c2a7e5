/** Learners, what is known of them, their plans and their practice. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getJson, queryString, sendJson } from './client.ts';
import type {
  AnswerResult,
  ExerciseView,
  ExplanationView,
  LearnerList,
  LearnerView,
  PlanView,
  SkillMapView,
} from './views.ts';

export interface LearnerSearch {
  readonly search?: string;
  readonly offset?: number;
  readonly limit?: number;
}

export const learnersQuery = (courseId: number, search: LearnerSearch) =>
  queryOptions({
    queryKey: ['courses', courseId, 'learners', search],
    queryFn: ({ signal }) =>
      getJson<LearnerList>(`/api/courses/${courseId}/learners${queryString({ ...search })}`, signal),
    placeholderData: keepPreviousData,
  });

/** Everything known of one learner stands below this key, so that an answer or an override makes all of it stale. */
export const learnerKey = (learnerId: number) => ['learners', learnerId] as const;

export const learnerQuery = (learnerId: number) =>
  queryOptions({
    queryKey: [...learnerKey(learnerId), 'overview'],
    queryFn: ({ signal }) => getJson<LearnerView>(`/api/learners/${learnerId}`, signal),
  });

export const skillMapQuery = (learnerId: number) =>
  queryOptions({
    queryKey: [...learnerKey(learnerId), 'skills'],
    queryFn: ({ signal }) => getJson<SkillMapView>(`/api/learners/${learnerId}/skills`, signal),
  });

export const planQuery = (learnerId: number) =>
  queryOptions({
    queryKey: [...learnerKey(learnerId), 'plan'],
    queryFn: ({ signal }) => getJson<PlanView>(`/api/learners/${learnerId}/plan`, signal),
  });

/** Solving for the runner-up takes a moment: asked only when someone asks. */
export const explanationQuery = (learnerId: number, planId: number, skillId: number) =>
  queryOptions({
    queryKey: [...learnerKey(learnerId), 'explanation', planId, skillId],
    queryFn: ({ signal }) =>
      getJson<ExplanationView>(`/api/learners/${learnerId}/plan/steps/${skillId}/explanation`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const makePlan = (learnerId: number): Promise<PlanView> =>
  sendJson('POST', `/api/learners/${learnerId}/plan`, {});

export interface OverrideBody {
  readonly skillId: number;
  readonly action: 'skip' | 'pin' | 'forbid';
  readonly reason?: string;
}

export const addOverride = (learnerId: number, body: OverrideBody): Promise<PlanView> =>
  sendJson('POST', `/api/learners/${learnerId}/overrides`, body);

export const withdrawOverride = (learnerId: number, overrideId: number): Promise<PlanView> =>
  sendJson('DELETE', `/api/learners/${learnerId}/overrides/${overrideId}`);

export interface GoalsBody {
  readonly skillIds: readonly number[];
  readonly by?: string | null;
  readonly minutesPerSession?: number;
}

export const setGoals = (learnerId: number, body: GoalsBody): Promise<LearnerView> =>
  sendJson('PUT', `/api/learners/${learnerId}/goals`, body);

export const newExercise = (learnerId: number, skillId?: number): Promise<ExerciseView> =>
  sendJson('POST', `/api/learners/${learnerId}/exercises`, skillId === undefined ? {} : { skillId });

export interface Hint {
  readonly hint: string;
  readonly number: number;
  readonly remaining: number;
}

export const askHint = (exerciseId: string): Promise<Hint> => sendJson('POST', `/api/exercises/${exerciseId}/hints`);

export interface AnswerBody {
  readonly response: string | readonly string[];
  readonly seconds: number;
  readonly giveUp?: boolean;
}

export const sendAnswer = (exerciseId: string, body: AnswerBody): Promise<AnswerResult> =>
  sendJson('POST', `/api/exercises/${exerciseId}/answer`, body);
