import { binary, createBqm, createCqm, evaluateSample, type Solver } from '@qurriculum/problems';
import { bruteForce, randomBqm, randomPlan, solverConformance } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { annealCqm } from '../classical/cqm-anneal.ts';
import { createNodePlatform } from '../platform/node.ts';
import { createHybridSolver } from './hybrid.ts';
import type { HybridInfo } from './neighbourhood-search.ts';
import { createNeighbourhoodSolver } from './neighbourhood-solver.ts';
import type { SubSolverName } from './sub-solver.ts';
import { createUniformSolver } from './uniform.ts';

const platform = createNodePlatform();
const hybrid = createHybridSolver(platform);
const infoOf = (set: { info: unknown }) => set.info as HybridInfo;

describe('hybrid: the contract', () => {
  const cases = solverConformance({
    create: () => createHybridSolver(platform),
    work: { neighbourhoods: 12, qubits: 8 },
    longWork: { neighbourhoods: 1_000_000 },
  });
  for (const { name, run } of cases) it(name, run);
});

describe('uniform: the contract', () => {
  const cases = solverConformance({
    create: () => createUniformSolver(platform),
    work: { shots: 500 },
    longWork: { shots: 100_000_000 },
    reachesOptimum: false,
    endless: randomBqm(60, 'BINARY', 11),
  });
  for (const { name, run } of cases) it(name, run);
});

