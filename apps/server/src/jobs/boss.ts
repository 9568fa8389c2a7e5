/** pg-boss on the store: with connections of its own on PostgreSQL, through the store's thread on the embedded database. */
import { type Db, PgBoss } from 'pg-boss';
import type { Backend } from '../store/backend.ts';
import { assertOutsideTransaction } from '../store/dialect.ts';
import type { Store } from '../store/store.ts';

/** pg-boss ends a job that runs longer; a day is the most it allows. */
export const LONGEST_JOB_SECONDS = 86_399;

/** Starts pg-boss; jobs of dead processes are looked for every so many seconds. */
export async function createBoss(store: Store, superviseSeconds: number): Promise<PgBoss> {
  const location = store.share();
  const database =
    'url' in location
      ? { connectionString: location.url, max: 4, application_name: 'qurriculum jobs' }
      : { db: throughBackend(store.backend), backend: 'pglite' as const };
  const boss = new PgBoss({
    ...database,
    schema: 'pgboss',
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    // One process and no rival: nothing to rebuild or watch over on the embedded database.
    reindex: store.kind === 'postgres',
    monitorVacuum: store.kind === 'postgres',
  });
  // A lost connection is reported here and mended by pg-boss; unheard, the event would end the process.
  boss.on('error', () => {});
  await boss.start();
  return boss;
}

/**
 * pg-boss over the embedded database. Blocks of several statements go through `exec`; the store's thread itself rolls
 * back a block that failed half-way before it serves anyone else.
 */
function throughBackend(backend: Backend): Db {
  return {
    async executeSql(text, values) {
      assertOutsideTransaction(backend);
      const { rows } = values?.length ? await backend.query(text, values) : await backend.exec(text);
      return { rows };
    },
    async listen(channel, onNotification, onReconnect) {
      const stop = await backend.listen(channel, onNotification, onReconnect);
      return { close: stop };
    },
  };
}
