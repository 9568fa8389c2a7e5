/** What happened, as people say it, as events of the library, and in words. */
import type { ScheduleEvent, ScheduleLearner } from '@qurriculum/decisions';
import { orNotFound, Problem } from '../http/problem.ts';
import type { EventBody } from '../resources/schedules/proposal-schema.ts';
import type { LearnerSetting } from '../resources/schedules/setting-schema.ts';
import type { Store } from '../store/store.ts';
import { firstLearner } from './import-availability.ts';
import { learnerKey, skillKey } from './keys.ts';
import { namesOf, type ScheduleNames } from './names.ts';
import { readNeeds } from './needs.ts';
import type { LearnerRow } from './rows.ts';
import { type CourseSchedule, learnerOf } from './state.ts';

export interface NamedEvents {
  readonly events: readonly ScheduleEvent[];
  /** One sentence each. */
  readonly words: readonly string[];
  /** Learners that come, with what is set for them. */
  readonly added: readonly { readonly learnerId: number; readonly setting: LearnerSetting }[];
}

export async function nameEvents(
  store: Store,
  loaded: CourseSchedule,
  bodies: readonly EventBody[],
): Promise<NamedEvents> {
  const names = namesOf(loaded);
  const events: ScheduleEvent[] = [];
  const words: string[] = [];
  const added: { learnerId: number; setting: LearnerSetting }[] = [];
  for (const body of bodies) {
    if (body.kind === 'learner-added') {
      const { row, learner } = await comingLearner(store, loaded, body.learnerId, body.available);
      events.push({ kind: 'learner-added', learner });
      words.push(`${row.name} comes.`);
      added.push({ learnerId: body.learnerId, setting: row.setting });
    } else {
      events.push(eventOf(body));
      words.push(sayEvent(body, names));
    }
  }
  return { events, words, added };
}

type KnownEvent = Exclude<EventBody, { kind: 'learner-added' }>;

function eventOf(body: KnownEvent): ScheduleEvent {
  switch (body.kind) {
    case 'tutor-out':
      return { kind: body.kind, tutor: body.tutorId, ...(body.slotIds && { slots: body.slotIds }) };
    case 'tutor-gone':
      return { kind: body.kind, tutor: body.tutorId };
    case 'learner-out':
      return { kind: body.kind, learner: learnerKey(body.learnerId), ...(body.slotIds && { slots: body.slotIds }) };
    case 'learner-gone':
      return { kind: body.kind, learner: learnerKey(body.learnerId) };
    case 'slot-closed':
      return { kind: body.kind, slot: body.slotId };
    case 'room-closed':
      return { kind: body.kind, room: body.roomId, ...(body.slotIds && { slots: body.slotIds }) };
    case 'need-changed': {
      const { learnerId, skillId, sessions } = body;
      return { kind: body.kind, learner: learnerKey(learnerId), skill: skillKey(skillId), sessions };
    }
  }
}

function sayEvent(body: KnownEvent, names: ScheduleNames): string {
  const when = 'slotIds' in body ? sayWhen(body.slotIds, names) : '';
  switch (body.kind) {
    case 'tutor-out':
      return `${names.tutor(body.tutorId)} is away${when}.`;
    case 'tutor-gone':
      return `${names.tutor(body.tutorId)} leaves.`;
    case 'learner-out':
      return `${names.learner(body.learnerId)} is away${when}.`;
    case 'learner-gone':
      return `${names.learner(body.learnerId)} leaves.`;
    case 'slot-closed':
      return `There are no sessions at ${names.say(`"${body.slotId}"`)}.`;
    case 'room-closed':
      return `${names.room(body.roomId)} is closed${when}.`;
    case 'need-changed': {
      const { learnerId, skillId, sessions } = body;
      return `${names.learner(learnerId)} needs ${sessions} ${sessions === 1 ? 'session' : 'sessions'} of ${names.skill(skillId).name}.`;
    }
  }
}

function sayWhen(slots: readonly string[] | undefined, names: ScheduleNames): string {
  if (slots === undefined) return '';
  if (slots.length === 1) return ` at ${names.say(`"${slots[0]}"`)}`;
  return ` in ${slots.length} slots`;
}

/** A learner of the course who takes no part yet, with needs by the learner model. */
async function comingLearner(
  store: Store,
  loaded: CourseSchedule,
  learnerId: number,
  available: readonly string[],
): Promise<{ row: LearnerRow; learner: ScheduleLearner }> {
  const { courseId, setting } = loaded.schedule;
  const known = loaded.learners.find((row) => row.learnerId === learnerId);
  const found = await store.db
    .selectFrom('learner')
    .select(['key', 'name', 'simulated', 'group_label'])
    .where('id', '=', learnerId)
    .where('course_id', '=', courseId)
    .executeTakeFirst();
  const { key, name, simulated, group_label: group } = orNotFound(found, 'learner', learnerId);
  const own = { ...(known?.setting ?? firstLearner), available: [...available] };
  const row: LearnerRow = { learnerId, name: name ?? key, simulated, group, setting: own };
  const needs = (await readNeeds(store, courseId, [row])).needs.get(learnerId) ?? [];
  if (needs.length === 0) {
    throw new Problem(
      'unprocessable',
      `learner-added: expected a learner who needs something, got ${row.name}, who does not; set a need first.`,
    );
  }
  const slots = new Set(setting.slots.map(({ id }) => id));
  const members = new Set(loaded.learners.map((other) => other.learnerId));
  return { row, learner: learnerOf(row, needs, members, (ids) => ids.filter((id) => slots.has(id))) };
}
