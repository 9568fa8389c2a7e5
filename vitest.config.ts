import { defineConfig } from 'vitest/config';

// Workspaces resolve to their sources through the `development` condition: tests never run against a stale dist.
const conditions = ['development'];
const shared = { resolve: { conditions }, ssr: { resolve: { conditions } } };

export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        ...shared,
        test: {
          name: 'libraries',
          isolate: false,
          include: [
            'packages/*/src/**/*.test.ts',
            'scripts/**/*.test.ts',
            'examples/**/*.test.ts',
            'bench/**/*.test.ts',
          ],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
          testTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'apps',
          include: ['apps/*/src/**/*.test.{ts,tsx}'],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'browser',
          include: ['apps/web/src/**/*.browser.test.ts', 'examples/**/*.browser.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
          globalSetup: ['apps/web/src/testing/prepare-data.ts'],
        },
      },
    ],
    execArgv: ['--conditions=development'],
    maxWorkers: 2,
  },
});
