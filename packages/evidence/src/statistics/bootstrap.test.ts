import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { bootstrapDifference, bootstrapMean, bootstrapOfMeans, bootstrapRatio } from './bootstrap.ts';
import { meanInterval } from './intervals.ts';

const random = createRandom('bootstrap tests');
const list = (length: number, draw: (index: number) => number): number[] => Array.from({ length }, (_, i) => draw(i));

/** Share of `trials` in which the interval covers the truth. */
function coverage(trials: number, truth: number, draw: (trial: number) => { low: number; high: number }): number {
  let covered = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { low, high } = draw(trial);
    if (low <= truth && truth <= high) covered++;
  }
  return covered / trials;
}

describe('bootstrapOfMeans', () => {
  it('agrees with the t interval where that is right: many normal values', () => {
    const values = list(2_000, () => 10 + random.normal());
    const expected = meanInterval(values);
    const actual = bootstrapMean(values, random.fork('resample'), { resamples: 8_000 });
    expect(actual.mean).toBeCloseTo(expected.mean, 12);
    expect(Math.abs(actual.low - expected.low)).toBeLessThan(0.05 * (expected.high - expected.low));
    expect(Math.abs(actual.high - expected.high)).toBeLessThan(0.05 * (expected.high - expected.low));
  });

  it('repeats itself for one seed', () => {
    const values = list(30, () => random.nextDouble());
    expect(bootstrapMean(values, createRandom(5))).toEqual(bootstrapMean(values, createRandom(5)));
    expect(bootstrapMean(values, createRandom(5))).not.toEqual(bootstrapMean(values, createRandom(6)));
  });

  it('is as wide as the t interval for few normal values, where plain percentiles are a fifth too narrow', () => {
    let ratio = 0;
    for (let trial = 0; trial < 100; trial++) {
      const stream = random.fork('few', trial);
      const values = list(10, () => stream.normal());
      const [expected, actual] = [meanInterval(values), bootstrapMean(values, stream.fork('resample'))];
      ratio += (actual.high - actual.low) / (expected.high - expected.low) / 100;
    }
    expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
  });

  it('has an interval of no width where nothing varies', () => {
    expect(bootstrapMean([2, 2, 2, 2], random)).toEqual({ mean: 2, low: 2, high: 2 });
    const same = bootstrapRatio([3, 5, 9], [3, 5, 9], random);
    expect(same.interval()).toEqual({ low: 1, high: 1 });
  });

  it('its tail is the level at which the lower end stands at the threshold', () => {
    const values = list(60, () => random.normal() ** 2);
    const distribution = bootstrapOfMeans([values], ([mean]) => mean, random.fork('tail'));
    for (const level of [0.5, 0.8, 0.95]) {
      const { low, high } = distribution.interval(level);
      expect(distribution.tailAbove(low)).toBeCloseTo((1 - level) / 2, 2);
      expect(distribution.tailAbove(high)).toBeCloseTo((1 + level) / 2, 2);
    }
    expect(distribution.tailAbove(-1)).toBeGreaterThanOrEqual(1 / 4_001);
    expect(distribution.tailAbove(-1)).toBeLessThan(1e-3);
    expect(distribution.tailAbove(1_000)).toBeGreaterThan(0.999);
  });

  it('refuses too few units, gaps and columns that do not match', () => {
    expect(() => bootstrapMean([1], random)).toThrow('expected at least 2 values, got 1');
    expect(() => bootstrapMean([1, Infinity], random)).toThrow('got Infinity at index 1');
    expect(() => bootstrapRatio([1, 2], [1, 2, 3], random)).toThrow('got 2 and 3; pair the same units');
    expect(() => bootstrapMean([1, 2], random, { resamples: 10 })).toThrow('got 10');
  });
});

describe('coverage by simulation (nominal .95; 600 trials, four standard errors = .036)', () => {
  const options = { resamples: 1_000 };

  it('of the ratio of paired means, lognormal times with a shared factor', () => {
    const truth = 0.83;
    const share = coverage(600, truth, (trial) => {
      const stream = createRandom('ratio').fork(trial);
      const learner = list(60, () => Math.exp(3 + 0.4 * stream.normal()));
      // Noise of mean 1, so that the ratio of expectations is the factor itself.
      const noise = () => Math.exp(0.3 * stream.normal() - 0.045);
      const baseline = learner.map((time) => time * noise());
      const challenger = learner.map((time) => truth * time * noise());
      return bootstrapRatio(baseline, challenger, stream.fork('resample'), options).interval();
    });
    expect(Math.abs(share - 0.95)).toBeLessThan(0.036);
  });

  it('of the paired difference of skewed values', () => {
    const share = coverage(600, 1, (trial) => {
      const stream = createRandom('difference').fork(trial);
      const baseline = list(80, () => 10 + stream.normal());
      const challenger = baseline.map((value) => value - Math.log(1 - stream.nextDouble()));
      return bootstrapDifference(baseline, challenger, stream.fork('resample'), options).interval();
    });
    expect(Math.abs(share - 0.95)).toBeLessThan(0.036);
  });

  it('of the ratio of independent normal sides, at the fewest units that get a verdict', () => {
    const share = coverage(600, 0.9, (trial) => {
      const stream = createRandom('independent').fork(trial);
      const baseline = list(30, () => 50 + 8 * stream.normal());
      const challenger = list(30, () => 45 + 8 * stream.normal());
      return bootstrapRatio(baseline, challenger, stream.fork('resample'), options).interval();
    });
    expect(Math.abs(share - 0.95)).toBeLessThan(0.036);
  });
});

describe('bootstrapRatio', () => {
  it('keeps pairs together: what units share cancels', () => {
    const baseline = list(50, () => 10 + 90 * random.nextDouble());
    const paired = bootstrapRatio(
      baseline,
      baseline.map((value) => 0.8 * value),
      random,
    );
    expect(paired.estimate).toBeCloseTo(0.8, 12);
    expect(paired.interval().low).toBeCloseTo(0.8, 12);
    expect(paired.interval().high).toBeCloseTo(0.8, 12);
  });

  it('refuses a baseline of nothing and values below nothing', () => {
    expect(() => bootstrapRatio([0, 0, 0], [1, 2, 3], random)).toThrow('compare differences instead');
    expect(() => bootstrapRatio([0, 0, 0.001], [1, 2, 3], random)).toThrow('compare differences instead');
    expect(() => bootstrapRatio([1, 2, -3], [1, 2, 3], random)).toThrow('got -3 at index 2');
  });
});
