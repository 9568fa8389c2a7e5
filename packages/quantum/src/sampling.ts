/** Measurements: basis states drawn with probability |a_x|^2, and how they are written as strings. */
import type { SplitState } from '@qurriculum/kernels';
import type { Random } from '@qurriculum/random';
import { QuantumError } from './errors.ts';

/** Basis states that were seen, ascending, and how often. */
export interface Measurements {
  readonly states: Uint32Array;
  readonly counts: Uint32Array;
}

/**
 * Measures all qubits `shots` times. One pass over the state: sorted uniform numbers against running sums. The sums are
 * scaled by the norm, so that rounding cannot leave a draw beyond the last state.
 */
export function measure(state: SplitState, shots: number, random: Random): Measurements {
  if (!(Number.isInteger(shots) && shots >= 1)) {
    throw new QuantumError('BAD_VALUE', `measure: expected at least 1 shot, got ${shots}; pass a whole number.`);
  }
  const { re, im } = state;
  let norm = 0;
  for (let x = 0; x < re.length; x++) norm += re[x] * re[x] + im[x] * im[x];
  const draws = Float64Array.from({ length: shots }, () => random.nextDouble() * norm).sort();
  const states: number[] = [];
  const counts: number[] = [];
  let sum = 0;
  let drawn = 0;
  for (let x = 0; x < re.length && drawn < shots; x++) {
    sum += re[x] * re[x] + im[x] * im[x];
    const before = drawn;
    while (drawn < shots && draws[drawn] < sum) drawn++;
    if (drawn > before) {
      states.push(x);
      counts.push(drawn - before);
    }
  }
  return { states: Uint32Array.from(states), counts: Uint32Array.from(counts) };
}

/** Which qubit a string of bits begins with. */
export type BitOrder = 'highest-qubit-first' | 'qubit-0-first';

/** A basis state in bits; 'highest-qubit-first' is how numbers and kets are written. */
export function bitString(state: number, qubits: number, order: BitOrder): string {
  const bits = state.toString(2).padStart(qubits, '0');
  return order === 'highest-qubit-first' ? bits : [...bits].reverse().join('');
}
