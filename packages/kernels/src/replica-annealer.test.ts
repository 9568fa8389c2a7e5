import { describe, expect, it } from 'vitest';
import type { LaneWidth } from './lane-model.ts';
import { laneModel } from './lane-model.ts';
import { copyReplica, createReplicaAnnealer } from './replica-annealer.ts';
import { energy, ramp, randomModel } from './testing/ising.ts';

const signs = (random: () => number): number => (random() < 0.5 ? -0.5 : 0.5);
const ones = (): number => 0.5;
const small = (random: () => number): number => Math.floor(random() * 7) - 3;
const large = (random: () => number): number => Math.floor(random() * 2001) - 1000;
const huge = (random: () => number): number => Math.floor(random() * 2e6) - 1e6;
const real = (random: () => number): number => random() - 0.5;

describe('replica annealer', () => {
  it.each([
    ['unit', 60, 0.2, ones, 'int8', 2],
    ['signed', 61, 0.2, signs, 'int8', 2],
    ['small', 30, 0.3, small, 'int8', 0.5],
    ['large', 40, 0.3, large, 'int16', 0.002],
    ['huge', 40, 0.3, huge, 'int32', 2e-6],
    ['real', 50, 0.3, real, 'float32', 5],
    ['no pairs', 5, 0, small, 'int8', 1],
  ] as const)('%s weights: SIMD and twin walk alike, energies hold', (_, size, chance, draw, width, cold) => {
    const model = randomModel(size, chance, 3, draw);
    for (const replicas of ['few', 'many'] as const) {
      const [wasm, twin] = (['wasm-simd', 'typescript'] as const).map((backend) => {
        const annealer = createReplicaAnnealer(model, { backend, replicas });
        expect([annealer.backend, annealer.width]).toEqual([backend, width]);
        annealer.start(99, [new Array(size).fill(-1)]);
        annealer.sweep(ramp(100, cold));
        annealer.copy(3, 0);
        annealer.setFactors(Array.from({ length: annealer.replicas }, (_lane, lane) => 1 + lane / 10));
        annealer.sweep([...ramp(50, cold), Number.POSITIVE_INFINITY]);
        const spins = Array.from({ length: annealer.replicas }, (_lane, lane) => annealer.spins(lane));
        return { spins, energies: Array.from(annealer.energies()) };
      });
      expect(wasm).toEqual(twin);
      for (const [lane, spins] of wasm.spins.entries()) {
        const exact = energy(model, spins);
        expect(Math.abs(wasm.energies[lane] - exact)).toBeLessThan(width === 'float32' ? 1e-4 : 1e-9);
      }
    }
  });

  it.each([
    ['alike', () => -1.5, 'int8'],
    ['signed', signs, 'int8'],
    ['large', large, 'int16'],
    ['huge', huge, 'int32'],
  ] as const)('hot sweeps, in which nearly all flip, leave the energies of their spins: %s', (_, draw, width) => {
    const model = randomModel(60, 0.2, 11, draw);
    const half = { ...model, linear: model.linear.map((_field, i) => (i % 3) - 1) };
    for (const rows of [model, half]) {
      const annealer = createReplicaAnnealer(rows, { replicas: 'many' });
      expect(annealer.width).toBe(width);
      annealer.start(2);
      for (let round = 0; round < 4; round++) {
        annealer.sweep([0, 0, 1e-6]);
        annealer.copy(1, 5);
        const found = Array.from(annealer.energies());
        for (let lane = 0; lane < annealer.replicas; lane++) {
          expect(found[lane]).toBeCloseTo(energy(rows, annealer.spins(lane)), 9);
        }
      }
    }
  });

  it('gives the same spins in every width that holds a whole-numbered model', () => {
    const model = randomModel(50, 0.2, 5, signs);
    const walks = (['int8', 'int16', 'int32', 'float32'] as const).map((width: LaneWidth) => {
      const annealer = createReplicaAnnealer(model, { width });
      annealer.start(7);
      annealer.sweep(ramp(300, 3));
      return Array.from({ length: 16 }, (_, lane) => annealer.spins(lane).join());
    });
    for (const walk of walks) expect(walk).toEqual(walks[0]);
    expect(new Set(walks[0]).size).toBeGreaterThan(1);
  });

  it('visits states as often as Boltzmann says, each replica at its own temperature', () => {
    const model = randomModel(4, 1, 8, real);
    const annealer = createReplicaAnnealer(model);
    const betas = Array.from({ length: 16 }, (_, lane) => (lane % 2 === 0 ? 1 : 3));
    const visits = [new Float64Array(16), new Float64Array(16)];
    const rounds = 40_000;
    for (let restart = 0; restart < 4; restart++) {
      annealer.start(restart);
      annealer.setFactors(betas);
      for (let k = 0; k < rounds / 4; k++) {
        annealer.sweep([1]);
        for (let lane = 0; lane < 16; lane++) {
          visits[lane % 2][annealer.spins(lane).reduce((x, spin, i) => x | (spin < 0 ? 1 << i : 0), 0)]++;
        }
      }
    }
    for (const [k, beta] of [1, 3].entries()) {
      const weights = Array.from({ length: 16 }, (_, x) =>
        Math.exp(
          -beta *
            energy(
              model,
              [0, 1, 2, 3].map((i) => ((x >> i) & 1 ? -1 : 1)),
            ),
        ),
      );
      const total = weights.reduce((a, b) => a + b);
      for (let x = 0; x < 16; x++) {
        expect(Math.abs(visits[k][x] / (rounds * 8) - weights[x] / total)).toBeLessThan(0.012);
      }
    }
  });

  it('a weight that needs more than its lane wraps around to the right field', () => {
    // One pair with 2 J = 127 steps: a flip changes the field by 254.
    const pair = {
      linear: Float64Array.of(0, 0.5, 0.5),
      rowStart: Int32Array.of(0, 1, 2, 2),
      neighbour: Int32Array.of(1, 0),
      bias: Float64Array.of(63, 63),
    };
    expect(laneModel(pair).width).toBe('int8');
    for (const backend of ['wasm-simd', 'typescript'] as const) {
      const annealer = createReplicaAnnealer(pair, { backend });
      annealer.start(1);
      annealer.sweep([...ramp(200, 0.5), Number.POSITIVE_INFINITY]);
      expect(Math.min(...annealer.energies())).toBe(-64);
    }
  });

  it.each([
    ['signed', signs, 2],
    ['large', large, 0.002],
    ['real', real, 5],
  ] as const)('copies replicas into another annealer, which walks on from them: %s', (_, draw, cold) => {
    const model = randomModel(40, 0.3, 6, draw);
    for (const backend of ['wasm-simd', 'typescript'] as const) {
      const [a, b] = [1, 2].map((seed) => {
        const annealer = createReplicaAnnealer(model, { backend, replicas: 'many' });
        annealer.start(seed);
        annealer.sweep(ramp(20, cold));
        return annealer;
      });
      const untouched = b.spins(4);
      copyReplica(a, 2, b, 5);
      expect(b.spins(5)).toEqual(a.spins(2));
      expect(b.spins(4)).toEqual(untouched);
      b.sweep([...ramp(20, cold), Number.POSITIVE_INFINITY]);
      const found = b.energies();
      for (let lane = 0; lane < b.replicas; lane++) {
        expect(Math.abs(found[lane] - energy(model, b.spins(lane)))).toBeLessThan(1e-4);
      }
    }
  });

  it('copies between annealers alike only', () => {
    const [a, b] = [5, 6].map((size) => createReplicaAnnealer(randomModel(size, 1, 2, large)));
    expect(() => copyReplica(a, 0, b, 0)).toThrow(/expected annealers of one model and size, got 5 .* and 6 /);
  });

  it('refuses what it cannot hold', () => {
    const model = randomModel(5, 1, 2, large);
    expect(() => createReplicaAnnealer(model, { width: 'int8' })).toThrow(/at least int16/);
    const annealer = createReplicaAnnealer(model);
    expect(() => annealer.start(0, [[1, 1]])).toThrow(/expected 5 spins, got 2/);
    expect(() => annealer.sweep([-1])).toThrow(/at least 0, got -1/);
  });
});
