import { describe, expect, it } from 'vitest';
import { cosineAndSine } from './trigonometry.ts';

describe('cosineAndSine', () => {
  it('agrees with Math.cos and Math.sin', () => {
    const pair = new Float64Array(2);
    let worst = 0;
    for (let k = -20_000; k <= 20_000; k++) {
      for (const angle of [k * 0.37, k * 7.7, k * (Math.PI / 4)]) {
        cosineAndSine(angle, pair);
        worst = Math.max(worst, Math.abs(pair[0] - Math.cos(angle)), Math.abs(pair[1] - Math.sin(angle)));
      }
    }
    expect(worst).toBeLessThan(3e-16);
  });

  it('keeps the exact values', () => {
    const pair = new Float64Array(2);
    cosineAndSine(0, pair);
    expect(Array.from(pair)).toEqual([1, 0]);
  });
});
