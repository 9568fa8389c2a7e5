/** Requests of learners, and who could meet whom when: hard rules about one learner and one tutor are applied here. */
import type { ScheduleRooms } from '../model.ts';
import type { ScheduleLearner, ScheduleNeed, SchedulePin, ScheduleState, ScheduleTutor } from '../types.ts';
import { scheduleWeights } from '../weights.ts';
import { positions } from './rows.ts';

/** What one learner wants of one skill, or one pinned session of it. */
export interface ScheduleRequest {
  /** Position in the state's learners. */
  readonly learner: number;
  readonly need: ScheduleNeed;
  readonly sessions: number;
  /** Position in the state's pins; -1 where nothing is pinned. */
  readonly pin: number;
}

/** Requests in order of learner; pinned sessions come before the rest of their need. */
export function requestsOf({ learners, pins = [] }: ScheduleState): ScheduleRequest[] {
  const pinned = new Map<string, number[]>();
  for (const [k, { learner, skill }] of pins.entries()) {
    const key = JSON.stringify([learner, skill]);
    pinned.set(key, [...(pinned.get(key) ?? []), k]);
  }
  return learners.flatMap(({ id, needs }, learner) =>
    needs.flatMap((need) => {
      const own = pinned.get(JSON.stringify([id, need.skill])) ?? [];
      const rest = need.sessions - own.length;
      return [
        ...own.map((pin) => ({ learner, need, sessions: 1, pin })),
        ...(rest > 0 ? [{ learner, need, sessions: rest, pin: -1 }] : []),
      ];
    }),
  );
}

/** Learning gain of one session alone, before weights; null where the tutor does not teach the skill. */
export function gainOf(learner: ScheduleLearner, need: ScheduleNeed, tutor: ScheduleTutor): number | null {
  if (!Object.hasOwn(tutor.skills, need.skill)) return null;
  const gain = need.gainWith?.[tutor.id] ?? need.gain * tutor.skills[need.skill];
  return gain * (learner.priority ?? 1);
}

/** Whether two people share a language; who names none speaks everybody's. */
export function shareLanguage(learner: ScheduleLearner, tutor: ScheduleTutor): boolean {
  const { languages } = tutor;
  return (
    learner.languages === undefined || languages === undefined || learner.languages.some((l) => languages.includes(l))
  );
}

export interface ScheduleOptions {
  readonly start: Int32Array;
  readonly tutor: Int32Array;
  readonly slot: Int32Array;
  readonly gain: Float64Array;
}

/** Options of each request, in order of tutor, then slot. */
export function compileOptions(
  state: ScheduleState,
  requests: readonly ScheduleRequest[],
  rooms: Omit<ScheduleRooms, 'requestRoom'> | null,
): ScheduleOptions {
  const { learners, tutors, slots, pins = [] } = state;
  const slotAt = positions(slots);
  const roomAt = positions(state.rooms ?? []);
  const weight = scheduleWeights(state).gain;
  const slotsOf = (ids: readonly string[]): number[] => ids.map((id) => slotAt.get(id) as number).sort((a, b) => a - b);
  const tutorSlots = tutors.map(({ available }) => slotsOf(available));
  const teachers = teachersBySkill(tutors);
  const hasRoom = roomFinder(rooms, slots.length);
  const start = new Int32Array(requests.length + 1);
  const [tutorOf, slotOf, gains]: number[][] = [[], [], []];
  let learnerOf = -1;
  const free = new Uint8Array(slots.length);
  for (const [r, { learner, need, pin }] of requests.entries()) {
    if (learner !== learnerOf) {
      free.fill(0);
      for (const slot of slotsOf(learners[learner].available)) free[slot] = 1;
      learnerOf = learner;
    }
    const wanted: Partial<SchedulePin> = pins[pin] ?? {};
    const room = wanted.room === undefined ? -1 : (roomAt.get(wanted.room) as number);
    for (const tutor of teachers.get(need.skill) ?? []) {
      const { id } = tutors[tutor];
      if ((wanted.tutor ?? id) !== id || !shareLanguage(learners[learner], tutors[tutor])) continue;
      const gain = weight * (gainOf(learners[learner], need, tutors[tutor]) as number);
      const asked = rooms === null ? 0 : rooms.learnerFeatures[learner] | rooms.tutorFeatures[tutor];
      for (const slot of tutorSlots[tutor]) {
        if (free[slot] === 0 || (wanted.slot ?? slots[slot].id) !== slots[slot].id || !hasRoom(asked, slot, room))
          continue;
        tutorOf.push(tutor);
        slotOf.push(slot);
        gains.push(gain);
      }
    }
    start[r + 1] = tutorOf.length;
  }
  return {
    ...{ start, gain: Float64Array.from(gains) },
    ...{ tutor: Int32Array.from(tutorOf), slot: Int32Array.from(slotOf) },
  };
}

function teachersBySkill(tutors: readonly ScheduleTutor[]): ReadonlyMap<string, readonly number[]> {
  const teachers = new Map<string, number[]>();
  for (const [k, { skills }] of tutors.entries()) {
    for (const skill of Object.keys(skills)) teachers.set(skill, [...(teachers.get(skill) ?? []), k]);
  }
  return teachers;
}

/** Whether any room (or the one named) is free in a slot and has features; answers are kept by features. */
function roomFinder(
  rooms: Omit<ScheduleRooms, 'requestRoom'> | null,
  slots: number,
): (asked: number, slot: number, room: number) => boolean {
  if (rooms === null) return () => true;
  const fits = (asked: number, slot: number, room: number): boolean =>
    rooms.available[room * slots + slot] === 1 && (asked & ~rooms.features[room]) === 0;
  const known = new Map<number, Uint8Array>();
  return (asked, slot, room) => {
    if (room >= 0) return fits(asked, slot, room);
    let by = known.get(asked);
    if (by === undefined) {
      by = Uint8Array.from({ length: slots }, (_, s) => {
        for (let k = 0; k < rooms.count; k++) if (fits(asked, s, k)) return 1;
        return 0;
      });
      known.set(asked, by);
    }
    return by[slot] === 1;
  };
}
