/**
 * Every test of the store, the jobs and the API runs on both databases:
 *
 *     forEachDatabase('courses', (database) => {
 *       it('...', async () => { await database.store.db.selectFrom('course')... });
 *     });
 *
 * One store per test file and database: suites clean up after themselves, or use courses of their own.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import v8 from 'node:v8';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe } from 'vitest';
import { createBoss } from '../jobs/boss.ts';
import { migrations } from '../store/migrations/index.ts';
import { openStore, type Store, type StoreLocation } from '../store/store.ts';
import { createPostgresDatabase } from './postgres-server.ts';

// Test processes live for seconds: optimising the database's code, which V8 begins at once, costs more than it saves.
v8.setFlagsFromString('--wasm-tiering-budget=1000000000');

export type DatabaseKind = 'PGlite' | 'PostgreSQL';

export interface TestDatabase {
  readonly kind: DatabaseKind;
  /** Open from beforeAll to afterAll. */
  readonly store: Store;
}

/** Runs the suite twice: on PGlite in memory and on a database of its own on a real PostgreSQL. */
export function forEachDatabase(title: string, suite: (database: TestDatabase) => void): void {
  for (const kind of ['PGlite', 'PostgreSQL'] as const) {
    describe(`${title} on ${kind}`, () => {
      let store: Store;
      beforeAll(async () => {
        store = await openStore(await emptyDatabase(kind));
      });
      afterAll(() => store?.close());
      suite({
        kind,
        get store() {
          return store;
        },
      });
    });
  }
}

/** Where a fresh database without any rows can be opened. */
export async function emptyDatabase(kind: DatabaseKind): Promise<StoreLocation> {
  if (kind === 'PostgreSQL') return { url: await createPostgresDatabase() };
  return { memory: true, dump: await freshDump() };
}

/**
 * A new PGlite with its tables, as a file: making one takes 7 s of a processor, reading one back 1 s. Kept in the
 * temporary folder under what it was made from.
 */
async function freshDump(): Promise<Uint8Array> {
  const engine = path.join(path.dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')), 'pglite.wasm');
  const hash = createHash('sha256').update(await readFile(engine));
  for (const file of Object.keys(migrations)) {
    hash.update(await readFile(new URL(`../store/migrations/${file}.ts`, import.meta.url)));
  }
  const file = path.join(tmpdir(), `qurriculum-pglite-${hash.digest('hex').slice(0, 12)}.tar`);
  const making = `${file}.making`;
  const isFirst = await writeFile(making, '', { flag: 'wx' }).then(
    () => true,
    () => false,
  );
  // Another test file is at it; where that one was killed, this one makes it after all.
  for (let waited = 0; !isFirst && !existsSync(file) && waited < 120_000; waited += 100) await sleep(100);
  if (!existsSync(file)) await makeDump(file);
  return readFile(file);
}

async function makeDump(file: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'qurriculum-template-'));
  const store = await openStore({ dataDir: folder });
  // The tables of the jobs too.
  await (await createBoss(store, 10)).stop();
  await store.close();
  const database = await PGlite.create(path.join(folder, 'database'));
  const dump = await database.dumpDataDir('none');
  await database.close();
  await writeFile(`${file}.${process.pid}`, Buffer.from(await dump.arrayBuffer()));
  await rename(`${file}.${process.pid}`, file);
  await rm(folder, { recursive: true, force: true });
}

/** Makes an empty data directory, quicker than its first opening would. */
export async function makeDataDirectory(directory: string): Promise<void> {
  const dump = await freshDump();
  await mkdir(directory, { recursive: true });
  const database = await PGlite.create(path.join(directory, 'database'), {
    loadDataDir: new Blob([dump as Uint8Array<ArrayBuffer>]),
  });
  await database.close();
}
