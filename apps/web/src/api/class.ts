/** The class: heat map and who needs help. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getJson, queryString } from './client.ts';
import type { HeatMapView, HelpListView } from './views.ts';

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
