import { describe, expect, it } from 'vitest';
import type { ScheduleLearnerView, SchedulePlanView, ScheduleView, SessionView } from '../../../api/schedule.ts';
import {
  awaySlots,
  firstSubject,
  hintFor,
  indexPlan,
  movesAway,
  movesTo,
  sayNames,
  sessionKey,
  sessionsOf,
  subjectsOf,
  toCalendar,
} from './view.ts';

const member = (learnerId: number, name: string) => ({ learnerId, name, pin: null });

const session = (tutorId: string, slotId: string, skill: string, members: SessionView['members']): SessionView => ({
  ...{ id: `${tutorId} ${slotId}`, tutorId, tutorName: `Tutor ${tutorId}`, slotId, members },
  ...{ start: '2026-11-30T09:00:00Z', end: '2026-11-30T09:45:00Z', roomId: 'r', roomName: 'Room' },
  skill: { id: skill.length, key: skill, name: skill },
});

const GROUP = session('t', 's1', 'Fractions', [member(1, 'Ana'), member(2, 'Ben')]);
const ALONE = session('t', 's2', 'Powers', [member(3, 'Cem')]);
const OTHER = session('u', 's3', 'Roots', [member(1, 'Ana')]);

const setting = {
  slots: ['s1', 's2', 's3', 's4'].map((id) => ({ id, start: '', end: '' })),
  tutors: [
    { id: 't', name: 'Tutor t', available: ['s1', 's2', 's3'] },
    { id: 'u', name: 'Tutor u', available: ['s3'] },
  ],
  rooms: [{ id: 'r', name: 'Room', available: null }],
} as unknown as ScheduleView;

const learners = [
  { learnerId: 1, name: 'Ana', available: ['s1', 's3', 's4'] },
  { learnerId: 2, name: 'Ben', available: ['s1', 's4'] },
  { learnerId: 3, name: 'Cem', available: ['s2'] },
] as unknown as ScheduleLearnerView[];

const plan = { sessions: [GROUP, ALONE, OTHER] } as unknown as SchedulePlanView;
const index = indexPlan(setting, plan, learners, null);
const TUTOR = { kind: 'tutor', id: 't' } as const;
const ANA = { kind: 'learner', id: '1' } as const;

describe('a plan as calendars', () => {
  it('has each session with its tutor, its learners and its room', () => {
    expect(sessionsOf(plan, TUTOR)).toEqual([GROUP, ALONE]);
    expect(sessionsOf(plan, ANA)).toEqual([GROUP, OTHER]);
    expect(sessionsOf(plan, { kind: 'room', id: 'r' })).toHaveLength(3);
    expect(subjectsOf(index, 'learner').map(({ label }) => label)).toEqual(['Ana (2)', 'Ben (1)', 'Cem (1)']);
    expect([...awaySlots(setting, index, { kind: 'tutor', id: 'u' })]).toEqual(['s1', 's2', 's4']);
    expect(awaySlots(setting, index, { kind: 'room', id: 'r' }).size).toBe(0);
  });

  it('begins with somebody who has a session in the week', () => {
    expect(firstSubject(index, 'tutor', ['s2', 's3'])).toBe('t');
    expect(firstSubject(index, 'tutor', ['s3'])).toBe('u');
    expect(firstSubject(index, 'learner', ['s2'])).toBe('3');
    expect(firstSubject(index, 'learner', ['s4'])).toBe('1');
    expect(firstSubject(indexPlan(setting, plan, [], null), 'learner', ['s1'])).toBe(undefined);
  });

  it('names those who meet, without the one whom the calendar is about', () => {
    expect(toCalendar(GROUP, TUTOR, index)).toMatchObject({ people: 'Ana and Ben', place: 'Room', changed: false });
    expect(toCalendar(GROUP, ANA, index).people).toBe('Tutor t, with Ben');
    expect(toCalendar(GROUP, { kind: 'room', id: 'r' }, index)).toMatchObject({
      people: 'Tutor t, Ana and Ben',
      place: '',
    });
    expect(sayNames(['A', 'B', 'C'], 2)).toBe('A, B and 1 more');
  });

  it('marks what the published plan does not have, a changed member included', () => {
    const before = session('t', 's1', 'Fractions', [member(1, 'Ana')]);
    const compared = indexPlan(setting, plan, learners, [before, ALONE]);
    const changed = [GROUP, ALONE, OTHER].map((each) => toCalendar(each, TUTOR, compared).changed);
    expect(changed).toEqual([true, false, true]);
  });

  it('says what stands in the way of a place, and nothing where nothing does', () => {
    expect(hintFor(GROUP, TUTOR, 's1', index).free).toBe(true);
    expect(hintFor(GROUP, TUTOR, 's2', index).words).toBe('Ana and Ben are not available; Tutor t teaches Powers then');
    expect(hintFor(GROUP, TUTOR, 's4', index)).toEqual({ free: false, words: 'Tutor t is not available' });
    expect(hintFor(ALONE, TUTOR, 's3', index)).toEqual({ free: false, words: 'Cem is not available' });
    expect(hintFor(GROUP, ANA, 's3', index).words).toBe('Ana: Roots with Tutor u then');
    expect(hintFor(OTHER, ANA, 's4', index).words).toBe('Tutor u is not available');
  });

  it('moves a whole group from the calendar of a tutor, and one learner from their own', () => {
    const moves = movesTo(GROUP, TUTOR, { slotId: 's3' });
    expect(moves.map(({ learnerId, to }) => [learnerId, to])).toEqual([
      [1, { tutorId: 't', slotId: 's3', roomId: null }],
      [2, { tutorId: 't', slotId: 's3', roomId: null }],
    ]);
    expect(movesTo(GROUP, ANA, { slotId: 's3' })).toHaveLength(1);
    expect(movesTo(GROUP, ANA, { roomId: 'q' })[0].to).toEqual({ tutorId: 't', slotId: 's1', roomId: 'q' });
    expect(movesAway(ALONE, TUTOR)).toEqual([
      { learnerId: 3, skillId: 6, from: { tutorId: 't', slotId: 's2', roomId: 'r' }, to: null },
    ]);
    expect(sessionKey(moves[0].to!)).not.toBe(sessionKey(GROUP));
  });
});
