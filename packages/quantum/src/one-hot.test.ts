import { randomBqm } from '@qurriculum/problems/testing';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { costDiagonal } from './cost-diagonal.ts';
import { createOneHotObjective, groupPositions, oneHotStart } from './one-hot.ts';
import { type AngleSearchStep, optimiseAnglesFrom } from './optimise-angles.ts';
import { createQaoaObjective } from './qaoa.ts';

const costsOf = (size: number, seed: number): Float64Array => {
  const random = createRandom(seed);
  return Float64Array.from({ length: size }, () => random.normal());
};
const angles = { gammas: [0.5, 0.9], betas: [-0.4, -0.15] };

describe('createOneHotObjective', () => {
  it('is plain QAOA where every group has two places', () => {
    const costs = costDiagonal(randomBqm(6, 'SPIN', 3));
    const plain = createQaoaObjective(costs);
    for (const graph of ['complete', 'ring'] as const) {
      const groups = createOneHotObjective([2, 2, 2, 2, 2, 2], costs, { graph });
      expect(groups.energy(angles)).toBeCloseTo(plain.energy(angles), 10);
      const [a, b] = [groups.gradient(angles), plain.gradient(angles)];
      for (const l of [0, 1]) {
        expect(a.gammas[l]).toBeCloseTo(b.gammas[l], 9);
        expect(a.betas[l]).toBeCloseTo(b.betas[l], 9);
      }
    }
  });

  it.each([
    ['complete', undefined],
    ['ring', undefined],
    ['complete', 0.2],
  ] as const)('has the gradient of central differences: %s, cvar %s', (graph, cvar) => {
    const objective = createOneHotObjective([3, 4, 5], costsOf(60, 2), { graph, cvar });
    const gradient = objective.gradient(angles);
    if (cvar === undefined) expect(gradient.energy).toBe(objective.energy(angles));
    const h = 1e-6;
    for (const key of ['gammas', 'betas'] as const) {
      for (const l of [0, 1]) {
        const shifted = (by: number) => ({ ...angles, [key]: angles[key].map((a, k) => (k === l ? a + by : a)) });
        const difference = (objective.gradient(shifted(h)).energy - objective.gradient(shifted(-h)).energy) / (2 * h);
        expect(gradient[key][l]).toBeCloseTo(difference, 6);
      }
    }
  });

  it('finds good choices from its start', () => {
    const sizes = [4, 3, 5, 2];
    const costs = costsOf(120, 7);
    const objective = createOneHotObjective(sizes, costs);
    let last: AngleSearchStep | undefined;
    for (const step of optimiseAnglesFrom(objective, oneHotStart(sizes, costs), { layers: 4, iterations: 40 }))
      last = step;
    objective.energy(last!.angles);
    const { re, im } = objective.state();
    const order = Array.from(costs, (_, x) => x).sort((a, b) => costs[a] - costs[b]);
    // The best twelfth of all choices; drawing at random would give 1/12.
    const share = order.slice(0, 10).reduce((sum, x) => sum + re[x] ** 2 + im[x] ** 2, 0);
    expect(share).toBeGreaterThan(3 / 12);
    expect(last!.energy).toBeLessThan(-1);
  });
});

describe('groupPositions', () => {
  it('counts in mixed radix, group 0 fastest', () => {
    expect(groupPositions([3, 2, 4], 0)).toEqual([0, 0, 0]);
    expect(groupPositions([3, 2, 4], 2 + 3 * 1 + 6 * 3)).toEqual([2, 1, 3]);
  });
});
