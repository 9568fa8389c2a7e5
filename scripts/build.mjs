// Builds what is stale: the WebAssembly kernels and the web app. `npm run build`, and called by start and test.
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './lib/install.mjs';
import { run, step } from './lib/run.mjs';
import { hashSources, isStale, writeStamp } from './lib/stale.mjs';

const webSources = ['apps/web', 'apps/server/src/api.ts', 'package-lock.json', 'tsconfig.json'];
const webStamp = 'apps/web/dist/.sources';

/**
 * The kernels' bytes, which every library above them imports. The script looks for itself whether they are stale; it
 * has a process of its own because the compiler wants its working directory.
 */
export async function buildKernels() {
  const { code, output } = await run('node', ['scripts/build-kernels.mjs'], { quiet: true });
  if (code !== 0) throw new Error(`Building the kernels: expected exit code 0, got ${code}.\n${output}`);
}

/** The web app that the server serves. */
export async function buildWeb() {
  const hash = hashSources(webSources);
  if (!isStale(webStamp, hash)) return;
  await step('Building the web app', 'node', [
    'node_modules/vite/bin/vite.js',
    'build',
    'apps/web',
    '--logLevel',
    'warn',
  ]);
  writeStamp(webStamp, hash);
}

export async function buildAll() {
  await buildKernels();
  await buildWeb();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await ensureInstalled();
  await buildAll();
}
