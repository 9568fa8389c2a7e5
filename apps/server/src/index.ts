/** What the command line uses of the server. */
export type { AppType } from './api.ts';
export { ServerError } from './http/listen.ts';
export type { CourseView } from './resources/courses/route.ts';
export type { FileReportView, ImportBody, ImportView, InspectionView } from './resources/imports/schema.ts';
export type { JobView } from './resources/jobs/route.ts';
export type { LearnerList, LearnerView } from './resources/learners/schema.ts';
export type { PlanView } from './resources/plans/schema.ts';
export type { RosterReport } from './resources/schedules/service-schema.ts';
export {
  DEFAULT_PORT,
  type RunningServer,
  type StartOptions,
  startServer,
  startWorker,
  type WorkerOptions,
} from './start.ts';
export { StoreError } from './store/errors.ts';
export { findLockHolder, type LockHolder } from './store/lock.ts';
