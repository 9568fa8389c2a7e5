/** Pins: choices that every later plan keeps; each under the version that was on screen. */
import { randomUUID } from 'node:crypto';
import type { SchedulePin } from '@qurriculum/decisions';
import { notFound, orNotFound, Problem } from '../../http/problem.ts';
import { requirePlannable } from '../../scheduling/as-problem.ts';
import { learnerKey, skillKey } from '../../scheduling/keys.ts';
import { namesOf, type ScheduleNames } from '../../scheduling/names.ts';
import { changeSchedule, type StoredPin, type Writer } from '../../scheduling/rows.ts';
import { type CourseSchedule, loadCourseSchedule } from '../../scheduling/state.ts';
import type { Store } from '../../store/store.ts';

export type PinRequest = Omit<StoredPin, 'id' | 'byPerson' | 'at'>;

/** Keeps a choice in every later plan; the plan in hand stays as it is. */
export async function addPin(store: Store, writer: Writer, pin: PinRequest): Promise<{ version: number; id: string }> {
  const { tutorId, slotId, roomId } = pin;
  if (tutorId === undefined && slotId === undefined && roomId === undefined) {
    throw new Problem('invalid-request', 'pin: expected a tutor, a time or a room to keep, got none; name one.');
  }
  const loaded = await loadCourseSchedule(store, writer.courseId);
  const names = namesOf(loaded);
  const { needs, course } = loaded;
  if (!(needs.get(pin.learnerId) ?? []).some(({ skillId }) => skillId === pin.skillId)) {
    if (!course.numberOf.has(pin.skillId)) throw notFound('skill', pin.skillId);
    throw new Problem(
      'unprocessable',
      `pin: expected a need of the learner, got ${names.skill(pin.skillId).name} for ${names.learner(pin.learnerId)}; set the need first.`,
    );
  }
  const id = randomUUID();
  refuseClash(loaded, pin, names);
  const { version } = await changeSchedule(store, writer, ({ setting }) => {
    const { tutors, slots, rooms } = setting;
    if (tutorId !== undefined)
      orNotFound(
        tutors.find((row) => row.id === tutorId),
        'tutor',
        tutorId,
      );
    if (slotId !== undefined)
      orNotFound(
        slots.find((row) => row.id === slotId),
        'slot',
        slotId,
      );
    if (roomId !== undefined)
      orNotFound(
        rooms.find((row) => row.id === roomId),
        'room',
        roomId,
      );
    const stored: StoredPin = { ...pin, id, byPerson: writer.person, at: new Date().toISOString() };
    const what = [tutorId && 'the tutor', slotId && 'the time', roomId && 'the room'].filter(Boolean).join(' and ');
    const text = `Pinned ${what} of ${names.learner(pin.learnerId)} in ${names.skill(pin.skillId).name}.`;
    return { text, setting: { ...setting, pins: [...setting.pins, stored] }, result: null };
  });
  return { version, id };
}

/** A pin that nobody could keep, alone or beside another, is refused at once; faults that are there already are not its own. */
function refuseClash({ state }: CourseSchedule, pin: PinRequest, names: ScheduleNames): void {
  const { learnerId, skillId, tutorId, slotId, roomId } = pin;
  const added: SchedulePin = {
    ...{ learner: learnerKey(learnerId), skill: skillKey(skillId) },
    ...(tutorId !== undefined && { tutor: tutorId }),
    ...(slotId !== undefined && { slot: slotId }),
    ...(roomId !== undefined && { room: roomId }),
  };
  const wasFine = (): boolean => {
    try {
      requirePlannable(state, names);
      return true;
    } catch {
      return false;
    }
  };
  if (wasFine()) requirePlannable({ ...state, pins: [...(state.pins ?? []), added] }, names);
}

export async function removePin(store: Store, writer: Writer, pinId: string): Promise<number> {
  const { version } = await changeSchedule(store, writer, ({ setting }) => {
    orNotFound(
      setting.pins.find(({ id }) => id === pinId),
      'pin',
      pinId,
    );
    const pins = setting.pins.filter(({ id }) => id !== pinId);
    return { text: 'Took a pin back.', setting: { ...setting, pins }, result: null };
  });
  return version;
}
