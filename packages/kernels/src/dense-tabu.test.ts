import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { createDenseTabu } from './dense-tabu.ts';
import type { IsingRows } from './lane-model.ts';
import { energy, randomModel } from './testing/ising.ts';

const small = (random: () => number): number => Math.floor(random() * 7) - 3;
/** Rows that fit int16, fields that do not. */
const wide = (random: () => number): number => (random() < 0.5 ? -500.5 : 500);
const huge = (random: () => number): number => Math.floor(random() * 2e6) - 1e6;
const real = (random: () => number): number => random() - 0.5;
const backends = ['wasm-simd', 'typescript'] as const;

function randomSpins(size: number, seed: number): Int32Array {
  const random = createRandom(seed);
  return Int32Array.from({ length: size }, () => (random.chance(0.5) ? 1 : -1));
}

/** What a tabu search by definition does, worked out from energies only. */
function oracle(model: IsingRows, spins: Int32Array): number {
  const from = energy(model, spins);
  const gains = Array.from(spins, (_, i) => {
    const other = Int32Array.from(spins);
    other[i] = -other[i];
    return from - energy(model, other);
  });
  return Math.max(...gains);
}

describe('dense tabu search', () => {
  it.each([
    ['small', 130, small, 'int16'],
    ['wide', 150, wide, 'int16'],
    ['huge', 70, huge, 'int32'],
    ['real', 65, real, 'float64'],
    ['tiny', 3, small, 'int16'],
  ] as const)('%s weights: SIMD and twin walk alike, energies hold', (_, size, draw, width) => {
    const model = randomModel(size, 0.9, 4, draw);
    const [wasm, twin] = backends.map((backend) => {
      const tabu = createDenseTabu(model, { backend });
      expect([tabu.backend, tabu.width]).toEqual([backend, width]);
      tabu.start(9, new Int32Array(size).fill(1));
      const trace: unknown[] = [];
      const note = (): void => {
        trace.push([tabu.energy(), tabu.bestEnergy(), tabu.spins(), tabu.bestSpins(), tabu.gains()]);
        expect(tabu.energy()).toBeCloseTo(energy(model, tabu.spins()), 6);
        expect(tabu.bestEnergy()).toBeCloseTo(energy(model, tabu.bestSpins()), 6);
      };
      for (const flips of [1, 7, 500, 500]) {
        const made = tabu.search({ flips, patience: 300, tenure: Math.min(10, size - 1), spread: 5 });
        trace.push(made);
        note();
      }
      tabu.flip([0, 1, 0]);
      tabu.restart();
      note();
      tabu.relink([0, 2, 1], 2);
      note();
      tabu.search({ flips: 1000, patience: 1000, tenure: 1, spread: 1 });
      note();
      return trace;
    });
    expect(wasm).toEqual(twin);
  });

  it('widens gains that leave 16 bits in the middle of a walk', () => {
    // A ferromagnet: from half up, half down the fields grow from next to nothing to 2 (n - 1) |J|.
    const size = 100;
    const model = randomModel(size, 1, 1, () => -200.5);
    const walks = backends.map((backend) => {
      const tabu = createDenseTabu(model, { backend });
      tabu.start(
        3,
        Int32Array.from({ length: size }, (_, i) => (i % 2 === 0 ? 1 : -1)),
      );
      expect(tabu.gains().some((gain) => Math.abs(gain) > 2 ** 15)).toBe(false);
      tabu.search({ flips: 200, patience: 200, tenure: 10, spread: 3 });
      expect(tabu.gains().some((gain) => Math.abs(gain) > 2 ** 15)).toBe(true);
      return [tabu.energy(), tabu.spins(), tabu.gains()];
    });
    expect(walks[0]).toEqual(walks[1]);
  });

  it('takes the best flip that is not tabu, and a tabu one only to a new best', () => {
    const size = 40;
    const model = randomModel(size, 0.8, 6, small);
    for (const backend of backends) {
      const tabu = createDenseTabu(model, { backend });
      tabu.start(5, randomSpins(size, 2));
      const flippedAt = new Int32Array(size).fill(-1000);
      for (let step = 0; step < 300; step++) {
        const before = tabu.spins();
        const gains = tabu.gains();
        const best = tabu.bestEnergy();
        expect(Math.max(...gains)).toBe(oracle(model, before));
        tabu.search({ flips: 1, patience: 1e6, tenure: 8, spread: 1 });
        const flipped = tabu.spins().findIndex((spin, i) => spin !== before[i]);
        const free = gains.filter((_, i) => step - flippedAt[i] > 8);
        if (step - flippedAt[flipped] > 8) expect(gains[flipped]).toBe(Math.max(...free));
        else expect(tabu.energy()).toBeLessThan(best);
        if (step - flippedAt[flipped] > 8) flippedAt[flipped] = step;
      }
    }
  });

  it('relinks within a list, each variable once, best first', () => {
    const model = randomModel(90, 1, 7, real);
    const tabu = createDenseTabu(model);
    tabu.start(1, randomSpins(90, 3));
    const among = [3, 70, 14, 88, 41];
    const before = tabu.spins();
    const gains = tabu.gains();
    tabu.relink(among, 1);
    const first = tabu.spins().findIndex((spin, i) => spin !== before[i]);
    expect(gains[first]).toBe(Math.max(...among.map((i) => gains[i])));
    tabu.relink(
      among.filter((i) => i !== first),
      99,
    );
    expect(Array.from(tabu.spins(), (spin, i) => (spin === before[i] ? -1 : i)).filter((i) => i >= 0)).toEqual(
      [...among].sort((a, b) => a - b),
    );
  });

  it('refuses what it cannot do', () => {
    const tabu = createDenseTabu(randomModel(5, 1, 1, small));
    expect(() => tabu.start(0, [1, 1])).toThrow(/expected 5 spins, got 2/);
    expect(() => tabu.search({ flips: 1, patience: 1, tenure: 0, spread: 1 })).toThrow(/at least 1/);
    expect(() => tabu.search({ flips: 1.5, patience: 1, tenure: 1, spread: 1 })).toThrow(/whole numbers/);
  });
});
