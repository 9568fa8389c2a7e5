/**
 * The whole product for a browser test: the real server on a data directory of its own, with the sample institution and
 * the built app, and a Chromium to look at it.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type RunningServer, startServer } from '@qurriculum/server';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { openWatchedPage, type PageOptions, type WatchedPage } from './page-checks.ts';

const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url));

/** Looks again for the end of a job after this long. */
const LOOK_MILLISECONDS = 100;

export interface OpenedApp {
  /** http://127.0.0.1:PORT */
  readonly address: string;
  readonly server: RunningServer;
  readonly browser: Browser;
  /** A page on an address of the app, with somebody chosen: 'teacher:Ms Lopez', 'learner:1', or nobody. */
  open(path: string, options?: PageOptions & { readonly person?: string }): Promise<WatchedPage>;
  close(): Promise<void>;
}

export interface OpenAppOptions {
  /** False: an empty database, nothing imported. */
  readonly sample?: boolean;
}

/** What the app stores for a person, so that a test need not go through the picker. */
const storedPerson = (person: string): string => {
  const [role, name] = person.split(':');
  return JSON.stringify({ person, role, name: role === 'learner' ? `Learner ${name}` : name });
};

/** Chooses a person before the first script of the page runs. */
export const chooseOnPage = (page: Page, person: string): Promise<unknown> =>
  page.addInitScript((stored) => localStorage.setItem('qurriculum.person', stored), storedPerson(person));

const endOfJob = async (server: RunningServer, id: string): Promise<void> => {
  for (;;) {
    const job = await server.jobs.find(id);
    if (job?.state === 'done') return;
    if (!job || job.state === 'failed' || job.state === 'cancelled') {
      throw new Error(`openApp: expected the sample institution, got ${job?.state}: ${job?.error?.message}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
  }
};

/** Builds what is stale: a test must not pass or fail on yesterday's app. */
const buildApp = async (): Promise<void> => {
  await promisify(execFile)(process.execPath, ['scripts/build.mjs'], { cwd: REPOSITORY });
};

export const openApp = async ({ sample = true }: OpenAppOptions = {}): Promise<OpenedApp> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'qurriculum-app-'));
  await buildApp();
  const server = await startServer({ port: 0, dataDir, sample });
  if (server.sampleJobId !== null) await endOfJob(server, server.sampleJobId);
  const browser = await launchChromium();
  return {
    address: server.address,
    server,
    browser,
    open: async (path, { person, ...options } = {}) => {
      const watched = await openWatchedPage(browser, options);
      if (person !== undefined) await chooseOnPage(watched.page, person);
      await watched.page.goto(`${server.address}${path}`);
      return watched;
    },
    close: async () => {
      await browser.close();
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
