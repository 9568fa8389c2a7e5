import { createBqm } from '@qurriculum/problems';
import { randomBqm } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { costDiagonal } from './cost-diagonal.ts';
import { isingCoefficients } from './ising.ts';
import { createQaoaObjective } from './qaoa.ts';
import { singleLayerCorrelations, singleLayerEnergy } from './single-layer.ts';

describe('singleLayerEnergy', () => {
  it.each([
    ['SPIN', 1],
    ['BINARY', 2],
    ['SPIN', 7],
    ['BINARY', 8],
    ['BINARY', 12],
  ] as const)('agrees with the state vector: %s, %i variables', (vartype, size) => {
    const bqm = randomBqm(size, vartype, size, 0.6);
    const objective = createQaoaObjective(costDiagonal(bqm));
    const ising = isingCoefficients(bqm);
    for (const gamma of [0.01, -0.13, 0.4, 1.9]) {
      for (const beta of [0.2, -0.4, 1.1, 2.7]) {
        const simulated = objective.energy({ gammas: [gamma], betas: [beta] });
        expect(Math.abs(singleLayerEnergy(ising, gamma, beta) - simulated)).toBeLessThan(1e-11);
      }
    }
  });

  it("is Wang and Hadfield's formula on a triangle-free ring: <Z Z> = -1/2 sin 4b sin 2g cos 2g at MaxCut's sign", () => {
    const size = 6;
    const ring = createBqm({
      vartype: 'SPIN',
      variables: size,
      quadratic: Array.from({ length: size }, (_, i) => [i, (i + 1) % size, 1] as const),
    });
    // Wang, Hadfield, Jiang & Rieffel 2018 (arXiv:1706.02998), eq. 14: cut = 1/2 + 1/4 sin 4b sin g (2 cos g) per edge,
    // for C = sum (1 - ZZ) / 2: the same state has g = 2 gamma, and gamma of the other sign.
    const [gamma, beta] = [0.31, 0.27];
    const cut = 0.5 + 0.25 * Math.sin(4 * beta) * Math.sin(2 * gamma) * 2 * Math.cos(2 * gamma);
    const energy = singleLayerEnergy(isingCoefficients(ring), -gamma, beta);
    expect(energy).toBeCloseTo(size * (1 - 2 * cut), 12);
  });
});

describe('singleLayerCorrelations', () => {
  it('are the averages of the state vector', () => {
    const size = 7;
    const ising = isingCoefficients(randomBqm(size, 'BINARY', 4, 0.7));
    const objective = createQaoaObjective(costDiagonal(randomBqm(size, 'BINARY', 4, 0.7)));
    const [gamma, beta] = [0.23, -0.4];
    objective.energy({ gammas: [gamma], betas: [beta] });
    const { re, im } = objective.state();
    const average = (sign: (x: number) => number): number => {
      let sum = 0;
      for (let x = 0; x < re.length; x++) sum += (re[x] ** 2 + im[x] ** 2) * sign(x);
      return sum;
    };
    const z = (x: number, q: number): number => ((x >> q) & 1 ? -1 : 1);
    const { spins, pairs } = singleLayerCorrelations(ising, gamma, beta);
    for (const [i, value] of spins.entries())
      expect(value).toBeCloseTo(
        average((x) => z(x, i)),
        12,
      );
    for (const [k, { first, second }] of ising.couplings.entries()) {
      expect(pairs[k]).toBeCloseTo(
        average((x) => z(x, first) * z(x, second)),
        12,
      );
    }
  });
});
