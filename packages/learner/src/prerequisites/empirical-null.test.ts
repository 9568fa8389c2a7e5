import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { empiricalNull, type PairScore } from './empirical-null.ts';

/** Tests of `count` pairs whose slopes are `slope` on the whole, with `spread` times the scatter that theory gives. */
function pairsAround(slope: number, spread: number, count: number, seed: string): PairScore[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const information = 5 + 20 * random.next();
    const variance = information * (0.5 + random.next());
    return { score: slope * information + spread * Math.sqrt(variance) * random.normal(), information, variance };
  });
}

describe('empiricalNull', () => {
  it('finds slope and spread of pairs without links, and links beside them do not disturb it', () => {
    const none = pairsAround(0.2, 1.5, 4000, 'none');
    const links = pairsAround(3, 1, 200, 'links');
    for (const pairs of [none, [...none, ...links]]) {
      const { slope, spread } = empiricalNull(pairs);
      // Three standard errors of a median over 4,000 pairs, and what 5 % of links may shift it by.
      expect(Math.abs(slope - 0.2)).toBeLessThan(0.05);
      expect(Math.abs(spread - 1.5)).toBeLessThan(0.18);
    }
  });

  it('never trusts pairs more than theory does, and leaves pairs without information out', () => {
    expect(empiricalNull(pairsAround(0, 0.3, 500, 'tight')).spread).toBe(1);
    expect(empiricalNull([{ score: 7, information: 0, variance: 1 }])).toEqual({ slope: 0, spread: 1 });
    expect(empiricalNull([])).toEqual({ slope: 0, spread: 1 });
  });
});
