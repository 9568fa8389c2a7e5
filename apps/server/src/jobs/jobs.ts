/**
 * Jobs on pg-boss, on either database. A job is sent in the same transaction as whatever it belongs to, run by this
 * process or another, and retried when its process dies: at once after a restart on the embedded database (its lock
 * says that nobody else can be running it), after a missed heartbeat on PostgreSQL.
 */
import { randomUUID } from 'node:crypto';
import type { Json } from '@qurriculum/evidence';
import { sql } from 'kysely';
import { fromKysely, type PgBoss } from 'pg-boss';
import { createBoss, LONGEST_JOB_SECONDS } from './boss.ts';
import type { JobDefinition, Jobs, Services } from './definition.ts';
import { activeStates, selectJob, toJob } from './rows.ts';
import { JobCancelled, type RunningJobs, runJob, ServerStopping } from './run-job.ts';

export interface JobsOptions {
  /** How soon a job of a dead process is noticed on PostgreSQL, in seconds; at least 10. Default 20. */
  readonly heartbeatSeconds?: number;
  /** How often heartbeats are looked at, in seconds. Default 10. */
  readonly superviseSeconds?: number;
}

const WAIT_MS = 100;
/** pg-boss's own limit on deliveries; how often a job is tried is decided by its definition. */
const DELIVERIES = 1000;
/** How long a stopping process waits for its jobs to notice. */
const STOP_TIMEOUT_MS = 5_000;

/** Starts pg-boss for these kinds of jobs. Nothing runs before `work` is called. */
export async function createJobs(
  services: Services,
  definitions: readonly JobDefinition[],
  options: JobsOptions = {},
): Promise<Jobs> {
  const { store } = services;
  const boss = await createBoss(store, options.superviseSeconds ?? 10);
  const running: RunningJobs = new Map();
  for (const definition of definitions) await createQueue(boss, definition, options.heartbeatSeconds ?? 20);

  const jobs: Jobs = {
    async send(definition, payload, { requestedBy = null, transaction } = {}) {
      if (!transaction)
        return store.transaction((own) => jobs.send(definition, payload, { requestedBy, transaction: own }));
      const id = randomUUID();
      const checked = definition.payload.parse(payload);
      await transaction.db
        .insertInto('job')
        .values({
          id,
          name: definition.name,
          title: definition.title(checked),
          course_id: definition.course?.(checked) ?? null,
          requested_by: requestedBy,
          payload: JSON.stringify(payload as Json),
          state: 'queued',
        })
        .execute();
      await boss.send(definition.name, {}, { id, db: fromKysely(transaction.db) });
      return id;
    },
    async list({ courseId, name, active, limit = 50 } = {}) {
      let query = store.db.selectFrom('job').selectAll().orderBy('created_at', 'desc').orderBy('id').limit(limit);
      if (courseId !== undefined) query = query.where('course_id', '=', courseId);
      if (name !== undefined) query = query.where('name', '=', name);
      if (active) query = query.where('state', 'in', activeStates);
      return (await query.execute()).map(toJob);
    },
    async find(id) {
      const row = await selectJob(store.db, id);
      return row && toJob(row);
    },
    cancel: (id) => cancelJob(services, boss, definitions, running, id),
    async wait(id, { signal } = {}) {
      for (;;) {
        signal?.throwIfAborted();
        const job = await jobs.find(id);
        if (!job) throw new Error(`jobs.wait: expected the id of a job, got ${id}; take it from \`send\`.`);
        if (!activeStates.includes(job.state)) return job;
        await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
      }
    },
    async work() {
      if (store.kind === 'embedded') await requeueOrphans(services, boss);
      for (const definition of definitions) {
        const workOptions = { localConcurrency: definition.concurrency ?? 1, notifyPollingIntervalSeconds: 5 };
        await boss.work(definition.name, workOptions, async ([delivered]) => {
          await runJob(definition, delivered.id, services, jobs, running);
        });
      }
    },
    async stop() {
      for (const controller of running.values()) controller.abort(new ServerStopping());
      await boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
    },
  };
  return jobs;
}

async function createQueue(boss: PgBoss, definition: JobDefinition, heartbeatSeconds: number): Promise<void> {
  await boss.createQueue(definition.name, {
    notify: true,
    retryLimit: DELIVERIES,
    retryDelay: 0,
    expireInSeconds: LONGEST_JOB_SECONDS,
    heartbeatSeconds,
  });
  // Looks the queue up once, so that `send` need not inside of a transaction, which holds the only session.
  await boss.findJobs(definition.name, { id: randomUUID() });
}

/** Jobs that were in hand when the last process on this data directory ended are delivered again. */
async function requeueOrphans(services: Services, boss: PgBoss): Promise<void> {
  const unfinished = await services.store.db
    .selectFrom('job')
    .select(['id', 'name'])
    .where('state', 'in', activeStates)
    .execute();
  const queues = new Set((await boss.getQueues()).map((queue) => queue.name));
  for (const { id, name } of unfinished) {
    if (!queues.has(name)) continue;
    const [delivered] = await boss.findJobs(name, { id });
    if (delivered?.state === 'active') await boss.fail(name, id, { message: 'its process ended' });
  }
  await services.store.db
    .updateTable('job')
    .set({ state: 'retrying', updated_at: sql`now()` })
    .where('state', '=', 'running')
    .execute();
}

async function cancelJob(
  services: Services,
  boss: PgBoss,
  definitions: readonly JobDefinition[],
  running: RunningJobs,
  id: string,
): Promise<boolean> {
  const { db } = services.store;
  const waiting = await db
    .updateTable('job')
    .set({ state: 'cancelled', cancel_requested: true, finished_at: sql`now()`, updated_at: sql`now()` })
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'retrying'])
    .returning(['name', 'payload'])
    .executeTakeFirst();
  if (waiting) {
    const definition = definitions.find((one) => one.name === waiting.name);
    await boss.cancel(waiting.name, id);
    await definition?.abandon?.(definition.payload.parse(waiting.payload), services);
    return true;
  }
  const asked = await db
    .updateTable('job')
    .set({ cancel_requested: true, updated_at: sql`now()` })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirst();
  running.get(id)?.abort(new JobCancelled());
  return asked.numUpdatedRows === 1n;
}
