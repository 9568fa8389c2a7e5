/** What a schedule is made from: read for screens, and changed, each change under the version that was on screen. */
import { createTimeZone, type ScheduleSlot, scheduleRules, slotsFromWeek } from '@qurriculum/decisions';
import type { Kysely } from 'kysely';
import { notFound, Problem } from '../../http/problem.ts';
import { asProblem } from '../../scheduling/as-problem.ts';
import { learnerKey } from '../../scheduling/keys.ts';
import { changeSchedule, firstSetting, type StoredSetting, type Writer, writeLearner } from '../../scheduling/rows.ts';
import type { CourseSchedule } from '../../scheduling/state.ts';
import type { Database } from '../../store/database.ts';
import type { Store } from '../../store/store.ts';
import type { SkillRef } from '../shared-schema.ts';
import type {
  LearnerSetting,
  RoomSetting,
  ScheduleLearnerView,
  ScheduleView,
  SettingBody,
  TutorSetting,
} from './setting-schema.ts';

/** Names of skills by number. */
export const skillRefs = ({ course }: CourseSchedule): ((id: number) => SkillRef) => {
  const { graph, ids, numberOf } = course;
  return (id) => {
    const number = numberOf.get(id);
    const skill = number === undefined ? undefined : graph.skills[number];
    return skill === undefined || number === undefined
      ? { id, key: String(id), name: `Skill ${id}` }
      : { id: ids[number], key: skill.id, name: skill.name };
  };
};

export function viewSetting(loaded: CourseSchedule, may: ScheduleView['may']): ScheduleView {
  const { schedule, published, learners, course } = loaded;
  const { setting, plan } = schedule;
  const { pins: _, ...shown } = setting;
  return {
    courseId: schedule.courseId,
    version: schedule.version,
    ...mutable(shown),
    weeks: weeksOf(setting),
    usual: usualOf(loaded),
    skills: [...course.ids].map(skillRefs(loaded)).sort((a, b) => a.name.localeCompare(b.name)),
    learners: learners.length,
    simulated: learners.some(({ simulated }) => simulated),
    may,
    plan: plan && {
      sessions: new Set(plan.assignments.map(({ tutor, slot }) => `${tutor} ${slot}`)).size,
      updatedAt: plan.updatedAt,
      changedSincePublished: plan.publishedAs === null,
    },
    published: published && { number: published.number, name: published.name, publishedAt: published.publishedAt },
  };
}

function usualOf({ state }: CourseSchedule): ScheduleView['usual'] {
  const { groupShare, levelWidth } = scheduleRules({ ...state, rules: {} });
  return { weights: firstSetting.weights, groupShare: [...groupShare], levelWidth };
}

/** JSON of the store, for a schema's type without readonly. */
const mutable = (shown: Omit<StoredSetting, 'pins'>) =>
  shown as unknown as Pick<
    ScheduleView,
    'timeZone' | 'slots' | 'rules' | 'weights' | 'loadFairness' | 'tutors' | 'rooms' | 'resources'
  >;

const DAY = 86_400_000;

/** The date of an instant on the wall, YYYY-MM-DD. */
export function dateIn(timeZone: string): (instant: string) => string {
  const zone = createTimeZone(timeZone);
  return (instant) => zone.write(Date.parse(instant)).slice(0, 10);
}

/** Mondays of the weeks that have slots. */
function weeksOf({ timeZone, slots }: StoredSetting): string[] {
  const dateOf = dateIn(timeZone);
  const mondays = slots.map(({ start }) => {
    const day = Date.parse(`${dateOf(start)}T00:00:00Z`);
    const sinceMonday = (new Date(day).getUTCDay() + 6) % 7;
    return new Date(day - sinceMonday * DAY).toISOString().slice(0, 10);
  });
  return [...new Set(mondays)].sort();
}

export function viewLearners(loaded: CourseSchedule): ScheduleLearnerView[] {
  const refOf = skillRefs(loaded);
  return loaded.learners.map(({ learnerId, name, simulated, group, setting }) => {
    const { needs, ...rest } = setting;
    const own = loaded.needs.get(learnerId) ?? [];
    return {
      ...rest,
      ...{ learnerId, name, simulated, group, needsOverridden: needs !== null },
      needs: own.map(({ skillId, ...need }) => ({ skill: refOf(skillId), ...need })),
    };
  });
}

