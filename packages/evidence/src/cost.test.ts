import { describe, expect, it } from 'vitest';
import { addCosts, compareCosts, startStopwatch } from './cost.ts';
import { noCost } from './run-record.ts';

const spent = (wallSeconds: number, amount?: number, currency = 'EUR') => ({
  ...noCost,
  wallSeconds,
  money: amount === undefined ? null : { amount, currency },
});

describe('startStopwatch', () => {
  it('measures from the start, in wall and CPU seconds', () => {
    let time = 10;
    const elapsed = startStopwatch({ now: () => time, cpuSeconds: () => time / 2 });
    time = 14;
    expect(elapsed()).toEqual({ ...noCost, wallSeconds: 4, cpuSeconds: 2 });
  });

  it('reports no CPU time where the platform does not tell', () => {
    let time = 1;
    const elapsed = startStopwatch({ now: () => time, cpuSeconds: () => null });
    time = 2;
    expect(elapsed()).toEqual({ ...noCost, wallSeconds: 1 });
  });
});

describe('addCosts', () => {
  it('adds part by part and keeps the currency', () => {
    expect(addCosts([])).toEqual(noCost);
    expect(addCosts([spent(1), spent(2, 3), spent(4, 5)])).toEqual(spent(7, 8));
  });

  it('refuses to add two currencies', () => {
    expect(() => addCosts([spent(1, 1), spent(1, 1, 'USD')])).toThrow('expected one currency, got EUR and USD');
  });
});

describe('compareCosts', () => {
  it('shows both per unit, the ratio of times and the extra money', () => {
    expect(compareCosts(spent(10), spent(30, 5), 10)).toEqual({
      baseline: spent(1),
      challenger: spent(3, 0.5),
      timeRatio: 3,
      extraMoney: { amount: 0.5, currency: 'EUR' },
    });
  });

  it('has no ratio to a baseline that took no time, and no money where none is asked', () => {
    expect(compareCosts(spent(0), spent(1), 1)).toMatchObject({ timeRatio: null, extraMoney: null });
  });
});
