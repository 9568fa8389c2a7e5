/**
 * What a state says about who, when and where, by ids and instants. The validator and the score read this alone; they share
 * no code with the model, its searches or the formulation, so that a mistake there shows here.
 */
import type {
  ScheduleAssignment,
  ScheduleLearner,
  ScheduleNeed,
  ScheduleRoom,
  ScheduleSlot,
  ScheduleState,
  ScheduleTutor,
} from '../types.ts';
import { scheduleRules } from '../weights.ts';
import { createTimeZone, dayOfWall, weekOfDay } from '../zoned-time.ts';

export interface SlotFact extends ScheduleSlot {
  /** Milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly day: number;
  readonly week: number;
}

/** One session: who meets this tutor in this slot for this skill in this room. */
export interface Session {
  readonly tutor: ScheduleTutor;
  readonly slot: SlotFact;
  readonly skill: string;
  readonly room: ScheduleRoom | undefined;
  readonly members: readonly { readonly learner: ScheduleLearner; readonly need: ScheduleNeed }[];
}

export interface Facts {
  readonly state: ScheduleState;
  readonly slots: ReadonlyMap<string, SlotFact>;
  readonly learners: ReadonlyMap<string, ScheduleLearner>;
  readonly tutors: ReadonlyMap<string, ScheduleTutor>;
  readonly rooms: ReadonlyMap<string, ScheduleRoom>;
}

export function factsOf(state: ScheduleState): Facts {
  const zone = createTimeZone(state.timeZone);
  const slots = state.slots.map((slot): SlotFact => {
    const from = Date.parse(slot.start);
    const day = dayOfWall(zone.wallMinutes(from));
    return { ...slot, from, to: Date.parse(slot.end), day, week: weekOfDay(day) };
  });
  const byId = <T extends { readonly id: string }>(entries: readonly T[] = []) =>
    new Map(entries.map((e) => [e.id, e]));
  return {
    ...{ state, slots: byId(slots), learners: byId(state.learners), tutors: byId(state.tutors) },
    rooms: byId(state.rooms),
  };
}

/** Entries by a text, in order of first appearance. */
export function grouped<T>(entries: readonly T[], key: (entry: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const entry of entries) {
    const found = groups.get(key(entry));
    if (found) found.push(entry);
    else groups.set(key(entry), [entry]);
  }
  return [...groups.values()];
}

/** Sessions of the assignments whose ids all exist and whose learner has the need. */
export function sessionsOf(facts: Facts, assignments: readonly ScheduleAssignment[]): Session[] {
  const known = assignments.flatMap((each) => {
    const learner = facts.learners.get(each.learner);
    const need = learner?.needs.find(({ skill }) => skill === each.skill);
    const tutor = facts.tutors.get(each.tutor);
    const slot = facts.slots.get(each.slot);
    return learner && need && tutor && slot ? [{ each, learner, need, tutor, slot }] : [];
  });
  return grouped(known, ({ each }) => JSON.stringify([each.tutor, each.slot, each.skill, each.room])).map(
    (members) => ({
      ...{ tutor: members[0].tutor, slot: members[0].slot, skill: members[0].each.skill },
      room: facts.rooms.get(members[0].each.room ?? ''),
      members: members.map(({ learner, need }) => ({ learner, need })),
    }),
  );
}

/** Whether this learner could meet this tutor in this slot for this need, everybody else aside; pins count. */
export function couldMeet(
  facts: Facts,
  learner: ScheduleLearner,
  need: ScheduleNeed,
  tutor: ScheduleTutor,
  slot: string,
): boolean {
  if (!teaches(learner, need, tutor) || !learner.available.includes(slot) || !tutor.available.includes(slot))
    return false;
  const pins = (facts.state.pins ?? []).filter((pin) => pin.learner === learner.id && pin.skill === need.skill);
  const open = pins.length < need.sessions ? [{}, ...pins] : pins;
  return open.some(
    (pin: { tutor?: string; slot?: string; room?: string }) =>
      (pin.tutor ?? tutor.id) === tutor.id &&
      (pin.slot ?? slot) === slot &&
      hasRoom(facts, learner, tutor, slot, pin.room),
  );
}

/** Skill and language. */
export function teaches(learner: ScheduleLearner, need: ScheduleNeed, tutor: ScheduleTutor): boolean {
  if (tutor.skills[need.skill] === undefined) return false;
  if (learner.languages === undefined || tutor.languages === undefined) return true;
  return learner.languages.some((language) => tutor.languages?.includes(language));
}

export function isOpen(room: ScheduleRoom, slot: string): boolean {
  return room.available === undefined || room.available.includes(slot);
}

/** Features that people ask for and the room does not have. */
export function missingFeatures(
  room: ScheduleRoom,
  people: readonly { readonly access?: readonly string[] }[],
): string[] {
  const asked = new Set(people.flatMap(({ access = [] }) => access));
  return [...asked].filter((feature) => !room.features?.includes(feature));
}

function hasRoom(
  { rooms }: Facts,
  learner: ScheduleLearner,
  tutor: ScheduleTutor,
  slot: string,
  pinned: string | undefined,
): boolean {
  if (rooms.size === 0) return true;
  return [...rooms.values()].some(
    (room) =>
      (pinned ?? room.id) === room.id && isOpen(room, slot) && missingFeatures(room, [learner, tutor]).length === 0,
  );
}

/** Tutors by whom anybody could be taught: those whose loads are compared and whose least load is owed. */
export function ableTutors(facts: Facts): ScheduleTutor[] {
  return facts.state.tutors.filter((tutor) =>
    facts.state.learners.some((learner) =>
      learner.needs.some((need) => tutor.available.some((slot) => couldMeet(facts, learner, need, tutor, slot))),
    ),
  );
}

/** Minutes that a person needs between two rooms, the buffer included. */
export function minutesBetween({ state }: Facts, a: ScheduleRoom | undefined, b: ScheduleRoom | undefined): number {
  const { bufferMinutes, travelMinutes } = scheduleRules(state);
  const [from, to] = [a?.site ?? '', b?.site ?? ''];
  const travel = travelMinutes.find(([x, y]) => (x === from && y === to) || (x === to && y === from));
  return bufferMinutes + (from === to ? 0 : (travel?.[2] ?? 0));
}
