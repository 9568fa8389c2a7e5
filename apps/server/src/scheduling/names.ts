/** What ids of a course's schedule are called, for people. */
import type { ScheduleAssignment } from '@qurriculum/decisions';
import type { SkillRef } from '../resources/shared-schema.ts';
import { learnerKey, numberIn, skillKey } from './keys.ts';
import type { CourseSchedule } from './state.ts';

export interface ScheduleNames {
  learner(id: number): string;
  skill(id: number): SkillRef;
  tutor(id: string): string;
  room(id: string): string;
  slot(id: string): { readonly start: string; readonly end: string };
  /** A sentence of the library, with names in place of ids. */
  say(sentence: string): string;
}

/** What may be an id in a sentence: something in quotes, a learner or skill by number, a slot by its local start. */
const IDS = /"([^"]+)"|\b(?:learner|skill):\d+\b|\b\d{4}-\d\d-\d\dT\d\d:\d\d\b/g;

export function namesOf({ schedule, learners, course }: CourseSchedule): ScheduleNames {
  const { tutors, rooms, slots, timeZone } = schedule.setting;
  const learnerNames = new Map(learners.map(({ learnerId, name }) => [learnerId, name]));
  const tutorNames = new Map(tutors.map(({ id, name }) => [id, name]));
  const roomNames = new Map(rooms.map(({ id, name }) => [id, name]));
  const times = new Map(slots.map(({ id, start, end }) => [id, { start, end }]));
  const skill = (id: number): SkillRef => {
    const number = course.numberOf.get(id);
    if (number === undefined) return { id, key: String(id), name: `Skill ${id}` };
    return { id, key: course.graph.skills[number].id, name: course.graph.skills[number].name };
  };
  const when = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  });
  const spoken = new Map<string, string>([
    ...slots.map(({ id, start }) => [id, when.format(Date.parse(start))] as const),
    ...roomNames,
    ...tutorNames,
    ...learners.map(({ learnerId, name }) => [learnerKey(learnerId), name] as const),
    ...[...course.ids].map((id) => [skillKey(id), skill(id).name] as const),
  ]);
  return {
    skill,
    learner: (id) => learnerNames.get(id) ?? `Learner ${id}`,
    tutor: (id) => tutorNames.get(id) ?? id,
    room: (id) => roomNames.get(id) ?? id,
    // A slot that is no longer there has no times; the epoch sorts it first.
    slot: (id) => times.get(id) ?? { start: new Date(0).toISOString(), end: new Date(0).toISOString() },
    say: (sentence) => sentence.replace(IDS, (found, quoted?: string) => spoken.get(quoted ?? found) ?? found),
  };
}

export interface Place {
  readonly tutorId: string;
  readonly slotId: string;
  readonly roomId: string | null;
}

export const placeOf = ({ tutor, slot, room }: ScheduleAssignment): Place => ({
  ...{ tutorId: tutor, slotId: slot, roomId: room ?? null },
});

export const namedPlace = (names: ScheduleNames, assignment: ScheduleAssignment) => ({
  ...placeOf(assignment),
  tutorName: names.tutor(assignment.tutor),
  ...names.slot(assignment.slot),
});

/** Learner and skill of an assignment, with their names. */
export const namedPart = (names: ScheduleNames, { learner, skill }: Pick<ScheduleAssignment, 'learner' | 'skill'>) => ({
  learnerId: numberIn(learner),
  learnerName: names.learner(numberIn(learner)),
  skill: names.skill(numberIn(skill)),
});
