import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ComputePool, createComputePool } from '../compute/pool.ts';
import { createOutgoingPolicy } from '../http/outgoing.ts';
import { openStore, type Store, type StoreLocation } from '../store/store.ts';
import { emptyDatabase, forEachDatabase, makeDataDirectory } from '../testing/databases.ts';
import { dieFirst, endless, failing, makeCourse, testJobs } from '../testing/job-kinds.ts';
import { startProcess } from '../testing/processes.ts';
import type { Jobs } from './definition.ts';
import { createJobs } from './jobs.ts';

const servicesOf = (store: Store, compute: ComputePool) => ({
  store,
  compute,
  filesDirectory: tmpdir(),
  outgoing: createOutgoingPolicy(),
});

async function courseNames(store: Store): Promise<string[]> {
  const rows = await store.db.selectFrom('course').select('name').orderBy('id').execute();
  return rows.map((row) => row.name);
}

forEachDatabase('jobs', (database) => {
  let jobs: Jobs;
  const compute = createComputePool(1);
  beforeAll(async () => {
    jobs = await createJobs(servicesOf(database.store, compute), testJobs);
    await jobs.work();
  });
  afterAll(async () => {
    await jobs.stop();
    await compute.close();
  });

  async function untilMessage(id: string, message: string): Promise<void> {
    while ((await jobs.find(id))?.message !== message) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  it('runs a job and keeps its result and progress', async () => {
    const id = await jobs.send(makeCourse, { name: 'made' }, { requestedBy: 'teacher:Ms Lopez' });
    const job = await jobs.wait(id);
    expect(job).toMatchObject({
      name: 'test-make-course',
      title: 'Course made',
      state: 'done',
      progress: 1,
      attempt: 1,
      requestedBy: 'teacher:Ms Lopez',
      error: null,
    });
    expect(job.result).toBeTypeOf('number');
    expect(await courseNames(database.store)).toContain('made');
  });

  it('refuses a payload that does not fit', async () => {
    await expect(jobs.send(makeCourse, { name: '' })).rejects.toThrow();
    expect(await jobs.list({ name: 'test-make-course', active: true })).toEqual([]);
  });

  it('sends a job only if the transaction commits', async () => {
    let id = '';
    const undone = database.store.transaction(async (transaction) => {
      id = await jobs.send(makeCourse, { name: 'never' }, { transaction });
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    expect(await jobs.find(id)).toBeUndefined();
  });

  it('records a failure with its code, without half-writes and without another attempt', async () => {
    const job = await jobs.wait(await jobs.send(failing, { name: 'half' }));
    expect(job).toMatchObject({ state: 'failed', attempt: 1, error: { code: 'bad-file' } });
    expect(job.error?.message).toContain('expected three columns');
    expect(await courseNames(database.store)).not.toContain('half');
  });

  it('shows progress while a job runs, and cancels it', async () => {
    const id = await jobs.send(endless, { name: 'endless' });
    await untilMessage(id, 'Going on');
    expect(await jobs.find(id)).toMatchObject({ state: 'running', progress: 0.25 });
    expect(await jobs.list({ active: true })).toMatchObject([{ id }]);
    expect(await jobs.cancel(id)).toBe(true);
    expect(await jobs.wait(id)).toMatchObject({ state: 'cancelled', cancelRequested: true });
    expect(await courseNames(database.store)).toContain('endless abandoned');
    expect(await jobs.cancel(id)).toBe(false);
  });

  it('cancels a job that waits for another one', async () => {
    const first = await jobs.send(endless, { name: 'first' });
    await untilMessage(first, 'Going on');
    const second = await jobs.send(endless, { name: 'second' });
    expect(await jobs.cancel(second)).toBe(true);
    expect(await jobs.wait(second)).toMatchObject({ state: 'cancelled', attempt: 0 });
    await jobs.cancel(first);
    await jobs.wait(first);
    expect(await courseNames(database.store)).toContain('second abandoned');
  });

  it('hears a cancellation that another process asked for', async () => {
    const id = await jobs.send(endless, { name: 'from afar' });
    await untilMessage(id, 'Going on');
    await database.store.db.updateTable('job').set({ cancel_requested: true }).where('id', '=', id).execute();
    expect(await jobs.wait(id)).toMatchObject({ state: 'cancelled' });
  });

  it('does not finish a job that another attempt has taken over', async () => {
    const id = await jobs.send(dieFirst, { name: 'overtaken' });
    await untilMessage(id, 'About to die');
    await database.store.db.updateTable('job').set({ attempt: 7, state: 'done' }).where('id', '=', id).execute();
    await jobs.send(makeCourse, { name: 'after' }).then((next) => jobs.wait(next));
    expect(await courseNames(database.store)).not.toContain('overtaken');
  });
});

describe.each(['PGlite', 'PostgreSQL'] as const)('a job whose process is killed, on %s', (kind) => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'qurriculum-kill-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('is run again, from a clean start', async () => {
    const location: StoreLocation = kind === 'PGlite' ? { dataDir: directory } : await emptyDatabase(kind);
    if (kind === 'PGlite') await makeDataDirectory(directory);
    const victim = startProcess('job-process.ts', [JSON.stringify(location)]);
    const id = await victim.nextLine();
    expect(await victim.nextLine()).toBe('running');
    await victim.kill();

    const store = await openStore(location);
    const compute = createComputePool(1);
    const jobs = await createJobs(servicesOf(store, compute), testJobs, { superviseSeconds: 1 });
    expect(await jobs.find(id)).toMatchObject({ state: 'running', attempt: 1 });
    // A dead process is missed after its heartbeat; the test does not wait that long.
    if (kind === 'PostgreSQL')
      await sql`UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour'`.execute(store.db);
    await jobs.work();
    expect(await jobs.wait(id)).toMatchObject({ state: 'done', attempt: 2 });
    expect(await courseNames(store)).toEqual(['survivor']);
    await jobs.stop();
    await compute.close();
    await store.close();
  });
});
