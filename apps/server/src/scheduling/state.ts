/** A course's schedule as the state that the planner takes, and changes of such a state back into the schedule. */
import type { ScheduleAssignment, ScheduleLearner, ScheduleState } from '@qurriculum/decisions';
import { hashJson } from '@qurriculum/evidence';
import type { LearnerSetting } from '../resources/schedules/setting-schema.ts';
import type { Store } from '../store/store.ts';
import { readBound, type StoredBound } from './bound-row.ts';
import { learnerKey, numberIn, skillKey } from './keys.ts';
import type { CourseNeeds, CourseNeedsReader, LearnerNeed } from './needs.ts';
import { readNeeds } from './needs.ts';
import {
  type LearnerRow,
  type PublishedPlan,
  readLearners,
  readPublished,
  readSchedule,
  type StoredSchedule,
  type StoredSetting,
} from './rows.ts';

export interface CourseSchedule extends CourseNeeds {
  readonly schedule: StoredSchedule;
  readonly published: PublishedPlan | null;
  readonly learners: readonly LearnerRow[];
  readonly state: ScheduleState;
  /** Null before anybody looked at a plan whose bound was not known. */
  readonly bound: StoredBound | null;
}

/** Everything that planning and views need, read together. */
export async function loadCourseSchedule(
  store: Store,
  courseId: number,
  readCourse?: CourseNeedsReader,
): Promise<CourseSchedule> {
  const stored = await readSchedule(store.db, courseId);
  const learners = await readLearners(store.db, courseId);
  const needs = await (readCourse === undefined
    ? readNeeds(store, courseId, learners)
    : readCourse(store, stored, learners));
  const published = await readPublished(store.db, courseId);
  const inForce = published === null ? null : present(published.plan.assignments, stored.setting, learners);
  const state = stateOf(stored, learners, needs.needs, inForce);
  const bound = await readBound(store.db, courseId);
  const { plan } = stored;
  const kept = plan && { ...plan, assignments: present(plan.assignments, stored.setting, learners) };
  return { ...needs, schedule: { ...stored, plan: kept }, published, learners, state, bound };
}

/** Hashes each state once: of a large one that takes some 10 ms, and a state that is kept is asked for its own over and over. */
function keyOnce(hash: (state: ScheduleState) => string): (state: ScheduleState) => string {
  const keys = new WeakMap<ScheduleState, string>();
  return (state) => {
    const known = keys.get(state) ?? hash(state);
    keys.set(state, known);
    return known;
  };
}

/**
 * Tells states apart for which a bound may differ. What is published is left out: where a plan's value is as it was, all that
 * is published besides is kept by it, and giving that up only costs more.
 */
export const boundKey = keyOnce((state) => hashJson({ ...state, published: undefined }));

/** Tells states apart, what is published included: a bound for one holds for every plan of it. */
export const stateKey = keyOnce(hashJson);

/** Assignments whose people, slot and room are still there: a data set may be removed, and its learners with it. */
function present(
  assignments: readonly ScheduleAssignment[],
  setting: StoredSetting,
  learners: readonly LearnerRow[],
): ScheduleAssignment[] {
  const ids = (rows: readonly { readonly id: string }[]): Set<string> => new Set(rows.map(({ id }) => id));
  const [tutors, slots, rooms] = [ids(setting.tutors), ids(setting.slots), ids(setting.rooms)];
  const known = new Set(learners.map(({ learnerId }) => learnerKey(learnerId)));
  return assignments.filter(
    ({ learner, tutor, slot, room }) =>
      known.has(learner) && tutors.has(tutor) && slots.has(slot) && (room === undefined || rooms.has(room)),
  );
}

export function stateOf(
  { setting }: StoredSchedule,
  learners: readonly LearnerRow[],
  needs: ReadonlyMap<number, readonly LearnerNeed[]>,
  published: readonly ScheduleAssignment[] | null,
): ScheduleState {
  const wanting = learners.filter(({ learnerId }) => (needs.get(learnerId) ?? []).length > 0);
  const members = new Set(wanting.map(({ learnerId }) => learnerId));
  const slots = new Set(setting.slots.map(({ id }) => id));
  const known = (ids: readonly string[]): string[] => ids.filter((id) => slots.has(id));
  return {
    timeZone: setting.timeZone,
    slots: setting.slots,
    learners: wanting.map((row) => learnerOf(row, needs.get(row.learnerId) ?? [], members, known)),
    tutors: setting.tutors.map(({ skills, available, languages, access, ...tutor }) => ({
      ...tutor,
      skills: Object.fromEntries(skills.map(({ skillId, quality }) => [skillKey(skillId), quality])),
      available: known(available),
      ...(languages.length > 0 && { languages }),
      ...(access.length > 0 && { access }),
    })),
    rooms: setting.rooms.map(({ site, available, ...room }) => ({
      ...room,
      ...(site !== null && { site }),
      ...(available !== null && { available: known(available) }),
    })),
    resources: setting.resources.map(({ skillIds, ...resource }) => ({ ...resource, skills: skillIds.map(skillKey) })),
    rules: setting.rules,
    weights: setting.weights,
    loadFairness: setting.loadFairness,
    pins: pinsOf(setting, members),
    ...(published !== null && { published }),
  };
}

