/** Costs for tests of QAOA registers, and what is done to them. */
import { createRandom } from '@qurriculum/random';
import type { QaoaRegister } from '../qaoa-register.ts';

export function realCosts(qubits: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: 2 ** qubits }, () => random.normal() * 2);
}

export function integerCosts(qubits: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: 2 ** qubits }, () => random.integer(2 ** Math.max(qubits - 3, 1)) - 3);
}

export function distance(a: QaoaRegister, b: QaoaRegister): number {
  let worst = 0;
  for (let x = 0; x < a.costs.length; x++) {
    worst = Math.max(
      worst,
      Math.abs(a.states[0].re[x] - b.states[0].re[x]),
      Math.abs(a.states[0].im[x] - b.states[0].im[x]),
    );
  }
  return worst;
}

/** A register after three layers, the second slot holding C psi mixed once more. */
export function exercise(register: QaoaRegister, costs: Float64Array): number[] {
  register.loadCosts(costs);
  register.fillUniform();
  for (const [gamma, beta] of [
    [0.31, 0.6],
    [-2.2, 0.4],
    [30.5, -1.2],
  ]) {
    register.layer(gamma, beta);
  }
  register.applyCosts();
  register.mixer(0.3, 1);
  return [register.expectation(), register.squaredNorm(), register.costOverlap(), register.mixerOverlap()];
}
