import { describe, expect, it } from 'vitest';
import { admitCost, PRICES } from './prices.ts';

const day = (text: string): number => Date.parse(text) / 1000;
const use = { tasks: 1, shots: 1000, qpuSeconds: 10 };

describe('admitCost', () => {
  it('adds tasks, shots and seconds', () => {
    // .30 + 1000 x .00145, as the Braket price page reckons.
    const limits = { amount: 2, priceAgeDays: 30 };
    expect(admitCost('braket/iqm-garnet', use, PRICES, limits, day('2024-01-20'))).toMatchObject({
      amount: 1.75,
      currency: 'USD',
      priceDate: '2024-01-01',
    });
  });

  it('refuses above the limit, and everything that costs without a limit', () => {
    for (const limits of [{ amount: 1.74 }, {}, { amount: 100, currency: 'EUR' }, { amount: Number.NaN }]) {
      expect(() => admitCost('braket/iqm-garnet', use, PRICES, limits, day('2024-01-20'))).toThrow(
        expect.objectContaining({ code: 'COST_LIMIT' }),
      );
    }
  });

  it('refuses old prices, prices of unknown age, dates to come and malformed ones', () => {
    const limits = { amount: 100, priceAgeDays: 30 };
    const stale = expect.objectContaining({ code: 'PRICE_STALE' });
    expect(() => admitCost('braket/iqm-garnet', use, PRICES, limits, day('2024-02-02'))).toThrow(stale);
    expect(() => admitCost('braket/iqm-garnet', use, PRICES, limits, day('2023-12-01'))).toThrow(stale);
    expect(() => admitCost('ibm/pay-as-you-go', use, PRICES, limits, day('2024-01-01'))).toThrow(stale);
    const own = { own: { currency: 'USD', perShot: 1, date: 'last week', source: 'contract' } };
    expect(() => admitCost('own', use, own, limits, day('2024-01-01'))).toThrow(stale);
  });

  it('refuses offers without a price, D-Wave and IonQ among them, until the caller gives one', () => {
    const limits = { amount: 100 };
    for (const offer of ['dwave/qpu', 'dwave/hybrid', 'ionq/qpu', 'toString']) {
      expect(() => admitCost(offer, use, PRICES, limits, 0)).toThrow(
        expect.objectContaining({ code: 'PRICE_UNKNOWN' }),
      );
    }
    const contract = { 'dwave/qpu': { currency: 'USD', perQpuSecond: 0.5, date: '2024-01-01', source: 'contract' } };
    expect(admitCost('dwave/qpu', use, contract, limits, day('2024-01-02')).amount).toBe(5);
  });
});
