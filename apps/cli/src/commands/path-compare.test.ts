import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRandom } from '@qurriculum/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBin } from '../testing/bin.ts';

let folder = '';
const graph = (): string => path.join(folder, 'graph.csv');

/** A graph of ten layers with six skills each; every skill builds on two of the layer below. */
function layers(): string {
  const random = createRandom('layers');
  const lines = ['from,to'];
  for (let layer = 1; layer < 10; layer++) {
    for (let k = 0; k < 6; k++) {
      const first = random.integer(6);
      for (const parent of [first, (first + 1) % 6]) lines.push(`s${layer - 1}-${parent},s${layer}-${k}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'path-compare-'));
  await writeFile(graph(), layers());
  await writeFile(path.join(folder, 'ring.csv'), 'from,to\na,b\nb,c\nc,a\n');
});
afterAll(() => rm(folder, { recursive: true }));

interface Result {
  readonly policies: readonly Record<string, unknown>[];
  readonly comparisons: readonly unknown[];
  readonly champion: string;
  readonly run: { readonly seed: number; readonly inputs: readonly { readonly simulated?: boolean }[] };
}

async function compare(...words: string[]): Promise<Result> {
  const common = ['--graph', graph(), '--learners', '6', '--policies', 'planner,fringe', '--sessions', '40'];
  const { code, out, err } = await runBin('path', 'compare', ...common, ...words, '--json');
  expect(err).not.toContain('Error');
  expect(code).toBe(0);
  return JSON.parse(out) as Result;
}

/** What does not depend on how fast the machine is: a bound may be cut short by its seconds. */
const lasting = ({ policies, comparisons, champion }: Result) => ({
  policies: policies.map(({ secondsPerLearner: _seconds, gap: _gap, ...policy }) => policy),
  comparisons,
  champion,
});

describe('path compare', () => {
  it('gives the same figures for any number of threads, and other ones for another seed', async () => {
    const one = await compare('--threads', '1', '--seed', '3');
    const three = await compare('--threads', '3', '--seed', '3');
    expect(lasting(three)).toEqual(lasting(one));
    expect(lasting(await compare('--seed', '4'))).not.toEqual(lasting(one));
    expect(one.policies.map(({ policy }) => policy)).toEqual(['planner', 'fringe']);
    for (const { timeToCompetency } of one.policies as { timeToCompetency: Record<string, number> }[]) {
      expect(timeToCompetency.low).toBeLessThanOrEqual(timeToCompetency.mean);
      expect(timeToCompetency.mean).toBeLessThanOrEqual(timeToCompetency.high);
      expect(timeToCompetency.high).toBeLessThanOrEqual(40);
    }
    expect(one.run).toMatchObject({ seed: 3, inputs: [{ simulated: true }] });
  });

  it.each([
    [['--graph', 'nowhere.json'], 1, 'nowhere.json'],
    [['--learners', '5'], 2, '--graph'],
    [['--graph', 'GRAPH', '--policies', 'planner,oracle'], 2, 'got "oracle"'],
    [['--graph', 'GRAPH', '--law', 'c'], 2, '--law'],
    [['--graph', 'RING'], 1, 'cycle'],
  ])('%j ends with %i and says what was expected', async (words, code, message) => {
    const named = words.map((word) => ({ GRAPH: graph(), RING: path.join(folder, 'ring.csv') })[word] ?? word);
    const ended = await runBin('path', 'compare', ...named);
    expect(ended.err).toContain(message);
    expect(ended.code).toBe(code);
    expect(ended.out).toBe('');
  });
});
