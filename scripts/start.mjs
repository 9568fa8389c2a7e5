// `npm start`: installs, builds what is stale, and starts the app. Options are those of `qurriculum start`.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { projectEnvironment, root } from './lib/run.mjs';

try {
  await ensureInstalled();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
const child = spawn(
  process.execPath,
  [path.join(root, 'apps/cli/bin/qurriculum.mjs'), 'start', ...process.argv.slice(2)],
  {
    env: projectEnvironment(),
    stdio: 'inherit',
  },
);
// The terminal sends Ctrl-C to the whole group; this process only waits for the app to close its database.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('close', (code) => process.exit(code ?? 1));
