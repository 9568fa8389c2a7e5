import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runSteps } from '@qurriculum/kernels';
import { createBqm, readProblemFile } from '@qurriculum/problems';
import { bruteForce, randomBqm, randomPlan, solverConformance } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { createNodePlatform } from '../platform/node.ts';
import { createAnnealSolver } from './anneal.ts';
import { betaSchedule, defaultBetaRange } from './beta-schedule.ts';

const solver = createAnnealSolver(createNodePlatform());

describe('anneal: the contract', () => {
  const cases = solverConformance({
    create: () => solver,
    work: { reads: 3, sweeps: 200 },
    longWork: { reads: 100_000, sweeps: 10_000 },
  });
  for (const { name, run } of cases) it(name, run);
});

describe('the schedule', () => {
  it('has the range of dwave-samplers: worked out by hand for a chain of three', () => {
    // |h| + sum |J| = 2, 5, 4 -> hot = ln 2 / 10; least |h| or |J| is 1 for all three -> cold = ln 300 / 2.
    const chain = createBqm({
      vartype: 'SPIN',
      variables: 3,
      linear: [1, -1, 1],
      quadratic: [
        [0, 1, 1],
        [1, 2, -3],
      ],
    });
    const { hot, cold } = runSteps(defaultBetaRange(chain));
    expect(hot).toBeCloseTo(Math.LN2 / 10, 12);
    expect(cold).toBeCloseTo(Math.log(300) / 2, 12);
  });

  it('goes from hot to cold, then only downhill', () => {
    const linear = betaSchedule({ hot: 1, cold: 3 }, 1000, 'linear');
    expect([linear[0], linear[989], linear[990]]).toEqual([1, 3, Number.POSITIVE_INFINITY]);
    const geometric = betaSchedule({ hot: 1, cold: 16 }, 5, 'geometric');
    expect(Array.from(geometric)).toEqual([1, 2, 4, 8, 16]);
  });
});

describe('anneal', () => {
  it('finds the optimum of models that can be enumerated', async () => {
    for (let seed = 0; seed < 5; seed++) {
      for (const problem of [randomBqm(12, 'SPIN', seed), randomBqm(12, 'BINARY', seed)]) {
        const set = await solver.solve(problem, { work: { reads: 8, sweeps: 200 } });
        expect(set.samples[0].energy).toBe(bruteForce(problem)?.energy);
      }
    }
  });

  it('raises penalties until plans are feasible', async () => {
    const set = await solver.solve(randomPlan(8, 1), { work: { reads: 8, sweeps: 300 } });
    expect(set.status).toBe('feasible');
  });
});

const folder = resolve(process.env.QURRICULUM_DATA ?? '../shared/data', 'qubo');
describe.skipIf(!existsSync(folder))(`published optima (skipped when ${folder} is absent)`, () => {
  it.each([
    ['beasley/bqp50.1.bqp', 2098],
    ['beasley/bqp250.1.bqp', 45607],
    ['biqmac/g05_60.0.mc', 536],
    ['biqmac/pm1s_100.0.mc', 127],
  ])('%s: %i', async (name, optimum) => {
    const file = readProblemFile(readFileSync(join(folder, name), 'utf8'), name);
    const set = await solver.solve(file.problem, { work: { reads: 40, sweeps: 2000 }, seed: 1 });
    expect(file.objectiveOf(set.samples[0].energy)).toBe(optimum);
  });
});
