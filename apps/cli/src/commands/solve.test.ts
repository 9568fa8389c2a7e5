import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseRunRecord } from '@qurriculum/evidence';
import { readLp, writeProblemFile } from '@qurriculum/problems';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCli } from '../testing/call.ts';
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
  await writeFile(file('none.qubo'), 'c nothing to choose\np qubo 0 0 0 0\n');
  await writeFile(file('one.qubo'), 'p qubo 0 1 1 0\n0 0 -3\n');
  await writeFile(file('apart.qubo'), 'p qubo 0 5 4 1\n0 0 -3\n1 1 2\n3 3 -1\n4 4 -1\n3 4 5\n');
  await writeFile(file('twice.qubo'), 'p qubo 0 2 2 1\n0 0 -3\n0 0 1\n0 1 2\n');
  await writeFile(file('nan.qubo'), 'p qubo 0 1 1 0\n0 0 NaN\n');
  await writeFile(file('huge.qubo'), 'p qubo 0 1 1 0\n0 0 1e999\n');
  await writeFile(file('count.qubo'), 'p qubo 0 99999999999999999999 1 0\n0 0 1\n');
  await writeFile(file('bag.lp'), BAG);
  await writeFile(file('bag.cqm'), writeProblemFile(readLp(BAG).problem, 'cqm'));
  await writeFile(file('bad.cqm'), BAG);
  await writeFile(file('bad.lp'), 'min x\nst\n x + = 1\nbin\n x\nend\n');
  await writeFile(file('ocean.json'), OCEAN);
  await writeFile(file('bad.json'), '{type: 1}');
  // Two agents, three jobs: 1 and 3 by the first, 2 by the second is the only cheap way that fits.
  await writeFile(file('three'), '2 3\n1 9 1\n9 1 9\n2 2 2\n2 2 2\n4 2\n');
  await writeFile(file('full'), '1 2\n1 1\n2 2\n3\n');
});
afterAll(() => rm(folder, { recursive: true }));

const call = (...words: string[]) => callCli([solve], 'solve', ...words);

/** Two things that must not go together, and up to three of a third. */
const BAG =
  'Maximize\n 4 a + 3 b + 2 c\nst\n room: 3 a + 2 b + c <= 6\n apart: [ a * b ] <= 0\nbounds\n c <= 3\nbin\n a b\ngen\n c\nend\n';

/** A pair of spins with a field on the first, as dimod writes it. */
const OCEAN = JSON.stringify({
  ...{ type: 'BinaryQuadraticModel', version: { bqm_schema: '3.0.0' }, use_bytes: false, info: {} },
  ...{ index_type: 'uint16', bias_type: 'float64', num_variables: 2, num_interactions: 1 },
  ...{ variable_labels: ['a', 1], variable_type: 'SPIN', offset: 0.0, linear_biases: [1.0, 0.0] },
  ...{ quadratic_biases: [1.0], quadratic_head: [1], quadratic_tail: [0] },
});

