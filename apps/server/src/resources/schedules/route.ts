/** Everything below /courses/{courseId}/schedule. */
import { type ApiServices, createRouter } from '../../http/router.ts';
import { createNeedsReader } from '../class/service.ts';
import { scheduleSettingRoutes } from './setting-route.ts';

export function scheduleRoutes(services: ApiServices) {
  const readNeeds = createNeedsReader();
  return createRouter().route('/', scheduleSettingRoutes(services, readNeeds));
}
