import { describe, expect, it } from 'vitest';
import { compileSchedule } from './compile/compile.ts';
import { bestOfAll } from './engine/testing/random-model.ts';
import { boundOf } from './planner.ts';
import { randomState } from './testing/random-state.ts';
import type { ScheduleState } from './types.ts';

describe('boundOf', () => {
  it('is never below the best of all plans, however short', async () => {
    let compared = 0;
    for (let seed = 0; seed < 60; seed++) {
      const state = randomState(seed, { learners: 3, tutors: 2, slots: 4 });
      const { model, offset } = compileSchedule(state);
      if (model.optionTutor.length > 12) continue;
      const best = bestOfAll(model);
      if (best === null) continue;
      compared++;
      for (const iterations of [1, 20, 500]) {
        expect(await boundOf(state, { iterations })).toBeGreaterThanOrEqual(best.objective + offset - 1e-9);
      }
    }
    expect(compared).toBeGreaterThan(20);
  });

  it('is the optimum where prices can tell it, what giving up published sessions costs included', async () => {
    const session = { skill: 'ratio', tutor: 'Tom', slot: 'mon' };
    const state: ScheduleState = {
      timeZone: 'Europe/Madrid',
      slots: [{ id: 'mon', start: '2026-10-19T09:00:00+02:00', end: '2026-10-19T10:00:00+02:00' }],
      learners: ['Ada', 'Bo'].map((id, k) => ({
        ...{ id, available: ['mon'], needs: [{ skill: 'ratio', sessions: 1, gain: 10 - 2 * k }] },
      })),
      tutors: [{ id: 'Tom', skills: { ratio: 1 }, available: ['mon'], most: 1 }],
      published: [{ ...session, learner: 'Bo' }],
    };
    // Ada's 10 before Bo's 8; with 5 for every change Bo stays.
    const withChange = (change: number) => ({ ...state, weights: { change } });
    expect(await boundOf(withChange(0))).toBe(10);
    expect(await boundOf(withChange(5))).toBe(8);
  });

  it('holds after any time, and ends when it is cancelled', async () => {
    const state = randomState(1);
    const long = await boundOf(state);
    expect(await boundOf(state, { seconds: 1e-9 })).toBeGreaterThanOrEqual(long);
    await expect(boundOf(state, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });
});
