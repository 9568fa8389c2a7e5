import { bqmEnergy, cqmEnergy, cqmViolations, rowActivity, rowExcess } from '@qurriculum/problems';
import { randomPlan } from '@qurriculum/problems/testing';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { createCqmState } from '../classical/cqm-state.ts';
import { createSubproblem } from './subproblem.ts';

describe('createSubproblem', () => {
  it('judges by the full model: energies and rows of every assignment of the free variables', () => {
    for (let seed = 0; seed < 6; seed++) {
      const cqm = randomPlan(6, seed);
      const random = createRandom(seed);
      const state = createCqmState(cqm);
      state.load(cqm.variables.map(() => (random.integer(4) >> 1) & random.integer(2)));
      const variables = Int32Array.from(random.shuffle(Array.from(cqm.variables, (_, i) => i)).slice(0, 5));
      const subproblem = createSubproblem(state, variables);
      const full = Int32Array.from(state.values);
      const clamped = full.slice();
      const scaledExcess = (values: Int32Array): number =>
        cqm.constraints.reduce(
          (sum, row) =>
            sum + Math.max(0, rowExcess(row, rowActivity(row, values))) / Math.max(...row.coefficients.map(Math.abs)),
          0,
        );
      for (let x = 0; x < 32; x++) {
        const values = Array.from(variables, (_, k) => (x >> k) & 1);
        for (let k = 0; k < 5; k++) full[variables[k]] = values[k];
        const { energy, excess } = subproblem.merit(values);
        expect(energy).toBeCloseTo(cqmEnergy(cqm, full) - cqmEnergy(cqm, clamped), 9);
        expect(excess).toBeCloseTo(scaledExcess(full) - scaledExcess(clamped), 4);
      }
    }
  });

  it('its constrained model forbids exactly what the full rows forbid', () => {
    const cqm = randomPlan(6, 2);
    const state = createCqmState(cqm);
    state.load(cqm.variables.map((_, i) => Number(i === 0 || i === 5)));
    expect(cqmViolations(cqm, state.values)).toEqual([]);
    const variables = Int32Array.of(0, 1, 3, 5, 8, 11, 14);
    const sub = createSubproblem(state, variables).constrained();
    const full = Int32Array.from(state.values);
    let feasible = 0;
    for (let x = 0; x < 128; x++) {
      const values = Array.from(variables, (_, k) => (x >> k) & 1);
      for (let k = 0; k < variables.length; k++) full[variables[k]] = values[k];
      const fits = cqmViolations(cqm, full).length === 0;
      expect(cqmViolations(sub, values).length === 0).toBe(fits);
      feasible += Number(fits);
    }
    expect(feasible).toBeGreaterThan(1);
    expect(feasible).toBeLessThan(128);
  });

  it('its penalised model is the objective where no row can break', () => {
    const cqm = { ...randomPlan(6, 4), constraints: [] };
    const state = createCqmState(cqm);
    const subproblem = createSubproblem(state, Int32Array.of(2, 7, 9));
    const bqm = subproblem.penalised(2);
    for (let x = 0; x < 8; x++) {
      const values = [x & 1, (x >> 1) & 1, x >> 2];
      expect(bqmEnergy(bqm, values)).toBeCloseTo(subproblem.merit(values).energy, 12);
    }
  });
});
