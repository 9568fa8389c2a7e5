/** What every browser test asks of a page: no errors on its console, nothing serious for axe, no sideways scrolling. */
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';

export type Theme = 'light' | 'dark';

export interface PageOptions {
  readonly theme?: Theme;
  /** CSS pixels; default 1280 x 900. */
  readonly width?: number;
  readonly height?: number;
}

/** The narrowest screen that must work. */
export const NARROW = { width: 360, height: 740 } as const;

export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console errors, uncaught errors and requests of other hosts, as they happened. */
  readonly troubles: string[];
}

/** Refusals that are an answer: a learner has no plan before the first one is made. Browsers log them all the same. */
const EXPECTED_REFUSALS = /\/api\/learners\/\d+\/plan$/;

/** A fresh page in a context of its own, watched from the first moment. */
export const openWatchedPage = async (browser: Browser, options: PageOptions = {}): Promise<WatchedPage> => {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
    colorScheme: options.theme ?? 'light',
    reducedMotion: 'reduce',
  });
  // Generous: a wait that fails says what it waited for, a slow machine is no fault of the page.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    if (message.type() === 'error' && !EXPECTED_REFUSALS.test(url)) troubles.push(`console: ${message.text()} ${url}`);
  });
  page.on('pageerror', (error) => troubles.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') troubles.push(`request to ${hostname}`);
  });
  return { page, context, troubles };
};

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 A and AA and axe's best practices. */
const AXE: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};

/** Fails with rule, element and advice for each finding that axe calls serious or critical. */
export const expectNoSeriousAxeFindings = async (page: Page): Promise<void> => {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await axeSource);
  const findings = await page.evaluate(async (options) => {
    const { axe } = window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    const { scrollX, scrollY } = window;
    // What has half gone under the header is no small target, and where a page has been scrolled to is chance.
    window.scrollTo(0, 0);
    const { violations } = await axe.run(options);
    window.scrollTo(scrollX, scrollY);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id} (${help}): ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`),
      );
  }, AXE);
  expect(findings).toEqual([]);
};

/** Fails when the page is wider than its window, naming the widest elements. */
export const expectNoSidewaysScroll = async (page: Page): Promise<void> => {
  const wide = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .slice(-6)
      .map((element) => element.outerHTML.slice(0, 120));
  });
  expect(wide).toEqual([]);
};

/** Keeps a picture where QURRICULUM_SCREENSHOTS names a folder; does nothing otherwise. */
export const keepScreenshot = async (page: Page, name: string, fullPage = true): Promise<void> => {
  const folder = process.env['QURRICULUM_SCREENSHOTS'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
};

/** How a page is looked at: light, dark, and light on the narrowest screen. */
export type Look = 'light' | 'dark' | 'narrow';

const LOOKS: Readonly<Record<Look, PageOptions>> = {
  light: { theme: 'light' },
  dark: { theme: 'dark' },
  narrow: { theme: 'light', ...NARROW },
};

/** Runs a check in every look, or in those that are named, and then asks what every page is asked. */
export const forEachLook = async (
  browser: Browser,
  check: (watched: WatchedPage, look: Look) => Promise<void>,
  looks: readonly Look[] = ['light', 'dark', 'narrow'],
): Promise<void> => {
  for (const look of looks) {
    const watched = await openWatchedPage(browser, LOOKS[look]);
    try {
      await check(watched, look);
      await expectNoSidewaysScroll(watched.page);
      await expectNoSeriousAxeFindings(watched.page);
      expect(watched.troubles).toEqual([]);
    } catch (error) {
      await keepScreenshot(watched.page, `failed-${look}`).catch(() => {});
      throw error;
    } finally {
      await watched.context.close();
    }
  }
};
