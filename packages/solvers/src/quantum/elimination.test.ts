import { randomBqm } from '@qurriculum/problems/testing';
import { type IsingCoefficients, isingCoefficients } from '@qurriculum/quantum';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { type Elimination, eliminate, restore, wholeIsing } from './elimination.ts';

function energy({ fields, couplings, offset }: IsingCoefficients, spins: ArrayLike<number>): number {
  let sum = offset;
  for (const [i, h] of fields.entries()) sum += h * spins[i];
  for (const { first, second, value } of couplings) sum += value * spins[first] * spins[second];
  return sum;
}

describe('eliminate', () => {
  it.each([1, 2, 3, 4])('keeps the energy of every assignment that the eliminations allow, seed %i', (seed) => {
    const random = createRandom(seed);
    const ising = isingCoefficients(randomBqm(8, seed % 2 ? 'SPIN' : 'BINARY', seed, 0.6));
    let reduced = wholeIsing(ising);
    const done: Elimination[] = [];
    while (reduced.spins.length > 2) {
      const [spin, other] = random.shuffle([...reduced.spins]);
      const next: Elimination = { spin, sign: random.chance(0.5) ? 1 : -1, other: random.chance(0.7) ? other : null };
      done.push(next);
      reduced = eliminate(reduced, next);
      const values = new Int32Array(8);
      const small = reduced.spins.map(() => (random.chance(0.5) ? 1 : -1));
      for (const [k, original] of reduced.spins.entries()) values[original] = small[k];
      restore(values, done);
      expect(values.every((value) => value === 1 || value === -1)).toBe(true);
      expect(energy(reduced.ising, small)).toBeCloseTo(energy(ising, values), 10);
    }
  });
});
