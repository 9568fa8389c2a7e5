/** The hard rules of a schedule, each checked from scratch on the sessions of a choice; `evaluate.ts` puts them together. */
import type { ScheduleModel } from '../model.ts';
import { goingOn } from '../overlap.ts';

/** A hard rule of the model. */
export type ScheduleRule =
  | 'request-over'
  | 'request-under'
  | 'tutor-over'
  | 'tutor-under'
  | 'learner-twice'
  | 'learner-near'
  | 'learner-day'
  | 'learner-week'
  | 'session-skills'
  | 'session-size'
  | 'session-levels'
  | 'session-apart'
  | 'session-alone'
  | 'tutor-near'
  | 'room-missing'
  | 'room-mixed'
  | 'room-closed'
  | 'room-taken'
  | 'room-seats'
  | 'room-features'
  | 'room-pinned'
  | 'resource-over';

/** One broken rule: numbers of the model that say where, what is there, and what the rule allows. */
export interface BrokenScheduleRule {
  readonly rule: ScheduleRule;
  readonly request?: number;
  readonly learner?: number;
  readonly otherLearner?: number;
  readonly tutor?: number;
  readonly slot?: number;
  readonly otherSlot?: number;
  readonly day?: number;
  readonly week?: number;
  readonly room?: number;
  readonly resource?: number;
  readonly is?: number;
  readonly allowed?: number;
}

/** One session: everybody who meets a tutor in a slot. */
export interface Session {
  readonly tutor: number;
  readonly slot: number;
  readonly members: Member[];
}

export interface Member {
  readonly option: number;
  readonly request: number;
  readonly learner: number;
  readonly tutor: number;
  readonly slot: number;
  readonly room: number;
}

const LEVEL_TOLERANCE = 1e-9;

/** Every hard rule that some sessions break. */
export function brokenRules(
  model: ScheduleModel,
  members: readonly Member[],
  sessions: readonly Session[],
  byLearner: ReadonlyMap<number, readonly Member[]>,
): BrokenScheduleRule[] {
  return [
    ...brokenRequests(model, members),
    ...brokenTutors(model, sessions),
    ...[...byLearner.values()].flatMap((own) => brokenLearner(model, own)),
    ...sessions.flatMap((session) => [...brokenSession(model, session), ...brokenRoom(model, session)]),
    ...roomsTaken(model, sessions),
    ...brokenResources(model, members),
  ];
}

