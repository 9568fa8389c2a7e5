import { createSkillGraph } from '@qurriculum/course';
import { FSRSAlgorithm } from 'ts-fsrs';
import { describe, expect, it } from 'vitest';
import { createMemoryModel, type SkillMemory } from '../memory/memory-model.ts';
import { defaultMemoryWeights } from '../memory/weights.ts';
import { expectedMastery, practiseInThought, recallOn } from './beliefs.ts';
import { beliefsFromMemory } from './from-memory.ts';
import { memoryLaw, recallByMemory, strengthenByMemory } from './memory-law.ts';
import { createTracker } from './tracker.ts';

const DAY = 86_400;
const graph = createSkillGraph(
  ['a', 'b'].map((id) => ({ id, name: id })),
  [{ from: 'a', to: 'b', strength: 'hard' }],
);
const model = createMemoryModel();
const memory: SkillMemory = { stability: 4, difficulty: 6, last: 10 * DAY, answers: 3 };
const before = createTracker(graph).beliefs(20);
const after = beliefsFromMemory(before, model, [memory, null], (time) => time / DAY);

describe('beliefsFromMemory', () => {
  it('makes plans forget as learners are shown that they do', () => {
    for (const day of [10, 12.5, 20, 60]) {
      expect(recallOn(after, 0, day)).toBeCloseTo(model.retrievability(memory, day * DAY), 12);
      expect(expectedMastery(after, 0, day)).toBeCloseTo(
        expectedMastery(after, 0, 10) * model.retrievability(memory, day * DAY),
        12,
      );
    }
    expect(recallOn(after, 1, after.stability[1] + after.last[1])).toBeCloseTo(0.9, 12);
    expect(before.memory).toBeUndefined();
    expect(after.weight).toEqual(before.weight);
  });

  it('strengthens by practice in thought, and refuses memories for another number of skills', () => {
    practiseInThought(after, 0, 20, 1);
    expect(recallOn(after, 0, 20)).toBe(1);
    expect(recallOn(after, 0, 40)).toBeGreaterThan(model.retrievability(memory, 30 * DAY));
    expect(() => beliefsFromMemory(before, model, [null], (t) => t)).toThrow(
      'expected 2 memories, one per skill, got 1',
    );
  });
});

describe('strengthenByMemory', () => {
  it('moves stability between what ts-fsrs says of a right and of a wrong answer', () => {
    const law = memoryLaw(defaultMemoryWeights);
    const oracle = new FSRSAlgorithm({});
    const recalled = recallByMemory(law, 4, 9);
    const [again, good] = [1, 3].map((grade) => oracle.next_state({ stability: 4, difficulty: 6 }, 9, grade));
    const expected = recalled * Math.log(good.stability) + (1 - recalled) * Math.log(again.stability);
    expect(Math.log(strengthenByMemory(law, 4, 6, recalled, 1))).toBeCloseTo(expected, 6);
    // In the same sitting only right answers are expected.
    const same = oracle.next_state({ stability: 4, difficulty: 6 }, 0, 3);
    expect(strengthenByMemory(law, 4, 6, 1, 2)).toBeCloseTo(oracle.next_state(same, 0, 3).stability, 6);
  });
});
