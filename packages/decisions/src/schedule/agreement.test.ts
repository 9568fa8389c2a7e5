/**
 * One rule, read several times: the validator and score (ids and instants), the model with its judge (arrays), and the
 * roster (running totals) must agree on random states with every feature, on plans that keep the rules and on plans that
 * do not.
 */
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { firstComeChoice, greedyChoice } from './baselines.ts';
import { compileSchedule } from './compile/compile.ts';
import { evaluateChoice } from './engine/evaluate.ts';
import { ScheduleError } from './error.ts';
import type { ScheduleChoice } from './model.ts';
import { createRoster } from './roster/roster.ts';
import { requireState } from './state/read-state.ts';
import { randomState } from './testing/random-state.ts';
import { scoreSchedule } from './validate/score.ts';
import { validateSchedule } from './validate/validate.ts';

const seeds = Array.from({ length: 100 }, (_, k) => k);

/** Any options with any rooms: most such choices break something. */
function wildChoice(seed: number, options: number, rooms: number): ScheduleChoice {
  const random = createRandom(seed).fork('wild');
  const chosen = Int32Array.from({ length: options }, (_, o) => o).filter(() => random.chance(3 / options));
  return { options: chosen, rooms: chosen.map(() => (rooms === 0 ? -1 : random.integer(rooms))) };
}

describe('readings of one state', () => {
  it('agree on value, terms and whether rules are kept', () => {
    let [kept, broken] = [0, 0];
    for (const seed of seeds) {
      const state = randomState(seed, { plain: seed % 3 === 0 });
      requireState(state);
      const compiled = compileSchedule(state);
      const { model } = compiled;
      const options = model.optionTutor.length;
      const choices = [
        ...[greedyChoice(model), firstComeChoice(model)],
        ...[0, 1, 2].map((k) => wildChoice(10 * seed + k, options, model.rooms?.count ?? 0)),
      ];
      for (const choice of choices) {
        const plan = compiled.planOf(choice);
        const violations = validateSchedule(state, plan);
        const { broken: rules } = evaluateChoice(model, choice);
        const about = `seed ${seed}: ${JSON.stringify({ violations, rules })}`;
        expect(violations.length === 0, about).toBe(rules.length === 0);
        if (rules.length > 0) {
          broken++;
          continue;
        }
        kept++;
        const score = scoreSchedule(state, plan.assignments);
        expect(score.objective).toBeCloseTo(plan.objective, 9);
        for (const [term, value] of Object.entries(score.terms)) {
          expect(plan.terms[term as keyof typeof plan.terms], `seed ${seed} ${term}`).toBeCloseTo(value, 9);
        }
        // There and back.
        expect(compiled.choiceOf(plan.assignments)).toEqual(choice);
      }
    }
    expect(kept).toBeGreaterThan(100);
    expect(broken).toBeGreaterThan(100);
  });

  it('the roster fits exactly what keeps the rules, and adds what the judge says', () => {
    for (const seed of seeds.slice(0, 40)) {
      const state = randomState(seed, { plain: seed % 4 === 0 });
      const { model } = compileSchedule(state);
      const random = createRandom(seed);
      const roster = createRoster(model);
      const ownerless = { ...model, requestLeast: new Int32Array(model.requestLeast.length) };
      const order = random.shuffle(Array.from(model.optionTutor, (_, o) => o));
      for (const option of order) {
        const before = evaluateChoice(ownerless, roster.choice());
        const expected = roster.added(option);
        const reason = roster.refusal(option);
        if (reason === null) {
          roster.add(option);
          const after = evaluateChoice(ownerless, roster.choice());
          expect(after.broken, `seed ${seed}, option ${option}`).toEqual([]);
          expect(after.objective - before.objective).toBeCloseTo(expected, 9);
          if (random.chance(0.3)) {
            roster.remove(option);
            expect(evaluateChoice(ownerless, roster.choice()).objective).toBeCloseTo(before.objective, 9);
          }
          continue;
        }
        if (roster.has(option)) continue;
        // Whatever room it had, it would break a rule, other rooms left as they are.
        const { options, rooms } = roster.choice();
        const trial = Int32Array.from([...options, option]).sort();
        const places = model.rooms === null ? [-1] : Array.from({ length: model.rooms.count }, (_, r) => r);
        const cell = (o: number): number => model.optionTutor[o] * model.slots + model.optionSlot[o];
        const anyFits = places.some((room) => {
          const roomOf = (o: number): number => (cell(o) === cell(option) ? room : rooms[options.indexOf(o)]);
          return evaluateChoice(ownerless, { options: trial, rooms: trial.map(roomOf) }).broken.length === 0;
        });
        expect(anyFits, `seed ${seed}, option ${option}: ${reason}`).toBe(false);
      }
    }
  });
});

describe('pins', () => {
  const base = randomState(1, { plain: true });
  const slots = base.slots.map(({ id }) => id);
  const state = {
    ...base,
    tutors: ['Tom', 'Tim'].map((id) => ({ id, skills: { ratio: 1 }, available: slots, most: 5 })),
    learners: ['Ada', 'Bo'].map((id) => ({ id, available: slots, needs: [{ skill: 'ratio', sessions: 2, gain: 5 }] })),
  };

  it('are kept by every baseline and by what is read back', () => {
    const pins = [
      { learner: 'Ada', skill: 'ratio', slot: 'S3' },
      { learner: 'Ada', skill: 'ratio', tutor: 'Tim' },
      { learner: 'Bo', skill: 'ratio', tutor: 'Tom', slot: 'S0' },
    ];
    const compiled = compileSchedule({ ...state, pins });
    for (const choice of [greedyChoice(compiled.model), firstComeChoice(compiled.model)]) {
      expect(validateSchedule({ ...state, pins }, compiled.planOf(choice))).toEqual([]);
    }
    // The session in S3 with Tim keeps either pin: the other session decides which.
    const assignments = [
      { learner: 'Ada', skill: 'ratio', tutor: 'Tim', slot: 'S3' },
      { learner: 'Ada', skill: 'ratio', tutor: 'Tim', slot: 'S1' },
    ];
    const plan = compiled.planOf(compiled.choiceOf(assignments));
    expect(plan.assignments.map(({ slot }) => slot).sort()).toEqual(['S1', 'S3']);
  });

  it.each([
    [
      [
        { learner: 'Ada', skill: 'ratio', tutor: 'Tom', slot: 'S0' },
        { learner: 'Bo', skill: 'ratio', tutor: 'Tom', slot: 'S0' },
      ],
      /kept together, got learner "Ada".*tutor "Tom" in slot "S0" and learner "Bo".*tutor "Tom" in slot "S0"; change one/,
    ],
    [
      [
        { learner: 'Ada', skill: 'ratio', tutor: 'Tom', slot: 'S0' },
        { learner: 'Ada', skill: 'ratio', tutor: 'Tim', slot: 'S0' },
      ],
      /kept together/,
    ],
    [
      [{ learner: 'Ada', skill: 'ratio', tutor: 'Tam' }],
      /got learner "Ada".*: Tam does not teach ratio; change the pin/,
    ],
  ])('that clash are named: %j', (pins, message) => {
    const tutors = [...state.tutors, { id: 'Tam', skills: {}, available: slots, most: 1 }];
    let thrown: unknown;
    try {
      compileSchedule({ ...state, tutors, pins });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ScheduleError);
    expect((thrown as ScheduleError).code).toBe('BAD_PINS');
    expect((thrown as ScheduleError).message).toMatch(message);
  });
});
