#!/usr/bin/env node
// Starts the command line under the project's own Node (24), with what it needs built: the kernels for every command,
// the web app for `start`. Plain .mjs, because the Node that runs this file may be too old for TypeScript.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildKernels, buildWeb } from '../../../scripts/build.mjs';
import { projectEnvironment } from '../../../scripts/lib/run.mjs';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const args = process.argv.slice(2);
const wantsHelp = args.includes('--help') || args.includes('-h');
try {
  await buildKernels();
  if (args[0] === 'start' && !wantsHelp) await buildWeb();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
// glibc gives every thread a heap of its own and keeps what it had: with two for all, the server takes a tenth less.
const environment = { MALLOC_ARENA_MAX: '2', ...projectEnvironment() };
const child = spawn(
  'node',
  ['--conditions=development', '--disable-warning=ExperimentalWarning', path.resolve(main), ...args],
  {
    env: environment,
    // The channel closes with this process, also by kill -9: the app then ends by itself instead of living on unseen.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  },
);
// On a terminal the app has had the signal already; it takes both for one, see src/stop-signals.ts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(
    `qurriculum: expected the Node of this project to start, got ${error.message}; run npm install.\n`,
  );
  process.exit(1);
});
child.on('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
