// `npm run bench [NAME...]`: runs the measurements of bench/, all or those named. Each prints its own table. What follows the
// first option goes to them: `npm run bench -- deadlines --wall auto highs`.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { buildKernels } from './build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { root, run } from './lib/run.mjs';

await ensureInstalled();
await buildKernels();
const available = readdirSync(path.join(root, 'bench'))
  .filter((name) => name.endsWith('.bench.ts'))
  .map((name) => name.slice(0, -'.bench.ts'.length));
const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => word.startsWith('--'));
const wanted = firstOption < 0 ? words : words.slice(0, firstOption);
const options = words.slice(wanted.length);
const unknown = wanted.filter((name) => !available.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`bench: expected names out of ${available.join(', ')}, got ${unknown.join(', ')}.\n`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : available) {
  const { code } = await run('node', ['--conditions=development', `bench/${name}.bench.ts`, ...options]);
  if (code !== 0) process.exitCode = 1;
}
