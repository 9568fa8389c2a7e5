import { randomBqm } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { costDiagonal } from './cost-diagonal.ts';
import { createCostTail } from './cost-tail.ts';
import { isingCoefficients } from './ising.ts';
import { optimiseAngles } from './optimise-angles.ts';
import { createQaoaObjective } from './qaoa.ts';

const costs = costDiagonal(randomBqm(6, 'SPIN', 3));
const angles = { gammas: [0.11, 0.2], betas: [-0.6, -0.35] };

/** The mean of the cheapest share, by sorting and cutting: the definition. */
function tailMean(probabilities: readonly number[], share: number): number {
  const sorted = probabilities.map((probability, x) => [costs[x], probability]).sort(([a], [b]) => a - b);
  let left = share;
  let sum = 0;
  for (const [cost, probability] of sorted) {
    const taken = Math.min(left, probability);
    sum += taken * cost;
    left -= taken;
  }
  return sum / share;
}

describe('conditional value at risk', () => {
  it.each([0.05, 0.3, 0.9, 1])('is the mean of the best share %d', (cvar) => {
    const objective = createQaoaObjective(costs, { cvar });
    const { energy } = objective.gradient(angles);
    const plain = createQaoaObjective(costs);
    plain.energy(angles);
    const { re, im } = plain.state();
    expect(energy).toBeCloseTo(
      tailMean(
        Array.from(re, (a, x) => a * a + im[x] * im[x]),
        cvar,
      ),
      10,
    );
  });

  it('has the gradient of central differences', () => {
    const objective = createQaoaObjective(costs, { cvar: 0.2 });
    const gradient = objective.gradient(angles);
    const h = 1e-6;
    for (const key of ['gammas', 'betas'] as const) {
      for (let l = 0; l < 2; l++) {
        const at = (by: number) =>
          objective.gradient({ ...angles, [key]: angles[key].map((angle, k) => (k === l ? angle + by : angle)) })
            .energy;
        expect(Math.abs(gradient[key][l] - (at(h) - at(-h)) / (2 * h))).toBeLessThan(1e-4);
      }
    }
  });

  it('optimised for, is lower than where <C> is optimised, from interpolated angles and from ramps', () => {
    const ising = isingCoefficients(randomBqm(6, 'SPIN', 3));
    // A share above the optimum's probability, so that neither way can have it all.
    const share = 0.6;
    const risk = createQaoaObjective(costs, { cvar: share });
    const optimum = (cvar: number, start: 'ramp' | 'interpolation') => {
      const objective = createQaoaObjective(costs, { cvar });
      let best = angles;
      for (const step of optimiseAngles(objective, ising, { layers: 2, iterations: 40, start })) {
        if (step.finished) best = { gammas: [...step.angles.gammas], betas: [...step.angles.betas] };
      }
      return risk.gradient(best).energy;
    };
    for (const start of ['interpolation', 'ramp'] as const) {
      expect(optimum(share, start)).toBeLessThan(optimum(1, start));
      expect(optimum(share, start)).toBeGreaterThanOrEqual(Math.min(...costs) - 1e-9);
    }
  });

  it('refuses shares that are none', () => {
    expect(() => createCostTail(costs, 0)).toThrow(/above 0 and at most 1, got 0/);
    expect(() => createQaoaObjective(costs, { cvar: 1.5 })).toThrow(/above 0 and at most 1, got 1.5/);
  });
});
