import { describe, expect, it } from 'vitest';
import { scheduleBaselines } from './baselines.ts';
import { compileSchedule } from './compile/compile.ts';
import { createRoster } from './roster/roster.ts';
import { randomState } from './testing/random-state.ts';
import type { ScheduleState } from './types.ts';
import { unmetDemand } from './unmet.ts';
import { scoreSchedule } from './validate/score.ts';
import { validateSchedule } from './validate/validate.ts';

const ids = ['mon', 'tue'];
const base: ScheduleState = {
  timeZone: 'Europe/Madrid',
  slots: ids.map((id, k) => ({
    ...{ id, start: `2026-10-${19 + k}T09:00:00+02:00`, end: `2026-10-${19 + k}T10:00:00+02:00` },
  })),
  learners: ['Ada', 'Bo'].map((id) => ({ id, available: ids, needs: [{ skill: 'ratio', sessions: 1, gain: 3 }] })),
  tutors: [{ id: 'Tom', skills: { ratio: 1 }, available: ids, most: 2 }],
};
const unmetOf = (state: ScheduleState) => {
  const plan = scheduleBaselines[0].plan(state);
  return unmetDemand(compileSchedule(state), plan.assignments);
};
const tutor = base.tutors[0];
const [ada, bo] = base.learners;

describe('unmetDemand', () => {
  it('is empty when everybody gets what they want', () => expect(unmetOf(base)).toEqual([]));

  it.each<[string, Partial<ScheduleState>, string, RegExp, RegExp | null]>([
    [
      'no tutor for a skill',
      { tutors: [{ ...tutor, skills: {} }] },
      'no-tutor',
      /nobody teaches ratio \(Tom has no skills\)/,
      /Find somebody/,
    ],
    [
      'everyone unavailable',
      { learners: [{ ...ada, available: [] }] },
      'learner-unavailable',
      /Ada has no free slot/,
      /Ada comes in mon, when Tom is free/,
    ],
    [
      'tutors unavailable',
      { tutors: [{ ...tutor, available: [] }] },
      'tutor-unavailable',
      /nobody who teaches ratio has a free slot \(Tom has no hours\)/,
      /Tom teaches in/,
    ],
    [
      'no time in common',
      { learners: [{ ...ada, available: ['mon'] }], tutors: [{ ...tutor, available: ['tue'] }] },
      'no-common-slot',
      /free when Ada is/,
      /Tom teaches in mon too/,
    ],
    [
      'no language',
      { learners: [{ ...ada, languages: ['ca'] }], tutors: [{ ...tutor, languages: ['es'] }] },
      'no-language',
      /language of Ada/,
      null,
    ],
    [
      'capacity below demand',
      { tutors: [{ ...tutor, most: 1 }] },
      'tutors-full',
      /as many sessions/,
      /takes one session more/,
    ],
    [
      'slots below demand',
      { tutors: [{ ...tutor, available: ['mon'] }] },
      'lost-to-others',
      /with others/,
      /Tom teaches in tue/,
    ],
    [
      'no room that suits',
      { rooms: [{ id: 'R', seats: 1 }], learners: [{ ...ada, access: ['step-free'] }] },
      'no-room',
      /no room that suits both/,
      /One more room in mon/,
    ],
    [
      'rooms full',
      { rooms: [{ id: 'R', seats: 1, available: ['mon'] }], tutors: [tutor, { ...tutor, id: 'Tim' }] },
      'rooms-full',
      /no suitable room/,
      /One more room/,
    ],
    [
      'resource used up',
      {
        resources: [{ id: 'tablet', quantity: 1, skills: ['ratio'] }],
        learners: [
          { ...ada, available: ['mon'] },
          { ...bo, available: ['mon'] },
        ],
        tutors: [tutor, { ...tutor, id: 'Tim' }],
      },
      'resource',
      /in use by others/,
      /One more of what/,
    ],
    [
      'a price above the gain',
      { tutors: [{ ...tutor, cost: 9 }] },
      'not-worth-it',
      /costs more points .* than it gains/,
      null,
    ],
  ])('%s', (_, change, reason, message, fix) => {
    const [first] = unmetOf({ ...base, ...change });
    expect(first.reason).toBe(reason);
    expect(first.message).toMatch(message);
    if (fix === null) expect(first.fixes).toEqual([]);
    else
      expect(
        first.fixes.some((each) => fix.test(each.message)),
        JSON.stringify(first.fixes),
      ).toBe(true);
  });

  it('names changes that do help, and by how much', () => {
    let tried = 0;
    for (let seed = 0; seed < 60; seed++) {
      const state = randomState(seed, { plain: true });
      const plan = scheduleBaselines[1].plan(state);
      for (const { learner, skill, fixes } of unmetDemand(compileSchedule(state), plan.assignments)) {
        for (const { kind, tutor: teacher, slot, value } of fixes) {
          if (kind !== 'tutor-hour') continue;
          const tutors = state.tutors.map((each) =>
            each.id === teacher ? { ...each, available: [...each.available, slot as string] } : each,
          );
          const now = { ...state, tutors };
          const assignments = [...plan.assignments, { learner, skill, tutor: teacher as string, slot: slot as string }];
          expect(validateSchedule(now, { assignments })).toEqual([]);
          const gained = scoreSchedule(now, assignments).objective - scoreSchedule(now, plan.assignments).objective;
          // Where everybody's hours are tried at once, a tutor nobody could be taught by may count as able.
          if (state.weights?.load === 0) expect(gained).toBeCloseTo(value, 9);
          tried++;
        }
      }
    }
    expect(tried).toBeGreaterThan(3);
  });

  it('agrees with the roster on what still fits', () => {
    const state = randomState(7);
    const compiled = compileSchedule(state);
    const plan = scheduleBaselines[0].plan(state);
    const roster = createRoster(compiled.model, compiled.choiceOf(plan.assignments));
    expect(compiled.planOf(roster.choice()).assignments).toEqual(plan.assignments);
  });
});
