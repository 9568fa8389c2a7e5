/** Planning and repair, and what people ask of a plan: why, what else, at what price. */
import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import type {
  EventBody,
  RulePriceView,
  ScheduleExplanationView,
  SuggestionsView,
} from '../../../server/src/resources/schedules/proposal-schema.ts';
import { api, send } from './client.ts';
import { scheduleKey } from './schedule.ts';

export type { EventBody, RulePriceView, ScheduleExplanationView, SuggestionsView };

const schedule = api.courses[':courseId'].schedule;

const param = (courseId: number) => ({ courseId: String(courseId) });

export type ProposalView = InferResponseType<(typeof schedule.proposals)[':proposalId']['$get'], 200>;
export type PlanBody = InferRequestType<typeof schedule.plan.$post>['json'];
type AcceptBody = InferRequestType<(typeof schedule.proposals)[':proposalId']['accept']['$post']>['json'];
export type Alternative = ProposalView['alternatives'][number];

const at = (courseId: number, path: string) => `/api/courses/${courseId}/schedule${path}`;

const ask = async <T>(path: string, signal: AbortSignal): Promise<T> =>
  (await send(path, { signal })).json() as Promise<T>;

const tell = async <T>(path: string, body: unknown): Promise<T> =>
  (
    await send(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  ).json() as Promise<T>;

export const proposalQuery = (courseId: number, id: number) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'proposal', id],
    queryFn: async ({ signal }) => {
      const request = { param: { ...param(courseId), proposalId: String(id) } };
      return (await schedule.proposals[':proposalId'].$get(request, { init: { signal } })).json();
    },
  });

export interface Seat {
  readonly learnerId: number;
  readonly skillId: number;
  readonly tutorId: string;
  readonly slotId: string;
}

export const scheduleExplanationQuery = (courseId: number, version: number, seat: Seat) =>
  queryOptions({
    queryKey: ['schedule-explanation', courseId, version, seat],
    queryFn: ({ signal }) => {
      const words = new URLSearchParams(Object.entries(seat).map(([name, value]) => [name, String(value)]));
      return ask<ScheduleExplanationView>(at(courseId, `/explanation?${words}`), signal);
    },
  });

interface Started {
  readonly jobId: string;
}

/** A job; its result names what it proposes. */
export const startPlanning = async (courseId: number, body: PlanBody) =>
  (await schedule.plan.$post({ param: param(courseId), json: body })).json();

export interface RepairBody {
  readonly version: number;
  readonly events: EventBody[];
  readonly changeCost?: number;
}

export const startRepair = (courseId: number, body: RepairBody) => tell<Started>(at(courseId, '/repairs'), body);

export const acceptProposal = async (courseId: number, id: number, body: AcceptBody) => {
  const request = { param: { ...param(courseId), proposalId: String(id) }, json: body };
  return (await schedule.proposals[':proposalId'].accept.$post(request)).json();
};

/** Places shown for one request: more than one reads through. */
const SUGGESTIONS = 6;

export const suggestPlaces = (courseId: number, body: { version: number; learnerId: number; skillId: number }) =>
  tell<SuggestionsView>(at(courseId, '/suggestions'), { ...body, limit: SUGGESTIONS });

export type RuleName =
  | 'mostPerDay'
  | 'mostPerWeek'
  | 'bufferMinutes'
  | 'levelWidth'
  | 'groups'
  | 'languages'
  | 'access'
  | 'least'
  | 'pins'
  | 'rooms';

export const priceOfRule = (courseId: number, body: { version: number; rule: RuleName }) =>
  tell<RulePriceView>(at(courseId, '/rule-price'), body);
