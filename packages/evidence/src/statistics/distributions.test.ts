import { describe, expect, it } from 'vitest';
import { incompleteBeta, logGamma, normalCdf, normalQuantile, studentCdf, studentQuantile } from './distributions.ts';

describe('normal distribution', () => {
  it.each([
    // A&S table 26.1.
    [0, 0.5],
    [0.5, 0.691462461274013],
    [1, 0.841344746068543],
    [2, 0.977249868051821],
    [3, 0.99865010196837],
    [4, 0.999968328758167],
  ])('has the tabulated value at %f', (z, probability) => {
    expect(normalCdf(z)).toBeCloseTo(probability, 14);
    expect(normalCdf(-z)).toBeCloseTo(1 - probability, 14);
  });

  it.each([
    // A&S table 26.6, -log10 of the tail: z = 5 and 10.
    [-5, 6.54265],
    [-10, 23.11805],
  ])('keeps the digits of the far tail at %f', (z, exponent) => {
    expect(-Math.log10(normalCdf(z))).toBeCloseTo(exponent, 5);
  });

  it('keeps the tail to ten digits and more', () => {
    for (const [z, tail] of [
      [1.6448536269514722, 0.05],
      [2.5, 0.006209665325776132],
      [3, 0.0013498980316300946],
      [6, 9.865876450376981e-10],
    ]) {
      expect(Math.abs(normalCdf(-z) / tail - 1)).toBeLessThan(1e-11);
    }
  });

  it('is smooth where the series hands over to the continued fraction', () => {
    expect(normalCdf(3 + 1e-9) - normalCdf(3)).toBeCloseTo(4.431848e-12, 15);
  });

  it('has the quantiles of every table, and inverts itself', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
    expect(normalQuantile(0.995)).toBeCloseTo(2.575829303548901, 13);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 14);
    for (const p of [1e-12, 1e-5, 0.02, 0.3, 0.77, 0.9999]) {
      expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 11);
    }
  });

  it('refuses what is no probability', () => {
    for (const p of [0, 1, -1, Number.NaN]) expect(() => normalQuantile(p)).toThrow(`got ${p}`);
  });
});

describe("Student's t distribution", () => {
  it.each([
    // The usual printed table (three decimals): df, t of .95, .975, .99, .995.
    [1, 6.314, 12.706, 31.821, 63.657],
    [2, 2.92, 4.303, 6.965, 9.925],
    [5, 2.015, 2.571, 3.365, 4.032],
    [10, 1.812, 2.228, 2.764, 3.169],
    [30, 1.697, 2.042, 2.457, 2.75],
    [120, 1.658, 1.98, 2.358, 2.617],
  ])('has the tabulated quantiles at %i degrees of freedom', (df, ...expected) => {
    for (const [column, p] of [0.95, 0.975, 0.99, 0.995].entries()) {
      expect(Math.abs(studentQuantile(p, df) - expected[column])).toBeLessThan(5.01e-4);
    }
  });

  it('has the closed forms of one and two degrees of freedom', () => {
    for (const t of [-30, -2, -0.1, 0, 0.7, 5, 100]) {
      expect(studentCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 13);
      expect(studentCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 13);
    }
    expect(studentQuantile(0.999, 1)).toBeCloseTo(Math.tan(Math.PI * 0.499), 8);
  });

  it('tends to the normal distribution', () => {
    expect(studentQuantile(0.975, 1e7)).toBeCloseTo(normalQuantile(0.975), 6);
    expect(studentQuantile(0.25, 12)).toBeCloseTo(-studentQuantile(0.75, 12), 12);
    expect(studentQuantile(0.5, 12)).toBe(0);
  });
});

describe('special functions', () => {
  it('logGamma agrees with factorials and with Gamma(1/2) = sqrt(pi)', () => {
    let logFactorial = 0;
    for (let n = 1; n < 60; n++) {
      expect(logGamma(n)).toBeCloseTo(logFactorial, 11);
      logFactorial += Math.log(n);
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
  });

  it('incompleteBeta agrees with the binomial sum of whole parameters (DLMF 8.17.5)', () => {
    const binomial = (n: number, k: number): number => (k === 0 ? 1 : (binomial(n, k - 1) * (n - k + 1)) / k);
    for (const x of [0.05, 0.4, 0.5, 0.93]) {
      for (const [a, b] of [
        [1, 1],
        [3, 5],
        [7, 2],
        [12, 12],
      ]) {
        const n = a + b - 1;
        let sum = 0;
        for (let j = a; j <= n; j++) sum += binomial(n, j) * x ** j * (1 - x) ** (n - j);
        expect(incompleteBeta(x, a, b)).toBeCloseTo(sum, 13);
      }
    }
  });
});
