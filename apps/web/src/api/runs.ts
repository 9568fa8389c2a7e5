/** Stored runs: what was computed, from what, by what, at what cost. */
import { queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { api } from './client.ts';

export type RunSummary = InferResponseType<typeof api.runs.$get, 200>['runs'][number];

export type RunDetail = InferResponseType<(typeof api.runs)[':runId']['$get'], 200>;

/** As many as the server gives at once. */
const LISTED = 500;

export const runsQuery = queryOptions({
  queryKey: ['runs'],
  queryFn: async ({ signal }) =>
    (await api.runs.$get({ query: { limit: String(LISTED) } }, { init: { signal } })).json(),
  select: (data) => data.runs,
});

export const runQuery = (runId: string) =>
  queryOptions({
    queryKey: ['runs', runId],
    queryFn: async ({ signal }) => (await api.runs[':runId'].$get({ param: { runId } }, { init: { signal } })).json(),
    staleTime: Number.POSITIVE_INFINITY,
  });
