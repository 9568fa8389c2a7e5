import { createBqm, createCqm } from '@qurriculum/problems';
import { bruteForce, randomBqm, randomPlan, solverConformance } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { createNodePlatform } from '../platform/node.ts';
import { createQaoaSolver } from './qaoa.ts';
import type { QaoaInfo } from './qaoa-info.ts';

const solver = createQaoaSolver(createNodePlatform());
const infoOf = (set: { info: unknown }) => set.info as QaoaInfo;

describe('qaoa: the contract', () => {
  const cases = solverConformance({
    create: () => createQaoaSolver(createNodePlatform()),
    work: { layers: 2, shots: 200, iterations: 8 },
    longWork: { layers: 1000, shots: 100, iterations: 100 },
    large: randomBqm(14, 'BINARY', 11),
    endless: randomBqm(18, 'BINARY', 11),
  });
  for (const { name, run } of cases) it(name, run);
});

describe('qaoa', () => {
  it.each([2, 4, 6, 8, 10, 12])('agrees with exhaustive search on %i variables and knows its chances', async (size) => {
    for (const vartype of ['SPIN', 'BINARY'] as const) {
      const problem = randomBqm(size, vartype, size);
      const set = await solver.solve(problem, { seed: 1 });
      const optimum = bruteForce(problem)!;
      expect(set.samples[0].energy).toBe(optimum.energy);
      const info = infoOf(set);
      expect(info.leastCost).toBeCloseTo(optimum.energy, 9);
      expect(info.probabilityOfBest).toBeCloseTo(info.probabilityOfOptimum, 12);
      // A uniform draw would hit it with 2^-n (times how many optima there are).
      expect(info.probabilityOfOptimum).toBeGreaterThan((size < 6 ? 2 : 4) / 2 ** size);
      expect(info.approximationRatio).toBeGreaterThan(0.75);
      expect(info.expectation).toBeCloseTo(info.expectationByDepth[2], 9);
      expect(set.samples.reduce((sum, sample) => sum + sample.occurrences, 0)).toBe(4 * 1024);
    }
  });

  it('shots follow the probability that it states', async () => {
    const problem = randomBqm(5, 'SPIN', 3);
    // From interpolation: the first depth is the same whatever comes behind.
    const own = createQaoaSolver(createNodePlatform(), { start: 'interpolation' });
    const [few, many] = await Promise.all(
      [1, 2].map((layers) => own.solve(problem, { seed: 2, work: { layers, shots: 100_000 } })),
    );
    // The same first measurements: what is more comes from depth 2 alone.
    const energy = many.samples[0].energy;
    const count = (set: typeof many) =>
      set.samples.filter((sample) => sample.energy === energy).reduce((sum, sample) => sum + sample.occurrences, 0);
    const share = (count(many) - count(few)) / 100_000;
    expect(share).toBeCloseTo(infoOf(many).probabilityOfOptimum, 2);
  });

  it('solves constrained models that fit with their slack', async () => {
    const problem = createCqm({
      variables: ['a', 'b', 'c', 'd'].map((name) => ({ name, kind: 'BINARY', lower: 0, upper: 1 })),
      linear: [-3, -4, -5, -1],
      quadratic: [['a', 'c', 1]],
      constraints: [
        {
          name: 'at most 7 minutes',
          terms: [
            ['a', 3],
            ['b', 4],
            ['c', 4],
            ['d', 2],
          ],
          sense: '<=',
          rhs: 7,
        },
      ],
    });
    const set = await solver.solve(problem, { seed: 4 });
    expect(set.samples[0]).toMatchObject({ feasible: true, energy: bruteForce(problem)!.energy });
    expect(infoOf(set).qubits).toBe(7);
    expect(infoOf(set).probabilityOfBest).toBeGreaterThan(0);
  });

  it.each([
    ['CVaR of a tenth', { cvar: 0.1 }],
    ['interpolated angles', { start: 'interpolation' }],
    ['linear ramps', { start: 'ramp' }],
    ['depolarising and readout noise', { noise: { depolarising: 0.002, readout: 0.02 } }],
  ] as const)('reaches the optimum of exhaustive search with %s, the same for one seed', async (_, settings) => {
    const problem = randomBqm(6, 'BINARY', 5);
    const own = createQaoaSolver(createNodePlatform(), settings);
    // Shots with an error are simulated one by one.
    const request = { seed: 1, work: { shots: 200 } };
    const [set, again] = [await own.solve(problem, request), await own.solve(problem, request)];
    expect(set.samples[0].energy).toBe(bruteForce(problem)!.energy);
    expect(again.samples).toEqual(set.samples);
    const ideal = await solver.solve(problem, request);
    // The settings do something; that both ways may end at one optimum is no defect.
    if ('noise' in settings) expect(set.samples).not.toEqual(ideal.samples);
    else expect(infoOf(set).gammas).not.toEqual(infoOf(ideal).gammas);
  });

  it('keeps one-hot rows by the mixer, the others by penalties', async () => {
    // Four lessons into three rooms: 81 choices of 4,096 assignments of bits.
    const [lessons, rooms] = [4, 3];
    const name = (lesson: number, room: number) => `lesson ${lesson} in room ${room}`;
    const problem = createCqm({
      variables: Array.from({ length: lessons * rooms }, (_, k) => ({
        name: name(Math.floor(k / rooms), k % rooms),
        kind: 'BINARY' as const,
        lower: 0,
        upper: 1,
      })),
      linear: Array.from({ length: lessons * rooms }, (_, k) => ((k * 7) % 5) - 3),
      quadratic: [
        [name(0, 0), name(1, 0), 2],
        [name(2, 1), name(3, 1), -1],
      ],
      constraints: [
        ...Array.from({ length: lessons }, (_, l) => ({
          name: `lesson ${l} in one room`,
          terms: Array.from({ length: rooms }, (_, r) => [name(l, r), 2] as [string, number]),
          sense: '==' as const,
          rhs: 2,
        })),
        {
          name: 'two lessons in room 0 at most',
          terms: Array.from({ length: lessons }, (_, l) => [name(l, 0), 1] as [string, number]),
          sense: '<=' as const,
          rhs: 2,
        },
      ],
    });
    const set = await solver.solve(problem, { seed: 2 });
    expect(set.samples[0]).toMatchObject({ feasible: true, energy: bruteForce(problem)!.energy });
    expect(infoOf(set)).toMatchObject({ mixer: 'xy', qubits: 12, depth: null });
    expect(infoOf(set).probabilityOfOptimum).toBeGreaterThan(3 / 81);
    for (const { violations } of set.samples) {
      expect(violations.filter((violation) => violation.startsWith('lesson'))).toEqual([]);
    }
    const plain = createQaoaSolver(createNodePlatform(), { mixer: 'x' });
    expect(infoOf(await plain.solve(problem, { seed: 2, work: { layers: 1 } }))).toMatchObject({ mixer: 'x' });
  });

  it('looks at the clock while the costs of one-hot choices are worked out', async () => {
    const [things, places] = [8, 4];
    const problem = createCqm({
      variables: Array.from({ length: things * places }, (_, k) => ({
        name: `x${k}`,
        kind: 'BINARY' as const,
        lower: 0,
        upper: 1,
      })),
      linear: Array.from({ length: things * places }, (_, k) => (k * 7) % 5),
      constraints: Array.from({ length: things }, (_, t) => ({
        name: `thing ${t} in one place`,
        terms: Array.from({ length: places }, (_, p) => [t * places + p, 1] as const),
        sense: '==' as const,
        rhs: 1,
      })),
    });
    const cut = await solver.solve(problem, { seconds: 1e-3 });
    expect(cut).toMatchObject({ samples: [], status: 'unknown', stoppedEarly: true });
    expect(cut.workDone).toEqual({ layers: 0, shots: 0, iterations: 0 });
    // Cancelled at the first turn of the event loop, long before all 65,536 choices are seen.
    const running = new AbortController();
    const onSlice = async () => running.abort(new Error('enough'));
    const cancelled = await solver.solve(problem, { signal: running.signal, onSlice });
    expect(cancelled.workDone).toEqual({ layers: 0, shots: 0, iterations: 0 });
  });

  it('starts warm from a known answer', async () => {
    for (const vartype of ['SPIN', 'BINARY'] as const) {
      const problem = randomBqm(9, vartype, 6);
      const optimum = bruteForce(problem)!;
      const work = { layers: 1 };
      const cold = infoOf(await solver.solve(problem, { seed: 3, work }));
      const warm = infoOf(await solver.solve(problem, { seed: 3, work, initial: [Int32Array.from(optimum.values)] }));
      expect(warm.mixer).toBe('warm');
      expect(warm.probabilityOfOptimum).toBeGreaterThan(cold.probabilityOfOptimum);
      // What it leans to by itself is .75^9.
      expect(warm.probabilityOfOptimum).toBeGreaterThan(0.75 ** 9);
    }
  });

  it('searches in float32 and reports float64', async () => {
    const problem = randomBqm(8, 'BINARY', 4);
    const single = createQaoaSolver(createNodePlatform(), { searchPrecision: 'float32' });
    const [a, b] = [infoOf(await single.solve(problem, { seed: 1 })), infoOf(await solver.solve(problem, { seed: 1 }))];
    expect(a.expectationByDepth[2]).toBe(a.expectation);
    expect(a.gammas).not.toEqual(b.gammas);
    for (const k of [0, 1, 2]) expect(a.expectationByDepth[k]).toBeCloseTo(b.expectationByDepth[k], 1);
  });

  it('gives the same bits on two threads', async () => {
    const problem = randomBqm(16, 'BINARY', 4);
    const work = { layers: 1, iterations: 4 };
    const [one, two] = [
      await solver.solve(problem, { seed: 1, work }),
      await solver.solve(problem, { seed: 1, work, threads: 2 }),
    ];
    expect(two.samples).toEqual(one.samples);
    expect(two.info).toEqual(one.info);
  });

  it('takes fewer qubits with noise', () => {
    const noisy = createQaoaSolver(createNodePlatform(), { noise: { readout: 0.1 } });
    expect(noisy.refuses(randomBqm(13, 'SPIN', 0))).toBe('at most 12 qubits, this has 13 variables');
  });

  it('says in words what it does not take', () => {
    expect(solver.refuses(randomBqm(21, 'SPIN', 0))).toBe('at most 20 qubits, this has 21 variables');
    expect(solver.refuses(randomPlan(6, 1))).toMatch(
      /^at most 20 qubits, this needs \d+: 18 variables and their slack$/,
    );
    expect(solver.refuses(createBqm({ vartype: 'SPIN', variables: 0 }))).toMatch(/at least 1 variable/);
    const impossible = createCqm({
      variables: [{ name: 'a', kind: 'BINARY', lower: 0, upper: 1 }],
      constraints: [{ name: 'two of one', terms: [['a', 1]], sense: '>=', rhs: 2 }],
    });
    expect(solver.refuses(impossible)).toMatch(/two of one/);
  });

  it('leaves out later depths at a deadline, and what it has is what the whole run began with', async () => {
    const problem = randomBqm(18, 'SPIN', 5);
    const cut = await solver.solve(problem, { seed: 6, seconds: 0.001 });
    expect(cut.stoppedEarly).toBe(true);
    expect(cut.workDone).toEqual({ layers: 0, shots: 1024, iterations: 0 });
    const whole = await solver.solve(problem, { seed: 6, work: { layers: 1, iterations: 3 } });
    expect(whole.samples[0].energy).toBeLessThanOrEqual(cut.samples[0].energy);
  });
});
