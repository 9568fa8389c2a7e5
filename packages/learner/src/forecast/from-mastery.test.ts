import { createSkillGraph } from '@qurriculum/course';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedMastery } from './beliefs.ts';
import { beliefsFromMastery } from './from-mastery.ts';
import { createTracker } from './tracker.ts';

const graph = createSkillGraph(
  ['a', 'b'].map((id) => ({ id, name: id })),
  [{ from: 'a', to: 'b', strength: 'hard' }],
);

describe('beliefsFromMastery', () => {
  it('gives the estimate back as the mastery expected at the last practice, whatever the answers were', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (answers, mean) => {
          const tracker = createTracker(graph);
          for (const correct of answers) tracker.answered(1, 3, correct);
          const beliefs = tracker.beliefs(3);
          const anchored = beliefsFromMastery(beliefs, Float64Array.of(Number.NaN, mean));
          expect(expectedMastery(anchored, 1, anchored.last[1])).toBeCloseTo(mean, 9);
          expect(expectedMastery(anchored, 0, 3)).toBe(expectedMastery(beliefs, 0, 3));
          const weights = anchored.weight.subarray(anchored.components, 2 * anchored.components);
          expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 9);
          expect(Math.max(...anchored.level)).toBeLessThanOrEqual(1);
          expect(Math.min(...anchored.level)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  it('refuses estimates for another number of skills', () => {
    const beliefs = createTracker(graph).beliefs(0);
    expect(() => beliefsFromMastery(beliefs, new Float64Array(3))).toThrow(
      'expected 2 estimates, one per skill, got 3',
    );
  });
});
