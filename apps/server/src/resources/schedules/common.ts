/** What the routes of schedules share. */
import { z } from '@hono/zod-openapi';
import { type Person, type Role, requirePerson, staffRoles } from '../../http/person.ts';
import { problems } from '../../http/problem.ts';
import type { ApiServices } from '../../http/router.ts';
import type { CourseNeedsReader } from '../../scheduling/needs.ts';
import type { Writer } from '../../scheduling/rows.ts';
import { type CourseSchedule, loadCourseSchedule } from '../../scheduling/state.ts';
import { requireCourse } from '../courses/service.ts';
import { idSchema } from '../shared-schema.ts';
import { type ScheduleView, versionSchema } from './setting-schema.ts';

export const scheduleParams = z.object({ courseId: idSchema });
export const schedulePath = '/courses/{courseId}/schedule';
export const tags = ['schedules'];
/** Of every write. */
export const writeRefusals = problems('person-missing', 'not-allowed', 'not-found', 'conflict', 'unprocessable');
export const basedOn = z.object({ version: versionSchema });

export type ScheduleAction = keyof ScheduleView['may'];

/** Who may do what with a schedule: routes refuse by it, and screens are told by it what to offer. */
const allowed: Readonly<Record<ScheduleAction, readonly Role[]>> = {
  edit: staffRoles,
  plan: staffRoles,
  publish: staffRoles,
  share: staffRoles,
};

/** The person, who must be allowed to do this. @throws Problem `person-missing` or `not-allowed`. */
export const requireMay = (person: Person | null, action: ScheduleAction): Person =>
  requirePerson(person, ...allowed[action]);

export function mayOf(person: Person | null): ScheduleView['may'] {
  const may = (action: ScheduleAction): boolean => person !== null && allowed[action].includes(person.role);
  return { edit: may('edit'), plan: may('plan'), publish: may('publish'), share: may('share') };
}

export interface ScheduleAccess {
  /** Everything about a course's schedule; a problem where there is no such course. */
  load(courseId: number): Promise<CourseSchedule>;
  /** A person who changes it, and may. Default: `edit`. */
  writer(person: Person | null, courseId: number, version: number, action?: ScheduleAction): Promise<Writer>;
}

export function createScheduleAccess({ store }: ApiServices, readNeeds: CourseNeedsReader): ScheduleAccess {
  return {
    load: async (courseId) => loadCourseSchedule(store, await requireCourse(store.db, courseId), readNeeds),
    async writer(person, courseId, version, action = 'edit') {
      const { label } = requireMay(person, action);
      return { courseId: await requireCourse(store.db, courseId), version, person: label };
    },
  };
}
