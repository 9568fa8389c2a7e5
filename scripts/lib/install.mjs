// Installs what package-lock.json names, once: on a fresh clone, and again when the lock file changed.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root, step } from './run.mjs';
import { hashSources, isStale, writeStamp } from './stale.mjs';

const stamp = 'node_modules/.qurriculum-installed';

export async function ensureInstalled() {
  requireNode();
  const hash = hashSources(['package-lock.json']);
  if (!isStale(stamp, hash)) return;
  const fresh = !existsSync(path.join(root, 'node_modules', '.bin', 'node'));
  // npm reports that the running Node is older than what two packages ask for; they run on the Node that is installed here.
  const quiet = ['--loglevel=error', '--no-audit', '--no-fund'];
  await step('Installing packages (about a minute the first time)', 'npm', [fresh ? 'ci' : 'install', ...quiet]);
  writeStamp(stamp, hash);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(
    `Qurriculum: expected Node 20.19 or later to begin with, got ${process.versions.node}; install a newer Node.`,
  );
}
