/** What the routes of schedules share. */
import { z } from '@hono/zod-openapi';
import { type Person, requirePerson, staffRoles } from '../../http/person.ts';
import { problems } from '../../http/problem.ts';
import type { ApiServices } from '../../http/router.ts';
import type { CourseNeedsReader } from '../../scheduling/needs.ts';
import type { Writer } from '../../scheduling/rows.ts';
import { type CourseSchedule, loadCourseSchedule } from '../../scheduling/state.ts';
import { requireCourse } from '../courses/service.ts';
import { idSchema } from '../shared-schema.ts';
import { versionSchema } from './setting-schema.ts';

export const scheduleParams = z.object({ courseId: idSchema });
export const schedulePath = '/courses/{courseId}/schedule';
export const tags = ['schedules'];
/** Of every write. */
export const writeRefusals = problems('person-missing', 'not-allowed', 'not-found', 'conflict', 'unprocessable');
export const basedOn = z.object({ version: versionSchema });

export interface ScheduleAccess {
  /** Everything about a course's schedule; a problem where there is no such course. */
  load(courseId: number): Promise<CourseSchedule>;
  /** A member of staff who changes it. */
  writer(person: Person | null, courseId: number, version: number): Promise<Writer>;
}

export function createScheduleAccess({ store }: ApiServices, readNeeds: CourseNeedsReader): ScheduleAccess {
  return {
    load: async (courseId) => loadCourseSchedule(store, await requireCourse(store.db, courseId), readNeeds),
    async writer(person, courseId, version) {
      const { label } = requirePerson(person, ...staffRoles);
      return { courseId: await requireCourse(store.db, courseId), version, person: label };
    },
  };
}
