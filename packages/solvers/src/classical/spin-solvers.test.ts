import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Platform, readProblemFile, type Solver } from '@qurriculum/problems';
import { bruteForce, randomBqm, randomPlan, solverConformance } from '@qurriculum/problems/testing';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { createNodePlatform } from '../platform/node.ts';
import { createBifurcateSolver } from './bifurcate.ts';
import { systematicCopies } from './population.ts';
import { createSqaSolver } from './sqa.ts';
import { createTabuSolver } from './tabu.ts';
import { createTemperSolver, exchange } from './temper.ts';

const platform = createNodePlatform();
/** `weighed`: changes of one variable that a unit of work weighs, per variable. */
const solvers: readonly {
  name: string;
  create: (platform: Platform) => Solver;
  unit: string;
  length: number;
  weighed: number;
}[] = [
  { name: 'temper', create: createTemperSolver, unit: 'sweeps', length: 200, weighed: 16 },
  { name: 'tabu', create: createTabuSolver, unit: 'flips', length: 2000, weighed: 1 },
  { name: 'bifurcate', create: createBifurcateSolver, unit: 'steps', length: 200, weighed: 1 },
  { name: 'sqa', create: createSqaSolver, unit: 'sweeps', length: 100, weighed: 17 },
];

describe.each(solvers)('$name', ({ name, create, unit, length, weighed }) => {
  const solver = create(platform);
  const cases = solverConformance({
    create: () => solver,
    work: { reads: 3, [unit]: length },
    longWork: { reads: 1_000_000, [unit]: 10 * length },
  });
  for (const { name: title, run } of cases) it(title, run);

  it('finds the optimum of models that can be enumerated', async () => {
    expect(solver.name).toBe(name);
    for (let seed = 0; seed < 4; seed++) {
      for (const problem of [randomBqm(12, 'SPIN', seed), randomBqm(12, 'BINARY', seed)]) {
        const set = await solver.solve(problem, { work: { reads: 8, [unit]: length } });
        expect(set.samples[0].energy).toBe(bruteForce(problem)?.energy);
        expect(set.workDone['proposals']).toBe(set.workDone[unit] * 12 * weighed);
      }
    }
  });

  it('leaves constraints to others', () => {
    expect(solver.refuses(randomPlan(4, 1))).toMatch(/without constraints/);
  });
});

describe('exchange of temperatures', () => {
  it('always brings the lower energy to the colder rung, and the higher one as often as the ratio of weights says', () => {
    const random = createRandom(1);
    const lanes = [0, 1];
    exchange(lanes, [1, 2], [-3, -1], 0, random);
    expect(lanes).toEqual([1, 0]);
    let exchanged = 0;
    for (let k = 0; k < 20_000; k++) {
      const again = [0, 1];
      exchange(again, [1, 2], [-1, -2], 0, random);
      if (again[0] === 1) exchanged++;
    }
    // exp((1 - 2) (-1 + 2)) = 1 / e.
    expect(exchanged / 20_000).toBeCloseTo(1 / Math.E, 1);
  });
});

describe('resampling of populations', () => {
  it('copies by weight, rounded up or down, and keeps the size', () => {
    const random = createRandom(3);
    for (let round = 0; round < 200; round++) {
      const energies = Float64Array.from({ length: 16 }, () => 4 * random.next());
      const weights = energies.map((energy) => Math.exp(-0.7 * energy));
      const total = weights.reduce((a, b) => a + b);
      const copies = systematicCopies(energies, 0.7, random.next());
      expect(copies.reduce((a, b) => a + b)).toBe(16);
      for (let k = 0; k < 16; k++) expect(Math.abs(copies[k] - (16 * weights[k]) / total)).toBeLessThan(1);
    }
  });
});

const folder = resolve(process.env.QURRICULUM_DATA ?? '../shared/data', 'qubo');
describe.skipIf(!existsSync(folder))(`published optima (skipped when ${folder} is absent)`, () => {
  it.each([
    [createTabuSolver, 'beasley/bqp250.1.bqp', 45607, { reads: 1, flips: 50_000 }],
    [createTemperSolver, 'biqmac/pm1s_100.0.mc', 127, { reads: 2, sweeps: 2000 }],
    [createBifurcateSolver, 'biqmac/g05_60.0.mc', 536, { reads: 20, steps: 1000 }],
    [createSqaSolver, 'biqmac/g05_60.0.mc', 536, { reads: 8, sweeps: 300 }],
  ] as const)('%o, %s: %i', async (create, name, optimum, work) => {
    const file = readProblemFile(readFileSync(join(folder, name), 'utf8'), name);
    const set = await create(platform).solve(file.problem, { work, seed: 1 });
    expect(file.objectiveOf(set.samples[0].energy)).toBe(optimum);
  });
});
