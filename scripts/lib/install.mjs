// Installs what package-lock.json names, once: on a fresh clone, and again when the lock file changed.
import { step } from './run.mjs';
import { hashSources, isStale, writeStamp } from './stale.mjs';

const stamp = 'node_modules/.qurriculum-installed';

export async function ensureInstalled() {
  requireNode();
  const hash = hashSources(['package-lock.json']);
  if (!isStale(stamp, hash)) return;
  // Not `npm ci`: it refuses a lock file without the optional binaries of every platform, and registries may lack some of
  // them. `install` takes the locked versions too, and with --no-save it leaves the lock file as it is.
  // npm reports that the running Node is older than what two packages ask for; they run on the Node that is installed here.
  const quiet = ['--loglevel=error', '--no-audit', '--no-fund'];
  await step('Installing packages (a minute or two the first time)', 'npm', ['install', '--no-save', ...quiet]);
  writeStamp(stamp, hash);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(
    `Qurriculum: expected Node 20.19 or later to begin with, got ${process.versions.node}; install a newer Node.`,
  );
}
