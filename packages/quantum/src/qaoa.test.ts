import { createBqm } from '@qurriculum/problems';
import { randomBqm } from '@qurriculum/problems/testing';
import { describe, expect, it } from 'vitest';
import { interpolateAngles, linearRamp, singleLayerStart } from './angles.ts';
import { costDiagonal } from './cost-diagonal.ts';
import { isingCoefficients } from './ising.ts';
import { toOpenQasm } from './openqasm.ts';
import { type AngleSearchStep, optimiseAngles } from './optimise-angles.ts';
import { createQaoaObjective, qaoaCircuit, qaoaState } from './qaoa.ts';
import { singleLayerEnergy } from './single-layer.ts';
import { diagonalExpectation, runCircuit, squaredNorm } from './state-vector.ts';

const angles = { gammas: [0.11, 0.2, 0.05], betas: [-0.6, -0.35, 0.2] };

describe('qaoaState', () => {
  it.each([
    ['SPIN', 4],
    ['BINARY', 7],
  ] as const)('is the state of its own circuit, gate by gate: %s, %i qubits', (vartype, size) => {
    const bqm = randomBqm(size, vartype, 5);
    const costs = costDiagonal(bqm);
    const state = qaoaState(costs, angles);
    const circuit = runCircuit(qaoaCircuit(bqm, angles));
    let re = 0;
    let im = 0;
    for (let x = 0; x < costs.length; x++) {
      re += state.re[x] * circuit.re[x] + state.im[x] * circuit.im[x];
      im += state.re[x] * circuit.im[x] - state.im[x] * circuit.re[x];
    }
    expect(Math.hypot(re, im)).toBeCloseTo(1, 12);
    expect(diagonalExpectation(circuit, costs)).toBeCloseTo(createQaoaObjective(costs).energy(angles), 9);
    expect(squaredNorm(state)).toBeCloseTo(1, 13);
  });

  it('refuses lengths that are not powers of two and angles that do not pair', () => {
    expect(() => qaoaState(new Float64Array(3), angles)).toThrow(/expected 2\^n costs/);
    expect(() => qaoaState(new Float64Array(4), { gammas: [1], betas: [] })).toThrow(/as many finite gammas as betas/);
  });
});

describe('gradient', () => {
  it.each([
    [1, 1],
    [5, 1],
    [6, 3],
    [13, 2],
  ])('agrees with central differences, %i qubits, %i layers', (size, layers) => {
    const objective = createQaoaObjective(costDiagonal(randomBqm(size, 'SPIN', size)));
    const at = { gammas: angles.gammas.slice(0, layers), betas: angles.betas.slice(0, layers) };
    const gradient = objective.gradient(at);
    expect(gradient.energy).toBe(objective.energy(at));
    const h = 1e-5;
    const difference = (key: 'gammas' | 'betas', l: number): number => {
      const shifted = (by: number) => ({ ...at, [key]: at[key].map((angle, k) => (k === l ? angle + by : angle)) });
      return (objective.energy(shifted(h)) - objective.energy(shifted(-h))) / (2 * h);
    };
    for (let l = 0; l < layers; l++) {
      expect(Math.abs(gradient.gammas[l] - difference('gammas', l))).toBeLessThan(1e-4);
      expect(Math.abs(gradient.betas[l] - difference('betas', l))).toBeLessThan(1e-4);
    }
  });
});

describe('costs that flipping all bits leaves alone', () => {
  it.each(['float64', 'float32'] as const)(
    'give the state and gradient of their own circuit on half a state, %s',
    (precision) => {
      const fields = randomBqm(7, 'SPIN', 6);
      const bqm = { ...fields, linear: new Float64Array(7) };
      const costs = costDiagonal(bqm);
      const objective = createQaoaObjective(costs, { precision });
      const gradient = objective.gradient(angles);
      // One cost changed too little to matter: the same numbers on the whole state.
      const whole = createQaoaObjective(costs.with(0, costs[0] + 1e-12)).gradient(angles);
      const tolerance = precision === 'float64' ? 1e-9 : 1e-3;
      expect(Math.abs(gradient.energy - whole.energy)).toBeLessThan(tolerance);
      for (let l = 0; l < 3; l++) {
        expect(Math.abs(gradient.gammas[l] - whole.gammas[l])).toBeLessThan(30 * tolerance);
        expect(Math.abs(gradient.betas[l] - whole.betas[l])).toBeLessThan(30 * tolerance);
      }
      objective.energy(angles);
      const state = objective.state();
      const circuit = runCircuit(qaoaCircuit(bqm, angles));
      let re = 0;
      let im = 0;
      for (let x = 0; x < costs.length; x++) {
        re += state.re[x] * circuit.re[x] + state.im[x] * circuit.im[x];
        im += state.re[x] * circuit.im[x] - state.im[x] * circuit.re[x];
      }
      expect(Math.hypot(re, im)).toBeCloseTo(1, precision === 'float64' ? 12 : 5);
    },
  );
});

