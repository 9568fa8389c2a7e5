/** The class: heat map, who needs help, prerequisites. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { InferResponseType } from 'hono/client';
import { api } from './client.ts';

const course = api.courses[':courseId'];

export type HeatMapView = InferResponseType<typeof course.class.$get, 200>;
export type HelpListView = InferResponseType<typeof course.help.$get, 200>;
export type PrerequisitesView = InferResponseType<typeof course.prerequisites.$get, 200>;
export type PrerequisiteView = PrerequisitesView['prerequisites'][number];
export type PrerequisiteEstimateView = NonNullable<PrerequisitesView['estimate']>;

export interface HeatMapSearch {
  readonly offset: number;
  readonly limit: number;
  readonly order: 'name' | 'help';
  readonly subject?: string;
}

const param = (courseId: number) => ({ courseId: String(courseId) });

export const heatMapQuery = (courseId: number, search: HeatMapSearch) =>
  queryOptions({
    queryKey: ['courses', courseId, 'class', search],
    queryFn: async ({ signal }) => {
      const { offset, limit, ...rest } = search;
      const query = { ...rest, offset: String(offset), limit: String(limit) };
      return (await course.class.$get({ param: param(courseId), query }, { init: { signal } })).json();
    },
    placeholderData: keepPreviousData,
  });

export const helpQuery = (courseId: number) =>
  queryOptions({
    queryKey: ['courses', courseId, 'help'],
    queryFn: async ({ signal }) => (await course.help.$get({ param: param(courseId) }, { init: { signal } })).json(),
  });

export const prerequisitesQuery = (courseId: number) =>
  queryOptions({
    queryKey: ['courses', courseId, 'prerequisites'],
    queryFn: async ({ signal }) =>
      (await course.prerequisites.$get({ param: param(courseId) }, { init: { signal } })).json(),
  });

/** Starts the job that plans for every learner of the course. */
export const planForEverybody = async (courseId: number): Promise<{ jobId: string }> =>
  (await course.plans.$post({ param: param(courseId) })).json();

export const switchPrerequisite = async (
  courseId: number,
  from: number,
  to: number,
  enabled: boolean,
): Promise<PrerequisiteView> => {
  const link = { ...param(courseId), from: String(from), to: String(to) };
  return (await course.prerequisites[':from'][':to'].$put({ param: link, json: { enabled } })).json();
};
