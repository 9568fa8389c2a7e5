import { describe, expect, it } from 'vitest';
import { shareFault, sharesUpTo } from './group-shares.ts';

/** What all learners of a group of each size gain together, of one learner's whole gain. */
const together = (shares: readonly number[]): number[] => shares.map((share, index) => share * (index + 1));

describe('shares of the gain in groups', () => {
  it('are cut, or go on falling by the last step', () => {
    expect(sharesUpTo([1, 0.9, 0.8, 0.7], 2)).toEqual([1, 0.9]);
    expect(sharesUpTo([1, 0.9, 0.8], 5)).toEqual([1, 0.9, 0.8, 0.7, 0.6]);
    expect(sharesUpTo([1], 3)).toEqual([1, 0.9, 0.8]);
  });

  it.each([[[1]], [[1, 0.5]], [[1, 0.9, 0.62]], [[1, 1, 1]]])(
    'never rise, and never cost the group: from %j',
    (from) => {
      const shares = sharesUpTo(from, 30);
      expect(shares.toSorted((one, other) => other - one)).toEqual(shares);
      const gains = together(shares);
      gains.slice(1).forEach((gain, index) => {
        expect(gain).toBeGreaterThanOrEqual(gains[index] - 1e-9);
        expect(shareFault(shares, index + 2)).toBe(null);
      });
    },
  );

  it('are refused where they rise or fall too fast', () => {
    expect(shareFault([1, 0.9, 0.95], 3)).toMatch(/at most 90 %/);
    // Two thirds of .9: three learners then gain 3 x .6 = 1.8 together, as two do.
    expect(shareFault([1, 0.9, 0.6], 3)).toBe(null);
    expect(shareFault([1, 0.9, 0.59], 3)).toMatch(/at least 60 %/);
  });
});
