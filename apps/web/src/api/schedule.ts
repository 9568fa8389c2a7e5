/** Tutoring schedules of a course: what they are made from, the working plan, changes to it by hand, what was published. */
import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { api } from './client.ts';

const schedule = api.courses[':courseId'].schedule;

export type ScheduleView = InferResponseType<typeof schedule.$get, 200>;
export type ScheduleLearnerView = InferResponseType<typeof schedule.learners.$get, 200>['learners'][number];
export type SchedulePlanView = InferResponseType<typeof schedule.plan.$get, 200>;
export type SessionView = SchedulePlanView['sessions'][number];
export type ScheduleFigures = SchedulePlanView['figures'];
export type FairnessView = SchedulePlanView['fairness'];
export type UnmetView = SchedulePlanView['unmet'][number];
export type ConsequencesView = InferResponseType<typeof schedule.moves.preview.$post, 200>;
export type ChangeOfSession = ConsequencesView['changes'][number];
export type MovesBody = InferRequestType<typeof schedule.moves.$post>['json'];
export type ScheduleMove = MovesBody['moves'][number];
export type PublishedView = InferResponseType<typeof schedule.published.$get, 200>['published'][number];

export type SettingBody = InferRequestType<typeof schedule.$put>['json'];
type TutorBody = InferRequestType<(typeof schedule.tutors)[':tutorId']['$put']>['json'];
type RoomBody = InferRequestType<(typeof schedule.rooms)[':roomId']['$put']>['json'];
type LearnerBody = InferRequestType<(typeof schedule.learners)[':learnerId']['$put']>['json'];
type PinBody = InferRequestType<typeof schedule.pins.$post>['json'];
type PublishBody = InferRequestType<typeof schedule.publish.$post>['json'];

const param = (courseId: number) => ({ courseId: String(courseId) });
const basedOn = (version: number) => ({ version: String(version) });

/** Everything of a schedule stands below this key: whatever is written makes all of it stale. */
export const scheduleKey = (courseId: number) => ['courses', courseId, 'schedule'] as const;

export const scheduleQuery = (courseId: number) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'setting'],
    queryFn: async ({ signal }) => (await schedule.$get({ param: param(courseId) }, { init: { signal } })).json(),
  });

export const scheduleLearnersQuery = (courseId: number) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'learners'],
    queryFn: async ({ signal }) =>
      (await schedule.learners.$get({ param: param(courseId) }, { init: { signal } })).json(),
  });

/** How soon a plan is looked at again whose bound is being worked out, which takes seconds. */
const LOOK_AGAIN_MILLISECONDS = 2000;

export const schedulePlanQuery = (courseId: number) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'plan'],
    queryFn: async ({ signal }) => (await schedule.plan.$get({ param: param(courseId) }, { init: { signal } })).json(),
    refetchInterval: ({ state }) => (state.data?.boundComing ? LOOK_AGAIN_MILLISECONDS : false),
  });

export const publishedQuery = (courseId: number) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'published'],
    queryFn: async ({ signal }) =>
      (await schedule.published.$get({ param: param(courseId) }, { init: { signal } })).json(),
  });

/** A publication as it was: nothing about it changes any more. */
export const publishedPlanQuery = (courseId: number, number: number) =>
  queryOptions({
    queryKey: ['courses', courseId, 'publication', number],
    queryFn: async ({ signal }) => {
      const request = { param: { ...param(courseId), number: String(number) } };
      return (await schedule.published[':number'].$get(request, { init: { signal } })).json();
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

export const changeSetting = async (courseId: number, body: SettingBody) =>
  (await schedule.$put({ param: param(courseId), json: body })).json();

export const putTutor = async (courseId: number, body: TutorBody) =>
  (
    await schedule.tutors[':tutorId'].$put({ param: { ...param(courseId), tutorId: body.tutor.id }, json: body })
  ).json();

export const removeTutor = async (courseId: number, tutorId: string, version: number) => {
  const request = { param: { ...param(courseId), tutorId }, query: basedOn(version) };
  return (await schedule.tutors[':tutorId'].$delete(request)).json();
};

export const putRoom = async (courseId: number, body: RoomBody) =>
  (await schedule.rooms[':roomId'].$put({ param: { ...param(courseId), roomId: body.room.id }, json: body })).json();

export const removeRoom = async (courseId: number, roomId: string, version: number) => {
  const request = { param: { ...param(courseId), roomId }, query: basedOn(version) };
  return (await schedule.rooms[':roomId'].$delete(request)).json();
};

export const putLearner = async (courseId: number, learnerId: number, body: LearnerBody) => {
  const request = { param: { ...param(courseId), learnerId: String(learnerId) }, json: body };
  return (await schedule.learners[':learnerId'].$put(request)).json();
};

export const removeLearner = async (courseId: number, learnerId: number, version: number) => {
  const request = { param: { ...param(courseId), learnerId: String(learnerId) }, query: basedOn(version) };
  return (await schedule.learners[':learnerId'].$delete(request)).json();
};

/** What moves would lead to; changes nothing. */
export const previewMoves = async (courseId: number, body: MovesBody) =>
  (await schedule.moves.preview.$post({ param: param(courseId), json: body })).json();

export const applyMoves = async (courseId: number, body: MovesBody) =>
  (await schedule.moves.$post({ param: param(courseId), json: body })).json();

export const addPin = async (courseId: number, body: PinBody) =>
  (await schedule.pins.$post({ param: param(courseId), json: body })).json();

export const removePin = async (courseId: number, pinId: string, version: number) => {
  const request = { param: { ...param(courseId), pinId }, query: basedOn(version) };
  return (await schedule.pins[':pinId'].$delete(request)).json();
};

export const publishPlan = async (courseId: number, body: PublishBody) =>
  (await schedule.publish.$post({ param: param(courseId), json: body })).json();

/** Where the working plan is to be had as a table. */
export const planCsvPath = (courseId: number): string => schedule['plan.csv'].$path({ param: param(courseId) });
