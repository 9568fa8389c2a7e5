import { describe, expect, it } from 'vitest';
import { scheduleBaselines } from '../baselines.ts';
import { randomState } from '../testing/random-state.ts';
import type { ScheduleAssignment, ScheduleState } from '../types.ts';
import { scoreSchedule } from '../validate/score.ts';
import { validateSchedule } from '../validate/validate.ts';
import { createAdviser } from './adviser.ts';
import { priceOfRule, withoutRule } from './rule-price.ts';

const keyOf = (each: ScheduleAssignment): string =>
  JSON.stringify([each.learner, each.skill, each.tutor, each.slot, each.room]);

/** The plan after a change told in words. */
function changed(
  plan: readonly ScheduleAssignment[],
  gone: readonly ScheduleAssignment[],
  come: readonly ScheduleAssignment[],
): ScheduleAssignment[] {
  const out = new Set(gone.map(keyOf));
  return [...plan.filter((each) => !out.has(keyOf(each))), ...come];
}

describe('suggest', () => {
  it('names places that keep the rules, worth what it says', () => {
    let [plain, moves] = [0, 0];
    for (let seed = 0; seed < 16; seed++) {
      const state = randomState(seed, { plain: seed % 3 === 0, learners: 6 });
      const assignments = scheduleBaselines[1].plan(state).assignments.filter((_, k) => k % 3 > 0);
      const before = scoreSchedule(state, assignments).objective;
      const adviser = createAdviser(state, { assignments });
      for (const { id, needs } of state.learners) {
        for (const { skill, sessions } of needs) {
          const met = assignments.filter((each) => each.learner === id && each.skill === skill).length;
          if (met >= sessions) continue;
          const suggestions = adviser.suggest({ learner: id, skill, limit: 50 });
          for (const { session, value, moves: others } of suggestions) {
            const gone = others.flatMap(({ was }) => was);
            const after = changed(assignments, gone, [session, ...others.flatMap(({ now }) => now)]);
            expect(validateSchedule(state, { assignments: after }), `seed ${seed}`).toEqual([]);
            expect(scoreSchedule(state, after).objective - before).toBeCloseTo(value, 9);
            if (others.length === 0) plain++;
            else moves++;
          }
          expect(suggestions.map(({ value }) => value)).toEqual(
            suggestions.map(({ value }) => value).sort((a, b) => b - a),
          );
        }
      }
    }
    expect(plain).toBeGreaterThan(5);
    expect(moves).toBeGreaterThan(5);
  });

  const state = randomState(4);
  const adviser = createAdviser(state, scheduleBaselines[0].plan(state));
  it.each([
    [{ learner: 'Eve', skill: 'ratio' }, /suggest: expected the id of a learner, got "Eve"/],
    [{ learner: 'L3', skill: 'history' }, /suggest: expected a need of L3, got "history"/],
  ])('refuses %j', (request, message) => expect(() => adviser.suggest(request)).toThrow(message));
});

