import { createBqm } from '@qurriculum/problems';
import { bruteForce, randomBqm, solverConformance } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { createNodePlatform } from '../platform/node.ts';
import { createRecursiveQaoaSolver } from './recursive-qaoa.ts';

const solver = createRecursiveQaoaSolver(createNodePlatform());

describe('recursive-qaoa: the contract', () => {
  const cases = solverConformance({
    create: () => createRecursiveQaoaSolver(createNodePlatform()),
    work: { reads: 2, gridPoints: 4 },
    longWork: { reads: 10_000 },
    large: randomBqm(24, 'BINARY', 11),
    endless: randomBqm(80, 'BINARY', 11),
    // Penalties with slack mislead a single layer; what is reached on models without them is tested below.
    reachesOptimum: false,
  });
  for (const { name, run } of cases) it(name, run);
});

describe('recursive-qaoa', () => {
  it('solves the ring of disagrees exactly, which QAOA at p = 1 does not (Bravyi et al. 2020, section 3)', async () => {
    for (const size of [20, 40]) {
      const ring = createBqm({
        vartype: 'SPIN',
        variables: size,
        quadratic: Array.from({ length: size }, (_, i) => [i, (i + 1) % size, 1] as const),
      });
      const { samples, info } = await solver.solve(ring, { work: { reads: 1, cutoff: 4 } });
      expect(samples[0].energy).toBe(-size);
      expect(info).toMatchObject({ eliminations: [size - 4] });
    }
  });

  it.each([10, 12, 14, 16])(
    'comes near exhaustive search on %i variables, though few are left to enumerate',
    async (size) => {
      for (const vartype of ['SPIN', 'BINARY'] as const) {
        const problem = randomBqm(size, vartype, size);
        const optimum = bruteForce(problem)!;
        const { samples } = await solver.solve(problem, { seed: 2, work: { reads: 8, cutoff: 3 } });
        expect(samples[0].energy).toBeGreaterThanOrEqual(optimum.energy);
        expect(samples[0].energy / optimum.energy).toBeGreaterThan(0.9);
      }
    },
  );

  it('says in words what it does not take', () => {
    expect(solver.refuses(randomBqm(101, 'SPIN', 0))).toBe('at most 100 qubits, this has 101 variables');
  });
});
