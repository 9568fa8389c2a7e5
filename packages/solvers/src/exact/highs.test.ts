import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { binary, createCqm, integer, type Problem, readProblemFile } from '@qurriculum/problems';
import { bruteForce, randomBqm, randomPlan, solverConformance } from '@qurriculum/problems/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNodePlatform } from '../platform/node.ts';
import { createHighsSolver } from './highs.ts';

const solver = createHighsSolver(createNodePlatform());

describe('highs: the contract', () => {
  const cases = solverConformance({
    create: () => solver,
    work: { nodes: 100_000 },
    longWork: { nodes: 1_000_000_000 },
    large: randomPlan(6, 12),
    endless: randomBqm(90, 'BINARY', 11),
  });
  for (const { name, run } of cases) it(name, run);
});

async function expectOptimum(problem: Problem): Promise<void> {
  const optimum = bruteForce(problem);
  const set = await solver.solve(problem);
  if (optimum === null) {
    expect(set.status).toBe('infeasible');
    return;
  }
  expect(set.status).toBe('optimal');
  expect(set.samples[0].energy).toBeCloseTo(optimum.energy, 6);
  expect(set.lowerBound).toBeCloseTo(optimum.energy, 5);
}

const model = fc.integer({ min: 1, max: 4 }).chain((size) => {
  const index = fc.integer({ min: 0, max: size - 1 });
  const coefficient = fc.integer({ min: -6, max: 6 });
  return fc.record({
    kinds: fc.array(fc.constantFrom('b', 'i', 'j'), { minLength: size, maxLength: size }),
    linear: fc.array(coefficient, { minLength: size, maxLength: size }),
    quadratic: fc.array(fc.tuple(index, index, coefficient), { maxLength: 6 }),
    rows: fc.array(
      fc.record({
        terms: fc.array(fc.tuple(index, fc.integer({ min: -3, max: 3 })), { minLength: 1, maxLength: 4 }),
        quadratic: fc.array(fc.tuple(index, index, fc.integer({ min: -3, max: 3 })), { maxLength: 3 }),
        sense: fc.constantFrom('<=' as const, '>=' as const, '==' as const),
        rhs: fc.integer({ min: -4, max: 6 }),
      }),
      { maxLength: 3 },
    ),
  });
});

describe('highs', () => {
  it('agrees with enumeration on random constrained models with products of integers in objective and rows', async () => {
    const variable = (kind: string, i: number) =>
      kind === 'b' ? binary(`x${i}`) : integer(`x${i}`, kind === 'i' ? -2 : 1, kind === 'i' ? 3 : 5);
    await fc.assert(
      fc.asyncProperty(model, async ({ kinds, linear, quadratic, rows }) => {
        const constraints = rows.map((row, r) => ({ name: `row ${r}`, ...row }));
        await expectOptimum(createCqm({ variables: kinds.map(variable), linear, quadratic, constraints }));
      }),
      { numRuns: 60 },
    );
  });

  it('agrees with enumeration on random BQMs and plans', async () => {
    for (let seed = 0; seed < 4; seed++) {
      for (const problem of [randomBqm(9, 'SPIN', seed), randomBqm(10, 'BINARY', seed), randomPlan(4, seed)]) {
        await expectOptimum(problem);
      }
    }
  });

  it('starts from a given point: a deadline that leaves no time still returns it', async () => {
    const problem = randomPlan(20, 2);
    const start = new Int32Array(60);
    start[2] = 1;
    const set = await solver.solve(problem, { initial: [start], seconds: 0.001 });
    expect(set.samples[0].feasible).toBe(true);
  });

  it('bounds what it could not prove', async () => {
    const set = await solver.solve(randomBqm(70, 'BINARY', 3), { seconds: 1 });
    expect(set.stoppedEarly).toBe(true);
    expect(set.status).toBe('feasible');
    expect(set.lowerBound).toBeLessThan(set.samples[0].energy);
  });

  it('refuses what would not fit, in words', () => {
    expect(solver.refuses(randomBqm(400, 'SPIN', 1, 0.9))).toMatch(/^at most 50000 columns after linearisation/);
    const wide = createCqm({ variables: [integer('a', 0, 5000), integer('b', 0, 5000)], quadratic: [['a', 'b', 1]] });
    expect(solver.refuses(wide)).toMatch(/at most 1024 values, "a" and "b" have more/);
  });
});

const folder = resolve(process.env.QURRICULUM_DATA ?? '../shared/data', 'qubo');
describe.skipIf(!existsSync(folder))(`published optima (skipped when ${folder} is absent)`, () => {
  it.each([
    ['beasley/bqp50.1.bqp', 2098],
    ['beasley/bqp50.3.bqp', 4626],
    ['biqmac/gka1b.bqp', 133],
  ])('%s: %i, proved', async (name, optimum) => {
    const file = readProblemFile(readFileSync(join(folder, name), 'utf8'), name);
    const set = await solver.solve(file.problem, { seconds: 30 });
    expect(file.objectiveOf(set.samples[0].energy)).toBe(optimum);
    expect(set.status).toBe('optimal');
  });
});
