/** Planning and repair, and what people ask of a plan: why, what else, at what price. */
import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { api } from './client.ts';
import { scheduleKey } from './schedule.ts';

const schedule = api.courses[':courseId'].schedule;

export type ProposalView = InferResponseType<(typeof schedule.proposals)[':proposalId']['$get'], 200>;
export type Alternative = ProposalView['alternatives'][number];
export type ScheduleExplanationView = InferResponseType<typeof schedule.explanation.$get, 200>;
export type SuggestionsView = InferResponseType<typeof schedule.suggestions.$post, 200>;
export type PlanBody = InferRequestType<typeof schedule.plan.$post>['json'];
type RepairBody = InferRequestType<typeof schedule.repairs.$post>['json'];
export type EventBody = RepairBody['events'][number];
type AcceptBody = InferRequestType<(typeof schedule.proposals)[':proposalId']['accept']['$post']>['json'];
type SuggestionsBody = InferRequestType<typeof schedule.suggestions.$post>['json'];
type RulePriceBody = InferRequestType<(typeof schedule)['rule-prices']['$post']>['json'];
export type RuleName = RulePriceBody['rule'];

const param = (courseId: number) => ({ courseId: String(courseId) });

export const proposalQuery = (courseId: number, id: number) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'proposal', id],
    queryFn: async ({ signal }) => {
      const request = { param: { ...param(courseId), proposalId: String(id) } };
      return (await schedule.proposals[':proposalId'].$get(request, { init: { signal } })).json();
    },
  });

/** One learner's part in one session. */
export interface Seat {
  readonly learnerId: number;
  readonly skillId: number;
  readonly tutorId: string;
  readonly slotId: string;
}

export const scheduleExplanationQuery = (courseId: number, version: number, seat: Seat) =>
  queryOptions({
    queryKey: ['schedule-explanation', courseId, version, seat],
    queryFn: async ({ signal }) => {
      const query = { ...seat, learnerId: String(seat.learnerId), skillId: String(seat.skillId) };
      return (await schedule.explanation.$get({ param: param(courseId), query }, { init: { signal } })).json();
    },
  });

/** A job; its result names what it proposes. */
export const startPlanning = async (courseId: number, body: PlanBody) =>
  (await schedule.plan.$post({ param: param(courseId), json: body })).json();

/** A job; its result names what it proposes. */
export const startRepair = async (courseId: number, body: RepairBody) =>
  (await schedule.repairs.$post({ param: param(courseId), json: body })).json();

export const acceptProposal = async (courseId: number, id: number, body: AcceptBody) => {
  const request = { param: { ...param(courseId), proposalId: String(id) }, json: body };
  return (await schedule.proposals[':proposalId'].accept.$post(request)).json();
};

/** Places shown for one request: more than one reads through. */
const SUGGESTIONS = 6;

export const suggestPlaces = async (courseId: number, body: Omit<SuggestionsBody, 'limit'>) =>
  (await schedule.suggestions.$post({ param: param(courseId), json: { ...body, limit: SUGGESTIONS } })).json();

/** A job; `rulePriceQuery` tells what it found. */
export const startRulePrice = async (courseId: number, body: RulePriceBody) =>
  (await schedule['rule-prices'].$post({ param: param(courseId), json: body })).json();

/** What a job found that is done. */
export const rulePriceQuery = (courseId: number, jobId: string) =>
  queryOptions({
    queryKey: ['rule-price', courseId, jobId],
    queryFn: async ({ signal }) => {
      const request = { param: { ...param(courseId), jobId } };
      return (await schedule['rule-prices'][':jobId'].$get(request, { init: { signal } })).json();
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
