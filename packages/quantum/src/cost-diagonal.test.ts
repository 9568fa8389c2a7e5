import { bqmEnergy } from '@qurriculum/problems';
import { randomBqm } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { costDiagonal, stateValues } from './cost-diagonal.ts';
import { isingCoefficients } from './ising.ts';

describe.each(['SPIN', 'BINARY'] as const)('costs of a %s model', (vartype) => {
  it.each([1, 2, 5, 9])('are the energies of all %i-variable states', (size) => {
    const bqm = randomBqm(size, vartype, 3);
    const costs = costDiagonal(bqm);
    for (let x = 0; x < costs.length; x++) expect(costs[x]).toBe(bqmEnergy(bqm, stateValues(bqm, x)));
  });

  it('are the same in Pauli Z', () => {
    const bqm = randomBqm(6, vartype, 4);
    const { fields, couplings, offset } = isingCoefficients(bqm);
    const costs = costDiagonal(bqm);
    for (let x = 0; x < costs.length; x++) {
      const z = (q: number): number => 1 - 2 * ((x >> q) & 1);
      let energy = offset;
      for (const [q, h] of fields.entries()) energy += h * z(q);
      for (const { first, second, value } of couplings) energy += value * z(first) * z(second);
      expect(energy).toBeCloseTo(costs[x], 10);
    }
  });
});

it('costDiagonal refuses more variables than a state vector holds', () => {
  expect(() => costDiagonal(randomBqm(27, 'SPIN', 1))).toThrow(/expected 1 to 26 qubits, got 27/);
});
