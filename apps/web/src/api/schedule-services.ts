/** What stands around a schedule: calendars to subscribe to, webhooks, files with people and times. */
import { queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { api, send } from './client.ts';
import { scheduleKey } from './schedule.ts';

const schedule = api.courses[':courseId'].schedule;

export type FeedView = InferResponseType<typeof schedule.feeds.$get, 200>['feeds'][number];
export type WebhookView = InferResponseType<typeof schedule.webhooks.$get, 200>['webhooks'][number];
export type ImportReport = InferResponseType<typeof schedule.imports.availability.$put, 200>;
export type RosterReport = InferResponseType<typeof schedule.imports.roster.$put, 200>;

type FeedRef = InferRequestType<typeof schedule.feeds.renew.$post>['json'];
type WebhookBody = InferRequestType<typeof schedule.webhooks.$post>['json'];

const param = (courseId: number) => ({ courseId: String(courseId) });

export const feedsQuery = (courseId: number) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'feeds'],
    queryFn: async ({ signal }) =>
      (await (await schedule.feeds.$get({ param: param(courseId) }, { init: { signal } })).json()).feeds,
  });

/** The old address stops working at once. */
export const renewFeed = async (courseId: number, body: FeedRef) =>
  (await schedule.feeds.renew.$post({ param: param(courseId), json: body })).json();

/** Looked at again while a message is on its way. */
const LOOK_MILLISECONDS = 2000;

export const webhooksQuery = (courseId: number) =>
  queryOptions({
    queryKey: [...scheduleKey(courseId), 'webhooks'],
    queryFn: async ({ signal }) =>
      (await (await schedule.webhooks.$get({ param: param(courseId) }, { init: { signal } })).json()).webhooks,
    refetchInterval: ({ state }) =>
      state.data?.some(({ deliveries }) => deliveries[0]?.state === 'waiting') ? LOOK_MILLISECONDS : false,
  });

export const addWebhook = async (courseId: number, body: WebhookBody) =>
  (await schedule.webhooks.$post({ param: param(courseId), json: body })).json();

const webhookParam = (courseId: number, id: number) => ({ ...param(courseId), webhookId: String(id) });

export const removeWebhook = async (courseId: number, id: number): Promise<void> => {
  await schedule.webhooks[':webhookId'].$delete({ param: webhookParam(courseId, id) });
};

export const testWebhook = async (courseId: number, id: number): Promise<void> => {
  await schedule.webhooks[':webhookId'].test.$post({ param: webhookParam(courseId, id) });
};

export interface AvailabilityOptions {
  readonly version: number;
  readonly format: 'ics' | 'csv';
  readonly kind?: 'tutor' | 'learner' | 'room';
  readonly id?: string;
  readonly means?: 'busy' | 'free';
}

/** Sends a file's bytes as they are. */
const sendBytes = async <T>(to: URL, file: File): Promise<T> => {
  const headers = { 'content-type': 'application/octet-stream' };
  return (await send(to, { method: 'PUT', body: file, headers })).json() as Promise<T>;
};

export const importAvailability = (courseId: number, { version, ...options }: AvailabilityOptions, file: File) => {
  const query = { ...options, version: String(version) };
  return sendBytes<ImportReport>(schedule.imports.availability.$url({ param: param(courseId), query }), file);
};

export const importRoster = (courseId: number, version: number, file: File) => {
  const query = { version: String(version) };
  return sendBytes<RosterReport>(schedule.imports.roster.$url({ param: param(courseId), query }), file);
};
