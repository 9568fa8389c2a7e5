import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitRowPenalty } from './row-penalty.ts';

function penaltyOf(coefficients: readonly number[], low: number, high: number): (values: readonly number[]) => number {
  const { constant, slope, curvature } = fitRowPenalty(coefficients, low, high);
  return (values) => {
    const u = coefficients.reduce((sum, c, k) => sum + c * values[k], 0);
    return constant + slope * u + curvature * u * u;
  };
}

const { POSITIVE_INFINITY: UP, NEGATIVE_INFINITY: DOWN } = Number;

describe('fitRowPenalty', () => {
  it('is exact for "y only with x"', () => {
    const penalty = penaltyOf([1, -1], DOWN, 0);
    expect(penalty([0, 0])).toBeCloseTo(0, 6);
    expect(penalty([0, 1])).toBeCloseTo(0, 6);
    expect(penalty([1, 1])).toBeCloseTo(0, 6);
    expect(penalty([1, 0])).toBeCloseTo(2, 6);
  });

  it('is exact for "one of two" and "at most one of two"', () => {
    expect(penaltyOf([1, 1], 1, 1)([1, 0])).toBeCloseTo(0, 6);
    expect(penaltyOf([1, 1], 1, 1)([1, 1])).toBeCloseTo(2, 6);
    expect(penaltyOf([1, 1], DOWN, 1)([0, 1])).toBeCloseTo(0, 6);
    expect(penaltyOf([1, 1], DOWN, 1)([1, 1])).toBeCloseTo(2, 6);
  });

  it('stays defined for one variable, forced or free', () => {
    expect(penaltyOf([3], DOWN, 2)([1]) - penaltyOf([3], DOWN, 2)([0])).toBeGreaterThan(1);
    expect(penaltyOf([3], DOWN, 3)([1])).toBeCloseTo(0, 6);
  });

  it('is the least-squares parabola: no other one nearby fits better', () => {
    const coefficients = [3, 5, 2, 7, 4];
    const states = Array.from({ length: 32 }, (_, x) => coefficients.map((_c, k) => (x >> k) & 1));
    const sides = states.map((values) => coefficients.reduce((sum, c, k) => sum + c * values[k], 0));
    const targets = sides.map((u) => (u > 9 ? 1 + (u - 9) / 4.2 : 0));
    const best = fitRowPenalty(coefficients, DOWN, 9);
    const error = (constant: number, slope: number, curvature: number): number =>
      sides.reduce((sum, u, k) => sum + (constant + slope * u + curvature * u * u - targets[k]) ** 2, 0);
    const least = error(best.constant, best.slope, best.curvature);
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: 0, max: 2 }), (step, which) => {
        const shifted = [best.constant, best.slope, best.curvature];
        shifted[which] += 0.01 * step;
        expect(error(shifted[0], shifted[1], shifted[2])).toBeGreaterThanOrEqual(least - 1e-9);
      }),
    );
  });

  it('makes broken rows dearer on the whole, on either side', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 8 }),
        fc.double({ min: 0.2, max: 0.8, noNaN: true }),
        fc.boolean(),
        (coefficients, share, upper) => {
          const side = Math.round(share * coefficients.reduce((a, b) => a + b));
          const penalty = upper ? penaltyOf(coefficients, DOWN, side) : penaltyOf(coefficients, side, UP);
          let [kept, keptCount, broken, brokenCount] = [0, 0, 0, 0];
          for (let x = 0; x < 2 ** coefficients.length; x++) {
            const values = coefficients.map((_, k) => (x >> k) & 1);
            const u = coefficients.reduce((sum, c, k) => sum + c * values[k], 0);
            if (upper ? u <= side : u >= side) [kept, keptCount] = [kept + penalty(values), keptCount + 1];
            else [broken, brokenCount] = [broken + penalty(values), brokenCount + 1];
          }
          if (keptCount > 0 && brokenCount > 0) expect(broken / brokenCount).toBeGreaterThan(kept / keptCount);
        },
      ),
    );
  });
});
