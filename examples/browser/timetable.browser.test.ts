/**
 * A timetable solved by workers of a page: modules come one by one from Vite's development server, as a library's workers
 * need them. Told apart from the page's own thread, which takes over where a worker fails, by the workers that were seen.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTimetable, solveTimetable, type TimetableSolution, validateTimetable } from '@qurriculum/decisions';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import type { Browser } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../../apps/web/src/testing/chromium.ts';
import { openWatchedPage } from '../../apps/web/src/testing/page-checks.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const conditions = ['development', 'module', 'browser'];

/** Two lectures of b miss 5 seats each, whatever the plan: 10 is the least, and can be had. */
const TINY = `Name: Tiny
Courses: 3
Rooms: 2
Days: 2
Periods_per_day: 3
Curricula: 1
Constraints: 1
COURSES:
a t1 2 2 12
b t2 2 1 35
c t1 1 1 8
ROOMS:
A 15
B 30
CURRICULA:
q 2 a b
UNAVAILABILITY_CONSTRAINTS:
b 0 0
END.
`;

let folder: string;
let server: ViteDevServer;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qurriculum-vite-'));
  server = await createServer({
    ...{ root: repository, configFile: false, cacheDir: folder, logLevel: 'error', appType: 'custom' },
    resolve: { conditions },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    optimizeDeps: { entries: ['packages/decisions/src/index.ts', 'packages/solvers/src/platform/browser.ts'] },
    plugins: [
      {
        name: 'an empty page',
        configureServer: ({ middlewares }) => {
          middlewares.use('/page', (_request, response) => {
            response.setHeader('content-type', 'text/html').end('<!doctype html><title>Timetable</title>');
          });
        },
      },
    ],
  });
  await server.listen();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a timetable in the browser', () => {
  it('is solved by two workers of a page as it is in Node, to the bit', async () => {
    const { page, context, troubles } = await openWatchedPage(browser);
    const workers: string[] = [];
    page.on('worker', (worker) => workers.push(path.basename(new URL(worker.url()).pathname)));
    await page.goto(new URL('/page', server.resolvedUrls?.local[0]).href);
    const budget = { seed: 3, threads: 2, work: { runs: 2, moves: 20_000 } };
    // A text: the addresses are the server's, and the test's own imports are rewritten.
    const solved = await page.evaluate<TimetableSolution>(`(async () => {
      const { readTimetable, solveTimetable } = await import('/packages/decisions/src/index.ts');
      const { createBrowserPlatform } = await import('/packages/solvers/src/platform/browser.ts');
      const timetable = readTimetable('tiny.ctt', ${JSON.stringify(TINY)});
      return solveTimetable(timetable, { ...${JSON.stringify(budget)}, platform: createBrowserPlatform() });
    })()`);
    expect(workers).toEqual(['timetable-worker.ts', 'timetable-worker.ts']);
    const problem = readTimetable('tiny.ctt', TINY);
    const { objective, violations } = validateTimetable(problem, solved.planText);
    expect(violations).toEqual([]);

    expect([objective, solved.objective]).toEqual([10, 10]);
    expect(solved).toEqual(await solveTimetable(problem, { ...budget, platform: createNodePlatform() }));
    expect(troubles).toEqual([]);
    await context.close();
  });
});
