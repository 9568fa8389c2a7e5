// `npm start`: installs, builds what is stale, and starts the app. Options are those of `qurriculum start`.
import { ensureInstalled } from './lib/install.mjs';

try {
  await ensureInstalled();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
// In this process: one process less between the terminal and the app that has to pass Ctrl-C on.
process.argv.splice(2, 0, 'start');
await import('../apps/cli/bin/qurriculum.mjs');