describe('solve', () => {
  it.each(['auto', 'highs', 'exhaustive', 'anneal', 'qaoa', 'hybrid'])(
    '%s reaches the maximum of a ring',
    async (solver) => {
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
    },
  );

  it('counts off-diagonal entries of .bqp twice', async () => {
    const { out } = await call(file('two.bqp'), '--solver', 'exhaustive', '--json');
    expect(JSON.parse(out).objective).toBe(5);
  });

  it('with a work budget gives the same answer again', async () => {
    const words = [file('ring.mc'), '--solver', 'anneal', '--work', 'reads=3,sweeps=50', '--seed', '2', '--json'];
    const [first, second] = [await call(...words), await call(...words)].map(({ out }) => JSON.parse(out));
    expect(first.run.result).toEqual(second.run.result);
    expect(first.run.budget).toEqual({ reads: 3, sweeps: 50 });
  });

  it.each(['highs', 'assign', 'swap-anneal'])('assigns by %s, and tells how it went', async (solver) => {
    const { out } = await call(
      file('three'),
      '--format',
      'gap',
      '--solver',
      solver,
      '--time',
      '2',
      '--threads',
      '2',
      '--json',
    );
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({ objective: 3, sense: 'minimise', feasible: true, violations: [], threads: 2 });
    expect(answer.bestAtSeconds).toBeGreaterThanOrEqual(0);
    expect(answer.bestAtSeconds).toBeLessThanOrEqual(answer.wallSeconds);
    if (solver !== 'swap-anneal') expect(answer.bound).toBeLessThanOrEqual(3);
    else {
      expect(answer.reads).toBeGreaterThan(0);
      expect(answer.proposalsPerSecond).toBeGreaterThan(0);
    }
  });

  it.each([
    ['anneal', 'reads=2,sweeps=50'],
    ['temper', 'reads=1,sweeps=50'],
    ['tabu', 'reads=1,flips=50'],
    ['bifurcate', 'reads=2,steps=50'],
    ['sqa', 'reads=2,sweeps=50'],
    ['hybrid', 'neighbourhoods=2'],
    ['neighbourhood', 'neighbourhoods=2'],
  ])('tells how many changes %s weighed in a second', async (solver, work) => {
    const { out } = await call(file('ring.mc'), '--solver', solver, '--work', work, '--json');
    const speed = JSON.parse(out).proposalsPerSecond;
    // HiGHS beside the neighbourhoods may be done before the first.
    if (solver === 'neighbourhood') expect(speed).toBeGreaterThanOrEqual(0);
    else expect(speed).toBeGreaterThan(0);
  });

  it('names what an answer breaks, by how much', async () => {
    const words = ['--format', 'gap', '--solver', 'assign', '--work', 'neighbourhoods=1', '--json'];
    const answer = JSON.parse((await call(file('full'), ...words)).out);
    expect(answer).toMatchObject({ feasible: false, violations: [{ name: 'agent 1: at most 3', amount: 1 }] });
    const proved = JSON.parse((await call(file('full'), '--format', 'gap', '--solver', 'highs', '--json')).out);
    expect(proved).toMatchObject({ status: 'infeasible', objective: null });
    const clash = ['job 1 by exactly one agent', 'job 2 by exactly one agent', 'agent 1: at most 3'];
    expect(proved.conflict).toEqual(clash);
  });

  it.each([
    ['none.qubo', 0],
    ['one.qubo', -3],
    ['apart.qubo', -4],
  ])('takes an edge case: %s', async (name, objective) => {
    for (const solver of ['highs', 'exhaustive']) {
      expect(JSON.parse((await call(file(name), '--solver', solver, '--json')).out).objective).toBe(objective);
    }
  });

  it.each([
    ['bag.lp', 10, 'maximise'],
    ['bag.cqm', -10, 'minimise'],
    ['ocean.json', -2, 'minimise'],
  ])('reads %s', async (name, objective, sense) => {
    const { out } = await call(file(name), '--solver', 'highs', '--json');
    expect(JSON.parse(out)).toMatchObject({ objective, sense, feasible: true, bound: objective });
  });

  it('lists every solver', async () => {
    const { code, out } = await call('--list', '--json');
    expect(code).toBe(0);
    const { solvers } = JSON.parse(out);
    const byName = new Map(solvers.map((each: { name: string }) => [each.name, each]));
    expect(byName.get('highs')).toMatchObject({ kind: 'exact', configured: true });
    expect(byName.get('assign')).toMatchObject({ kind: 'classical', accepts: ['assignment CQM'] });
    expect(byName.get('exhaustive')).toMatchObject({
      accepts: ['BQM', 'assignment CQM', 'binary CQM', 'CQM with products in rows'],
    });
    expect((await call('--list')).out).toMatch(/highs +exact +configured/);
  });

  it('prints for people what it found, what is proved and what it cost', async () => {
    const { code, out } = await call(file('ring.mc'), '--solver', 'highs');
    expect(code).toBe(0);
    expect(out).toMatch(/^cut weight: 14 \(maximise; 5 variables, 5 pairs\)\nbound: 14 \(gap 0 %, proved\)\n/);
  });

  it.each([
    [['ring.mc', '--solver', 'magic'], 2, /expected one of auto, highs, exhaustive, anneal.*got "magic"/],
    [['ring.mc', '--time', '-1'], 2, /--time/],
    [['ring.mc', '--time', '0'], 2, /--time/],
    [['ring.mc', '--seed', '1.5'], 2, /--seed/],
    [['ring.mc', '--seed', '-1'], 2, /--seed: expected a whole number from 0 to 4294967295, got "-1"/],
    [['ring.mc', '--threads', '0'], 2, /--threads/],
    [['ring.mc', '--format', 'xyz'], 2, /--format: expected one of mc, bqp/],
    [['bad.lp'], 1, /^bad\.lp:3:6: expected a number, a name or \[ after the sign, got "="/],
    [['bad.json'], 1, /^bad\.json:1:2: expected a name in quotes, got "t"/],
    [['bad.cqm'], 1, /^bad\.cqm: byte 0: expected the magic word "DIMODCQM", got "Maximize"/],
    [['nan.qubo'], 1, /^nan\.qubo:2:5: expected a number, got "NaN"/],
    [['huge.qubo'], 1, /^huge\.qubo:2:5: expected a number, got "1e999"/],
    [['count.qubo'], 1, /^count\.qubo:1:10: expected the number of nodes, a whole number/],
    [['twice.qubo'], 1, /^twice\.qubo:3:1: expected each entry once/],
    [['ring.mc', '--work', 'reads'], 2, /--work/],
    [[], 2, /expected one FILE/],
    [['bad.mc'], 1, /^bad\.mc:2:3: expected a number, got "x"/],
    [['empty.mc'], 1, /got an empty file/],
    [['none.mc'], 1, /ENOENT/],
    [['ring.mc', '--solver', 'swap-anneal'], 1, /swap-anneal does not take ring\.mc: constrained models only/],
    [['ring.mc', '--solver', 'anneal', '--work', 'shoes=3'], 1, /reads, sweeps, got shoes = 3/],
  ])('%j ends with code %i and says why', async (words, code, message) => {
    const result = await call(...words.map((word) => (/\.(mc|qubo|lp|cqm|json)$/.test(word) ? file(word) : word)));
    expect(result.code).toBe(code);
    expect(result.err).toMatch(message);
    expect(result.out).toBe('');
  });
});
