/**
 * Bootstrap intervals for smooth functions of means over units (a learner, a problem): units are drawn with
 * replacement, each with all its columns, so pairs stay pairs. Bias-corrected and accelerated percentiles: Efron,
 * JASA 82 (1987); Efron & Tibshirani, An Introduction to the Bootstrap (1993), chapter 14. Seeded: same stream, same
 * interval.
 */
import type { Random } from '@qurriculum/random';
import { EvidenceError } from '../errors.ts';
import { normalCdf, normalQuantile } from './distributions.ts';
import { defaultLevel, type Figure, requireFinite, requireLevel, sum } from './intervals.ts';

/** The ends of a 95 % interval then move by about 1 % of its width from seed to seed. */
export const defaultResamples = 4_000;

export interface BootstrapOptions {
  /** How many times units are redrawn. Default 4,000. */
  readonly resamples?: number;
  /** 'bca' (default), or the plain percentiles, which are second-order wrong for skewed figures. */
  readonly method?: 'bca' | 'percentile';
}

export interface BootstrapDistribution {
  /** The statistic of the units themselves. */
  readonly estimate: number;
  readonly units: number;
  /** Central interval of the given level. */
  interval(level?: number): { readonly low: number; readonly high: number };
  /**
   * One-sided p-value of "the truth is at most `threshold`": the level at which the lower end would stand just there.
   * One less this is the p-value of "at least". Never below 1 / (resamples + 1).
   */
  tailAbove(threshold: number): number;
}

/**
 * Bootstrap distribution of `statistic(means)`, where `columns` hold one finite value per unit and column.
 * @throws EvidenceError `units-do-not-match` when columns differ in length, `invalid-values` below two units.
 */
export function bootstrapOfMeans(
  columns: readonly ArrayLike<number>[],
  statistic: (means: Float64Array) => number,
  random: Random,
  options: BootstrapOptions = {},
): BootstrapDistribution {
  const { resamples = defaultResamples, method = 'bca' } = options;
  const units = columns[0]?.length ?? 0;
  for (const column of columns) {
    requireSameLength('bootstrapOfMeans', units, column.length);
    requireFinite('bootstrapOfMeans', column, 2);
  }
  const totals = Float64Array.from(columns, sum);
  const estimate = statistic(totals.map((total) => total / units));
  const replicates = resample(columns, statistic, random, resamples);
  const acceleration = method === 'bca' ? jackknifeAcceleration(columns, totals, statistic) : 0;
  const bias = method === 'bca' ? biasCorrection(replicates, estimate) : 0;
  return {
    estimate,
    units,
    interval(level = defaultLevel) {
      requireLevel('bootstrap interval', level);
      const low = quantile(replicates, adjusted((1 - level) / 2, bias, acceleration));
      return { low, high: quantile(replicates, adjusted((1 + level) / 2, bias, acceleration)) };
    },
    tailAbove: (threshold) => tailAbove(replicates, threshold, bias, acceleration),
  };
}

/** Challenger over baseline, each a mean over the same units: sum(challenger) / sum(baseline). Values not negative. */
export function bootstrapRatio(
  baseline: ArrayLike<number>,
  challenger: ArrayLike<number>,
  random: Random,
  options?: BootstrapOptions,
): BootstrapDistribution {
  requireNotNegative(baseline);
  requireNotNegative(challenger);
  const distribution = bootstrapOfMeans([baseline, challenger], ratioOfMeans, random, options);
  if (!Number.isFinite(distribution.estimate) || !Number.isFinite(distribution.interval(0.99).high)) {
    throw new EvidenceError(
      'ratio-undefined',
      'bootstrapRatio: expected a baseline whose mean is clear of 0, got one that is 0 or nearly so; compare differences instead.',
    );
  }
  return distribution;
}

/** Nothing on both sides is no difference. */
const ratioOfMeans = ([baseline, challenger]: Float64Array): number =>
  baseline === 0 && challenger === 0 ? 1 : challenger / baseline;

/** Challenger less baseline, unit by unit, averaged. */
export function bootstrapDifference(
  baseline: ArrayLike<number>,
  challenger: ArrayLike<number>,
  random: Random,
  options?: BootstrapOptions,
): BootstrapDistribution {
  requireSameLength('bootstrapDifference', baseline.length, challenger.length);
  const differences = Float64Array.from(challenger, (value, unit) => value - baseline[unit]);
  return bootstrapOfMeans([differences], ([difference]) => difference, random, options);
}

/** Mean with a bootstrap interval, for skewed values where the t interval is off-centre. */
export function bootstrapMean(
  values: ArrayLike<number>,
  random: Random,
  options: BootstrapOptions & { readonly level?: number } = {},
): Figure {
  const distribution = bootstrapOfMeans([values], ([mean]) => mean, random, options);
  return { mean: distribution.estimate, ...distribution.interval(options.level) };
}

