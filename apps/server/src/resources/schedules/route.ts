/** Everything below /courses/{courseId}/schedule. */
import { type ApiServices, createRouter } from '../../http/router.ts';
import { createCourseNeedsReader } from '../../scheduling/needs.ts';
import { createCourseScheduleReader } from '../../scheduling/reader.ts';
import { createNeedsReader } from '../class/service.ts';
import { scheduleAdviceRoutes } from './advice-route.ts';
import { createScheduleAccess } from './common.ts';
import { scheduleImportRoutes } from './import-route.ts';
import { schedulePlanRoutes } from './plan-route.ts';
import { scheduleProposalRoutes } from './proposal-route.ts';
import { scheduleServiceRoutes } from './service-route.ts';
import { scheduleSettingRoutes } from './setting-route.ts';

export function scheduleRoutes(services: ApiServices) {
  const access = createScheduleAccess(
    services,
    createCourseScheduleReader(createCourseNeedsReader(createNeedsReader())),
  );
  return createRouter()
    .route('/', scheduleSettingRoutes(services, access))
    .route('/', schedulePlanRoutes(services, access))
    .route('/', scheduleProposalRoutes(services, access))
    .route('/', scheduleAdviceRoutes(services, access))
    .route('/', scheduleImportRoutes(services, access))
    .route('/', scheduleServiceRoutes(services));
}
