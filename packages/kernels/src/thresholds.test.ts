import { describe, expect, it } from 'vitest';
import { quantile } from './thresholds.ts';

describe('quantile', () => {
  it('is -ln u, to the last bits', () => {
    const count = 2 ** 12;
    for (let k = 0; k < count; k++) {
      const u = (k + 0.5) / count;
      const expected = -Math.log(u);
      expect(Math.abs(quantile(u) - expected)).toBeLessThanOrEqual(4e-16 * Math.max(1, expected));
    }
  });
});
