import { createRandom } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean, meanInterval, proportionInterval, sum } from './intervals.ts';

describe('meanInterval', () => {
  it("agrees with Student's own example (Biometrika 1908: extra sleep, 10 patients)", () => {
    // Differences dextro - laevo: mean 1.58, s = 1.23; t = 4.06 against 0; R's t.test gives [0.700, 2.460].
    const extraSleep = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];
    const interval = meanInterval(extraSleep);
    expect(interval.mean).toBeCloseTo(1.58, 12);
    expect(interval.low).toBeCloseTo(0.7001142, 6);
    expect(interval.high).toBeCloseTo(2.4598858, 6);
  });

  it('covers as often as it says (5,000 normal samples of 5, four standard errors)', () => {
    const random = createRandom('coverage of t');
    let covered = 0;
    for (let trial = 0; trial < 5_000; trial++) {
      const { low, high } = meanInterval(Array.from({ length: 5 }, () => 3 + 2 * random.normal()));
      if (low <= 3 && 3 <= high) covered++;
    }
    expect(Math.abs(covered / 5_000 - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / 5_000));
  });

  it('refuses one value, and values that are missing', () => {
    expect(() => meanInterval([1])).toThrow('expected at least 2 values, got 1');
    expect(() => meanInterval([1, Number.NaN])).toThrow('got NaN at index 1');
    expect(() => mean([])).toThrow('expected at least 1 value, got 0');
  });
});

describe('proportionInterval', () => {
  it.each([
    // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives the published interval of %i in %i', (successes, trials, low, high) => {
    const interval = proportionInterval(successes, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('solves the equation that defines it: |p - bound| = z sqrt(bound (1 - bound) / n)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0.01, max: 0.99 }), (trials, share) => {
        const successes = Math.min(trials - 1, Math.max(1, Math.round(share * trials)));
        fc.pre(successes > 0 && successes < trials);
        const interval = proportionInterval(successes, trials);
        for (const bound of [interval.low, interval.high]) {
          const reach = 1.959963984540054 * Math.sqrt((bound * (1 - bound)) / trials);
          expect(Math.abs(successes / trials - bound)).toBeCloseTo(reach, 10);
        }
      }),
    );
  });

  it('covers .95 on average over p, which the textbook interval does not (Brown, Cai & DasGupta 2001, figure 5)', () => {
    // Exact coverage for n = 50 from the binomial distribution, averaged over p = .005, .015, ...
    const trials = 50;
    const logChoose = [0];
    for (let k = 1; k <= trials; k++) logChoose.push(logChoose[k - 1] + Math.log((trials - k + 1) / k));
    let total = 0;
    for (let step = 0; step < 100; step++) {
      const p = 0.005 + step * 0.01;
      for (let k = 0; k <= trials; k++) {
        const { low, high } = proportionInterval(k, trials);
        const probability = Math.exp(logChoose[k] + k * Math.log(p) + (trials - k) * Math.log(1 - p));
        if (low <= p && p <= high) total += probability;
      }
    }
    expect(total / 100).toBeGreaterThan(0.949);
    expect(total / 100).toBeLessThan(0.957);
  });

  it('refuses counts that cannot be', () => {
    expect(() => proportionInterval(5, 4)).toThrow('got 5 of 4');
    expect(() => proportionInterval(0, 0)).toThrow('got 0 of 0');
    expect(() => proportionInterval(1, 2, 95)).toThrow('expected a level between 0 and 1, got 95');
  });
});

describe('sum', () => {
  it('keeps what plain addition loses', () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
    expect(sum(new Float64Array(1_000_000).fill(0.1))).toBe(100_000);
  });
});