/** Items by a number that each has, in order of first appearance. */
export function groupBy<T>(items: readonly T[], key: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function brokenRequests(model: ScheduleModel, members: readonly Member[]): BrokenScheduleRule[] {
  const met = groupBy(members, ({ request }) => request);
  return Array.from(model.requestMost).flatMap((most, request): BrokenScheduleRule[] => {
    const is = met.get(request)?.length ?? 0;
    const least = model.requestLeast[request];
    const learner = model.requestLearner[request];
    if (is > most) return [{ rule: 'request-over', request, learner, is, allowed: most }];
    return is < least ? [{ rule: 'request-under', request, learner, is, allowed: least }] : [];
  });
}

function brokenTutors(model: ScheduleModel, sessions: readonly Session[]): BrokenScheduleRule[] {
  const byTutor = groupBy(sessions, ({ tutor }) => tutor);
  const able = new Set(model.optionTutor);
  return Array.from(model.tutorMost).flatMap((most, tutor): BrokenScheduleRule[] => {
    const own = byTutor.get(tutor) ?? [];
    const least = able.has(tutor) ? model.tutorLeast[tutor] : 0;
    const broken: BrokenScheduleRule[] = [];
    if (own.length > most) broken.push({ rule: 'tutor-over', tutor, is: own.length, allowed: most });
    if (own.length < least) broken.push({ rule: 'tutor-under', tutor, is: own.length, allowed: least });
    for (const [slot, otherSlot] of nearPairs(
      model,
      own.map(({ slot, members }) => ({ slot, room: members[0].room })),
    )) {
      broken.push({ rule: 'tutor-near', tutor, slot, otherSlot });
    }
    return broken;
  });
}

/** Pairs of places in time that one person cannot both reach. */
function nearPairs(
  { nearStart, near, nearMinutes, rooms }: ScheduleModel,
  places: readonly { readonly slot: number; readonly room: number }[],
): [number, number][] {
  const pairs: [number, number][] = [];
  for (const a of places) {
    for (const b of places) {
      if (a.slot >= b.slot) continue;
      for (let k = nearStart[a.slot]; k < nearStart[a.slot + 1]; k++) {
        if (near[k] !== b.slot) continue;
        const known = rooms !== null && a.room >= 0 && b.room >= 0;
        const travel = known ? rooms.travel[rooms.site[a.room] * rooms.sites + rooms.site[b.room]] : 0;
        if (nearMinutes[k] < 0 || travel > nearMinutes[k]) pairs.push([a.slot, b.slot]);
      }
    }
  }
  return pairs;
}

function brokenLearner(model: ScheduleModel, own: readonly Member[]): BrokenScheduleRule[] {
  const { learner } = own[0];
  const broken: BrokenScheduleRule[] = [];
  for (const [slot, same] of groupBy(own, (member) => member.slot)) {
    if (same.length > 1) broken.push({ rule: 'learner-twice', learner, slot, is: same.length, allowed: 1 });
  }
  for (const [slot, otherSlot] of nearPairs(model, own))
    broken.push({ rule: 'learner-near', learner, slot, otherSlot });
  for (const [day, same] of groupBy(own, ({ slot }) => model.slotDay[slot])) {
    if (same.length > model.mostPerDay)
      broken.push({ rule: 'learner-day', learner, day, is: same.length, allowed: model.mostPerDay });
  }
  for (const [week, same] of groupBy(own, ({ slot }) => model.slotWeek[slot])) {
    if (same.length > model.mostPerWeek)
      broken.push({ rule: 'learner-week', learner, week, is: same.length, allowed: model.mostPerWeek });
  }
  return broken;
}

function brokenSession(model: ScheduleModel, { tutor, slot, members }: Session): BrokenScheduleRule[] {
  const is = members.length;
  if (is === 1) return [];
  const broken: BrokenScheduleRule[] = [];
  const allowed = Math.min(model.tutorGroup[tutor], model.share.length - 1);
  if (is > allowed) broken.push({ rule: 'session-size', tutor, slot, is, allowed });
  const skills = new Set(members.map(({ request }) => model.requestSkill[request])).size;
  if (skills > 1) broken.push({ rule: 'session-skills', tutor, slot, is: skills, allowed: 1 });
  const levels = members.map(({ request }) => model.requestLevel[request]).filter((level) => !Number.isNaN(level));
  const width = Math.max(...levels) - Math.min(...levels);
  if (width > model.levelWidth + LEVEL_TOLERANCE)
    broken.push({ rule: 'session-levels', tutor, slot, is: width, allowed: model.levelWidth });
  for (const { learner } of members) {
    if (model.alone[learner] === 1) broken.push({ rule: 'session-alone', tutor, slot, learner });
    const others = model.apart.subarray(model.apartStart[learner], model.apartStart[learner + 1]);
    for (const { learner: otherLearner } of members) {
      if (learner < otherLearner && others.includes(otherLearner))
        broken.push({ rule: 'session-apart', tutor, slot, learner, otherLearner });
    }
  }
  return broken;
}

function brokenRoom({ rooms, slots }: ScheduleModel, { tutor, slot, members }: Session): BrokenScheduleRule[] {
  if (rooms === null) return [];
  const { room } = members[0];
  if (members.some((member) => member.room !== room)) return [{ rule: 'room-mixed', tutor, slot }];
  if (room < 0) return [{ rule: 'room-missing', tutor, slot }];
  const broken: BrokenScheduleRule[] = [];
  if (rooms.available[room * slots + slot] === 0) broken.push({ rule: 'room-closed', tutor, slot, room });
  if (members.length > rooms.seats[room])
    broken.push({ rule: 'room-seats', tutor, slot, room, is: members.length, allowed: rooms.seats[room] });
  const asked = members.reduce(
    (bits, { learner }) => bits | rooms.learnerFeatures[learner],
    rooms.tutorFeatures[tutor],
  );
  if ((asked & ~rooms.features[room]) !== 0) broken.push({ rule: 'room-features', tutor, slot, room });
  for (const { request, learner } of members) {
    const pinned = rooms.requestRoom[request];
    if (pinned >= 0 && pinned !== room)
      broken.push({ rule: 'room-pinned', tutor, slot, room, request, learner, is: room, allowed: pinned });
  }
  return broken;
}

function roomsTaken(model: ScheduleModel, sessions: readonly Session[]): BrokenScheduleRule[] {
  if (model.rooms === null) return [];
  const bySlot = groupBy(sessions, ({ slot }) => slot);
  return Array.from({ length: model.slots }, (_, slot) => slot).flatMap((slot) => {
    const there = goingOn(model, slot).flatMap((s) => bySlot.get(s) ?? []);
    return [...groupBy(there, ({ members }) => members[0].room)]
      .filter(([room, users]) => room >= 0 && users.length > 1 && users.some((user) => user.slot === slot))
      .map(
        ([room, users]): BrokenScheduleRule => ({
          rule: 'room-taken',
          room,
          slot,
          tutor: users[0].tutor,
          is: users.length,
          allowed: 1,
        }),
      );
  });
}

function brokenResources(model: ScheduleModel, members: readonly Member[]): BrokenScheduleRule[] {
  const bySlot = groupBy(members, ({ slot }) => slot);
  return Array.from({ length: model.slots }, (_, slot) => slot).flatMap((slot) => {
    const there = goingOn(model, slot).flatMap((s) => bySlot.get(s) ?? []);
    return Array.from(model.resourceQuantity).flatMap((allowed, resource): BrokenScheduleRule[] => {
      const is = there.filter(
        ({ request }) => (model.skillResources[model.requestSkill[request]] >> resource) & 1,
      ).length;
      return is > allowed ? [{ rule: 'resource-over', resource, slot, is, allowed }] : [];
    });
  });
}
