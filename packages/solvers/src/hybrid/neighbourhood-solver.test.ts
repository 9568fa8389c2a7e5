import { runSteps } from '@qurriculum/kernels';
import { createCqm, evaluateSample, integer, type Solver } from '@qurriculum/problems';
import { bruteForce, randomBqm, randomPlan, solverConformance, tinyProblems } from '@qurriculum/problems/testing';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { createHighsSolver } from '../exact/highs.ts';
import { createNodePlatform } from '../platform/node.ts';
import { binaryForm } from './binary-form.ts';
import { createNeighbourhoodSolver } from './neighbourhood-solver.ts';
import { createUniformSolver } from './uniform.ts';

const platform = createNodePlatform();

describe('neighbourhood: the contract', () => {
  const cases = solverConformance({
    create: () => createNeighbourhoodSolver(platform),
    work: { neighbourhoods: 20, size: 12 },
    longWork: { neighbourhoods: 10_000_000, size: 12 },
    large: randomPlan(9, 12),
    endless: randomBqm(150, 'SPIN', 11),
  });
  for (const { name, run } of cases) it(name, run);
});

describe('the binary form', () => {
  it('has the energies and the rows of the problem, there and back', () => {
    const random = createRandom(3);
    const solver = createNeighbourhoodSolver(platform);
    for (const { problem } of tinyProblems()) {
      if (solver.refuses(problem) !== null) continue;
      const form = runSteps(binaryForm(problem));
      for (let k = 0; k < 50; k++) {
        const bits = Int32Array.from(form.group, () => random.integer(2));
        const sample = evaluateSample(problem, form.back(bits));
        const image = evaluateSample(form.cqm, bits);
        expect(image.energy).toBeCloseTo(sample.energy, 9);
        expect(image.violations).toEqual(sample.violations);
        expect(form.back(form.into(sample.values))).toEqual(sample.values);
      }
    }
  });
});

describe('neighbourhood', () => {
  it('is a hybrid only with a quantum part', () => {
    expect(createNeighbourhoodSolver(platform).kind).toBe('classical');
    expect(createNeighbourhoodSolver(platform, { subSolver: 'qaoa' }).kind).toBe('hybrid');
  });

  it('proves what it found where HiGHS can', async () => {
    const plan = randomPlan(4, 9);
    const set = await createNeighbourhoodSolver(platform).solve(plan, { seconds: 5 });
    expect(set).toMatchObject({ status: 'optimal', stoppedEarly: false, lowerBound: bruteForce(plan)!.energy });
    expect(set.samples[0].energy).toBe(set.lowerBound);
    expect(set.cost.wallSeconds).toBeLessThan(5);
  });

  it('bounds what it cannot prove, and tells of the bound as it goes', async () => {
    const bounds: number[] = [];
    const set = await createNeighbourhoodSolver(platform).solve(randomBqm(70, 'SPIN', 5), {
      seconds: 1,
      onProgress: ({ lowerBound }) => bounds.push(lowerBound ?? Number.NaN),
    });
    expect(set.lowerBound!).toBeLessThanOrEqual(set.samples[0].energy);
    const told = bounds.filter((bound) => !Number.isNaN(bound));
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  it.each(['anneal', 'tabu', 'highs', 'exhaustive', 'qaoa'] as const)('hands its pieces to %s', async (subSolver) => {
    const solver = createNeighbourhoodSolver(platform, { subSolver, start: 'greedy', certify: false });
    const set = await solver.solve(randomPlan(35, 2), { seed: 1, work: { neighbourhoods: 30, size: 10 } });
    const { startEnergy, energy, accepted } = set.info as { startEnergy: number; energy: number; accepted: number };
    expect(solver.name).toBe(`neighbourhood-${subSolver}`);
    expect(energy).toBeLessThan(startEnergy);
    expect(accepted).toBeGreaterThan(0);
    expect(set.samples[0].feasible).toBe(true);
  });

  it('frees all bits of an integer together, and reaches the optimum of integer models', async () => {
    const seen: string[][] = [];
    const uniform = createUniformSolver(platform);
    const recording: Solver = {
      ...uniform,
      solve: (part, options) => {
        seen.push(part.variables.map((variable) => (typeof variable === 'string' ? variable : variable.name)));
        return uniform.solve(part, options);
      },
    };
    // Boxes of three sizes for 25 kilograms: integers of 3 bits each, all coupled by one row.
    const problem = createCqm({
      variables: Array.from({ length: 8 }, (_, i) => integer(`boxes of kind ${i}`, 0, 7)),
      linear: Array.from({ length: 8 }, (_, i) => -2 - (i % 3)),
      quadratic: Array.from({ length: 8 }, (_, i) => [i, i, 0.25] as const),
      constraints: [
        { name: 'weight', terms: Array.from({ length: 8 }, (_, i) => [i, 1 + (i % 3)] as const), sense: '<=', rhs: 25 },
      ],
    });
    const drawn = createNeighbourhoodSolver(platform, {
      subSolver: { solver: recording, work: { shots: 20 } },
      certify: false,
    });
    await drawn.solve(problem, { work: { neighbourhoods: 5, size: 6 } });
    const integers = seen.map((names) => new Set(names.map((name) => Math.floor(Number(name) / 3))).size);
    expect(integers).toEqual([2, 2, 2, 2, 2]);
    const set = await createNeighbourhoodSolver(platform, { certify: false }).solve(problem, { seed: 1 });
    const exact = await createHighsSolver(platform).solve(problem);
    expect(set.samples[0].energy).toBeCloseTo(exact.samples[0].energy, 6);
  });
});
