import { cqmEnergy, cqmViolations } from '@qurriculum/problems';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { firstComeChoice } from '../baselines.ts';
import { evaluateChoice } from '../engine/evaluate.ts';
import type { ScheduleChoice } from '../model.ts';
import { randomState } from '../testing/random-state.ts';
import { scoreSchedule } from '../validate/score.ts';
import { formulateSchedule } from './formulate.ts';

/** Any options with any rooms, one room per cell: most such choices break something. */
function wildChoice(seed: number, model: ReturnType<typeof formulateSchedule>['compiled']['model']): ScheduleChoice {
  const random = createRandom(seed).fork('wild');
  const count = model.optionTutor.length;
  const options = Int32Array.from({ length: count }, (_, o) => o).filter(() => random.chance(3 / count));
  const roomOf = new Map<number, number>();
  const rooms = options.map((option) => {
    const cell = model.optionTutor[option] * model.slots + model.optionSlot[option];
    if (!roomOf.has(cell)) roomOf.set(cell, model.rooms === null ? -1 : random.integer(model.rooms.count));
    return roomOf.get(cell) as number;
  });
  return { options, rooms };
}

describe('formulateSchedule', () => {
  it('has the energy that the judge and the score give, and the same rules', () => {
    let [kept, broken] = [0, 0];
    for (let seed = 0; seed < 60; seed++) {
      const state = randomState(seed, { plain: seed % 3 === 0 });
      const { compiled, problem, valuesOf, decode, objectiveOf } = formulateSchedule(state);
      const { model } = compiled;
      for (const choice of [firstComeChoice(model), ...[0, 1, 2].map((k) => wildChoice(10 * seed + k, model))]) {
        const values = valuesOf(choice);
        const rows = cqmViolations(problem, values);
        const judged = evaluateChoice(model, choice);
        expect(rows.length === 0, `seed ${seed}: ${JSON.stringify({ rows, broken: judged.broken })}`).toBe(
          judged.broken.length === 0,
        );
        if (rows.length > 0) {
          broken++;
          continue;
        }
        kept++;
        const plan = decode(values);
        expect(objectiveOf(cqmEnergy(problem, values)), `seed ${seed}`).toBeCloseTo(plan.objective, 9);
        expect(scoreSchedule(state, plan.assignments).objective).toBeCloseTo(plan.objective, 9);
      }
    }
    expect(kept).toBeGreaterThan(60);
    expect(broken).toBeGreaterThan(60);
  });

  it('begins with a plan that keeps every row', () => {
    const { problem, initial } = formulateSchedule(randomState(11));
    expect(cqmViolations(problem, initial)).toEqual([]);
  });

  it('refuses shares that pairs cannot carry', () => {
    const state = randomState(2);
    const tutors = state.tutors.map((tutor) => ({ ...tutor, groupSize: 3 }));
    const uneven = { ...state, tutors, rules: { groupShare: [1, 0.9, 0.6] } };
    expect(() => formulateSchedule(uneven)).toThrow(/shares of groups that fall by equal steps, got 1, 0\.9, 0\.6/);
  });
});