describe('hybrid', () => {
  it('reaches the optimum of small constrained models, from annealing and from greedy', async () => {
    for (const start of ['anneal', 'greedy'] as const) {
      for (let seed = 0; seed < 4; seed++) {
        const cqm = randomPlan(4, seed);
        const solver = createHybridSolver(platform, { start });
        const set = await solver.solve(cqm, { seed, work: { neighbourhoods: 30 } });
        expect(set.samples[0]).toMatchObject({ feasible: true, energy: bruteForce(cqm)!.energy });
      }
    }
  });

  it('keeps rows of prerequisites', async () => {
    // A chain: each is worth more than the one before, and needs it; room for three.
    const names = ['a', 'b', 'c', 'd', 'e'];
    const cqm = createCqm({
      variables: names.map(binary),
      linear: [-1, -1, -5, -1, -9],
      constraints: [
        { name: 'room for three', terms: names.map((name) => [name, 1] as const), sense: '<=', rhs: 3 },
        ...names.slice(1).map((name, i) => ({
          name: `${name} needs ${names[i]}`,
          terms: [[name, 1] as const, [names[i], -1] as const],
          sense: '<=' as const,
          rhs: 0,
        })),
      ],
    });
    const set = await hybrid.solve(cqm, { seed: 2 });
    expect(Array.from(set.samples[0].values)).toEqual([1, 1, 1, 0, 0]);
  });

  it.each(['qaoa', 'exhaustive', 'anneal', 'uniform'] as const)(
    'is never worse than its start and says what %s brought',
    async (subSolver: SubSolverName) => {
      const solver = createHybridSolver(platform, { subSolver, start: 'greedy' });
      expect(solver.name).toBe(subSolver === 'qaoa' ? 'hybrid' : `hybrid-${subSolver}`);
      for (const problem of [randomPlan(20, 1), randomBqm(50, 'SPIN', 4, 0.2)]) {
        const set = await solver.solve(problem, { seed: 3, work: { neighbourhoods: 25 } });
        const info = infoOf(set);
        expect(info.start).toBe('greedy');
        expect(set.samples[0].energy).toBe(info.energy);
        expect(info.energy!).toBeLessThanOrEqual(info.startEnergy!);
        const gains = info.improvements.map(({ before, after }) => before! - after!);
        for (const gain of gains) expect(gain).toBeGreaterThan(0);
        expect(gains.reduce((a, b) => a + b, 0)).toBeCloseTo(info.improvement!, 9);
        expect(info.accepted).toBe(gains.length);
        expect(info.neighbourhoods).toBe(25);
      }
    },
  );

  it('starts from what it is given when that is better than its own', async () => {
    const cqm = randomPlan(20, 1);
    const good = annealCqm(cqm, { seed: 1, reads: 16, sweeps: 1000 });
    const kept = await hybrid.solve(cqm, {
      seed: 1,
      initial: [new Int32Array(60), good.values],
      work: { neighbourhoods: 5 },
    });
    expect(infoOf(kept)).toMatchObject({ start: 'initial', startEnergy: good.energy });
    expect(kept.samples[0].energy).toBeLessThanOrEqual(good.energy);
  });

  it('closes much of the gap of greedy: QAOA nearly as much as exhaustive search of the same neighbourhoods', async () => {
    const plans = [randomPlan(20, 1), randomPlan(35, 2), randomPlan(30, 7)];
    const best = plans.map((cqm) => annealCqm(cqm, { reads: 4, sweeps: 1000 }).energy);
    const closed = async (subSolver: SubSolverName): Promise<number> => {
      let [gap, left] = [0, 0];
      for (const [k, cqm] of plans.entries()) {
        const solver = createHybridSolver(platform, { subSolver, start: 'greedy' });
        const { startEnergy, energy } = infoOf(await solver.solve(cqm, { seed: k }));
        gap += startEnergy! - best[k];
        left += energy! - best[k];
      }
      return 1 - left / gap;
    };
    const [qaoa, exhaustive] = [await closed('qaoa'), await closed('exhaustive')];
    expect(exhaustive).toBeGreaterThan(0.3);
    expect(qaoa).toBeGreaterThan(0.7 * exhaustive);
  });

  it('starts from annealing unless told otherwise, and is better for it', async () => {
    const cqm = randomPlan(35, 2);
    const [annealed, greedy] = await Promise.all(
      (['anneal', 'greedy'] as const).map((start) => createHybridSolver(platform, { start }).solve(cqm, { seed: 1 })),
    );
    expect(infoOf(annealed).start).toBe('anneal');
    expect(infoOf(greedy).start).toBe('greedy');
    expect(infoOf(annealed).startEnergy!).toBeLessThan(infoOf(greedy).startEnergy!);
    expect(annealed.samples[0].energy).toBeLessThanOrEqual(greedy.samples[0].energy);
  });

  it('repairs a start that breaks rows, and works on where it cannot', async () => {
    const cqm = randomPlan(12, 5);
    const set = await hybrid.solve(cqm, { initial: [new Int32Array(36).fill(1)], work: { neighbourhoods: 3 } });
    expect(set.samples[0].feasible).toBe(true);
  });

  it('takes any solver for its parts', async () => {
    const seen: number[] = [];
    const recording: Solver = {
      ...createUniformSolver(platform),
      name: 'recording',
      solve: async (problem, options) => {
        seen.push(problem.variables.length);
        return createUniformSolver(platform).solve(problem, options);
      },
    };
    const solver = createHybridSolver(platform, { subSolver: { solver: recording, work: { shots: 50 } } });
    await solver.solve(randomPlan(10, 1), { work: { neighbourhoods: 4, qubits: 6, shots: 20 } });
    expect(solver.name).toBe('hybrid-recording');
    expect(seen).toEqual([6, 6, 6, 6]);
  });

  it('every answer at a deadline stands in the sequence of the whole work', async () => {
    const cqm = randomPlan(30, 7);
    const greedy = createHybridSolver(platform, { start: 'greedy' });
    const whole = await greedy.solve(cqm, { seed: 5 });
    const cut = await greedy.solve(cqm, { seed: 5, seconds: 0.03 });
    const energies = whole.samples.map((sample) => sample.energy);
    expect(energies).toContain(cut.samples[0].energy);
    expect(evaluateSample(cqm, cut.samples[0].values).feasible).toBe(true);
  });

  it('refuses in words, and limits its neighbourhoods to 16 variables', async () => {
    const integers = createCqm({ variables: [{ name: 'boxes', kind: 'INTEGER', lower: 0, upper: 4 }] });
    expect(hybrid.refuses(integers)).toBe('binary variables only, "boxes" is an integer');
    const many = createBqm({ vartype: 'SPIN', variables: 250_001 });
    for (const solver of [hybrid, createNeighbourhoodSolver(platform)]) {
      expect(solver.refuses(many)).toBe('at most 250000 variables, this has 250001; use anneal or temper');
    }
    await expect(hybrid.solve(randomPlan(4, 1), { work: { qubits: 17 } })).rejects.toThrow(/at most 16 qubits/);
  });
});
