import { bqmEnergy, createBqm } from '@qurriculum/problems';
import { randomBqm } from '@qurriculum/problems/testing';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { recombine } from './recombine.ts';

describe('recombining two states', () => {
  it('takes the better half of each from two chains that know nothing of each other', () => {
    const model = createBqm({
      vartype: 'SPIN',
      variables: 6,
      linear: [0.5, 0, 0, 0.5, 0, 0],
      quadratic: [
        [0, 1, -1],
        [1, 2, -1],
        [3, 4, -1],
        [4, 5, -1],
      ],
    });
    // All down is best; each state has one chain of it.
    const state = Int32Array.of(-1, -1, -1, 1, 1, 1);
    expect(recombine(model, state, Int32Array.of(1, 1, 1, -1, -1, -1))).toBe(true);
    expect(Array.from(state)).toEqual([-1, -1, -1, -1, -1, -1]);
    expect(recombine(model, state, Int32Array.of(1, 1, 1, 1, 1, 1))).toBe(false);
  });

  it('sees through a mirror when there are no fields', () => {
    const ring = createBqm({
      vartype: 'SPIN',
      variables: 8,
      quadratic: Array.from({ length: 8 }, (_, i) => [i, (i + 1) % 8, -1] as [number, number, number]),
    });
    const state = Int32Array.of(1, 1, -1, -1, 1, 1, 1, 1);
    const other = Int32Array.of(-1, -1, -1, -1, -1, -1, 1, -1);
    recombine(ring, state, other);
    expect(bqmEnergy(ring, state)).toBe(-8);
  });

  it('is never worse than either state', () => {
    const random = createRandom(1);
    for (let seed = 0; seed < 20; seed++) {
      const model = randomBqm(14, 'SPIN', seed);
      const [a, b] = [0, 1].map(() => Int32Array.from({ length: 14 }, () => (random.chance(0.5) ? 1 : -1)));
      const best = Math.min(bqmEnergy(model, a), bqmEnergy(model, b));
      recombine(model, a, b);
      expect(bqmEnergy(model, a)).toBeLessThanOrEqual(best + 1e-9);
    }
  });
});