function requireUnique(what: string, ids: readonly string[]): void {
  const twice = ids.find((id, k) => ids.indexOf(id) !== k);
  if (twice === undefined) return;
  const detail = `expected every id once, got "${twice}" twice`;
  throw new Problem('invalid-request', `${what}: ${detail}; rename one.`, [{ field: what, detail }]);
}

export async function changeSetting(store: Store, writer: Writer, body: SettingBody): Promise<number> {
  const skills = (body.resources ?? []).flatMap(({ skillIds }) => skillIds);
  await requireSkills(store.db, writer.courseId, skills);
  requireUnique(
    'slots',
    (body.slots ?? []).map(({ id }) => id),
  );
  requireUnique(
    'resources',
    (body.resources ?? []).map(({ id }) => id),
  );
  const { version } = await changeSchedule(store, writer, ({ setting }) => {
    const timeZone = body.timeZone ?? setting.timeZone;
    asProblem(() => createTimeZone(timeZone));
    const { slots, pattern, rules, weights, loadFairness, resources } = body;
    const next: StoredSetting = {
      ...setting,
      timeZone,
      ...(slots !== undefined && { slots: inOrder(slots) }),
      ...(pattern !== undefined && { slots: asProblem(() => slotsFromWeek({ ...pattern, timeZone })) }),
      ...(rules !== undefined && { rules }),
      ...(weights !== undefined && { weights: { ...setting.weights, ...weights } }),
      ...(loadFairness !== undefined && { loadFairness }),
      ...(resources !== undefined && { resources }),
    };
    const { version: _, ...changed } = body;
    return { text: `Changed the setting: ${Object.keys(changed).join(', ')}.`, setting: next, result: null };
  });
  return version;
}

