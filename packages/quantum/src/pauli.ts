/**
 * Expectation values of sums of Pauli strings (Nielsen and Chuang, Quantum Computation and Quantum Information, 2.1.3 and
 * 4.7): what an energy that is not diagonal, such as that of a mixer or of a spin chain, is measured by.
 */
import type { SplitState } from '@qurriculum/kernels';
import { QuantumError } from './errors.ts';
import type { BitOrder } from './sampling.ts';

/** coefficient * P, where P has one letter I, X, Y or Z per qubit: "XIZ". */
export interface PauliTerm {
  readonly pauli: string;
  readonly coefficient: number;
}

/**
 * <sum_k coefficient_k P_k> in a state of norm 1. `order` says which qubit a string begins with: Qiskit's SparsePauliOp
 * writes the highest qubit first.
 * @throws QuantumError BAD_VALUE for strings of another length or with other letters, and coefficients that are not finite.
 */
export function pauliExpectation(state: SplitState, terms: readonly PauliTerm[], order: BitOrder): number {
  const qubits = Math.log2(state.re.length);
  let sum = 0;
  for (const { pauli, coefficient } of terms) {
    if (!(pauli.length === qubits && /^[IXYZ]*$/.test(pauli) && Number.isFinite(coefficient))) {
      throw new QuantumError(
        'BAD_VALUE',
        `pauliExpectation: expected a finite coefficient and ${qubits} letters out of I, X, Y and Z, ` +
          `got ${coefficient} times "${pauli}"; correct the term.`,
      );
    }
    sum += coefficient * expectationOf(state, order === 'qubit-0-first' ? [...pauli] : [...pauli].reverse());
  }
  return sum;
}

/**
 * With x the bits of X and Y, z those of Z and Y, and y the number of Ys:
 *   P |s> = i^y (-1)^|s and z| |s xor x>,   <P> = sum_s conj(a_(s xor x)) i^y (-1)^|s and z| a_s.
 */
function expectationOf({ re, im }: SplitState, letters: readonly string[]): number {
  const bitsOf = (either: string): number =>
    letters.reduce((bits, letter, qubit) => (either.includes(letter) ? bits | (1 << qubit) : bits), 0);
  const [x, z] = [bitsOf('XY'), bitsOf('ZY')];
  let real = 0;
  let imaginary = 0;
  for (let s = 0; s < re.length; s++) {
    const t = s ^ x;
    const sign = oddBits(s & z) ? -1 : 1;
    real += sign * (re[t] * re[s] + im[t] * im[s]);
    imaginary += sign * (re[t] * im[s] - im[t] * re[s]);
  }
  const turns = letters.filter((letter) => letter === 'Y').length % 4;
  return [real, -imaginary, -real, imaginary][turns];
}

/** Whether a 32-bit number has an odd number of ones: halves folded onto each other. */
function oddBits(bits: number): boolean {
  let folded = bits ^ (bits >> 16);
  folded ^= folded >> 8;
  folded ^= folded >> 4;
  // 0x6996 holds the parity of every number from 0 to 15.
  return ((0x6996 >> (folded & 15)) & 1) === 1;
}
