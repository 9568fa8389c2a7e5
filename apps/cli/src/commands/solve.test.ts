import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseRunRecord } from '@qurriculum/evidence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../cli.ts';
import { solve } from './solve.ts';

let folder = '';
const file = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qurriculum-solve-'));
  // A ring of 5 with weights 1 to 5: an odd ring leaves one edge uncut, the lightest.
  await writeFile(file('ring.mc'), '5 5\n1 2 1\n2 3 2\n3 4 3\n4 5 4\n5 1 5\n');
  await writeFile(file('two.bqp'), '2 3\n1 1 5\n2 2 4\n1 2 -3\n');
  await writeFile(file('bad.mc'), '2 1\n1 x 1\n');
  await writeFile(file('empty.mc'), '');
});
afterAll(() => rm(folder, { recursive: true }));

async function call(...words: string[]) {
  let out = '';
  let err = '';
  const streams = {
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
  };
  const code = await runCli([solve], ['solve', ...words], streams, new AbortController().signal);
  return { code, out, err };
}

describe('solve', () => {
  it.each(['highs', 'exhaustive', 'anneal', 'qaoa', 'hybrid'])('%s reaches the maximum of a ring', async (solver) => {
    // Ample time: all but annealing end by themselves, also on a machine that is busy with other things.
    const budget = solver === 'anneal' ? ['--work', 'reads=5,sweeps=100'] : ['--time', '60'];
    const { code, out } = await call(file('ring.mc'), '--solver', solver, ...budget, '--seed', '4', '--json');
    expect(code).toBe(0);
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({ objective: 14, sense: 'maximise', solver, seed: 4, feasible: true });
    if (solver === 'highs' || solver === 'exhaustive') expect(answer.bound).toBeCloseTo(14, 6);
    expect(answer.wallSeconds).toBeGreaterThanOrEqual(0);
    expect(answer.cpuSeconds).toBeGreaterThanOrEqual(0);
    const run = parseRunRecord(answer.run);
    expect(run).toMatchObject({ kind: 'solve', subject: solver, seed: 4 });
    expect(run.budget).toEqual(solver === 'anneal' ? { reads: 5, sweeps: 100 } : { seconds: 60 });
    expect(run.problemHash).toMatch(/^[0-9a-f]{64}$/);
    expect(run.inputs[0]).toMatchObject({ name: 'ring.mc' });
  });

  it('counts off-diagonal entries of .bqp twice', async () => {
    const { out } = await call(file('two.bqp'), '--solver', 'exhaustive', '--json');
    expect(JSON.parse(out).objective).toBe(5);
  });

  it('with a work budget gives the same answer again', async () => {
    const words = [file('ring.mc'), '--work', 'reads=3,sweeps=50', '--seed', '2', '--json'];
    const [first, second] = [await call(...words), await call(...words)].map(({ out }) => JSON.parse(out));
    expect(first.run.result).toEqual(second.run.result);
    expect(first.run.budget).toEqual({ reads: 3, sweeps: 50 });
  });

  it('prints for people what it found, what is proved and what it cost', async () => {
    const { code, out } = await call(file('ring.mc'), '--solver', 'highs');
    expect(code).toBe(0);
    expect(out).toMatch(/^cut weight: 14 \(maximise; 5 variables, 5 pairs\)\nbound: 14 \(gap 0 %, proved\)\n/);
  });

  it.each([
    [['ring.mc', '--solver', 'magic'], 2, /expected one of highs, exhaustive, anneal.*got "magic"/],
    [['ring.mc', '--time', '-1'], 2, /--time/],
    [['ring.mc', '--seed', '1.5'], 2, /--seed/],
    [['ring.mc', '--work', 'reads'], 2, /--work/],
    [[], 2, /expected one FILE/],
    [['bad.mc'], 1, /^bad\.mc:2:3: expected a number, got "x"/],
    [['empty.mc'], 1, /got an empty file/],
    [['none.mc'], 1, /ENOENT/],
    [['ring.mc', '--solver', 'swap-anneal'], 1, /swap-anneal does not take ring\.mc: constrained models only/],
    [['ring.mc', '--work', 'shoes=3'], 1, /reads, sweeps, got shoes = 3/],
  ])('%j ends with code %i and says why', async (words, code, message) => {
    const result = await call(...words.map((word) => (word.includes('.mc') ? file(word) : word)));
    expect(result.code).toBe(code);
    expect(result.err).toMatch(message);
    expect(result.out).toBe('');
  });
});