function inOrder(slots: readonly ScheduleSlot[]): ScheduleSlot[] {
  const wrong = slots.find(({ start, end }) => Date.parse(end) <= Date.parse(start));
  if (wrong !== undefined) {
    const detail = `expected an end after the start, got ${wrong.start} to ${wrong.end} in "${wrong.id}"`;
    throw new Problem('invalid-request', `slots: ${detail}; correct it.`, [{ field: 'slots', detail }]);
  }
  return [...slots].sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

async function requireSkills(db: Kysely<Database>, courseId: number, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await db.selectFrom('skill').select('id').where('course_id', '=', courseId).execute();
  const known = new Set(rows.map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown === undefined) return;
  const detail = `expected a skill of the course, got ${unknown}`;
  throw new Problem('invalid-request', `skills: ${detail}; choose another one.`, [{ field: 'skills', detail }]);
}

type Named = { readonly id: string; readonly name: string };

const replaced = <Row extends Named>(rows: readonly Row[], row: Row): Row[] =>
  rows.some(({ id }) => id === row.id) ? rows.map((old) => (old.id === row.id ? row : old)) : [...rows, row];

export async function putTutor(store: Store, writer: Writer, tutor: TutorSetting): Promise<number> {
  const skills = tutor.skills.map(({ skillId }) => skillId);
  await requireSkills(store.db, writer.courseId, skills);
  requireUnique('tutor.skills', skills.map(String));
  const { version } = await changeSchedule(store, writer, ({ setting }) => {
    requireSlots(setting, tutor.available);
    const isNew = !setting.tutors.some(({ id }) => id === tutor.id);
    const text = `${isNew ? 'Added' : 'Changed'} the tutor ${tutor.name}.`;
    return { text, setting: { ...setting, tutors: replaced(setting.tutors, tutor) }, result: null };
  });
  return version;
}

export async function putRoom(store: Store, writer: Writer, room: RoomSetting): Promise<number> {
  const { version } = await changeSchedule(store, writer, ({ setting }) => {
    requireSlots(setting, room.available ?? []);
    const isNew = !setting.rooms.some(({ id }) => id === room.id);
    const text = `${isNew ? 'Added' : 'Changed'} the room ${room.name}.`;
    return { text, setting: { ...setting, rooms: replaced(setting.rooms, room) }, result: null };
  });
  return version;
}

function requireSlots({ slots }: StoredSetting, available: readonly string[]): void {
  const known = new Set(slots.map(({ id }) => id));
  const unknown = available.find((id) => !known.has(id));
  if (unknown === undefined) return;
  const detail = `expected slots of the schedule, got "${unknown}"`;
  throw new Problem('invalid-request', `available: ${detail}; load the schedule again.`, [
    { field: 'available', detail },
  ]);
}

/** Takes a tutor or a room away, with the pins on it; its sessions leave the working plan. */
export async function removeNamed(store: Store, writer: Writer, kind: 'tutor' | 'room', id: string): Promise<number> {
  const { version } = await changeSchedule(store, writer, ({ setting, plan }) => {
    const list = kind === 'tutor' ? setting.tutors : setting.rooms;
    const gone = (list as readonly Named[]).find((row) => row.id === id);
    if (gone === undefined) throw notFound(kind, id);
    const pins = setting.pins.filter((pin) => (kind === 'tutor' ? pin.tutorId : pin.roomId) !== id);
    const next =
      kind === 'tutor'
        ? { ...setting, pins, tutors: setting.tutors.filter((row) => row.id !== id) }
        : { ...setting, pins, rooms: setting.rooms.filter((row) => row.id !== id) };
    const kept = plan?.assignments.filter((assignment) => assignment[kind] !== id) ?? [];
    const isChanged = plan !== null && kept.length < plan.assignments.length;
    return {
      text: `Removed the ${kind} ${gone.name}.`,
      setting: next,
      ...(isChanged && { plan: { ...plan, assignments: kept, bound: null, publishedAs: null } }),
      result: null,
    };
  });
  return version;
}

export async function putLearner(
  store: Store,
  writer: Writer,
  learnerId: number,
  setting: LearnerSetting,
  group?: string | null,
): Promise<number> {
  await requireSkills(
    store.db,
    writer.courseId,
    (setting.needs ?? []).map(({ skillId }) => skillId),
  );
  requireUnique(
    'learner.needs',
    (setting.needs ?? []).map(({ skillId }) => String(skillId)),
  );
  const { version } = await changeSchedule(store, writer, async ({ setting: schedule }, { db }) => {
    requireSlots(schedule, setting.available);
    const name = await learnerOfCourse(db, writer.courseId, learnerId);
    await writeLearner(db, writer.courseId, learnerId, setting);
    if (group !== undefined) {
      await db.updateTable('learner').set({ group_label: group }).where('id', '=', learnerId).execute();
    }
    return { text: `Changed what is set for ${name}.`, result: null };
  });
  return version;
}

export async function removeLearner(store: Store, writer: Writer, learnerId: number): Promise<number> {
  const { version } = await changeSchedule(store, writer, async ({ setting, plan }, { db }) => {
    const name = await learnerOfCourse(db, writer.courseId, learnerId);
    await db.deleteFrom('schedule_learner').where('learner_id', '=', learnerId).execute();
    const pins = setting.pins.filter((pin) => pin.learnerId !== learnerId);
    const kept = plan?.assignments.filter(({ learner }) => learner !== learnerKey(learnerId)) ?? [];
    const isChanged = plan !== null && kept.length < plan.assignments.length;
    return {
      text: `${name} no longer takes part.`,
      setting: { ...setting, pins },
      ...(isChanged && { plan: { ...plan, assignments: kept, bound: null, publishedAs: null } }),
      result: null,
    };
  });
  return version;
}

async function learnerOfCourse(db: Kysely<Database>, courseId: number, learnerId: number): Promise<string> {
  const row = await db
    .selectFrom('learner')
    .select(['name', 'key'])
    .where('id', '=', learnerId)
    .where('course_id', '=', courseId)
    .executeTakeFirst();
  if (row === undefined) throw notFound('learner', learnerId);
  return row.name ?? row.key;
}
