/** One attempt at one job: claims it, runs its handler, and records how it ended. */
import type { Json } from '@qurriculum/evidence';
import { outsideTransaction } from '../store/dialect.ts';
import { isDatabaseLost, isTransactionLost } from '../store/errors.ts';
import type { JobContext, JobDefinition, Jobs, Services } from './definition.ts';
import { claimJob, type Ending, endAttempt, type JobFailure, reportProgress } from './rows.ts';

/** How often progress is stored and a request to cancel is looked for. */
const HEARTBEAT_MS = 500;
const DEFAULT_ATTEMPTS = 3;

export class JobCancelled extends Error {
  override readonly name = 'JobCancelled';
  readonly code = 'cancelled';

  constructor() {
    super('job: it was cancelled; start it again if you still want it.');
  }
}

/** Reason of the signal when the process stops: the job goes back into the queue. */
export class ServerStopping extends Error {
  override readonly name = 'ServerStopping';
  readonly code = 'server-stopping';

  constructor() {
    super('job: the server is stopping; the job starts again with it.');
  }
}

/** Thrown to pg-boss so that it delivers the job again. */
export class DeliverAgain extends Error {
  override readonly name = 'DeliverAgain';
}

/** Jobs running in this process, by id, so that they can be cancelled at once. */
export type RunningJobs = Map<string, AbortController>;

interface Attempt {
  readonly id: string;
  readonly attempt: number;
  readonly controller: AbortController;
}

/** Resolves when the job has ended in whatever way; rejects with `DeliverAgain` where another attempt should follow. */
export async function runJob(
  definition: JobDefinition,
  id: string,
  services: Services,
  jobs: Jobs,
  running: RunningJobs,
): Promise<void> {
  const row = await claimJob(services.store.db, id);
  if (!row) return;
  const attempt: Attempt = { id, attempt: row.attempt, controller: new AbortController() };
  running.set(id, attempt.controller);
  if (row.cancel_requested) attempt.controller.abort(new JobCancelled());
  const progress = reportingProgress(services, attempt);
  let finished = false;
  let ending: Ending;
  const context: JobContext = {
    ...services,
    jobs,
    jobId: id,
    attempt: row.attempt,
    signal: attempt.controller.signal,
    requestedBy: row.requested_by,
    progress: progress.report,
    async finish(work) {
      const result = await services.store.transaction(async (transaction) => {
        const value = await work(transaction);
        const held = await endAttempt(transaction.db, attempt, { state: 'done', result: value });
        if (!held) throw new JobCancelled();
        return value;
      });
      finished = true;
      return result;
    },
  };
  try {
    if (row.attempt > (definition.attempts ?? DEFAULT_ATTEMPTS)) throw new GaveUp(row.attempt - 1);
    ending = { state: 'done', result: await handle(definition, row.payload, context) };
  } catch (error) {
    ending = endingFor(error, attempt.controller.signal);
  } finally {
    await progress.stop();
    running.delete(id);
  }
  if (finished) return;
  await conclude(definition, row.payload, services, attempt, ending);
}

class GaveUp extends Error {
  readonly code = 'gave-up';

  constructor(attempts: number) {
    super(`job: its process ended ${attempts} times while it ran, so it is not tried again; look at the server's log.`);
  }
}

async function handle(definition: JobDefinition, stored: unknown, context: JobContext): Promise<Json> {
  context.signal.throwIfAborted();
  return definition.run(definition.payload.parse(stored), context);
}

async function conclude(
  definition: JobDefinition,
  payload: unknown,
  services: Services,
  attempt: Attempt,
  ending: Ending,
): Promise<void> {
  const { db } = services.store;
  if (ending.state === 'retrying') {
    await endAttempt(db, attempt, ending);
    throw new DeliverAgain('job: to be run again');
  }
  if (ending.state === 'done' && (await endAttempt(db, attempt, ending))) return;
  // Another attempt may have taken over: what it is writing is not this one's to clear.
  if ((await reportProgress(db, attempt, null, null)) === null) return;
  await definition.abandon?.(definition.payload.parse(payload), services);
  // Done, but no longer wanted: it was cancelled between the handler's last step and now.
  await endAttempt(db, attempt, ending.state === 'done' ? { state: 'cancelled' } : ending);
}

function endingFor(error: unknown, signal: AbortSignal): Ending {
  const reason: unknown = signal.aborted ? signal.reason : error;
  if (reason instanceof JobCancelled) return { state: 'cancelled' };
  if (reason instanceof ServerStopping) return { state: 'retrying', countAttempt: false };
  if (isDatabaseLost(reason) || isTransactionLost(reason)) return { state: 'retrying', countAttempt: true };
  return { state: 'failed', error: toFailure(reason) };
}

function toFailure(error: unknown): JobFailure {
  const { code } = error as { code?: unknown };
  return {
    code: typeof code === 'string' ? code : 'internal',
    message: error instanceof Error ? error.message : String(error),
  };
}

/** Keeps the latest progress in memory and stores it twice a second; learns in return whether to cancel. */
function reportingProgress(services: Services, attempt: Attempt) {
  let latest: { fraction: number | null; message: string | null } = { fraction: null, message: null };
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const { fraction, message } = latest;
    // Not part of a transaction that the handler may have open at this moment.
    const cancel = await outsideTransaction(() => reportProgress(services.store.db, attempt, fraction, message));
    if (cancel !== false) attempt.controller.abort(new JobCancelled());
  }

  let idle = true;
  const timer = setInterval(() => {
    // On the embedded database a write waits for the handler's own transaction: one is enough.
    if (!idle) return;
    idle = false;
    writing = write()
      .catch(() => {})
      .finally(() => {
        idle = true;
      });
  }, HEARTBEAT_MS);
  return {
    report(fraction: number | null, message?: string): void {
      const known = fraction === null ? null : Math.min(1, Math.max(0, fraction));
      latest = { fraction: known, message: message ?? latest.message };
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await writing;
    },
  };
}
