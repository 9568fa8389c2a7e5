import { createRandom } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareWithIntervals, measure, measureWithIntervals, type Predictions, reliability } from './metrics.ts';

function predictions(rows: readonly (readonly [number, number])[], learner = (row: number) => row): Predictions {
  return {
    probability: Float64Array.from(rows, ([p]) => p),
    correct: Uint8Array.from(rows, ([, c]) => c),
    learner: Int32Array.from(rows, (_, row) => learner(row)),
  };
}

const anyRows = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 10 }).map((k) => k / 10),
    fc.constantFrom(0, 1),
  ),
  {
    minLength: 1,
    maxLength: 40,
  },
);

describe('measure', () => {
  it('agrees with the definitions, ties counted half', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const { auc, rmse } = measure(predictions(rows));
        const rights = rows.filter(([, c]) => c === 1);
        const wrongs = rows.filter(([, c]) => c === 0);
        const wins: number[] = rights.flatMap(([p]) => wrongs.map(([q]) => (p > q ? 1 : p === q ? 0.5 : 0)));
        const expected = wins.reduce((sum, win) => sum + win, 0) / wins.length;
        if (Number.isNaN(expected)) expect(auc).toBeNaN();
        else expect(auc).toBeCloseTo(expected, 12);
        expect(rmse).toBeCloseTo(Math.sqrt(rows.reduce((sum, [p, c]) => sum + (p - c) ** 2, 0) / rows.length), 12);
      }),
    );
  });

  it('gives the figures of a hand-worked example', () => {
    const rows = [
      [0.9, 1],
      [0.9, 0],
      [0.2, 0],
      [0.2, 0],
    ] as const;
    const { auc, nll, ece } = measure(predictions(rows));
    expect(auc).toBeCloseTo(2.5 / 3, 12);
    expect(nll).toBeCloseTo(-(Math.log(0.9) + Math.log(0.1) + 2 * Math.log(0.8)) / 4, 12);
    expect(ece).toBeCloseTo((2 * 0.4 + 2 * 0.2) / 4, 12);
    const filled = reliability(predictions(rows)).filter((bin) => bin.rows > 0);
    expect(filled.map((bin) => [bin.rows, bin.meanProbability, bin.shareRight])).toEqual([
      [2, 0.2, 0],
      [2, 0.9, 0.5],
    ]);
  });

  it('stays finite on a certain prediction that was wrong, and refuses what is no probability', () => {
    expect(measure(predictions([[1, 0]])).nll).toBeCloseTo(34.54, 2);
    expect(() => measure(predictions([[Number.NaN, 0]]))).toThrow(/expected probabilities from 0 to 1/);
  });
});

describe('measureWithIntervals', () => {
  const random = createRandom(11);
  const rows = Array.from({ length: 4000 }, () => {
    const p = random.nextDouble();
    return [p, random.chance(p) ? 1 : 0] as const;
  });

  it('contains the truth, repeats with its seed, and widens when rows come from few learners', () => {
    const independent = measureWithIntervals(predictions(rows), createRandom(1));
    // For p uniform and answers drawn from it: AUC 5/6, RMSE sqrt(1/6), NLL 1/2.
    expect(independent.auc.low).toBeLessThan(5 / 6);
    expect(independent.auc.high).toBeGreaterThan(5 / 6);
    expect(independent.rmse.low).toBeLessThan(Math.sqrt(1 / 6));
    expect(independent.rmse.high).toBeGreaterThan(Math.sqrt(1 / 6));
    expect(independent.nll.low).toBeLessThan(0.5);
    expect(independent.nll.high).toBeGreaterThan(0.5);
    expect(measureWithIntervals(predictions(rows), createRandom(1))).toEqual(independent);
    const sorted = [...rows].sort((a, b) => a[1] - b[1]);
    const clustered = measureWithIntervals(
      predictions(sorted, (row) => Math.floor(row / 200)),
      createRandom(1),
    );
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    expect(width(clustered.nll)).toBeGreaterThan(width(independent.nll));
  });

  it('matches the standard error of a mean', () => {
    const { nll } = measureWithIntervals(predictions(rows), createRandom(2), 400);
    const losses = rows.map(([p, c]) => -Math.log(c === 1 ? p : 1 - p));
    const mean = losses.reduce((a, b) => a + b, 0) / rows.length;
    const variance = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / (rows.length - 1);
    expect((nll.high - nll.low) / (2 * 1.96 * Math.sqrt(variance / rows.length))).toBeCloseTo(1, 0);
  });
});

describe('compareWithIntervals', () => {
  const random = createRandom(12);
  const truth = Array.from({ length: 3000 }, () => random.nextDouble());
  const correct = truth.map((p) => (random.chance(p) ? 1 : 0));
  const of = (change: (p: number) => number) => predictions(truth.map((p, row) => [change(p), correct[row]] as const));

  it('is narrower than two intervals apart, and has the standard error of the paired differences', () => {
    const [exact, blunt] = [of((p) => p), of((p) => 0.9 * p + 0.05)];
    const { nll, auc } = compareWithIntervals(blunt, exact, createRandom(3), 400);
    const loss = (q: number, row: number) => -Math.log(correct[row] === 1 ? q : 1 - q);
    const differences = truth.map((p, row) => loss(p, row) - loss(0.9 * p + 0.05, row));
    const mean = differences.reduce((a, b) => a + b, 0) / differences.length;
    const variance = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (differences.length - 1);
    expect(nll.mean).toBeCloseTo(mean, 12);
    expect((nll.high - nll.low) / (2 * 1.96 * Math.sqrt(variance / differences.length))).toBeCloseTo(1, 0);
    const apart = measureWithIntervals(exact, createRandom(3), 400).nll;
    expect(nll.high - nll.low).toBeLessThan((apart.high - apart.low) / 2);
    // A monotone change of all probabilities leaves their order.
    expect(auc).toEqual({ mean: 0, low: 0, high: 0 });
  });

  it('refuses predictions of other rows', () => {
    const other = { ...of((p) => p), correct: Uint8Array.from(correct, (value) => 1 - value) };
    expect(() =>
      compareWithIntervals(
        of((p) => p),
        other,
        createRandom(1),
      ),
    ).toThrow(/expected predictions of the same rows/);
  });
});
