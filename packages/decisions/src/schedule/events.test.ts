import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { compileSchedule } from './compile/compile.ts';
import { applyScheduleEvents } from './events.ts';
import { requireState } from './state/read-state.ts';
import { randomState } from './testing/random-state.ts';
import type { ScheduleEvent, ScheduleState } from './types.ts';

const slots = ['mon', 'tue'].map((id, k) => ({
  ...{ id, start: `2026-10-${19 + k}T09:00:00+02:00`, end: `2026-10-${19 + k}T10:00:00+02:00` },
}));
const ids = ['mon', 'tue'];
const state: ScheduleState = {
  ...{ timeZone: 'Europe/Madrid', slots },
  learners: [
    { id: 'Ada', available: ids, needs: [{ skill: 'ratio', sessions: 2, gain: 3, gainWith: { Tom: 4 } }] },
    { id: 'Bo', available: ids, needs: [{ skill: 'ratio', sessions: 1, gain: 3 }], apart: ['Ada'] },
  ],
  tutors: ['Tom', 'Tim'].map((id) => ({ id, skills: { ratio: 1 }, available: ids, most: 2 })),
  rooms: [{ id: 'R', seats: 2 }],
  pins: [
    { learner: 'Ada', skill: 'ratio', tutor: 'Tom' },
    { learner: 'Ada', skill: 'ratio', tutor: 'Tim', slot: 'tue' },
  ],
};
const after = (...events: ScheduleEvent[]) => applyScheduleEvents(state, events);

describe('applyScheduleEvents', () => {
  it('takes people, slots and rooms away, and what named them', () => {
    expect(after({ kind: 'learner-gone', learner: 'Ada' }).state).toMatchObject({
      learners: [{ id: 'Bo', apart: [] }],
      pins: [],
    });
    const gone = after({ kind: 'tutor-gone', tutor: 'Tom' }).state;
    expect(gone.tutors.map(({ id }) => id)).toEqual(['Tim']);
    expect(gone.learners[0].needs[0].gainWith).toEqual({});
    expect(gone.pins).toHaveLength(1);
    const closed = after({ kind: 'slot-closed', slot: 'tue' }).state;
    expect(closed.slots.map(({ id }) => id)).toEqual(['mon']);
    expect(closed.learners[1].available).toEqual(['mon']);
    // Without a room nobody could meet: the room stays in the list, closed.
    expect(after({ kind: 'room-closed', room: 'R' }).state.rooms).toEqual([{ id: 'R', seats: 2, available: [] }]);
    expect(after({ kind: 'room-closed', room: 'R', slots: ['mon'] }).state.rooms?.[0].available).toEqual(['tue']);
    expect(state.rooms).toEqual([{ id: 'R', seats: 2 }]);
  });

  it('lets go of pins that nobody can keep, and names them', () => {
    const { state: now, released } = after({ kind: 'tutor-out', tutor: 'Tim', slots: ['tue'] });
    expect(released).toEqual([{ learner: 'Ada', skill: 'ratio', tutor: 'Tim', slot: 'tue' }]);
    expect(now.pins).toEqual([{ learner: 'Ada', skill: 'ratio', tutor: 'Tom' }]);
    // Only tuesday is left to Ada: Tom and Tim cannot both have it.
    expect(after({ kind: 'learner-out', learner: 'Ada', slots: ['mon'] }).released).toHaveLength(1);
    expect(after({ kind: 'need-changed', learner: 'Ada', skill: 'ratio', sessions: 1 }).state.pins).toHaveLength(1);
    expect(after({ kind: 'need-changed', learner: 'Ada', skill: 'ratio', sessions: 0 }).state).toMatchObject({
      learners: [{ needs: [] }, {}],
      pins: [],
    });
  });

  it('takes in who joins', () => {
    const tutor = { id: 'Tam', skills: { roots: 0.5 }, available: ['mon'], most: 1 };
    const learner = { id: 'Cy', available: ['mon'], needs: [{ skill: 'roots', sessions: 1, gain: 2 }], apart: ['Bo'] };
    const { state: now } = after({ kind: 'tutor-added', tutor }, { kind: 'learner-added', learner });
    expect(now.learners.at(-1)).toEqual(learner);
    expect(now.tutors.at(-1)).toEqual(tutor);
  });

  it.each([
    [{ kind: 'tutor-out', tutor: 'Tum' }, /event 1 \(tutor-out\): expected the id of a tutor, got "Tum"/],
    [{ kind: 'tutor-out', tutor: 'Tom', slots: ['wed'] }, /expected the id of a slot, got "wed"/],
    [{ kind: 'learner-gone', learner: 'Eve' }, /expected the id of a learner, got "Eve"/],
    [{ kind: 'slot-closed', slot: 'wed' }, /expected the id of a slot, got "wed"/],
    [{ kind: 'room-closed', room: 'X' }, /expected the id of a room, got "X"/],
    [
      { kind: 'need-changed', learner: 'Bo', skill: 'roots', sessions: 1 },
      /expected a need of learner "Bo", got "roots"/,
    ],
    [{ kind: 'learner-added', learner: state.learners[0] }, /expected an id that no other learner has, got "Ada"/],
    [{ kind: 'tutor-added', tutor: { ...state.tutors[0], id: 'X', available: ['wed'] } }, /tutors\[0\]\.available/],
    [{ kind: 'earthquake' }, /event 1\.kind: expected one of tutor-out, /],
  ])('says what is wrong: %j', (event, message) => {
    expect(() => after(event as ScheduleEvent)).toThrow(message);
  });

  it('leaves a sound state after 10,000 events', () => {
    const random = createRandom(5);
    let now = randomState(2, { learners: 40, tutors: 8, slots: 12 });
    const events: ScheduleEvent[] = Array.from({ length: 10_000 }, (_, k): ScheduleEvent => {
      const learner = `L${random.integer(40)}`;
      const slot = `S${random.integer(12)}`;
      if (k % 3 === 0) return { kind: 'learner-out', learner, slots: [slot] };
      if (k % 3 === 1) return { kind: 'tutor-out', tutor: `T${random.integer(8)}`, slots: [slot] };
      return { kind: 'room-closed', room: 'R0', slots: [slot] };
    });
    now = applyScheduleEvents(now, events).state;
    requireState(now);
    // Everybody is out by then.
    expect(compileSchedule(now).model.optionTutor.length).toBe(0);
  });
});
