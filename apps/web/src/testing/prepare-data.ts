/**
 * Once before all browser tests: builds what is stale of the app, so that no test passes or fails on yesterday's, and makes
 * the data directories that every test file takes a copy of, because a new database and the sample take 10 s.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** With the data directories `empty` and `sample` (with the sample institution), of servers that were closed. */
    readonly dataFolder: string;
  }
}

const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url));

export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const node = (...words: string[]) => promisify(execFile)(process.execPath, words, { cwd: REPOSITORY });
  const folder = await mkdtemp(join(tmpdir(), 'qurriculum-browser-'));
  await node('scripts/build.mjs');
  await node('--conditions=development', fileURLToPath(new URL('make-data.ts', import.meta.url)), folder);
  project.provide('dataFolder', folder);
  return () => rm(folder, { recursive: true, force: true });
};
