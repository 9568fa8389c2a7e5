import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { measureGroups } from './groups.ts';
import { measure } from './metrics.ts';

describe('measureGroups', () => {
  const random = createRandom(4);
  const rows = 6000;
  const learner = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / 20));
  const truth = Float64Array.from({ length: rows }, () => random.nextDouble());
  const correct = Uint8Array.from(truth, (p) => (random.chance(p) ? 1 : 0));
  const groupOf = (index: number) => (index % 3 === 0 ? 'north' : index % 3 === 1 ? 'south' : null);
  // The south is expected to do .1 worse than it does.
  const probability = truth.map((p, row) => (groupOf(learner[row]) === 'south' ? Math.max(0, p - 0.1) : p));

  it('finds the group that is misjudged, and leaves out learners without a group', () => {
    const figures = measureGroups({ probability, correct, learner }, groupOf, createRandom(1));
    expect(figures.map(({ group, rows, learners }) => [group, rows, learners])).toEqual([
      ['north', 2000, 100],
      ['south', 2000, 100],
    ]);
    const [north, south] = figures;
    expect(north.bias.low).toBeLessThan(0);
    expect(north.bias.high).toBeGreaterThan(0);
    // p - .1 cut off at 0 is .095 too low on average over p uniform on [0, 1].
    expect(south.bias.low).toBeLessThan(-0.095);
    expect(south.bias.high).toBeGreaterThan(-0.095);
    expect(south.bias.high).toBeLessThan(0);
  });

  it('measures a group as its rows alone', () => {
    const own = [...learner.keys()].filter((row) => groupOf(learner[row]) === 'north');
    const alone = measure({
      probability: Float64Array.from(own, (row) => probability[row]),
      correct: Uint8Array.from(own, (row) => correct[row]),
      learner: Int32Array.from(own, (row) => learner[row]),
    });
    const [north] = measureGroups({ probability, correct, learner }, groupOf, createRandom(1), 100);
    expect(north.auc.mean).toBe(alone.auc);
    expect(north.nll.mean).toBe(alone.nll);
  });
});
