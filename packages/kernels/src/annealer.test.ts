import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { createAnnealer } from './annealer.ts';
import type { IsingRows } from './lane-model.ts';
import { energy, ramp } from './testing/ising.ts';

/** A random Ising model with the given chance of a pair, in compressed rows. */
function randomModel(size: number, chance: number, seed: number, integer = false): IsingRows {
  const random = createRandom(seed);
  const draw = (): number => (integer ? random.integer(7) - 3 : random.normal());
  const dense = Array.from({ length: size }, () => new Float64Array(size));
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) if (random.chance(chance)) dense[i][j] = dense[j][i] = draw();
  }
  const rowStart = [0];
  const neighbour: number[] = [];
  const bias: number[] = [];
  for (const row of dense) {
    for (let j = 0; j < size; j++) {
      if (row[j] === 0) continue;
      neighbour.push(j);
      bias.push(row[j]);
    }
    rowStart.push(neighbour.length);
  }
  return {
    linear: Float64Array.from({ length: size }, draw),
    rowStart: Int32Array.from(rowStart),
    neighbour: Int32Array.from(neighbour),
    bias: Float64Array.from(bias),
  };
}

describe('annealer', () => {
  it.each([
    [1, 0, false],
    [2, 1, true],
    [37, 0.4, false],
    [64, 0.2, true],
    [301, 0.05, false],
  ] as const)('SIMD and twin walk alike: %i variables, density %f', (size, chance, integer) => {
    const model = randomModel(size, chance, 3, integer);
    const random = createRandom(4);
    const start = Int32Array.from({ length: size }, () => (random.chance(0.5) ? 1 : -1));
    const [wasm, twin] = (['wasm-simd', 'typescript'] as const).map((backend) => {
      const annealer = createAnnealer(model, { backend });
      expect(annealer.backend).toBe(backend);
      annealer.start(start, 99);
      const flips = [annealer.sweep(ramp(1500, 3)), annealer.sweep([Number.POSITIVE_INFINITY])];
      return { flips, spins: Array.from(annealer.spins()) };
    });
    expect(wasm).toEqual(twin);
  });

  it('depends on the seed alone', () => {
    const model = randomModel(50, 0.3, 1);
    const run = (seed: number): string => {
      const annealer = createAnnealer(model);
      annealer.start(new Array(50).fill(1), seed);
      annealer.sweep(ramp(20, 0.5));
      return annealer.spins().join();
    };
    expect(run(1)).toBe(run(1));
    expect(run(1)).not.toBe(run(2));
  });

  it('visits states as often as Boltzmann says', () => {
    const model = randomModel(4, 1, 8);
    const beta = 0.4;
    const weights = Array.from({ length: 16 }, (_, x) => {
      const spins = [0, 1, 2, 3].map((i) => ((x >> i) & 1 ? -1 : 1));
      return Math.exp(-beta * energy(model, spins));
    });
    const total = weights.reduce((a, b) => a + b);
    const annealer = createAnnealer(model);
    annealer.start([1, 1, 1, 1], 5);
    const visits = new Float64Array(16);
    const rounds = 60_000;
    for (let k = 0; k < rounds; k++) {
      annealer.sweep([beta]);
      visits[annealer.spins().reduce((x, spin, i) => x | (spin < 0 ? 1 << i : 0), 0)]++;
    }
    for (let x = 0; x < 16; x++) expect(Math.abs(visits[x] / rounds - weights[x] / total)).toBeLessThan(0.01);
  });

  it('only goes downhill at infinite beta and ends in a local minimum', () => {
    const model = randomModel(80, 0.2, 6);
    const annealer = createAnnealer(model);
    annealer.start(new Array(80).fill(-1), 1);
    let last = energy(model, annealer.spins());
    for (let k = 0; k < 50; k++) {
      annealer.sweep([Number.POSITIVE_INFINITY]);
      const next = energy(model, annealer.spins());
      expect(next).toBeLessThanOrEqual(last + 1e-9);
      last = next;
    }
    const spins = annealer.spins();
    for (let i = 0; i < 80; i++) {
      spins[i] = -spins[i];
      expect(energy(model, spins)).toBeGreaterThanOrEqual(last - 1e-9);
      spins[i] = -spins[i];
    }
  });

  it('finds the ground state of a small model', () => {
    const model = randomModel(14, 0.8, 12);
    let best = Number.POSITIVE_INFINITY;
    for (let x = 0; x < 2 ** 14; x++) {
      best = Math.min(
        best,
        energy(
          model,
          Array.from({ length: 14 }, (_, i) => 1 - 2 * ((x >> i) & 1)),
        ),
      );
    }
    const annealer = createAnnealer(model);
    let found = Number.POSITIVE_INFINITY;
    for (let read = 0; read < 20; read++) {
      annealer.start(new Array(14).fill(1), read);
      annealer.sweep(ramp(200, 4));
      found = Math.min(found, energy(model, annealer.spins()));
    }
    expect(found).toBeCloseTo(best, 9);
  });

  it('refuses what is not a model or not spins', () => {
    const model = randomModel(5, 1, 2);
    expect(() => createAnnealer({ ...model, rowStart: Int32Array.of(0, 4) })).toThrow(/expected 6 row offsets/);
    expect(() => createAnnealer({ ...model, neighbour: model.neighbour.map((j) => j + 9) })).toThrow(/columns below 5/);
    expect(() => createAnnealer({ ...model, linear: new Float64Array(5).fill(Number.NaN) })).toThrow(/finite/);
    const annealer = createAnnealer(model);
    expect(() => annealer.start([1, 1], 0)).toThrow(/expected 5 spins, got 2/);
    expect(() => annealer.start([1, 1, 0, 1, 1], 0)).toThrow(/got 0 at 2/);
  });
});
