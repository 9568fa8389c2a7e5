import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { createCircuit, gate } from './circuit.ts';
import { bitString, measure } from './sampling.ts';
import { runCircuit } from './state-vector.ts';

const state = runCircuit(createCircuit(3, [gate('ry', [0], 0.8), gate('h', [1]), gate('cx', [0, 2])]));

describe('measure', () => {
  it('draws states as often as their probabilities say', () => {
    const shots = 200_000;
    const { states, counts } = measure(state, shots, createRandom(1));
    expect(counts.reduce((a, b) => a + b)).toBe(shots);
    const seen = new Map(Array.from(states, (x, k) => [x, counts[k]]));
    for (let x = 0; x < 8; x++) {
      const probability = state.re[x] ** 2 + state.im[x] ** 2;
      // Four standard deviations of a binomial share.
      const spread = 4 * Math.sqrt((probability * (1 - probability)) / shots);
      expect(Math.abs((seen.get(x) ?? 0) / shots - probability)).toBeLessThanOrEqual(spread);
    }
  });

  it('depends on the seed alone', () => {
    expect(measure(state, 50, createRandom(3))).toEqual(measure(state, 50, createRandom(3)));
    expect(measure(state, 50, createRandom(3))).not.toEqual(measure(state, 50, createRandom(4)));
  });

  it('refuses no shots', () => {
    expect(() => measure(state, 0, createRandom(1))).toThrow(/expected at least 1 shot, got 0/);
  });
});

describe('bitString', () => {
  it('says which qubit comes first', () => {
    expect(bitString(1, 3, 'highest-qubit-first')).toBe('001');
    expect(bitString(1, 3, 'qubit-0-first')).toBe('100');
  });
});
