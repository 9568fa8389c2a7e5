/**
 * Every library as its users get it: packed, installed outside the repository, imported on an older Node than the one
 * that builds it, seen through its declarations by TypeScript, and its README's example run.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLibraries, libraryNames } from './build-libraries.mjs';
import { root } from './lib/run.mjs';

const execute = promisify(execFile);
const names = libraryNames();
const folder = mkdtempSync(path.join(os.tmpdir(), 'qurriculum-pack-'));
const oldNode = await findNode(['20', '22']);
const noOldNode = 'there is no Node 20 or 22 on PATH outside this repository';

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

const manifest = (name: string): Manifest =>
  JSON.parse(readFileSync(path.join(root, 'packages', name, 'package.json'), 'utf8'));

/** Every way into a package, as its users write it. */
const entries = names.flatMap((name) => {
  const { name: scoped, exports } = manifest(name);
  return Object.keys(exports).map((subpath) => path.posix.join(scoped, subpath));
});

/** The first `node` on PATH with one of these majors that does not come with this repository. */
async function findNode(majors: readonly string[]): Promise<string | null> {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((entry) => !entry.includes('node_modules'));
  for (const entry of folders) {
    const candidate = path.join(entry, 'node');
    if (!existsSync(candidate)) continue;
    const { stdout } = await execute(candidate, ['--version']);
    if (majors.some((major) => stdout.startsWith(`v${major}.`))) return candidate;
  }
  return null;
}

/** The JavaScript examples of a package's README, each complete in itself. */
function readmeExamples(name: string): string[] {
  const readme = readFileSync(path.join(root, 'packages', name, 'README.md'), 'utf8');
  return Array.from(readme.matchAll(/```js\n([\s\S]*?)```/g), ([, code]) => code);
}

async function runOnOldNode(file: string, code: string): Promise<string> {
  writeFileSync(path.join(folder, file), code);
  const { stdout } = await execute(oldNode as string, [file], { cwd: folder });
  return stdout;
}

beforeAll(async () => {
  await buildLibraries();
  const workspaces = names.flatMap((name) => ['-w', `packages/${name}`]);
  const packed = await execute('npm', ['pack', '--json', '--pack-destination', folder, ...workspaces], {
    cwd: root,
    maxBuffer: 2 ** 26,
  });
  const tarballs: { name: string; filename: string }[] = Object.values(JSON.parse(packed.stdout));
  const dependencies = Object.fromEntries(tarballs.map(({ name, filename }) => [name, `file:${filename}`]));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }));
  await execute('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], { cwd: folder });
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('packed libraries', () => {
  it('cover every room', () => expect(names.length).toBeGreaterThan(5));

  it('bring no sources, no tests and a licence', () => {
    for (const name of names) {
      const installed = path.join(folder, 'node_modules', manifest(name).name);
      expect(existsSync(path.join(installed, 'dist/LICENSE')), name).toBe(true);
      expect(existsSync(path.join(installed, 'README.md')), name).toBe(true);
      expect(existsSync(path.join(installed, 'src')), name).toBe(false);
    }
  });

  it('import on Node 20 or 22, by every way in', async ({ skip }) => {
    if (oldNode === null) return skip(noOldNode);
    const code = entries.map((entry) => `console.log('${entry}', Object.keys(await import('${entry}')).length);`);
    const lines = (await runOnOldNode('imports.js', code.join('\n'))).trim().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(entries);
    expect(lines.filter((line) => line.endsWith(' 0'))).toEqual([]);
  });

  it.for(names)('%s: the examples of its README run', async (name, { skip }) => {
    if (oldNode === null) return skip(noOldNode);
    const examples = readmeExamples(name);
    expect(examples, `packages/${name}/README.md has an example in JavaScript`).not.toEqual([]);
    for (const [k, example] of examples.entries()) {
      expect(await runOnOldNode(`readme-${name}-${k}.js`, example)).not.toBe('');
    }
  });

  it('have declarations that TypeScript resolves without their sources', async () => {
    const lines = entries.map((entry, index) => `import * as entry${index} from '${entry}';\nvoid entry${index};`);
    writeFileSync(path.join(folder, 'types.ts'), lines.join('\n'));
    const flags = [
      '--noEmit',
      '--strict',
      '--skipDefaultLibCheck',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--lib',
      'es2024,dom',
    ];
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    const { stdout } = await execute('node', [tsc, ...flags, 'types.ts'], { cwd: folder }).catch(
      (error: { stdout: string }) => error,
    );
    expect(stdout).toBe('');
  });
});
