/** What the command line uses of the server. */
export type { AppType } from './api.ts';
export { ServerError } from './http/listen.ts';
export {
  closeOnSignals,
  DEFAULT_PORT,
  type RunningServer,
  type StartOptions,
  startServer,
  startWorker,
  type WorkerOptions,
} from './start.ts';
export { StoreError } from './store/errors.ts';
export { findLockHolder, type LockHolder } from './store/lock.ts';
