import { describe, expect, it } from 'vitest';
import { type Curves, medianSteps, objectiveRange, spread } from './curves.ts';

const points = (...steps: readonly (readonly [number, number])[]) =>
  steps.map(([seconds, objective]) => ({ seconds, objective }));

describe('median of step curves', () => {
  it('is what half of them had by then, in either sense', () => {
    const curves = [points([1, 10], [3, 20]), points([2, 12]), points([1, 5], [4, 30])];
    // At 1: 10, 5, none; at 2: 10, 12, 5; at 3: 20, 12, 5; at 4: 20, 12, 30.
    expect(medianSteps(curves, 'maximise')).toEqual(points([1, 5], [2, 10], [3, 12], [4, 20]));
    const falling = curves.map((curve) => curve.map((point) => ({ ...point, objective: -point.objective })));
    expect(medianSteps(falling, 'minimise').map(({ objective }) => -objective)).toEqual([5, 10, 12, 20]);
  });

  it('begins when half of them have a value, and is the curve itself for one', () => {
    expect(medianSteps([points([1, 3]), [], []], 'maximise')).toEqual([]);
    expect(medianSteps([points([1, 3], [2, 4])], 'maximise')).toEqual(points([1, 3], [2, 4]));
  });
});

const curvesFrom = (...ends: readonly number[]): Curves => ({
  solves: ends.map((end, key) => ({ key: String(key), solver: 'a', points: points([0.001, -1000], [1, end]) })),
  solvers: [],
});

describe('the objectives that are shown', () => {
  it('leave out the first instants and hold every end', () => {
    const { low, high } = objectiveRange(curvesFrom(980, 1000), null);
    expect(low).toBeGreaterThan(900);
    expect(low).toBeLessThan(980);
    expect(high).toBeGreaterThan(1000);
  });

  it('hold the bound where it is near', () => {
    expect(objectiveRange(curvesFrom(980, 1000), 1030)).toMatchObject({ showsBound: true });
    expect(objectiveRange(curvesFrom(980, 1000), 1030).high).toBeGreaterThan(1030);
    expect(objectiveRange(curvesFrom(980, 1000), 5000)).toMatchObject({ showsBound: false });
  });

  it('have some height where all ends are equal', () => {
    const { low, high } = objectiveRange(
      { solves: [{ key: '0', solver: 'a', points: points([1, 0]) }], solvers: [] },
      0,
    );
    expect(high).toBeGreaterThan(low);
  });
});

describe('labels', () => {
  it('move apart, keep their order and stay inside', () => {
    expect(spread([50, 52, 90], 14, 100)).toEqual([50, 64, 90]);
    expect(spread([98, 99, 100], 14, 100)).toEqual([72, 86, 100]);
    expect(spread([99, 98], 14, 100)).toEqual([100, 86]);
    expect(spread([], 14, 100)).toEqual([]);
  });
});
