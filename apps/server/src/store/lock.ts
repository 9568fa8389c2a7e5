/**
 * The lock of a data directory. PGlite itself lets two processes write one directory, which loses data, so whoever
 * opens it first creates `server.lock` with its process and, once it listens, its address. A lock whose process is gone
 * (kill -9, power loss) is recognised by process number together with process start time, since numbers are reused.
 */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, mkdir, open, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { StoreError } from './errors.ts';

export interface LockHolder {
  /** Unlike for every lock taken. */
  readonly token: string;
  readonly pid: number;
  /** Says which process had this number: boot and start time on Linux, start time elsewhere; null where unknown. */
  readonly processStart: string | null;
  readonly host: string;
  /** Where the server answers, e.g. http://127.0.0.1:4870; null until it listens. */
  readonly address: string | null;
}

export interface DataDirectoryLock {
  /** Writes the address into the lock, for whoever finds it. */
  announce(address: string): Promise<void>;
  release(): Promise<void>;
}

const FILE = 'server.lock';

/** Takes the lock, making the directory if need be; throws a `StoreError` where it is held or cannot be written. */
export async function lockDataDirectory(directory: string): Promise<DataDirectoryLock> {
  const file = path.join(directory, FILE);
  const holder: LockHolder = {
    token: randomUUID(),
    pid: process.pid,
    processStart: processStart(process.pid),
    host: hostname(),
    address: null,
  };
  try {
    await mkdir(directory, { recursive: true });
    // A stale lock is cleared once; if the file is back by then, somebody else has won.
    if (!(await create(file, holder)) && !((await clearStale(file)) && (await create(file, holder)))) {
      throw lockedError(directory, await readHolder(file));
    }
  } catch (error) {
    throw error instanceof StoreError ? error : unwritableError(directory, error);
  }
  return {
    announce: (address) => replace(file, { ...holder, address }),
    async release() {
      const current = await readHolder(file);
      if (current?.token === holder.token) await unlink(file);
    },
  };
}

/** The live holder of the directory's lock, or null where nobody holds it. */
export async function findLockHolder(directory: string): Promise<LockHolder | null> {
  const holder = await readHolder(path.join(directory, FILE));
  return holder && isAlive(holder) ? holder : null;
}

async function create(file: string, holder: LockHolder): Promise<boolean> {
  // Written aside and linked, so that nobody ever reads a lock that is only half there.
  const draft = `${file}.${holder.token}`;
  await writeFile(draft, JSON.stringify(holder), { flag: 'wx' });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    // Some file systems have no hard links.
    return createDirectly(file, holder);
  } finally {
    await unlink(draft);
  }
}

async function createDirectly(file: string, holder: LockHolder): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(JSON.stringify(holder));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function replace(file: string, holder: LockHolder): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(holder));
  await rename(draft, file);
}

/** True where the file is out of the way. Of several processes that try at once, only one moves the stale file. */
async function clearStale(file: string): Promise<boolean> {
  const stale = await readHolder(file);
  if (stale && isAlive(stale)) return false;
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
  const moved = await readHolder(aside);
  const isTheStaleOne = moved?.token === stale?.token;
  // A live lock was caught, made between reading and moving: put it back unless a newer one is there.
  if (!isTheStaleOne) await link(aside, file).catch(() => {});
  await unlink(aside);
  return isTheStaleOne;
}

async function readHolder(file: string): Promise<LockHolder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as LockHolder;
  } catch {
    return null;
  }
}

function isAlive(holder: LockHolder): boolean {
  // Processes of another machine cannot be seen from here; the safe answer is that they live.
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const start = processStart(holder.pid);
  return start === null || holder.processStart === null || start === holder.processStart;
}

function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): field 22 is the start time in clock ticks since boot; the name in field 2 may hold spaces, so count after it.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`;
  } catch {
    return processStartByPs(pid);
  }
}

function processStartByPs(pid: number): string | null {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim() || null;
  } catch {
    return null;
  }
}

function lockedError(directory: string, holder: LockHolder | null): StoreError {
  const elsewhere = holder && holder.host !== hostname();
  const who = holder ? `process ${holder.pid}${elsewhere ? ` on ${holder.host}` : ''}` : 'another process';
  const where = holder?.address ? ` and answers at ${holder.address}` : '';
  const remedy = elsewhere
    ? `if that machine no longer runs it, delete ${path.join(directory, FILE)}`
    : 'use that one, stop it, or give another directory with --data';
  return new StoreError(
    'data-directory-locked',
    `store: the data directory ${directory} is in use: ${who} holds it${where}; ${remedy}.`,
    { address: holder?.address ?? null },
  );
}

function unwritableError(directory: string, error: unknown): StoreError {
  return new StoreError(
    'data-directory-unwritable',
    `store: expected a data directory that can be written, got ${directory} ` +
      `(${(error as Error).message}); choose another one with --data or change its permissions.`,
    { cause: error },
  );
}
