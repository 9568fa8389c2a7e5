import { describe, expect, it } from 'vitest';
import { thresholdTable } from './thresholds.ts';

describe('thresholdTable', () => {
  it('holds the quantiles of the exponential distribution, largest first', () => {
    const table = thresholdTable();
    for (let k = 0; k < table.length; k++) {
      const expected = -Math.log((k + 0.5) / table.length);
      expect(Math.abs(table[k] - expected)).toBeLessThanOrEqual(4e-16 * Math.max(1, expected));
    }
    expect(table[0]).toBe(Math.max(...table));
  });
});