/** The statistic of `resamples` redrawn sets of units, ascending. */
function resample(
  columns: readonly ArrayLike<number>[],
  statistic: (means: Float64Array) => number,
  random: Random,
  resamples: number,
): Float64Array {
  if (!(Number.isInteger(resamples) && resamples >= 100)) {
    throw new EvidenceError(
      'invalid-option',
      `bootstrap: expected at least 100 resamples, got ${resamples}; 4000 is usual.`,
    );
  }
  const units = columns[0].length;
  const drawn = new Int32Array(units);
  const means = new Float64Array(columns.length);
  const replicates = new Float64Array(resamples);
  for (let round = 0; round < resamples; round++) {
    // A scaled float instead of `integer`: its bias, units / 2^32, is far below the noise of resampling, and it is several times faster.
    for (let i = 0; i < units; i++) drawn[i] = random.next() * units;
    for (let c = 0; c < columns.length; c++) {
      const column = columns[c];
      let total = 0;
      for (let i = 0; i < units; i++) total += column[drawn[i]];
      means[c] = total / units;
    }
    replicates[round] = statistic(means);
  }
  return replicates.sort();
}

/**
 * z0 = Phi^-1(share of replicates below the estimate); ties, which discrete outcomes make many of, count half. A share
 * of 0 or 1 is drawn in by half a replicate.
 */
function biasCorrection(replicates: Float64Array, estimate: number): number {
  // Redrawn sums differ from the estimate by rounding even where they are the same in exact arithmetic.
  const near = 1e-12 * Math.abs(estimate);
  const below = countBelow(replicates, estimate - near);
  const ties = countBelow(replicates, estimate + near, true) - below;
  return normalQuantile(within((below + ties / 2) / replicates.length, replicates.length));
}

/** Pulls a share of `count` replicates into (0, 1). */
const within = (share: number, count: number): number => Math.min(Math.max(share, 0.5 / count), 1 - 0.5 / count);

/**
 * a = sum (m - t_i)^3 / (6 (sum (m - t_i)^2)^{3/2}), t_i the statistic without unit i, m their mean (Efron &
 * Tibshirani 14.15). 0 where nothing varies or leaving a unit out leaves no statistic.
 */
function jackknifeAcceleration(
  columns: readonly ArrayLike<number>[],
  totals: Float64Array,
  statistic: (means: Float64Array) => number,
): number {
  const units = columns[0].length;
  const means = new Float64Array(columns.length);
  const without = new Float64Array(units);
  for (let i = 0; i < units; i++) {
    for (let c = 0; c < columns.length; c++) means[c] = (totals[c] - columns[c][i]) / (units - 1);
    without[i] = statistic(means);
  }
  const centre = sum(without) / units;
  let squares = 0;
  let cubes = 0;
  for (const value of without) {
    squares += (centre - value) ** 2;
    cubes += (centre - value) ** 3;
  }
  const acceleration = cubes / (6 * squares ** 1.5);
  return Number.isFinite(acceleration) ? acceleration : 0;
}

/** Phi(z0 + (z0 + z) / (1 - a (z0 + z))): which percentile of the replicates stands for probability p (14.10). */
function adjusted(p: number, bias: number, acceleration: number): number {
  const shifted = bias + normalQuantile(p);
  return normalCdf(bias + shifted / (1 - acceleration * shifted));
}

/** `adjusted`, solved for p, at the percentile where the threshold stands. */
function tailAbove(replicates: Float64Array, threshold: number, bias: number, acceleration: number): number {
  const count = replicates.length;
  const share = (countBelow(replicates, threshold, true) + 1) / (count + 1);
  if (share >= 1) return 1 - 1 / (count + 1);
  const shifted = normalQuantile(share) - bias;
  const p = normalCdf(shifted / (1 + acceleration * shifted) - bias);
  return Math.min(Math.max(p, 1 / (count + 1)), 1 - 1 / (count + 1));
}

/** How many of the ascending values are below the limit, or at most the limit. */
function countBelow(ascending: Float64Array, limit: number, orEqual = false): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < limit || (orEqual && ascending[middle] === limit)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Quantile with linear interpolation at p (n + 1) - 1, held inside the values (Hyndman & Fan 1996, type 6). */
function quantile(ascending: Float64Array, p: number): number {
  const position = Math.min(Math.max(p * (ascending.length + 1) - 1, 0), ascending.length - 1);
  const below = Math.floor(position);
  const share = position - below;
  // Weight 0 must not touch the next value: it may be infinite.
  return share === 0 ? ascending[below] : (1 - share) * ascending[below] + share * ascending[below + 1];
}

export function requireSameLength(caller: string, first: number, second: number): void {
  if (first !== second) {
    throw new EvidenceError(
      'units-do-not-match',
      `${caller}: expected one value per unit on both sides, got ${first} and ${second}; pair the same units.`,
    );
  }
}

function requireNotNegative(values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (values[i] < 0) {
      throw new EvidenceError(
        'ratio-undefined',
        `bootstrapRatio: expected values of at least 0, got ${values[i]} at index ${i}; compare differences instead.`,
      );
    }
  }
}