/** A learner who takes part, as the planner sees one; `members` are those who may stand in `apart`. */
export function learnerOf(
  { learnerId, name, group, setting }: LearnerRow,
  needs: readonly LearnerNeed[],
  members: ReadonlySet<number>,
  known: (ids: readonly string[]) => string[],
): ScheduleLearner {
  const apart = setting.apart.filter((other) => members.has(other) && other !== learnerId);
  return {
    id: learnerKey(learnerId),
    name,
    priority: setting.priority,
    available: known(setting.available),
    needs: needs.map(({ skillId, sessions, gain, level }) => ({
      ...{ skill: skillKey(skillId), sessions, gain },
      ...(level !== null && { level }),
    })),
    company: setting.company,
    ...(setting.languages.length > 0 && { languages: setting.languages }),
    ...(setting.access.length > 0 && { access: setting.access }),
    ...(group !== null && { group }),
    ...(apart.length > 0 && { apart: apart.map(learnerKey) }),
  };
}

/** Pins on what is no longer there hold nothing. */
function pinsOf({ pins, tutors, slots, rooms }: StoredSetting, members: ReadonlySet<number>): ScheduleState['pins'] {
  const is = (rows: readonly { readonly id: string }[], id: string | undefined): boolean =>
    id === undefined || rows.some((row) => row.id === id);
  return pins
    .filter(({ learnerId }) => members.has(learnerId))
    .filter(({ tutorId, slotId, roomId }) => is(tutors, tutorId) && is(slots, slotId) && is(rooms, roomId))
    .map(({ learnerId, skillId, tutorId, slotId, roomId, reason, byPerson }) => ({
      learner: learnerKey(learnerId),
      skill: skillKey(skillId),
      ...(tutorId !== undefined && { tutor: tutorId }),
      ...(slotId !== undefined && { slot: slotId }),
      ...(roomId !== undefined && { room: roomId }),
      ...(reason !== undefined && { reason }),
      by: byPerson,
    }));
}

/** What events left of a setting: hours that are gone, slots, rooms and tutors that are no longer there. */
export function settingAfter(setting: StoredSetting, after: ScheduleState): StoredSetting {
  const slots = new Set(after.slots.map(({ id }) => id));
  const tutors = new Map(after.tutors.map((tutor) => [tutor.id, tutor]));
  const rooms = new Map((after.rooms ?? []).map((room) => [room.id, room]));
  const learners = new Set(after.learners.map(({ id }) => numberIn(id)));
  return {
    ...setting,
    slots: setting.slots.filter(({ id }) => slots.has(id)),
    tutors: setting.tutors.flatMap((tutor) => {
      const left = tutors.get(tutor.id);
      return left === undefined ? [] : [{ ...tutor, available: [...left.available] }];
    }),
    rooms: setting.rooms.flatMap((room) => {
      const left = rooms.get(room.id);
      return left === undefined
        ? []
        : [{ ...room, available: left.available === undefined ? null : [...left.available] }];
    }),
    pins: setting.pins.filter(
      (pin) => learners.has(pin.learnerId) && (after.pins ?? []).some((left) => samePin(pin, left)),
    ),
  };
}

function samePin(pin: StoredSetting['pins'][number], left: NonNullable<ScheduleState['pins']>[number]): boolean {
  return (
    learnerKey(pin.learnerId) === left.learner &&
    skillKey(pin.skillId) === left.skill &&
    pin.tutorId === left.tutor &&
    pin.slotId === left.slot &&
    pin.roomId === left.room
  );
}

/** Settings of learners that events changed; null for those who left. */
export function learnersAfter(
  rows: readonly LearnerRow[],
  before: ScheduleState,
  after: ScheduleState,
): Map<number, LearnerSetting | null> {
  const was = new Map(before.learners.map((learner) => [learner.id, learner]));
  const is = new Map(after.learners.map((learner) => [learner.id, learner]));
  const changed = new Map<number, LearnerSetting | null>();
  for (const { learnerId, setting } of rows) {
    const [old, left] = [was.get(learnerKey(learnerId)), is.get(learnerKey(learnerId))];
    if (old === undefined || old === left) continue;
    if (left === undefined) {
      changed.set(learnerId, null);
      continue;
    }
    const sameNeeds = JSON.stringify(old.needs) === JSON.stringify(left.needs);
    const needs = left.needs.map(({ skill, sessions, gain }) => ({ skillId: numberIn(skill), sessions, gain }));
    changed.set(learnerId, { ...setting, available: [...left.available], ...(!sameNeeds && { needs }) });
  }
  return changed;
}
