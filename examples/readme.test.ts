/**
 * Every block of code in the READMEs of the libraries runs as it stands there, against the sources; `scripts/pack.test.ts`
 * runs the first of each against the packed libraries. What a block takes from its surroundings stands in `SETTINGS`.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from 'vitest';

const execute = promisify(execFile);
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

interface Block {
  readonly title: string;
  readonly language: string;
  readonly code: string;
}

const blocks = readdirSync(path.join(root, 'packages')).flatMap((name) => {
  const readme = readFileSync(path.join(root, 'packages', name, 'README.md'), 'utf8');
  return Array.from(readme.matchAll(/```(js|ts)\n([\s\S]*?)```/g), ([, language, code], k): Block => {
    return { title: `${name}, block ${k + 1}`, language, code };
  });
});

const isWorker = ({ code }: Block): boolean => code.includes('self.addEventListener');
interface Setting {
  /** What stands in the block. */
  readonly in: string;
  readonly before: string;
  readonly after?: string;
  /** How it ends where nothing is sent. */
  readonly error?: RegExp;
}

const NODE_PLATFORM = `import { createNodePlatform } from '@qurriculum/solvers/platform/node';`;
const SETTINGS: readonly Setting[] = [
  {
    in: 'braketFromEnvironment',
    before: `${NODE_PLATFORM} const platform = createNodePlatform();`,
    after: 'console.log(solvers.size);',
  },
  {
    in: 'createDWaveQpuSolver',
    before: `${NODE_PLATFORM}
import { createBqm } from '@qurriculum/problems';
import { createDWaveQpuSolver } from '@qurriculum/solvers';
const problem = createBqm({ vartype: 'SPIN', variables: 2, quadratic: [[0, 1, 1]] });`,
    error: /DWAVE_API_TOKEN/,
  },
];

/** Without the credentials of whoever runs the tests. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(DWAVE|AWS|BRAKET|QISKIT|IBM|IONQ)_/.test(name)),
);

/** A folder outside the repository from which its packages are found. */
const folder = mkdtempSync(path.join(os.tmpdir(), 'qurriculum-readme-'));
symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written({ title, language }: Block, code: string): string {
  const file = path.join(folder, `${title.replaceAll(/\W+/g, '-')}.m${language}`);
  writeFileSync(file, code);
  return file;
}

describe('the READMEs of the libraries', () => {
  it('have a block each', () => expect(blocks.length).toBeGreaterThanOrEqual(12));

  it.each(blocks.filter((block) => !isWorker(block)))('$title runs', async (block) => {
    const setting = SETTINGS.find(({ in: word }) => block.code.includes(word));
    const code = [setting?.before ?? '', block.code, setting?.after ?? ''].join('\n');
    const words = ['--conditions=development', written(block, code)];
    const outcome = execute(process.execPath, words, { env: environment });
    if (setting?.error) await expect(outcome).rejects.toThrow(setting.error);
    else expect((await outcome).stdout).not.toBe('');
  });

  it.each(blocks.filter(isWorker))('$title runs in a worker', async (block) => {
    const before = `import { parentPort } from 'node:worker_threads';
globalThis.self = {
  addEventListener: (_, listen) => parentPort.on('message', (data) => listen({ data })),
  postMessage: (message) => parentPort.postMessage(message),
};
`;
    const worker = new Worker(written(block, `${before}${block.code}`), { execArgv: ['--conditions=development'] });
    try {
      // A ring of five: the largest cut leaves one edge out.
      worker.postMessage({ text: '5 5\n1 2 1\n2 3 1\n3 4 1\n4 5 1\n5 1 1\n', seconds: 0.2 });
      const answer = await new Promise<{ readonly cut: number; readonly steps: readonly unknown[] }>(
        (resolve, reject) => {
          worker.on('message', (message) => 'cut' in message && resolve(message));
          worker.on('error', reject);
        },
      );
      expect(answer.cut).toBe(4);
      expect(answer.steps.length).toBeGreaterThan(0);
    } finally {
      await worker.terminate();
    }
  });
});
