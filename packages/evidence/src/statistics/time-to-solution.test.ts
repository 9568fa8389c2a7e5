import { createRandom } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proportionInterval } from './intervals.ts';
import { optimalTimeToSolution, timeToSolution } from './time-to-solution.ts';

describe('timeToSolution', () => {
  it.each([
    // ln 0.01 / ln 0.5 = 2 log2 10; 0.9: exactly two runs (0.1^2 = 0.01); 0.1: ln 0.01 / ln 0.9.
    [5, 10, 2 * Math.log2(10)],
    [9, 10, 2],
    [1, 10, 43.708690653],
  ])('needs %i in %i runs the closed form number of restarts', (successes, runs, restarts) => {
    expect(timeToSolution(successes, runs, 3).seconds.mean).toBeCloseTo(3 * restarts, 8);
  });

  it('is one run where nearly all succeed, and infinite where none does', () => {
    expect(timeToSolution(99, 100, 4).seconds.mean).toBe(4);
    expect(timeToSolution(20, 20, 4).seconds).toMatchObject({ mean: 4, low: 4 });
    const none = timeToSolution(0, 20, 4);
    expect(none.seconds).toMatchObject({ mean: Number.POSITIVE_INFINITY, high: Number.POSITIVE_INFINITY });
    // Wilson's upper end for 0 of 20 is z^2 / (20 + z^2) = 0.1611.
    expect(none.seconds.low).toBeCloseTo((4 * Math.log(0.01)) / Math.log(1 - 0.16113), 2);
  });

  it('solves 1 - (1 - p)^R = 0.99 at estimate and interval', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 500 }), fc.double({ min: 0.01, max: 0.98 }), (runs, share) => {
        const successes = Math.max(1, Math.floor(share * runs));
        fc.pre(successes / runs < 0.99);
        const { seconds } = timeToSolution(successes, runs, 1);
        const p = proportionInterval(successes, runs);
        expect(1 - (1 - p.mean) ** seconds.mean).toBeCloseTo(0.99, 9);
        expect(1 - (1 - p.low) ** seconds.high).toBeCloseTo(0.99, 9);
        if (p.high < 0.99) expect(1 - (1 - p.high) ** seconds.low).toBeCloseTo(0.99, 9);
        expect(seconds.low).toBeLessThanOrEqual(seconds.mean);
        expect(seconds.mean).toBeLessThanOrEqual(seconds.high);
      }),
    );
  });

  it('refuses what is no count and no time', () => {
    expect(() => timeToSolution(3, 2, 1)).toThrow('got 3 of 2');
    expect(() => timeToSolution(0, 0, 1)).toThrow('trials >= 1');
    expect(() => timeToSolution(1, 2, 0)).toThrow('more than 0 seconds, got 0');
    expect(() => timeToSolution(1, 2, Number.NaN)).toThrow('got NaN');
  });
});

describe('optimalTimeToSolution', () => {
  it('takes the run length whose upper end is least', () => {
    // 9 of 10 within 1 s: two runs of 1 s beat one run of 100 s.
    const times = [...Array.from({ length: 9 }, () => 1), 100];
    expect(optimalTimeToSolution(times, 100)).toMatchObject({ runSeconds: 1, successes: 9, runs: 10 });
    expect(optimalTimeToSolution(times, 100).seconds.mean).toBeCloseTo(2, 12);
    // One lucky run in five is no habit.
    expect(optimalTimeToSolution([1, 5, 5, 5, 5], 10)).toMatchObject({ runSeconds: 5, successes: 5 });
    // All there at about the same time: one run.
    expect(optimalTimeToSolution([1, 1.01, 1.02], 60)).toMatchObject({ runSeconds: 1.02, seconds: { mean: 1.02 } });
  });

  it('finds the closed form of a memoryless solver: TTS99 = ln 100 / rate whatever the run length', () => {
    const random = createRandom('memoryless');
    const reached = Array.from({ length: 4000 }, () => -Math.log(1 - random.nextDouble()) / 0.5);
    const { seconds } = optimalTimeToSolution(
      reached.map((each) => (each <= 6 ? each : null)),
      6,
    );
    expect(Math.abs(seconds.mean / (Math.log(100) / 0.5) - 1)).toBeLessThan(0.05);
  });

  it('agrees with counting at the whole length where no run succeeded', () => {
    expect(optimalTimeToSolution([null, null], 5)).toEqual(timeToSolution(0, 2, 5));
    expect(optimalTimeToSolution([0, 0], 5)).toEqual(timeToSolution(2, 2, 5));
  });

  it('refuses times beyond the run', () => {
    expect(() => optimalTimeToSolution([1, 7], 5)).toThrow('from 0 to 5 s, got 7');
    expect(() => optimalTimeToSolution([-1], 5)).toThrow('got -1');
  });
});
