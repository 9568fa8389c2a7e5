import { parseOpenQasm, runDensityMatrix } from '@qurriculum/quantum';
import { createRandom } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextState, rightInState } from './operator-model.ts';
import { bktPoint, quantumMarkovFamily } from './quantum-markov.ts';
import { answerOpenQasm } from './step-circuit.ts';

/** P(answer) and the Bloch vector of qubit 0 given the answer, from the simulated density matrix of the whole circuit. */
function measured(source: string, answer: number) {
  const { qubits, re, im } = runDensityMatrix(parseOpenQasm(source).circuit);
  const size = 2 ** qubits;
  const [total, bloch] = [{ sum: 0 }, [0, 0, 0]];
  for (let rest = 0; rest < size; rest += 2) {
    if (((rest >> 1) & 1) !== answer) continue;
    // Rows and columns that differ in qubit 0 alone: everything else is read or forgotten.
    const at = (row: number, column: number) => rest + row + size * (rest + column);
    total.sum += re[at(0, 0)] + re[at(1, 1)];
    bloch[0] += 2 * re[at(0, 1)];
    bloch[1] += -2 * im[at(0, 1)];
    bloch[2] += re[at(0, 0)] - re[at(1, 1)];
  }
  return { probability: total.sum, state: [1, ...bloch.map((value) => value / total.sum)] };
}

function expectSame(point: readonly number[], krausPerAnswer: number, state: readonly number[]) {
  const model = quantumMarkovFamily(krausPerAnswer).operators(point);
  const source = answerOpenQasm(point, state);
  for (const answer of [0, 1] as const) {
    const { probability, state: after } = measured(source, answer);
    const right = rightInState(model, state);
    expect(probability).toBeCloseTo(answer === 1 ? right : 1 - right, 9);
    if (probability < 1e-6) continue;
    nextState(model, state, answer).forEach((value, i) => {
      expect(after[i]).toBeCloseTo(value, 7);
    });
  }
}

describe('the circuit of one answer', () => {
  it('does to a simulated qubit what the model does to its state, for both answers', () => {
    const anyState = fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -0.57, max: 0.57, noNaN: true })));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), anyState, (seed, bloch) => {
        for (const kraus of [1, 2]) {
          const point = quantumMarkovFamily(kraus).start(4, createRandom(seed));
          expectSame(Array.from(point), kraus, [1, ...bloch]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('holds where a state is pure and where an answer is impossible', () => {
    const certain = bktPoint({ prior: 0.5, learn: 0.3, guess: 0, slip: 0 }, 2);
    for (const state of [
      [1, 0, 0, 1],
      [1, 0, 0, -1],
      [1, 0.6, 0, 0.8],
      [1, 0, 0, 0],
    ]) {
      expectSame(Array.from(certain), 2, state);
    }
  });

  it('refuses more branches than it has a qubit for', () => {
    const point = Array.from(quantumMarkovFamily(4).start(0, createRandom(1)));
    expect(() => answerOpenQasm(point, [1, 0, 0, 0])).toThrow(/expected 1 or 2 Kraus operators per answer, got 4/);
  });
});
