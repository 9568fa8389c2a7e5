import { binary, cqmEnergy, cqmViolations, createCqm, integer } from '@qurriculum/problems';
import { bruteForce } from '@qurriculum/problems/testing';
import { createRandom } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNodePlatform } from '../platform/node.ts';
import { annealCqm } from './cqm-anneal.ts';
import { digitWeights, toDigits } from './cqm-digits.ts';
import { createSwapAnnealSolver } from './swap-anneal.ts';

/** Random integers and binaries, products and squares among them, an inequality, and an equation that can be kept. */
function randomIntegerModel(seed: number) {
  const random = createRandom(seed);
  const variables = [integer('x', -3, 4), integer('y', 2, 13), integer('z', 0, 2), binary('a'), binary('b')];
  const planted = variables.map(({ lower, upper }) => lower + random.integer(upper - lower + 1));
  const draw = (span: number): number => random.integer(2 * span + 1) - span;
  const terms = variables.map((_, i) => [i, draw(4)] as const);
  const equation = variables.slice(0, 4).map((_, i) => [i, 1 + random.integer(2)] as const);
  const at = (row: readonly (readonly [number, number])[]): number =>
    row.reduce((sum, [i, c]) => sum + c * planted[i], 0);
  return createCqm({
    variables,
    linear: variables.map(() => draw(9)),
    quadratic: variables.flatMap((_, i) => variables.slice(i).map((__, k) => [i, i + k, draw(3)] as const)),
    offset: draw(5),
    constraints: [
      { name: 'at most', terms, sense: '<=', rhs: at(terms) + random.integer(4) },
      { name: 'exactly', terms: equation, sense: '==', rhs: at(equation) },
    ],
  });
}

describe('integers in digits', () => {
  it('codes reach every value of a range and nothing outside', () => {
    for (let span = 0; span <= 70; span++) {
      const sums = new Set([0]);
      for (const weight of digitWeights(span)) for (const sum of [...sums]) sums.add(sum + weight);
      expect([...sums].sort((a, b) => a - b)).toEqual(Array.from({ length: span + 1 }, (_, value) => value));
    }
  });

  it('energies and rows are those of the model, there and back', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const cqm = randomIntegerModel(seed);
        const random = createRandom(seed + 1);
        const digits = toDigits(cqm);
        const bits = Int32Array.from(digits.binary.variables, () => random.integer(2));
        const values = digits.decode(bits);
        expect(cqmEnergy(cqm, values)).toBe(cqmEnergy(digits.binary, bits));
        expect(cqmViolations(cqm, values)).toEqual(cqmViolations(digits.binary, bits));
        expect(digits.decode(digits.encode(values))).toEqual(values);
      }),
    );
  });

  it('annealing finds the optimum of small models with integers, equations kept', () => {
    for (let seed = 0; seed < 6; seed++) {
      const cqm = randomIntegerModel(seed);
      const result = annealCqm(cqm, { seed, reads: 12, sweeps: 300 });
      expect(result.feasible).toBe(true);
      expect(result.energy).toBe(bruteForce(cqm)?.energy);
    }
  });

  it('swap-anneal takes models with integers', async () => {
    const solver = createSwapAnnealSolver(createNodePlatform());
    const cqm = randomIntegerModel(3);
    expect(solver.refuses(cqm)).toBeNull();
    const { samples } = await solver.solve(cqm, { seed: 1, work: { reads: 12, sweeps: 300 } });
    expect(samples[0]).toMatchObject({ feasible: true, energy: bruteForce(cqm)?.energy });
  });
});