describe('explain', () => {
  it('adds up, and names a second that is worth what it says', () => {
    let seconds = 0;
    for (let seed = 0; seed < 20; seed++) {
      const state = randomState(seed, { plain: seed % 2 === 0 });
      const plan = scheduleBaselines[0].plan(state);
      const { assignments } = plan;
      const adviser = createAdviser(state, plan);
      for (const learner of new Set(assignments.map((each) => each.learner))) {
        const explanations = adviser.explain({ learner });
        expect(explanations).toHaveLength(assignments.filter((each) => each.learner === learner).length);
        for (const { session, value, terms, runnerUp, possible, fitting } of explanations) {
          const without = scoreSchedule(state, changed(assignments, [session], []));
          expect(plan.objective - without.objective).toBeCloseTo(value, 9);
          for (const [name, term] of Object.entries(without.terms)) {
            const key = name as keyof typeof terms;
            expect(plan.terms[key] - term).toBeCloseTo(terms[key], 9);
          }
          expect(fitting).toBeLessThanOrEqual(possible);
          if (runnerUp === null) continue;
          seconds++;
          const gone = [session, ...runnerUp.moves.flatMap(({ was }) => was)];
          const after = changed(assignments, gone, [runnerUp.session, ...runnerUp.moves.flatMap(({ now }) => now)]);
          expect(validateSchedule(state, { assignments: after })).toEqual([]);
          expect(plan.objective - scoreSchedule(state, after).objective).toBeCloseTo(runnerUp.lost, 9);
        }
      }
    }
    expect(seconds).toBeGreaterThan(20);
  });

  it('says who holds a better place', () => {
    const state: ScheduleState = {
      timeZone: 'UTC',
      slots: ['mon', 'tue'].map((id, k) => ({
        ...{ id, start: `2026-10-${19 + k}T09:00:00Z`, end: `2026-10-${19 + k}T10:00:00Z` },
      })),
      learners: [
        { id: 'Ada', available: ['mon'], needs: [{ skill: 'ratio', sessions: 1, gain: 9 }] },
        { id: 'Bo', available: ['mon'], needs: [{ skill: 'ratio', sessions: 1, gain: 6 }] },
      ],
      tutors: [
        { id: 'Tom', skills: { ratio: 1 }, available: ['mon'], most: 1 },
        { id: 'Tim', skills: { ratio: 0.5 }, available: ['mon'], most: 1 },
      ],
    };
    const adviser = createAdviser(state, scheduleBaselines[0].plan(state));
    const [why] = adviser.explain({ learner: 'Bo' });
    expect(why).toMatchObject({ value: 3, possible: 2, fitting: 1, pin: null });
    expect(why.better).toMatchObject([{ advantage: 3, hurdle: 'tutor-busy', heldBy: ['Ada'] }]);
    expect(why.better[0].message).toBe('Tom in mon would be worth 3.0 points more, but Tom is with Ada then.');
    // Bo with Tom and Ada with Tim: 6 + 4.5 against 9 + 3.
    expect(why.runnerUp).toMatchObject({ lost: 1.5, moves: [{ learner: 'Ada' }] });
    expect(() => adviser.explain({ learner: 'Eve' })).toThrow(/explain: expected the id of a learner, got "Eve"/);
  });
});

describe('priceOfRule', () => {
  it('is what the best plans differ by', async () => {
    const slots = ['08', '10', '12'].map((hour) => ({
      ...{ id: hour, start: `2026-10-19T${hour}:00:00Z`, end: `2026-10-19T${hour}:45:00Z` },
    }));
    const available = slots.map(({ id }) => id);
    const state: ScheduleState = {
      ...{ timeZone: 'UTC', slots, rules: { mostPerDay: 2 } },
      learners: [{ id: 'Ada', available, needs: [{ skill: 'ratio', sessions: 3, gain: 4 }] }],
      tutors: [
        { id: 'Tom', skills: { ratio: 1 }, available, most: 3 },
        { id: 'Tim', skills: { ratio: 0.5 }, available, most: 3 },
      ],
      pins: [{ learner: 'Ada', skill: 'ratio', tutor: 'Tim' }],
    };
    const day = await priceOfRule(state, { rule: 'most-per-day' }, { work: 300 });
    expect(day.with.plan.objective).toBe(6);
    expect(day.price).toBe(4);
    const pin = await priceOfRule(state, { rule: 'pins', pin: 0 }, { work: 300 });
    expect(pin.price).toBe(2);
    for (const { between, price } of [day, pin]) {
      if (between === null) continue;
      expect(between[0]).toBeLessThanOrEqual(price);
      expect(between[1]).toBeGreaterThanOrEqual(price);
    }
    expect(withoutRule(state, { rule: 'most-load' }).tutors[0].most).toBe(10_000);
  });

  it('tells of both searches as one', async () => {
    const told: number[] = [];
    const onProgress = ({ fraction }: { fraction: number }): void => void told.push(fraction);
    // By work, not by time: on a busy machine the first slice of a short time may be its last.
    await priceOfRule(randomState(5, { learners: 40 }), { rule: 'pins' }, { work: 15_000, onProgress });
    expect(told.length).toBeGreaterThan(2);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told[0]).toBeLessThan(0.5);
    expect(told.at(-1)).toBeGreaterThan(0.5);
    expect(told.at(-1)).toBeLessThanOrEqual(1);
  });
});
