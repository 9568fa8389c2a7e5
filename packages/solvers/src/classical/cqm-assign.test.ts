import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { assignmentModel, binary, createCqm, integer, readProblemFile } from '@qurriculum/problems';
import { bruteForce, solverConformance } from '@qurriculum/problems/testing';
import { createRandom } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHighsSolver } from '../exact/highs.ts';
import { createNodePlatform } from '../platform/node.ts';
import { createAssignSolver } from './cqm-assign.ts';
import { type AssignmentModel, assignmentOf } from './cqm-assignment.ts';
import { priceCapacity } from './cqm-assignment-prices.ts';

const platform = createNodePlatform();

/** Costs from 10 to 50, weights from 5 to 25, capacities as tight as `fill` says: the classes of Chu and Beasley. */
function instance(agents: number, jobs: number, seed: number, fill = 0.8) {
  const random = createRandom(seed);
  const table = (low: number, span: number): number[][] =>
    Array.from({ length: agents }, () => Array.from({ length: jobs }, () => low + random.integer(span)));
  const weights = table(5, 21);
  const capacities = weights.map((row) => Math.round((row.reduce((sum, w) => sum + w, 0) / agents) * fill) + 5);
  return assignmentModel(table(10, 41), weights, capacities);
}

describe('assign: the contract', () => {
  const cases = solverConformance({
    create: () => createAssignSolver(platform),
    work: { neighbourhoods: 60 },
    longWork: { neighbourhoods: 1_000_000 },
    large: instance(8, 80, 3),
    endless: instance(10, 200, 4),
  });
  for (const { name, run } of cases) it(name, run);
});

describe('assign', () => {
  it('finds the optimum of small assignments, bounds below it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1000), async (seed) => {
        const cqm = instance(3, 5, seed, 1);
        const best = bruteForce(cqm);
        const set = await createAssignSolver(platform).solve(cqm, { seed, work: { neighbourhoods: 200 } });
        if (best === null) return expect(set.samples[0].feasible).toBe(false);
        expect(set.samples[0].energy).toBe(best.energy);
        expect(set.lowerBound).toBeLessThanOrEqual(best.energy);
      }),
      { numRuns: 8 },
    );
  });

  it.each([1, 2, 3])('meets the optimum that HiGHS proves for 4 agents and 24 jobs (seed %i)', async (seed) => {
    const cqm = instance(4, 24, seed);
    const proved = await createHighsSolver(platform).solve(cqm);
    expect(proved.status).toBe('optimal');
    const set = await createAssignSolver(platform).solve(cqm, { seed, work: { neighbourhoods: 400 } });
    expect(set.samples[0].energy).toBe(proved.samples[0].energy);
    expect(set.lowerBound).toBeLessThanOrEqual(proved.samples[0].energy);
  });

  it('a longer search goes through what a shorter one found', async () => {
    const cqm = instance(8, 60, 5, 0.75);
    const solve = async (neighbourhoods: number) =>
      (await createAssignSolver(platform).solve(cqm, { seed: 3, work: { neighbourhoods } })).samples[0];
    const energies: number[] = [];
    for (const work of [10, 40, 160]) energies.push((await solve(work)).energy);
    expect(energies).toEqual([...energies].sort((a, b) => b - a));
    expect((await solve(160)).values).toEqual((await solve(160)).values);
  });

  it('leaves jobs undone where rows allow it: knapsacks without a choice row', async () => {
    const cqm = createCqm({
      variables: ['a', 'b', 'c', 'd'].map(binary),
      linear: [-6, -5, -4, -1],
      constraints: [
        {
          name: 'bag',
          terms: [
            ['a', 5],
            ['b', 4],
            ['c', 3],
          ],
          sense: '<=',
          rhs: 7,
        },
        {
          name: 'b or c',
          terms: [
            ['b', -1],
            ['c', -1],
          ],
          sense: '>=',
          rhs: -1,
        },
      ],
    });
    const { samples, status } = await createAssignSolver(platform).solve(cqm, { work: { neighbourhoods: 50 } });
    expect(samples[0].energy).toBe(bruteForce(cqm)?.energy);
    expect(['optimal', 'feasible']).toContain(status);
  });

  it('never returns a worse one than a given start', async () => {
    const cqm = instance(6, 40, 9);
    const solver = createAssignSolver(platform);
    const good = (await solver.solve(cqm, { seed: 1, work: { neighbourhoods: 300 } })).samples[0];
    const again = await solver.solve(cqm, { seed: 2, work: { neighbourhoods: 1 }, initial: [good.values] });
    expect(again.samples[0].feasible).toBe(true);
    expect(again.samples[0].energy).toBeLessThanOrEqual(good.energy);
  });

  it.each([
    ['an integer', createCqm({ variables: [integer('x', 0, 3)] }), /"x" is an integer/],
    ['products', createCqm({ variables: ['a', 'b'].map(binary), quadratic: [[0, 1, 1]] }), /products/],
    [
      'two capacities',
      createCqm({
        variables: ['a', 'b'].map(binary),
        constraints: ['r', 's'].map((name) => ({
          name,
          terms: [
            [0, 2],
            [1, 3],
          ] as const,
          sense: '<=' as const,
          rhs: 4,
        })),
      }),
      /one capacity per variable, "s"/,
    ],
  ])('refuses %s', (_, cqm, message) => {
    expect(createAssignSolver(platform).refuses(cqm)).toMatch(message);
  });
});

describe('priceCapacity', () => {
  it('reaches the bound of the linear relaxation on a case known in closed form', async () => {
    // Two equal jobs, one cheap place with room for 1.5 of them: the relaxation puts a quarter of the work elsewhere.
    const cqm = assignmentModel(
      [
        [0, 0],
        [4, 4],
      ],
      [
        [2, 2],
        [2, 2],
      ],
      [3, 4],
    );
    const prices = await priceCapacity(assignmentOf(cqm) as AssignmentModel, async () => false);
    expect(prices.bound).toBeCloseTo(2, 3);
    expect(prices.price[0]).toBeCloseTo(2, 2);
  });
});

const folder = resolve(process.env.QURRICULUM_DATA ?? '../shared/data', 'scheduling/gap');

describe.skipIf(!existsSync(folder))(`published instances (skipped when ${folder} is absent)`, () => {
  it.each([
    ['gap1-0', 261],
    ['a05100', 1698],
  ])('%s: optimum %i', async (name, optimum) => {
    const { problem } = readProblemFile(readFileSync(join(folder, name), 'utf8'), name, 'gap');
    const { samples } = await createAssignSolver(platform).solve(problem, { work: { neighbourhoods: 400 } });
    expect(samples[0]).toMatchObject({ energy: optimum, feasible: true });
  });
});
