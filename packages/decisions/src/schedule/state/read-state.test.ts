import { describe, expect, it } from 'vitest';
import { readScheduleFile, readSchedulePlan, requireState, scheduleSchema } from './read-state.ts';

const small = {
  timeZone: 'Europe/Madrid',
  slots: [{ id: 'mon', start: '2026-10-19T09:00:00+02:00', end: '2026-10-19T10:00:00+02:00' }],
  learners: [{ id: 'Ada', available: ['mon'], needs: [{ skill: 'ratio', sessions: 1, gain: 3 }] }],
  tutors: [{ id: 'Tom', skills: { ratio: 1 }, available: ['mon'], most: 2 }],
};

/** A copy with one place set. */
function withValue(place: string, value: unknown): unknown {
  const copy = structuredClone(small) as unknown as Record<string, unknown>;
  const keys = place.split('.');
  let at = copy;
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[keys.at(-1) as string] = value;
  return copy;
}

describe('readScheduleFile', () => {
  it('reads what it needs, and events apart', () => {
    const events = [{ kind: 'slot-closed', slot: 'mon' }];
    const file = readScheduleFile(JSON.stringify({ ...small, events }));
    expect(file).toEqual({ state: small, events });
  });

  it.each([
    ['', /^f\.json:1:1: expected a value, got the end of the file/],
    ['[]', /^f\.json: expected an object, got \[\]/],
    ['{}', /^f\.json\.timeZone: expected a value, got nothing/],
  ])('refuses a file %j', (text, message) => {
    expect(() => readScheduleFile(text, 'f.json')).toThrow(message);
  });

  const slot = small.slots[0];
  const learner = small.learners[0];
  it.each([
    ['timeZone', 'Mars', /^state\.timeZone: expected an IANA name/],
    ['slots.0.start', '2026-02-30T09:00:00Z', /slots\[0\]\.start: expected an instant with an offset/],
    ['slots.0.start', '2026-10-19T09:00:00', /slots\[0\]\.start: expected an instant with an offset/],
    ['slots.0.end', '2026-10-19T09:00:00+02:00', /slots\[0\]\.end: expected a time after/],
    ['slots.1', slot, /slots\[1\]\.id: expected an id that no other entry has, got "mon"/],
    ['learners.1', learner, /learners\[1\]\.id: expected an id that no other/],
    ['learners.0.available', ['tue'], /learners\[0\]\.available: expected the id of a slot, got "tue"/],
    ['learners.0.apart', ['Ada'], /apart: expected other learners, got "Ada" itself/],
    ['learners.0.needs.0.sessions', 0, /needs\[0\]\.sessions: expected a whole number from 1/],
    ['learners.0.needs.0.gain', -1, /gain: expected a number from 0 to/],
    ['learners.0.needs.1', learner.needs[0], /needs\[1\]\.skill: expected each skill once, got "ratio"/],
    ['learners.0.needs.0.gainWith', { Tim: 3 }, /gainWith: expected the id of a tutor, got "Tim"/],
    ['learners.0.colour', 'red', /learners\[0\]: expected the fields id, .*got "colour"/],
    ['tutors.0.skills', { ratio: 2 }, /tutors\[0\]\.skills\.ratio: expected a number from 0 to 1, got 2/],
    ['tutors.0.least', 3, /tutors\[0\]\.least: expected at most 2/],
    ['rooms', [{ id: 'A', seats: 0 }], /rooms\[0\]\.seats: expected a whole number from 1/],
    ['rules', { groupShare: [0.9] }, /groupShare\[0\]: expected 1/],
    ['rules', { groupShare: [1, 0.4] }, /groupShare\[1\]: expected at least 0\.5/],
    ['rules', { travelMinutes: [['a', 'a', 3]] }, /travelMinutes\[0\]: expected one time for two different sites/],
    ['pins', [{ learner: 'Ada', skill: 'history' }], /pins\[0\]\.skill: expected a need of learner "Ada"/],
    ['pins', [{ learner: 'Ada', skill: 'ratio', room: 'A' }], /pins\[0\]\.room: expected the id of a room/],
    ['pins', Array(2).fill({ learner: 'Ada', skill: 'ratio' }), /pins\[1\]: expected at most 1 pins/],
    ['weights', { gain: 'much' }, /weights\.gain: expected a number from 0 to .*got "much"/],
    ['loadFairness', 'cubes', /loadFairness: expected one of range, squares/],
    ['resources', Array.from({ length: 32 }, (_, i) => ({ id: `${i}`, quantity: 1, skills: [] })), /at most 31/],
  ])('names the place: %s = %j', (place, value, message) => {
    expect(() => requireState(withValue(place, value) as typeof small)).toThrow(message);
  });

  it('takes who has left in the published plan', () => {
    const published = [{ learner: 'Eve', skill: 'ratio', tutor: 'Tom', slot: 'mon' }];
    expect(() => requireState({ ...small, published })).not.toThrow();
  });

  it('takes empty lists', () => {
    expect(() => requireState({ timeZone: 'UTC', slots: [], learners: [], tutors: [] })).not.toThrow();
  });
});

describe('readSchedulePlan', () => {
  it('reads assignments, whatever stands beside them', () => {
    const assignments = [{ learner: 'Ada', skill: 'ratio', tutor: 'Tom', slot: 'mon' }];
    expect(readSchedulePlan(JSON.stringify({ objective: 3, assignments }))).toEqual(assignments);
    expect(() => readSchedulePlan('{"objective": 3}')).toThrow(/plan file\.assignments: expected a value, got nothing/);
  });
});

describe('scheduleSchema', () => {
  it('describes every field that the reader knows', () => {
    const { properties, required } = scheduleSchema as unknown as Record<string, Record<string, unknown> & string[]>;
    expect(required).toEqual(['timeZone', 'slots', 'learners', 'tutors']);
    expect(Object.keys(properties)).toContain('published');
    expect(JSON.parse(JSON.stringify(scheduleSchema))).toEqual(scheduleSchema);
  });
});
