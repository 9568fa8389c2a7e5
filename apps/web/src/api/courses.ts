/** Courses, and the people who can be chosen. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { InferRequestType, InferResponseType } from 'hono/client';
import { api } from './client.ts';

export type CourseSummary = InferResponseType<typeof api.courses.$get, 200>['courses'][number];

export const coursesQuery = queryOptions({
  queryKey: ['courses'],
  queryFn: async ({ signal }) => (await api.courses.$get({}, { init: { signal } })).json(),
  select: (data) => data.courses,
});

export type PickablePerson = InferResponseType<typeof api.people.$get, 200>['people'][number];

export type Role = PickablePerson['role'];

export type StaffRole = InferRequestType<typeof api.people.$post>['json']['role'];

/** Staff, and the learners of a course whose name holds `search`. */
export const peopleQuery = (courseId: number | undefined, search: string, limit: number) =>
  queryOptions({
    queryKey: ['people', courseId, search, limit],
    queryFn: async ({ signal }) => {
      const query = {
        limit: String(limit),
        ...(courseId === undefined ? {} : { courseId: String(courseId) }),
        ...(search === '' ? {} : { search }),
      };
      return (await api.people.$get({ query }, { init: { signal } })).json();
    },
    select: (data) => data.people,
    placeholderData: keepPreviousData,
  });

/** Adds a member of staff; one who is there already stays as is. */
export const addStaff = async (role: StaffRole, name: string): Promise<PickablePerson> =>
  (await api.people.$post({ json: { role, name } })).json();
