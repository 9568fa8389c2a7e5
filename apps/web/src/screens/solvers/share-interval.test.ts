import { describe, expect, it } from 'vitest';
import { shareInterval } from './share-interval.ts';

describe('shareInterval', () => {
  it('agrees with published Wilson intervals (Newcombe 1998, table I, method 3)', () => {
    const [a, b, c] = [shareInterval(81 / 263, 263)!, shareInterval(15 / 148, 148)!, shareInterval(0, 20)!];
    expect([a.low, a.high].map((end) => end.toFixed(4))).toEqual(['0.2553', '0.3662']);
    expect([b.low, b.high].map((end) => end.toFixed(4))).toEqual(['0.0624', '0.1605']);
    expect([c.low, c.high].map((end) => end.toFixed(4))).toEqual(['0.0000', '0.1611']);
  });

  it('gives nothing where there are no cases', () => {
    expect(shareInterval(1, 0)).toBeNull();
  });
});
