// What has to be built again: a stamp beside each output holds the hash of everything the output was made from.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './run.mjs';

const ignored = new Set(['node_modules', 'dist', 'build', '.git']);

/** Hex SHA-256 over names and contents of files and folders, given relative to the root. */
export function hashSources(sources) {
  const hash = createHash('sha256');
  for (const source of sources) addToHash(hash, path.join(root, source));
  return hash.digest('hex');
}

function addToHash(hash, file) {
  if (!existsSync(file)) return;
  if (statSync(file).isDirectory()) {
    for (const name of readdirSync(file).sort()) {
      if (!ignored.has(name) && !/\.test\.tsx?$/.test(name)) addToHash(hash, path.join(file, name));
    }
    return;
  }
  hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
}

/** True when the stamp is missing or tells of other sources. */
export function isStale(stamp, hash) {
  const file = path.join(root, stamp);
  return !existsSync(file) || readFileSync(file, 'utf8') !== hash;
}

/** Written after the output is whole, so that a build that was killed is built again. */
export function writeStamp(stamp, hash) {
  const file = path.join(root, stamp);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, hash);
}
