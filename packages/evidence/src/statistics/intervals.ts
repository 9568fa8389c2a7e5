/**
 * Intervals for means and proportions.
 * Mean: Student's t. Proportion: Wilson's score interval (Wilson, JASA 22, 1927), which Brown, Cai & DasGupta
 * (Statistical Science 16, 2001) recommend because the textbook interval covers far less than it says.
 */
import { EvidenceError } from '../errors.ts';
import { normalQuantile, studentQuantile } from './distributions.ts';

/** An estimate with its interval: what every screen and report shows. */
export interface Figure {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The level of every interval unless another is asked for. */
export const defaultLevel = 0.95;

/** Mean of at least one finite value. */
export function mean(values: ArrayLike<number>): number {
  requireFinite('mean', values, 1);
  return sum(values) / values.length;
}

/**
 * Mean with a t interval of the given level (0 to 1): mean +- t_{n-1} s / sqrt(n). One value has no spread, so it has
 * no interval.
 * @throws EvidenceError `invalid-values` for fewer than two values or one that is not finite.
 */
export function meanInterval(values: ArrayLike<number>, level = defaultLevel): Figure {
  requireFinite('meanInterval', values, 2);
  requireLevel('meanInterval', level);
  const n = values.length;
  const centre = sum(values) / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i] - centre) ** 2;
  const reach = studentQuantile((1 + level) / 2, n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { mean: centre, low: centre - reach, high: centre + reach };
}

/**
 * Proportion of successes with Wilson's interval (`wilsonInterval`).
 * @throws EvidenceError `invalid-values` unless 0 <= successes <= trials and trials >= 1.
 */
export function proportionInterval(successes: number, trials: number, level = defaultLevel): Figure {
  if (!(trials >= 1 && successes >= 0 && successes <= trials)) {
    throw new EvidenceError(
      'invalid-values',
      `proportionInterval: expected 0 <= successes <= trials and trials >= 1, got ${successes} of ${trials}; pass counts.`,
    );
  }
  return wilsonInterval(successes / trials, trials, level);
}

/**
 * A share (0 to 1) of n observations with Wilson's interval; n is above 0 and may be an effective number, not a whole one:
 *
 *   (p + z^2 / 2n +- z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n)
 *
 * @throws EvidenceError `invalid-values` for a share or a number that is none.
 */
export function wilsonInterval(p: number, n: number, level = defaultLevel): Figure {
  if (!(p >= 0 && p <= 1 && n > 0)) {
    const got = `${p} of ${n}`;
    throw new EvidenceError(
      'invalid-values',
      `wilsonInterval: expected a share from 0 to 1 of n > 0, got ${got}; divide.`,
    );
  }
  requireLevel('wilsonInterval', level);
  const z = normalQuantile((1 + level) / 2);
  const centre = p + (z * z) / (2 * n);
  const reach = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  // At 0 and n of n the bound is exactly 0 or 1; rounding would leave it a hair beside.
  return { mean: p, low: p === 0 ? 0 : (centre - reach) / scale, high: p === 1 ? 1 : (centre + reach) / scale };
}

/** Sum by Neumaier's compensated summation (ZAMM 54, 1974): a million rows lose no digits. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const next = total + values[i];
    lost += Math.abs(total) >= Math.abs(values[i]) ? total - next + values[i] : values[i] - next + total;
    total = next;
  }
  return total + lost;
}

/** Throws unless there are at least `least` values, all finite. */
export function requireFinite(caller: string, values: ArrayLike<number>, least: number): void {
  if (values.length < least) {
    throw new EvidenceError(
      'invalid-values',
      `${caller}: expected at least ${least} value${least === 1 ? '' : 's'}, got ${values.length}; collect more units.`,
    );
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new EvidenceError(
        'invalid-values',
        `${caller}: expected finite numbers, got ${values[i]} at index ${i}; decide what a missing value means first.`,
      );
    }
  }
}

/** Throws unless the level of an interval lies between 0 and 1. */
export function requireLevel(caller: string, level: number): void {
  if (!(level > 0 && level < 1)) {
    throw new EvidenceError(
      'invalid-option',
      `${caller}: expected a level between 0 and 1, got ${level}; pass e.g. 0.95.`,
    );
  }
}
