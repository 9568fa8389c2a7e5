import { describe, expect, it } from 'vitest';
import { changesOf } from './diff.ts';
import { planSchedule } from './planner.ts';
import { repairSchedule } from './repair.ts';
import { randomState } from './testing/random-state.ts';
import type { ScheduleEvent, ScheduleState } from './types.ts';
import { scoreSchedule } from './validate/score.ts';
import { validateSchedule } from './validate/validate.ts';

const ids = ['mon', 'tue', 'wed'];
const state: ScheduleState = {
  timeZone: 'Europe/Madrid',
  slots: ids.map((id, k) => ({
    ...{ id, start: `2026-10-${19 + k}T09:00:00+02:00`, end: `2026-10-${19 + k}T10:00:00+02:00` },
  })),
  learners: [
    { id: 'Ada', available: ['mon', 'tue'], needs: [{ skill: 'ratio', sessions: 1, gain: 10 }] },
    { id: 'Bo', available: ['tue', 'wed'], needs: [{ skill: 'ratio', sessions: 1, gain: 8 }] },
  ],
  tutors: [
    { id: 'Tom', skills: { ratio: 1 }, available: ids, most: 3 },
    { id: 'Tim', skills: { ratio: 0.5 }, available: ids, most: 3 },
  ],
};
const plan = {
  assignments: [
    { learner: 'Ada', skill: 'ratio', tutor: 'Tom', slot: 'mon' },
    { learner: 'Bo', skill: 'ratio', tutor: 'Tom', slot: 'tue' },
  ],
};

describe('repairSchedule', () => {
  // Ada cannot come on Monday: with Tim she gains 5, with Tom on Tuesday 10, but then Bo moves to Wednesday.
  const event: ScheduleEvent = { kind: 'learner-out', learner: 'Ada', slots: ['mon'] };

  it('moves somebody when that is worth more than the price, and nobody when it is not', async () => {
    const [cheap] = await repairSchedule(state, plan, [event], { changeCost: 2, work: 400, alternatives: true });
    expect(cheap.broken).toEqual([plan.assignments[0]]);
    expect(cheap.balanced).toMatchObject({ value: 18, kept: 0, moved: 1, violations: [] });
    expect(cheap.balanced.plan).toMatchObject({ objective: 16, terms: { change: -2 } });
    expect(cheap.balanced.changed).toEqual([
      { learner: 'Ada', was: [plan.assignments[0]], now: [{ ...plan.assignments[0], slot: 'tue' }] },
      { learner: 'Bo', was: [plan.assignments[1]], now: [{ ...plan.assignments[1], slot: 'wed' }] },
    ]);
    expect(cheap.keep).toMatchObject({ value: 13, kept: 1, moved: 0 });
    expect(cheap.best).toMatchObject({ value: 18 });
    const [dear] = await repairSchedule(state, plan, [event], { changeCost: 6, work: 400 });
    expect(dear.balanced).toMatchObject({ value: 13, kept: 1, moved: 0 });
    expect(dear.keep).toBeNull();
  });

  it('refuses a negative price', async () => {
    await expect(repairSchedule(state, plan, [event], { changeCost: -1 })).rejects.toThrow(
      'expected a price per change of 0 or more, got -1',
    );
  });

  it('takes events one after another and numbers their errors', async () => {
    const steps = await repairSchedule(
      state,
      plan,
      [event, { kind: 'tutor-gone', tutor: 'Tim' }, { kind: 'slot-closed', slot: 'tue' }],
      { changeCost: 1, work: 400 },
    );
    expect(steps.map(({ balanced }) => balanced.value)).toEqual([18, 18, 8]);
    expect(steps[2].balanced.unmet[0]).toMatchObject({ learner: 'Ada', reason: 'learner-unavailable' });
    const wrong: ScheduleEvent = { kind: 'tutor-gone', tutor: 'Tum' };
    await expect(repairSchedule(state, plan, [event, wrong], { work: 100 })).rejects.toThrow(/event 2 \(tutor-gone\)/);
  });

  it('keeps the rules and its own account of what changed, on random states', async () => {
    for (let seed = 0; seed < 5; seed++) {
      const start = randomState(seed);
      const { plan: first } = await planSchedule(start, { work: 300, seed });
      const events: ScheduleEvent[] = [
        { kind: 'tutor-out', tutor: 'T0' },
        { kind: 'learner-gone', learner: 'L1' },
      ];
      const steps = await repairSchedule(start, first, events, { changeCost: 1, work: 300, seed, alternatives: true });
      let before = first.assignments;
      for (const { state: now, balanced, keep, best, broken } of steps) {
        for (const answer of [balanced, keep, best]) {
          if (answer === null) continue;
          expect(validateSchedule(now, answer.plan)).toEqual([]);
          expect(answer.kept + answer.moved + broken.length).toBe(before.length);
          expect(answer.changed).toEqual(changesOf(before, answer.plan.assignments));
          const plain = { ...now, published: [], weights: { ...now.weights, change: 0 } };
          expect(scoreSchedule(plain, answer.plan.assignments).objective).toBeCloseTo(answer.value, 9);
        }
        expect(keep?.moved).toBe(0);
        before = balanced.plan.assignments;
      }
    }
  });
});
