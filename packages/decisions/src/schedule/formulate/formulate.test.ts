import { cqmEnergy, cqmViolations } from '@qurriculum/problems';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { firstComeChoice } from '../baselines.ts';
import { evaluateChoice } from '../engine/evaluate.ts';
import type { ScheduleChoice } from '../model.ts';
import { randomState } from '../testing/random-state.ts';
import type { ScheduleState } from '../types.ts';
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
      const drawn = randomState(seed, { plain: seed % 3 === 0 });
      // Shares that fall by unequal steps, every other time.
      const state = seed % 2 === 0 ? drawn : { ...drawn, rules: { ...drawn.rules, groupShare: [1, 0.9, 0.6] } };
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

  it.each([[[1, 0.9, 0.8, 0.7]], [[1, 0.9, 0.6]], [[1, 1, 0.7, 0.7]], [[1, 0.5, 0.4, 0.35]]])(
    'counts every group of one session as shares %j say',
    (groupShare) => {
      const gains = [3, 5, 8, 13];
      const [slot] = randomState(0, { plain: true }).slots;
      const state: ScheduleState = {
        ...{ timeZone: 'Europe/Madrid', slots: [slot], rules: { groupShare } },
        tutors: [{ id: 'Tom', skills: { ratio: 1 }, available: [slot.id], most: 1, cost: 2, groupSize: 4 }],
        learners: gains.map((gain, k) => ({
          ...{ id: `L${k}`, available: [slot.id], needs: [{ skill: 'ratio', sessions: 1, gain }] },
        })),
      };
      const { problem, valuesOf, objectiveOf } = formulateSchedule(state);
      for (let set = 1; set < 2 ** gains.length; set++) {
        const options = Int32Array.from(gains.keys()).filter((k) => (set >> k) & 1);
        const values = valuesOf({ options, rooms: options.map(() => -1) });
        const tooMany = options.length > groupShare.length;
        expect(cqmViolations(problem, values).length > 0).toBe(tooMany);
        if (tooMany) continue;
        const sum = options.reduce((all, k) => all + gains[k], 0);
        expect(objectiveOf(cqmEnergy(problem, values))).toBeCloseTo(groupShare[options.length - 1] * sum - 2, 9);
        // A count that is not so breaks a row: no sample gains by it.
        for (let v = gains.length; v < values.length; v++) {
          const wrong = values.with(v, 1 - values[v]);
          expect(cqmViolations(problem, wrong)).not.toEqual([]);
        }
      }
    },
  );
});

describe('squares as pairs', () => {
  // Two sessions each, so that a price per distinct tutor is a square too.
  const stateOf = (seed: number): ScheduleState => {
    const state = randomState(seed, { plain: true });
    const learners = state.learners.map((learner) => ({
      ...learner,
      needs: learner.needs.slice(0, 1).map((need) => ({ ...need, sessions: 2 })),
    }));
    const tutors = state.tutors.map(({ least: _, ...tutor }) => tutor);
    const weights = { gain: 1, cost: 1, continuity: 3, load: 0.5 };
    return { ...state, learners, tutors, weights, pins: [], published: [], loadFairness: 'squares' };
  };

  it('orders plans of one size as objectives do, with binary variables only', () => {
    let compared = 0;
    for (let seed = 0; seed < 30; seed++) {
      const { compiled, problem, valuesOf, decode } = formulateSchedule(stateOf(seed), { squares: 'pairs' });
      expect(problem.variables.every(({ kind }) => kind === 'BINARY')).toBe(true);
      const tutors = new Set(compiled.model.optionTutor).size;
      const figures = [0, 1, 2, 3, 4, 5].flatMap((k) => {
        const values = valuesOf(wildChoice(10 * seed + k, compiled.model));
        if (cqmViolations(problem, values).length > 0) return [];
        const plan = decode(values);
        // About the target the squares differ from those about the mean by a constant and what the size of a plan adds.
        const size = plan.assignments.length;
        return [{ size, sum: cqmEnergy(problem, values) + plan.objective, tutors }];
      });
      for (const a of figures) {
        for (const b of figures) {
          if (a === b || a.size !== b.size) continue;
          compared++;
          expect(a.sum, `seed ${seed}`).toBeCloseTo(b.sum, 9);
        }
      }
    }
    expect(compared).toBeGreaterThan(20);
  });

  it('of a few sessions per request leaves plans that hold in the whole schedule', () => {
    const state = stateOf(3);
    const whole = formulateSchedule(state);
    const { compiled, decode, initial, problem } = formulateSchedule(state, { mostPerRequest: 3, squares: 'pairs' });
    expect(compiled.model.optionTutor.length).toBeLessThan(whole.compiled.model.optionTutor.length);
    expect(cqmViolations(problem, initial)).toEqual([]);
    const plan = decode(initial);
    expect(plan.assignments.length).toBeGreaterThan(0);
    expect(scoreSchedule(state, plan.assignments).objective).toBeCloseTo(plan.objective, 9);
    const back = compiled.planOf(compiled.choiceOf(plan.assignments));
    expect(back.assignments).toEqual(plan.assignments);
  });
});