describe('angles', () => {
  it('INTERP keeps the ends and the shape of a ramp', () => {
    expect(interpolateAngles({ gammas: [1], betas: [2] })).toEqual({ gammas: [1, 1], betas: [2, 2] });
    expect(interpolateAngles({ gammas: [1, 3], betas: [4, 2] })).toEqual({ gammas: [1, 2, 3], betas: [4, 3, 2] });
  });

  it('a longer ramp comes nearer to the optimum', () => {
    const costs = costDiagonal(randomBqm(8, 'SPIN', 21, 0.4));
    const objective = createQaoaObjective(costs);
    const unit = 0.1;
    const energies = [1, 4, 16, 64].map((layers) => objective.energy(linearRamp(layers, unit)));
    for (let k = 1; k < energies.length; k++) expect(energies[k]).toBeLessThan(energies[k - 1]);
    expect(energies[3]).toBeLessThan(0.8 * Math.min(...costs));
  });

  it('starts p = 1 near the best of a fine grid', () => {
    const bqm = randomBqm(7, 'BINARY', 3);
    const ising = isingCoefficients(bqm);
    const start = singleLayerStart(ising);
    let best = Number.POSITIVE_INFINITY;
    for (let g = 0; g < 400; g++) {
      for (let b = 0; b < 100; b++) best = Math.min(best, singleLayerEnergy(ising, g * 0.002, (b * Math.PI) / 100));
    }
    const reached = singleLayerEnergy(ising, start.gammas[0], start.betas[0]);
    expect((reached - ising.offset) / (best - ising.offset)).toBeGreaterThan(0.9);
  });
});

describe('optimiseAngles', () => {
  const search = (size: number, seed: number, layers: number) => {
    const bqm = randomBqm(size, 'BINARY', seed);
    const costs = costDiagonal(bqm);
    const objective = createQaoaObjective(costs);
    const depths: AngleSearchStep[] = [];
    for (const step of optimiseAngles(objective, isingCoefficients(bqm), { layers, iterations: 60 })) {
      if (step.finished) depths.push(step);
    }
    const state = qaoaState(costs, depths[layers - 1].angles);
    const lowest = Math.min(...costs);
    let probability = 0;
    for (const [x, cost] of costs.entries()) {
      if (cost === lowest) probability += state.re[x] ** 2 + state.im[x] ** 2;
    }
    return { depths, costs, probability, ising: isingCoefficients(bqm) };
  };

  it.each([4, 8, 12])('gains with every layer and favours the optimum of exhaustive search, %i qubits', (size) => {
    const { depths, costs, probability } = search(size, size, 3);
    for (let k = 1; k < depths.length; k++) expect(depths[k].energy).toBeLessThanOrEqual(depths[k - 1].energy + 1e-9);
    const [low, high] = [Math.min(...costs), Math.max(...costs)];
    expect((high - depths[2].energy) / (high - low)).toBeGreaterThan(0.8);
    // A uniform draw would find it with probability 2^-n.
    expect(probability).toBeGreaterThan(10 / 2 ** size);
  });

  it('at p = 1 ends in a minimum of the closed form', () => {
    const { depths, ising } = search(9, 2, 1);
    const { gammas, betas } = depths[0].angles;
    expect(singleLayerEnergy(ising, gammas[0], betas[0])).toBeCloseTo(depths[0].energy, 9);
    for (const [dg, db] of [
      [1e-3, 0],
      [-1e-3, 0],
      [0, 1e-2],
      [0, -1e-2],
    ]) {
      expect(singleLayerEnergy(ising, gammas[0] + dg, betas[0] + db)).toBeGreaterThan(depths[0].energy);
    }
  });

  it('solves one spin in a field exactly with one layer', () => {
    const bqm = createBqm({ vartype: 'SPIN', variables: 1, linear: [2] });
    const steps = [
      ...optimiseAngles(createQaoaObjective(costDiagonal(bqm)), isingCoefficients(bqm), { layers: 1, iterations: 80 }),
    ];
    expect(steps.at(-1)!.energy).toBeCloseTo(-2, 6);
  });

  it('stands still on a constant cost', () => {
    const bqm = createBqm({ vartype: 'SPIN', variables: 3, offset: 7 });
    const steps = [
      ...optimiseAngles(createQaoaObjective(costDiagonal(bqm)), isingCoefficients(bqm), { layers: 2, iterations: 5 }),
    ];
    expect(steps.at(-1)!.energy).toBeCloseTo(7, 12);
  });
});

describe('toOpenQasm', () => {
  it('writes the QAOA circuit in the standard library', () => {
    const bqm = createBqm({ vartype: 'SPIN', variables: 2, linear: [0.5, 0], quadratic: [[0, 1, 1]] });
    expect(toOpenQasm(qaoaCircuit(bqm, { gammas: [0.25], betas: [-0.5] }))).toBe(
      `OPENQASM 3.0;
include "stdgates.inc";
qubit[2] q;
bit[2] c;
h q[0];
h q[1];
cx q[0], q[1];
rz(0.5) q[1];
cx q[0], q[1];
rz(0.25) q[0];
rx(-1.0) q[0];
rx(-1.0) q[1];
c = measure q;
`,
    );
  });
});
