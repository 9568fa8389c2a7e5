/**
 * What a choice is worth and which hard rules it breaks, from scratch: the judge of the search, with which it shares
 * nothing. Formula and rules are those of `ScheduleModel`.
 */
import type { ScheduleChoice, ScheduleModel } from '../model.ts';

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

/** Signed contributions: they add up to the objective. */
export interface ChoiceTerms {
  readonly gain: number;
  readonly bonus: number;
  readonly cost: number;
  readonly continuity: number;
  readonly spread: number;
  readonly load: number;
  readonly access: number;
}

export interface ChoiceEvaluation {
  readonly objective: number;
  readonly terms: ChoiceTerms;
  /** Empty when every hard rule holds. */
  readonly broken: readonly BrokenScheduleRule[];
}

/** One session: everybody who meets a tutor in a slot. */
interface Session {
  readonly tutor: number;
  readonly slot: number;
  readonly members: Member[];
}

interface Member {
  readonly option: number;
  readonly request: number;
  readonly learner: number;
  readonly tutor: number;
  readonly slot: number;
  readonly room: number;
}

const LEVEL_TOLERANCE = 1e-9;

/** Evaluates a choice. @throws RangeError for options or rooms that the model does not have. */
export function evaluateChoice(model: ScheduleModel, choice: ScheduleChoice): ChoiceEvaluation {
  const members = readMembers(model, choice);
  const sessions = [...groupBy(members, ({ tutor, slot }) => tutor * model.slots + slot).values()].map(
    (met): Session => ({ tutor: met[0].tutor, slot: met[0].slot, members: met }),
  );
  const byLearner = groupBy(members, ({ learner }) => learner);
  const terms = termsOf(model, members, sessions, byLearner);
  return {
    objective: Object.values(terms).reduce((sum: number, term: number) => sum + term, 0),
    terms,
    broken: [
      ...brokenRequests(model, members),
      ...brokenTutors(model, sessions),
      ...[...byLearner.values()].flatMap((own) => brokenLearner(model, own)),
      ...sessions.flatMap((session) => [...brokenSession(model, session), ...brokenRoom(model, session)]),
      ...roomsTaken(model, sessions),
      ...brokenResources(model, members),
    ],
  };
}

function readMembers(model: ScheduleModel, { options, rooms }: ScheduleChoice): Member[] {
  if (rooms.length !== options.length) {
    throw new RangeError(
      `evaluateChoice: expected one room (or -1) per option, got ${rooms.length} for ${options.length}; pass both lists.`,
    );
  }
  const { requestLearner, optionStart, optionTutor, optionSlot } = model;
  let request = 0;
  return Array.from(options, (option, k) => {
    if (option < 0 || option >= optionTutor.length || (k > 0 && option <= options[k - 1])) {
      throw new RangeError(
        `evaluateChoice: expected options from 0 to ${optionTutor.length - 1}, each once and ascending, got ${option} at ${k}; sort them.`,
      );
    }
    const room = rooms[k];
    if (room < -1 || room >= (model.rooms?.count ?? 0)) {
      throw new RangeError(
        `evaluateChoice: expected a room from 0 to ${(model.rooms?.count ?? 0) - 1} or -1, got ${room}; correct it.`,
      );
    }
    while (optionStart[request + 1] <= option) request++;
    return {
      option,
      request,
      learner: requestLearner[request],
      tutor: optionTutor[option],
      slot: optionSlot[option],
      room,
    };
  });
}

function groupBy<T>(items: readonly T[], key: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function termsOf(
  model: ScheduleModel,
  members: readonly Member[],
  sessions: readonly Session[],
  byLearner: ReadonlyMap<number, readonly Member[]>,
): ChoiceTerms {
  let [gain, cost, continuity, spread] = [0, 0, 0, 0];
  for (const { tutor, members: met } of sessions) {
    // A session larger than allowed is broken; it is valued by the last share.
    const share = model.share[Math.min(met.length, model.share.length - 1)];
    for (const { option } of met) gain += share * model.optionGain[option];
    cost -= model.cellCost[tutor];
  }
  for (const [learner, own] of byLearner) {
    if (model.wanted[learner] >= 2) continuity -= model.continuity * new Set(own.map(({ tutor }) => tutor)).size;
    for (const [, sameDay] of groupBy(own, ({ slot }) => model.slotDay[slot])) {
      spread -= (model.spread * sameDay.length * (sameDay.length - 1)) / 2;
    }
  }
  return {
    gain,
    bonus: members.reduce((sum, { option }) => sum + model.optionBonus[option], 0),
    cost,
    continuity,
    spread,
    load: loadTerm(model, sessions),
    access: accessTerm(model, byLearner),
  };
}

function loadTerm({ optionTutor, load, loadFairness }: ScheduleModel, sessions: readonly Session[]): number {
  const able = new Map<number, number>();
  for (const tutor of optionTutor) able.set(tutor, 0);
  if (load === 0 || able.size === 0) return 0;
  for (const { tutor } of sessions) able.set(tutor, (able.get(tutor) ?? 0) + 1);
  const loads = [...able.values()];
  if (loadFairness === 'range') return -load * (Math.max(...loads) - Math.min(...loads));
  const mean = loads.reduce((sum, count) => sum + count, 0) / loads.length;
  return -load * loads.reduce((sum, count) => sum + (count - mean) ** 2, 0);
}

function accessTerm(model: ScheduleModel, byLearner: ReadonlyMap<number, readonly Member[]>): number {
  const { access, wanted, learnerGroup, groups } = model;
  const everybody = wanted.reduce((sum, count) => sum + count, 0);
  if (access === 0 || everybody === 0) return 0;
  const wantedBy = new Float64Array(groups);
  const metBy = new Float64Array(groups);
  let met = 0;
  wanted.forEach((count, learner) => {
    const mine = byLearner.get(learner)?.length ?? 0;
    met += mine;
    if (learnerGroup[learner] < 0) return;
    wantedBy[learnerGroup[learner]] += count;
    metBy[learnerGroup[learner]] += mine;
  });
  let sum = 0;
  for (let g = 0; g < groups; g++) {
    if (wantedBy[g] > 0) sum += wantedBy[g] * (metBy[g] / wantedBy[g] - met / everybody) ** 2;
  }
  return -access * sum;
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

/** Slots whose sessions are going on when slot s starts: s itself, and those that still run. */
function goingOn({ runningStart, running }: ScheduleModel, slot: number): number[] {
  if (runningStart === undefined || running === undefined) return [slot];
  return [slot, ...running.subarray(runningStart[slot], runningStart[slot + 1])];
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
