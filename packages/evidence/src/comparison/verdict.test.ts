import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, holmRanks } from './verdict.ts';

const interval = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))
  .map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }));
const margin = fc.double({ min: 0, max: 0.5, noNaN: true });

describe('decide', () => {
  it.each([
    [{ low: 0.15, high: 0.19 }, 'better'],
    [{ low: 0.005, high: 0.19 }, 'not enough evidence'],
    [{ low: -0.005, high: 0.008 }, 'no difference'],
    [{ low: 0.002, high: 0.008 }, 'no difference'],
    [{ low: -0.01, high: 0.01 }, 'no difference'],
    [{ low: -0.3, high: -0.011 }, 'worse'],
    [{ low: -0.3, high: -0.005 }, 'not enough evidence'],
    [{ low: -0.3, high: 0.3 }, 'not enough evidence'],
  ])('reads %o against a margin of .01 as %s', (given, verdict) => {
    expect(decide(given, 0.01, 100, 30)).toBe(verdict);
  });

  it('never decides on too few units', () => {
    fc.assert(
      fc.property(interval, margin, fc.integer({ min: 1, max: 1000 }), (given, practical, minimum) => {
        expect(decide(given, practical, minimum - 1, minimum)).toBe('not enough evidence');
      }),
    );
  });

  it('turns better into worse, and nothing else, when the sides change places', () => {
    const mirrored = { better: 'worse', worse: 'better', 'no difference': 'no difference' } as const;
    fc.assert(
      fc.property(interval, margin, ({ low, high }, practical) => {
        const verdict = decide({ low, high }, practical, 50, 30);
        const expected = verdict === 'not enough evidence' ? verdict : mirrored[verdict];
        expect(decide({ low: -high, high: -low }, practical, 50, 30)).toBe(expected);
      }),
    );
  });

  it('keeps its verdict when the interval narrows: more evidence never contradicts a decision', () => {
    fc.assert(
      fc.property(interval, margin, fc.double({ min: 0, max: 1, noNaN: true }), (wide, practical, share) => {
        const verdict = decide(wide, practical, 50, 30);
        fc.pre(verdict !== 'not enough evidence');
        const shrink = ((wide.high - wide.low) * share) / 2;
        const narrow = { low: wide.low + shrink, high: Math.max(wide.low + shrink, wide.high - shrink) };
        expect(decide(narrow, practical, 50, 30)).toBe(verdict);
      }),
    );
  });

  it('says better only when every value of the interval is beyond the margin', () => {
    fc.assert(
      fc.property(interval, margin, (given, practical) => {
        const verdict = decide(given, practical, 50, 30);
        expect(verdict === 'better').toBe(given.low > practical);
        expect(verdict === 'worse').toBe(given.high < -practical);
      }),
    );
  });
});

describe('holmRanks', () => {
  it('ranks by p-value, ties in the order given', () => {
    expect(holmRanks([0.04, 0.01, 0.03, 0.005, 0.01])).toEqual([4, 1, 3, 0, 2]);
    expect(holmRanks([])).toEqual([]);
  });
});
