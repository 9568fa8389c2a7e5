import { describe, expect, it } from 'vitest';
import { createRandom, mixSeed } from './index.ts';

const draws = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('createRandom', () => {
  it('repeats itself for one seed and differs for another', () => {
    const first = draws(8, createRandom(7).nextUint32);
    expect(draws(8, createRandom(7).nextUint32)).toEqual(first);
    expect(draws(8, createRandom(8).nextUint32)).not.toEqual(first);
  });

  it('has the moments of the uniform distribution within five standard errors', () => {
    const values = draws(40_000, createRandom('moments').nextDouble);
    expect(Math.abs(mean(values) - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / values.length));
    expect(Math.abs(mean(values.map((v) => (v - 0.5) ** 2)) - 1 / 12)).toBeLessThan(
      5 * Math.sqrt(1 / 180 / values.length),
    );
  });

  it('has the moments of the normal distribution within five standard errors', () => {
    const values = draws(40_000, createRandom('normal').normal);
    expect(Math.abs(mean(values))).toBeLessThan(5 / Math.sqrt(values.length));
    expect(Math.abs(mean(values.map((v) => v * v)) - 1)).toBeLessThan(5 * Math.sqrt(2 / values.length));
  });

  it('draws integers evenly (chi-square, 9 degrees of freedom, p = 1e-4)', () => {
    const random = createRandom(3);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 50_000; i++) counts[random.integer(10)]++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 5_000) ** 2 / 5_000, 0);
    expect(chiSquare).toBeLessThan(33.7);
  });

  it('refuses a bound that is no positive integer', () => {
    expect(() => createRandom(1).integer(0)).toThrow('expected a bound from 1 to 2^32, got 0');
  });

  it('forks by label, whatever was drawn before', () => {
    const untouched = createRandom(1);
    const used = createRandom(1);
    draws(100, used.next);
    expect(draws(4, used.fork('learner', 5).next)).toEqual(draws(4, untouched.fork('learner', 5).next));
    expect(untouched.fork('learner', 5).next()).not.toBe(untouched.fork('learner', 6).next());
  });

  it('shuffles to a permutation', () => {
    const list = createRandom(2).shuffle(Array.from({ length: 50 }, (_, i) => i));
    expect([...list].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(list).not.toEqual([...list].sort((a, b) => a - b));
  });
});

describe('mixSeed', () => {
  it('gives unsigned 32-bit seeds that differ by label', () => {
    const seeds = new Set(Array.from({ length: 1000 }, (_, i) => mixSeed(1, 'restart', i)));
    expect(seeds.size).toBe(1000);
    for (const seed of seeds) expect(seed >>> 0).toBe(seed);
  });
});
