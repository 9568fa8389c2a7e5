import { randomBqm } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { costDiagonal } from './cost-diagonal.ts';
import { createQaoaObjective, qaoaCircuit } from './qaoa.ts';
import { diagonalExpectation, runCircuit } from './state-vector.ts';
import { createWarmObjective } from './warm-start.ts';

const bqm = randomBqm(5, 'BINARY', 3);
const costs = costDiagonal(bqm);
const leanings = [0.25, 0.75, 0.1, 0.5, 0.9];
const angles = { gammas: [0.2, 0.35], betas: [-0.5, 0.3] };

describe('createWarmObjective', () => {
  it('is the state of its own circuit, gate by gate', () => {
    const circuit = runCircuit(qaoaCircuit(bqm, angles, leanings));
    const objective = createWarmObjective(costs, leanings);
    expect(objective.energy(angles)).toBeCloseTo(diagonalExpectation(circuit, costs), 10);
    const { re, im } = objective.state();
    for (let x = 0; x < 32; x++) {
      expect(re[x] ** 2 + im[x] ** 2).toBeCloseTo(circuit.re[x] ** 2 + circuit.im[x] ** 2, 12);
    }
  });

  it('begins where it leans to, whatever the first mixer', () => {
    const objective = createWarmObjective(costs, leanings);
    objective.energy({ gammas: [0], betas: [0.7] });
    const { re, im } = objective.state();
    for (let x = 0; x < 32; x++) {
      const expected = leanings.reduce((product, c, i) => product * ((x >> i) & 1 ? c : 1 - c), 1);
      expect(re[x] ** 2 + im[x] ** 2).toBeCloseTo(expected, 12);
    }
  });

  it('is plain QAOA where it leans to nothing', () => {
    const even = createWarmObjective(costs, [0.5, 0.5, 0.5, 0.5, 0.5]).gradient(angles);
    const plain = createQaoaObjective(costs).gradient(angles);
    expect(even.energy).toBeCloseTo(plain.energy, 10);
    for (const l of [0, 1]) {
      expect(even.gammas[l]).toBeCloseTo(plain.gammas[l], 8);
      expect(even.betas[l]).toBeCloseTo(plain.betas[l], 8);
    }
  });

  it.each([undefined, 0.3])('has the gradient of central differences, cvar %s', (cvar) => {
    const objective = createWarmObjective(costs, leanings, { cvar });
    const gradient = objective.gradient(angles);
    const h = 1e-6;
    for (const key of ['gammas', 'betas'] as const) {
      for (const l of [0, 1]) {
        const at = (by: number) =>
          objective.gradient({ ...angles, [key]: angles[key].map((a, k) => (k === l ? a + by : a)) }).energy;
        expect(Math.abs(gradient[key][l] - (at(h) - at(-h)) / (2 * h))).toBeLessThan(1e-4);
      }
    }
  });

  it('refuses what does not fit', () => {
    expect(() => createWarmObjective(costs, [0.5])).toThrow(/expected 2 costs for 1 qubits, got 32/);
    expect(() => createWarmObjective(costs, [0.5, 2, 0, 0, 0])).toThrow(/from 0 to 1, got 2/);
  });
});
