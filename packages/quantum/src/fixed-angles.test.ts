import { randomBqm } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { gammaUnit, linearRamp } from './angles.ts';
import { costDiagonal } from './cost-diagonal.ts';
import { REGULAR_ANGLES, WEIGHTED_ANGLES } from './fixed-angle-table.ts';
import { fixedAngles, unitOfFixedAngles } from './fixed-angles.ts';
import { type IsingCoefficients, isingCoefficients } from './ising.ts';
import { createQaoaObjective } from './qaoa.ts';
import { singleLayerEnergy } from './single-layer.ts';

/** Heawood's graph: 3-regular on 14 vertices, no cycle shorter than 6. An even vertex goes to the one 5 further on. */
function heawood(weight: number): IsingCoefficients {
  const couplings = Array.from({ length: 14 }, (_, i) => [
    { first: Math.min(i, (i + 1) % 14), second: Math.max(i, (i + 1) % 14), value: weight },
    ...(i % 2 === 0 ? [{ first: Math.min(i, (i + 5) % 14), second: Math.max(i, (i + 5) % 14), value: weight }] : []),
  ]).flat();
  return { fields: new Float64Array(14), couplings, offset: 0 };
}

function costsOf({ fields, couplings, offset }: IsingCoefficients): Float64Array {
  return Float64Array.from({ length: 2 ** fields.length }, (_, x) => {
    const z = (q: number): number => 1 - 2 * ((x >>> q) & 1);
    let cost = offset;
    for (const [q, field] of fields.entries()) cost += field * z(q);
    for (const { first, second, value } of couplings) cost += value * z(first) * z(second);
    return cost;
  });
}

/** Share of the edges that are cut: (1 - <Z_i Z_j>) / 2 on average. */
const cutShare = ({ couplings }: IsingCoefficients, energy: number): number => (1 - energy / couplings.length) / 2;

describe('fixedAngles', () => {
  it('count gamma in the published optimum of p = 1 on 3-regular graphs without triangles, ratio .6924', () => {
    const graph = heawood(1);
    const unit = unitOfFixedAngles(graph);
    // There the phase is exp(-i gamma (1 - Z Z) / 2): twice our gamma, arctan(1 / sqrt 2).
    expect(2 * unit).toBeCloseTo(Math.atan(Math.SQRT1_2), 12);
    expect(cutShare(graph, singleLayerEnergy(graph, unit, -Math.PI / 8))).toBeCloseTo(0.69245, 5);
    const { gammas, betas } = fixedAngles(graph, 1);
    expect(cutShare(graph, singleLayerEnergy(graph, gammas[0], betas[0]))).toBeGreaterThan(0.69);
  });

  it('come near the published .7559 of p = 2 where no cycle is shorter than six, and cannot pass it', () => {
    const graph = heawood(1);
    const share = cutShare(graph, createQaoaObjective(costsOf(graph)).energy(fixedAngles(graph, 2)));
    expect(share).toBeGreaterThan(0.75);
    expect(share).toBeLessThan(0.756);
  });

  it('follow the scale of a model, with and without weights', () => {
    const weighted = isingCoefficients(randomBqm(8, 'BINARY', 5));
    const larger = {
      ...weighted,
      fields: weighted.fields.map((field) => 7 * field),
      couplings: weighted.couplings.map((coupling) => ({ ...coupling, value: 7 * coupling.value })),
    };
    for (const [one, seven] of [
      [weighted, larger],
      [heawood(1), heawood(7)],
    ]) {
      const [a, b] = [fixedAngles(one, 4), fixedAngles(seven, 4)];
      expect(b.betas).toEqual(a.betas);
      for (let l = 0; l < 4; l++) expect(7 * b.gammas[l]).toBeCloseTo(a.gammas[l], 12);
    }
    expect(unitOfFixedAngles(weighted)).toBe(gammaUnit(weighted));
  });

  it('have an entry of p angles for every p of the table, and read more layers from the deepest', () => {
    for (const table of [REGULAR_ANGLES, WEIGHTED_ANGLES]) {
      for (const [k, { gammas, betas }] of table.entries())
        expect([gammas.length, betas.length]).toEqual([k + 1, k + 1]);
    }
    const ising = isingCoefficients(randomBqm(9, 'SPIN', 31));
    const objective = createQaoaObjective(costDiagonal(randomBqm(9, 'SPIN', 31)));
    const deepest = WEIGHTED_ANGLES.length;
    const energies = [deepest, 3 * deepest].map((layers) => objective.energy(fixedAngles(ising, layers)));
    expect(energies[1]).toBeLessThan(energies[0]);
  });

  it('are better than a ramp, on sparse and dense models with fields and without', () => {
    for (const vartype of ['SPIN', 'BINARY'] as const) {
      for (const density of [0.3, 1]) {
        const bqm = randomBqm(10, vartype, 77, density);
        const ising = isingCoefficients(bqm);
        const objective = createQaoaObjective(costDiagonal(bqm));
        for (const layers of [2, 5, 8]) {
          expect(objective.energy(fixedAngles(ising, layers))).toBeLessThan(
            objective.energy(linearRamp(layers, gammaUnit(ising))),
          );
        }
      }
    }
  });

  it('are finite for models without any cost or coupling', () => {
    const empty: IsingCoefficients = { fields: new Float64Array(3), couplings: [], offset: 1 };
    for (const ising of [empty, { ...empty, fields: Float64Array.of(1, 0, -2) }]) {
      const { gammas, betas } = fixedAngles(ising, 12);
      expect([...gammas, ...betas].every(Number.isFinite)).toBe(true);
    }
  });
});
