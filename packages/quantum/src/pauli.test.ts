import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { createCircuit, gate } from './circuit.ts';
import { pauliExpectation } from './pauli.ts';
import { applyUnitary, createState, runCircuit } from './state-vector.ts';

const random = createRandom(5);

/** A state without any symmetry. */
function randomState(qubits: number) {
  const state = createState(qubits);
  let norm = 0;
  for (let s = 0; s < state.re.length; s++) {
    state.re[s] = random.nextDouble() - 0.5;
    state.im[s] = random.nextDouble() - 0.5;
    norm += state.re[s] ** 2 + state.im[s] ** 2;
  }
  for (let s = 0; s < state.re.length; s++) {
    state.re[s] /= Math.sqrt(norm);
    state.im[s] /= Math.sqrt(norm);
  }
  return state;
}

/** The matrices themselves, row by row. */
const MATRICES: Record<string, { re: Float64Array; im: Float64Array }> = {
  X: { re: Float64Array.of(0, 1, 1, 0), im: new Float64Array(4) },
  Y: { re: new Float64Array(4), im: Float64Array.of(0, -1, 1, 0) },
  Z: { re: Float64Array.of(1, 0, 0, -1), im: new Float64Array(4) },
};

describe('pauliExpectation', () => {
  it('agrees with the matrices applied one by one', () => {
    for (const pauli of ['IIII', 'XYZI', 'YYIX', 'ZZZZ', 'YYYZ', 'IXIY', 'YYYY']) {
      const state = randomState(4);
      const applied = { ...state, re: state.re.slice(), im: state.im.slice() };
      for (const [qubit, letter] of [...pauli].entries()) {
        if (letter !== 'I') applyUnitary(applied, MATRICES[letter], [qubit]);
      }
      let inner = 0;
      for (let s = 0; s < 16; s++) inner += state.re[s] * applied.re[s] + state.im[s] * applied.im[s];
      expect(pauliExpectation(state, [{ pauli, coefficient: 2 }], 'qubit-0-first')).toBeCloseTo(2 * inner, 12);
      const turned = [...pauli].reverse().join('');
      expect(pauliExpectation(state, [{ pauli: turned, coefficient: 2 }], 'highest-qubit-first')).toBeCloseTo(
        2 * inner,
        12,
      );
    }
  });

  it('knows the correlations of a Bell pair: XX = ZZ = 1, YY = -1', () => {
    const bell = runCircuit(createCircuit(2, [gate('h', [0]), gate('cx', [0, 1])]));
    const terms = (pauli: string) => [{ pauli, coefficient: 1 }];
    expect(pauliExpectation(bell, terms('XX'), 'qubit-0-first')).toBeCloseTo(1, 12);
    expect(pauliExpectation(bell, terms('YY'), 'qubit-0-first')).toBeCloseTo(-1, 12);
    expect(pauliExpectation(bell, terms('ZZ'), 'qubit-0-first')).toBeCloseTo(1, 12);
    expect(pauliExpectation(bell, [...terms('XI'), ...terms('IZ')], 'qubit-0-first')).toBeCloseTo(0, 12);
  });

  it('refuses strings that do not fit', () => {
    const state = createState(2);
    for (const pauli of ['X', 'XXX', 'XA']) {
      expect(() => pauliExpectation(state, [{ pauli, coefficient: 1 }], 'qubit-0-first')).toThrow(/2 letters/);
    }
  });
});
