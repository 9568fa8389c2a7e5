/** The class: heat map and who needs help. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getJson, queryString, sendJson } from './client.ts';
import type { HeatMapView, HelpListView, PrerequisiteView } from './views.ts';

export interface HeatMapSearch {
  readonly offset: number;
  readonly limit: number;
  readonly order: 'name' | 'help';
  readonly subject?: string;
}

export const heatMapQuery = (courseId: number, search: HeatMapSearch) =>
  queryOptions({
    queryKey: ['courses', courseId, 'class', search],
    queryFn: ({ signal }) =>
      getJson<HeatMapView>(`/api/courses/${courseId}/class${queryString({ ...search })}`, signal),
    placeholderData: keepPreviousData,
  });

export const helpQuery = (courseId: number) =>
  queryOptions({
    queryKey: ['courses', courseId, 'help'],
    queryFn: ({ signal }) => getJson<HelpListView>(`/api/courses/${courseId}/help`, signal),
  });

export const prerequisitesQuery = (courseId: number) =>
  queryOptions({
    queryKey: ['courses', courseId, 'prerequisites'],
    queryFn: ({ signal }) =>
      getJson<{ prerequisites: readonly PrerequisiteView[] }>(`/api/courses/${courseId}/prerequisites`, signal),
    select: (data) => data.prerequisites,
  });

export const switchPrerequisite = (
  courseId: number,
  from: number,
  to: number,
  enabled: boolean,
): Promise<PrerequisiteView> => sendJson('PUT', `/api/courses/${courseId}/prerequisites/${from}/${to}`, { enabled });
