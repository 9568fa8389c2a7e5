import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { createCircuit, gate } from './circuit.ts';
import { runDensityMatrix } from './density-matrix.ts';
import { measureNoisy } from './noise.ts';
import { runCircuit } from './state-vector.ts';

const circuit = createCircuit(3, [
  gate('h', [0]),
  gate('cx', [0, 2]),
  gate('ry', [1], 0.7),
  gate('crz', [1, 2], 1.3),
  gate('sx', [2]),
  gate('swap', [0, 1]),
]);

describe('runDensityMatrix', () => {
  it('without noise is the projector on the state', () => {
    const { re, im, probabilities } = runDensityMatrix(circuit);
    const state = runCircuit(circuit);
    for (let row = 0; row < 8; row++) {
      expect(probabilities[row]).toBeCloseTo(state.re[row] ** 2 + state.im[row] ** 2, 14);
      for (let column = 0; column < 8; column++) {
        const at = row + 8 * column;
        expect(re[at]).toBeCloseTo(state.re[row] * state.re[column] + state.im[row] * state.im[column], 14);
        expect(im[at]).toBeCloseTo(state.im[row] * state.re[column] - state.re[row] * state.im[column], 14);
      }
    }
  });

  it('shrinks a Bloch vector by 1 - 4p/3 behind each gate', () => {
    for (const p of [0.1, 0.75, 1]) {
      const gates = 4;
      const { re } = runDensityMatrix(
        createCircuit(1, [gate('h', [0]), ...Array.from({ length: gates - 1 }, () => gate('id', [0]))]),
        { depolarising: p },
      );
      expect(re[1]).toBeCloseTo(0.5 * (1 - (4 * p) / 3) ** gates, 14);
    }
  });

  it('misreads each bit by itself', () => {
    const { probabilities } = runDensityMatrix(createCircuit(2, [gate('x', [1])]), { readout: 0.1 });
    // |10>: qubit 1 is 1, qubit 0 is 0.
    for (const [x, expected] of [0.09, 0.01, 0.81, 0.09].entries()) expect(probabilities[x]).toBeCloseTo(expected, 14);
  });

  it('refuses more than 13 qubits and impossible probabilities', () => {
    expect(() => runDensityMatrix(createCircuit(14, []))).toThrow(/expected 1 to 13 qubits, got 14/);
    expect(() => runDensityMatrix(circuit, { readout: 1.2 })).toThrow(/expected readout from 0 to 1, got 1.2/);
  });
});

describe('measureNoisy', () => {
  it.each([
    [0, 0],
    [0.15, 0],
    [0, 0.1],
    [0.05, 0.05],
  ])('draws what the density matrix says: depolarising %d, readout %d', (depolarising, readout) => {
    const shots = 20_000;
    const noise = { depolarising, readout };
    const { measurements, trajectories } = measureNoisy(circuit, shots, noise, createRandom(1));
    const { probabilities } = runDensityMatrix(circuit, noise);
    const seen = new Map(Array.from(measurements.states, (x, k) => [x, measurements.counts[k]]));
    expect(measurements.counts.reduce((a, b) => a + b)).toBe(shots);
    expect(trajectories > 1).toBe(depolarising > 0);
    for (const [x, probability] of probabilities.entries()) {
      const spread = 4.5 * Math.sqrt((probability * (1 - probability)) / shots) + 1e-12;
      expect(Math.abs((seen.get(x) ?? 0) / shots - probability)).toBeLessThanOrEqual(spread);
    }
  });

  it('depends on the seed alone, and refuses what is no probability', () => {
    const run = (seed: number) => measureNoisy(circuit, 100, { depolarising: 0.1 }, createRandom(seed));
    expect(run(3)).toEqual(run(3));
    expect(() => measureNoisy(circuit, 10, { depolarising: -1 }, createRandom(1))).toThrow(/depolarising from 0 to 1/);
    expect(() => measureNoisy(circuit, 0, {}, createRandom(1))).toThrow(/at least 1 shot, got 0/);
  });
});
