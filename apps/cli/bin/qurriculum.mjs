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
const child = spawn(
  'node',
  ['--conditions=development', '--disable-warning=ExperimentalWarning', path.resolve(main), ...args],
  {
    env: projectEnvironment(),
    stdio: 'inherit',
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
