/**
 * The whole product for a browser test: the real server on a data directory of its own, with the sample institution and
 * the built app, and a Chromium to look at it.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from '@qurriculum/server';
import type { Browser, Page } from 'playwright-core';
import { inject } from 'vitest';
import { launchChromium } from './chromium.ts';
import { openWatchedPage, type PageOptions, type WatchedPage } from './page-checks.ts';

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

export const openApp = async ({ sample = true }: OpenAppOptions = {}): Promise<OpenedApp> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'qurriculum-app-'));
  await cp(join(inject('dataFolder'), sample ? 'sample' : 'empty'), dataDir, { recursive: true });
  const server = await startServer({ port: 0, dataDir, sample: false, webhookHosts: ['127.0.0.1'] });
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
