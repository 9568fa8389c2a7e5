import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findLockHolder, type LockHolder, lockDataDirectory } from './lock.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'qurriculum-lock-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const write = (holder: Partial<LockHolder> | string) =>
  writeFile(path.join(directory, 'server.lock'), typeof holder === 'string' ? holder : JSON.stringify(holder));

const holderNow = async () => JSON.parse(await readFile(path.join(directory, 'server.lock'), 'utf8')) as LockHolder;

describe('the lock of a data directory', () => {
  it('is held by one, announces the address, and is free again afterwards', async () => {
    const lock = await lockDataDirectory(directory);
    await expect(lockDataDirectory(directory)).rejects.toMatchObject({ code: 'data-directory-locked', address: null });
    await lock.announce('http://127.0.0.1:4173');
    await expect(lockDataDirectory(directory)).rejects.toMatchObject({ address: 'http://127.0.0.1:4173' });
    expect(await findLockHolder(directory)).toMatchObject({ pid: process.pid, address: 'http://127.0.0.1:4173' });
    await lock.release();
    expect(await readdir(directory)).toEqual([]);
    await (await lockDataDirectory(directory)).release();
  });

  it('makes the directory', async () => {
    const deep = path.join(directory, 'a', 'b');
    const lock = await lockDataDirectory(deep);
    expect(await readdir(deep)).toEqual(['server.lock']);
    await lock.release();
  });

  it('is taken over from a process that is gone', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    await write({ token: 'old', pid: child.pid, processStart: 'x', host: hostname(), address: 'http://127.0.0.1:1' });
    expect(await findLockHolder(directory)).toBeNull();
    const lock = await lockDataDirectory(directory);
    expect((await holderNow()).pid).toBe(process.pid);
    await lock.release();
  });

  it('is taken over where the number now belongs to another process', async () => {
    const real = await lockDataDirectory(directory);
    const mine = await holderNow();
    await real.release();
    await write({ ...mine, token: 'old', processStart: 'another boot/1' });
    expect(await findLockHolder(directory)).toBeNull();
    await (await lockDataDirectory(directory)).release();
  });

  it('is left alone where its process may live on another machine', async () => {
    await write({ token: 'far', pid: 1, processStart: null, host: 'elsewhere.example', address: null });
    const refused = await lockDataDirectory(directory).catch((error) => error);
    expect(refused).toMatchObject({ code: 'data-directory-locked' });
    expect(refused.message).toContain('elsewhere.example');
    expect(refused.message).toContain('server.lock');
  });

  it('is taken over where the file is unreadable, as after a full disk', async () => {
    await write('{"tok');
    await (await lockDataDirectory(directory)).release();
  });

  it('goes to exactly one of many who find it stale together', async () => {
    await write({ token: 'old', pid: 2 ** 22 + 1, processStart: null, host: hostname(), address: null });
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => lockDataDirectory(directory)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(directory)).toEqual(['server.lock']);
  });

  it('is not released by one who no longer holds it', async () => {
    const lock = await lockDataDirectory(directory);
    await write({ token: 'new', pid: process.pid, processStart: null, host: hostname(), address: null });
    await lock.release();
    expect((await holderNow()).token).toBe('new');
  });
});
