import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, startWorker } from './start.ts';
import { findLockHolder } from './store/lock.ts';
import { openStore } from './store/store.ts';
import { makeDataDirectory } from './testing/databases.ts';
import { createPostgresDatabase } from './testing/postgres-server.ts';
import { startProcess } from './testing/processes.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'qurriculum-start-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const quiet = { port: 0, webDirectory: null, sample: false } as const;

function addCourse(address: string, name: string): Promise<Response> {
  return fetch(`${address}/api/courses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-qurriculum-person': 'engineer:E' },
    body: JSON.stringify({ name }),
  });
}

describe('a server in its own process', () => {
  it('loses no acknowledged record to kill -9, and its stale lock is recognised', async () => {
    const dataDir = path.join(root, 'killed');
    await makeDataDirectory(dataDir);
    const first = startProcess('server-process.ts', [JSON.stringify({ dataDir })]);
    const address = await first.nextLine();
    expect(await findLockHolder(dataDir)).toMatchObject({ pid: first.child.pid, address });

    const acknowledged: string[] = [];
    const writing = (async () => {
      for (let i = 0; ; i++) {
        const name = `course ${i}`;
        if ((await addCourse(address, name)).status === 201) acknowledged.push(name);
      }
    })().catch(() => {});
    while (acknowledged.length < 40) await new Promise((resolve) => setTimeout(resolve, 5));
    await first.kill();
    await writing;

    expect(await findLockHolder(dataDir)).toBeNull();
    const store = await openStore({ dataDir });
    const rows = await store.db.selectFrom('course').select('name').execute();
    await store.close();
    expect(rows.map((row) => row.name)).toEqual(expect.arrayContaining(acknowledged));
  });

  it('refuses a second server on its directory, naming its address, and closes cleanly', async () => {
    const dataDir = path.join(root, 'killed');
    const first = startProcess('server-process.ts', [JSON.stringify({ dataDir })]);
    const address = await first.nextLine();
    const second = await startServer({ ...quiet, dataDir }).catch((error) => error);
    expect(second).toMatchObject({ code: 'data-directory-locked', address });
    expect(second.message).toContain(address);
    expect(second.message).toContain(String(first.child.pid));

    const port = Number(new URL(address).port);
    const samePort = await startServer({ ...quiet, dataDir, port }).catch((error) => error);
    expect(samePort).toMatchObject({ code: 'port-in-use' });
    expect(samePort.message).toContain(address);

    first.child.kill('SIGTERM');
    expect(await first.nextLine()).toBe('closing');
    const [code] = await new Promise<unknown[]>((resolve) => first.child.once('exit', (...args) => resolve(args)));
    expect(code).toBe(0);
    await expect(readFile(path.join(dataDir, 'server.lock'))).rejects.toThrow();
  });
});

describe('startServer', () => {
  it('serves on a PostgreSQL server, with a worker beside it', async () => {
    const databaseUrl = await createPostgresDatabase();
    const dataDir = path.join(root, 'postgres');
    const server = await startServer({ ...quiet, dataDir, databaseUrl });
    const worker = await startWorker({ dataDir, databaseUrl });
    const health = (await (await fetch(`${server.address}/api/health`)).json()) as { store: { place: string } };
    expect(health).toMatchObject({ status: 'ok', store: { kind: 'postgres' } });
    expect(health.store.place).not.toContain('secret');
    await worker.close();
    await server.close();
    await server.close();
  });

  it('says what to do where the port is taken', async () => {
    const taken = net.createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as net.AddressInfo;
    const failed = await startServer({ ...quiet, dataDir: path.join(root, 'unused'), port }).catch((error) => error);
    taken.close();
    expect(failed).toMatchObject({ code: 'port-in-use' });
    expect(failed.message).toContain('--port');
  });

  it('refuses other addresses without insecure', async () => {
    const refused = startServer({ ...quiet, dataDir: root, host: '0.0.0.0' });
    await expect(refused).rejects.toMatchObject({ code: 'address-refused' });
  });

  it('names what is wrong with a database', async () => {
    const dataDir = path.join(root, 'refused');
    const good = await createPostgresDatabase();
    const start = (databaseUrl: string) => startServer({ ...quiet, dataDir, databaseUrl }).catch((error) => error);

    const wrongPassword = await start(good.replace('secret', 'guess'));
    expect(wrongPassword).toMatchObject({ code: 'database-refused' });
    expect(wrongPassword.message).not.toContain('guess');
    expect(await start(good.replace(/[^/]+$/, 'missing'))).toMatchObject({ code: 'database-missing' });
    expect(await start('postgres://postgres@127.0.0.1:1/x')).toMatchObject({ code: 'database-unreachable' });
    expect(await start('mysql://localhost/x')).toMatchObject({ code: 'database-unreachable' });
  });

  it('names what is wrong with a data directory', async () => {
    const file = path.join(root, 'a-file');
    await writeFile(file, 'x');
    const notFolder = await startServer({ ...quiet, dataDir: path.join(file, 'data') }).catch((error) => error);
    expect(notFolder).toMatchObject({ code: 'data-directory-unwritable' });

    const damaged = path.join(root, 'damaged');
    await mkdir(path.join(damaged, 'database'), { recursive: true });
    await writeFile(path.join(damaged, 'database', 'PG_VERSION'), '18\n');
    const refused = await startServer({ ...quiet, dataDir: damaged }).catch((error) => error);
    expect(refused).toMatchObject({ code: 'data-directory-damaged' });
    expect(await findLockHolder(damaged)).toBeNull();
  });

  it.skipIf(userInfo().uid === 0)('names a data directory without permission', async () => {
    const locked = path.join(root, 'locked');
    await mkdir(locked);
    await chmod(locked, 0o500);
    const refused = startServer({ ...quiet, dataDir: locked });
    await expect(refused).rejects.toMatchObject({ code: 'data-directory-unwritable' });
  });
});
