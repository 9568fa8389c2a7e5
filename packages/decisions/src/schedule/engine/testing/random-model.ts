/** Small random schedule models with any mix of rules and terms, and the best choice by looking at all of them. */
import type { Random } from '@qurriculum/random';
import type { ScheduleChoice, ScheduleModel, ScheduleRooms } from '../../model.ts';
import { evaluateChoice } from '../evaluate.ts';

export interface RandomModelOptions {
  readonly learners: number;
  readonly tutors: number;
  readonly slots: number;
  /** Chance of each possible option. */
  readonly density: number;
  /** Which rules and terms: default none but one-to-one sessions. */
  readonly groups?: boolean;
  readonly rooms?: boolean;
  readonly near?: boolean;
  readonly limits?: boolean;
  readonly resources?: boolean;
  readonly pins?: boolean;
  readonly least?: boolean;
  readonly requests?: number;
  readonly load?: 'range' | 'squares';
  readonly access?: boolean;
  readonly spread?: boolean;
  readonly whole?: boolean;
}

export function randomModel(random: Random, o: RandomModelOptions): ScheduleModel {
  const { learners, tutors, slots } = o;
  const perLearner = o.requests ?? 1;
  const requests = learners * perLearner;
  const list = (length: number, draw: (k: number) => number): Int32Array =>
    Int32Array.from({ length }, (_, k) => draw(k));
  const requestLearner = list(requests, (r) => Math.floor(r / perLearner));
  const requestMost = list(requests, () => 1 + random.integer(3));
  const requestSkill = list(requests, (r) => r % Math.max(2, perLearner));
  const optionStart = new Int32Array(requests + 1);
  const [optionTutor, optionSlot, gain, bonus]: number[][] = [[], [], [], []];
  const points = (most: number): number => (o.whole ? random.integer(most) : most * random.next());
  for (let r = 0; r < requests; r++) {
    for (let cell = 0; cell < tutors * slots; cell++) {
      if (!random.chance(o.density)) continue;
      optionTutor.push(Math.floor(cell / slots));
      optionSlot.push(cell % slots);
      gain.push(5 + points(20));
      bonus.push(random.chance(0.3) ? points(6) - 3 : 0);
    }
    optionStart[r + 1] = optionTutor.length;
  }
  const wanted = new Int32Array(learners);
  requestMost.forEach((most, r) => {
    wanted[requestLearner[r]] += most;
  });
  const pinned = (r: number): number => (o.pins && random.chance(0.3) && optionStart[r + 1] > optionStart[r] ? 1 : 0);
  return {
    learners,
    tutors,
    slots,
    requestLearner,
    requestMost,
    requestLeast: list(requests, pinned),
    requestSkill,
    requestLevel: Float64Array.from({ length: requests }, () => (random.chance(0.3) ? Number.NaN : random.next())),
    optionStart,
    optionTutor: Int32Array.from(optionTutor),
    optionSlot: Int32Array.from(optionSlot),
    optionGain: Float64Array.from(gain),
    optionBonus: Float64Array.from(bonus),
    wanted,
    alone: Uint8Array.from({ length: learners }, () => (random.chance(0.2) ? 1 : 0)),
    learnerGroup: list(learners, (l) => (l % 3) - 1),
    groups: 2,
    ...firstTwoApart(learners),
    tutorMost: list(tutors, () => 1 + random.integer(slots)),
    tutorLeast: list(tutors, () => (o.least ? random.integer(2) : 0)),
    cellCost: Float64Array.from({ length: tutors }, () => points(4)),
    tutorGroup: list(tutors, () => (o.groups ? 1 + random.integer(3) : 1)),
    share: Float64Array.of(0, 1, 0.9, 0.8),
    levelWidth: 0.4,
    slotDay: list(slots, (s) => s >> 1),
    slotWeek: list(slots, (s) => s >> 2),
    days: (slots + 1) >> 1,
    weeks: (slots + 3) >> 2,
    ...neighbours(slots, o),
    mostPerDay: o.limits ? 1 : 2 ** 31 - 1,
    mostPerWeek: o.limits ? 2 : 2 ** 31 - 1,
    rooms: o.rooms ? randomRooms(random, o, requests) : null,
    resourceQuantity: o.resources ? Int32Array.of(1) : new Int32Array(0),
    skillResources: list(Math.max(2, perLearner), (skill) => (o.resources && skill === 0 ? 1 : 0)),
    continuity: 2,
    spread: o.spread ? 1.5 : 0,
    load: o.load === undefined ? 0 : 1,
    loadFairness: o.load ?? 'squares',
    access: o.access ? 5 : 0,
  };
}

function firstTwoApart(learners: number): Pick<ScheduleModel, 'apartStart' | 'apart'> {
  const apartStart = Int32Array.from({ length: learners + 1 }, (_, l) => Math.min(l, 2));
  return learners < 2
    ? { apartStart: new Int32Array(learners + 1), apart: new Int32Array(0) }
    : { apartStart, apart: Int32Array.of(1, 0) };
}

/** Slots next to each other are near: every third pair overlaps, the others depend on the way between sites. */
function neighbours(slots: number, { near, rooms }: RandomModelOptions) {
  const lists = Array.from({ length: slots }, (_, s) =>
    near ? [s - 1, s + 1].filter((other) => other >= 0 && other < slots) : [],
  );
  const minutes = (s: number, other: number): number => (!rooms || Math.min(s, other) % 3 === 0 ? -1 : 5);
  const starts = (rows: readonly (readonly number[])[]): Int32Array => {
    const start = new Int32Array(slots + 1);
    rows.forEach((row, s) => {
      start[s + 1] = start[s] + row.length;
    });
    return start;
  };
  const runs = lists.map((row, s) => row.filter((other) => other < s && minutes(s, other) < 0));
  return {
    nearStart: starts(lists),
    near: Int32Array.from(lists.flat()),
    nearMinutes: Float64Array.from(lists.flatMap((row, s) => row.map((other) => minutes(s, other)))),
    runningStart: starts(runs),
    running: Int32Array.from(runs.flat()),
  };
}

function randomRooms(random: Random, { learners, tutors, slots }: RandomModelOptions, requests: number): ScheduleRooms {
  return {
    count: 2,
    seats: Int32Array.of(1, 3),
    features: Int32Array.of(1, random.integer(2)),
    learnerFeatures: Int32Array.from({ length: learners }, () => (random.chance(0.2) ? 1 : 0)),
    tutorFeatures: Int32Array.from({ length: tutors }, () => (random.chance(0.2) ? 1 : 0)),
    available: Uint8Array.from({ length: 2 * slots }, () => (random.chance(0.8) ? 1 : 0)),
    site: Int32Array.of(0, 1),
    sites: 2,
    travel: Float64Array.of(0, 10, 10, 0),
    requestRoom: Int32Array.from({ length: requests }, () => (random.chance(0.1) ? random.integer(2) : -1)),
  };
}

/** The best choice that keeps every hard rule, by trying every subset of options with every room; null where none does. */
export function bestOfAll(
  model: ScheduleModel,
): { readonly objective: number; readonly choice: ScheduleChoice } | null {
  const count = model.optionTutor.length;
  if (count > 16) throw new RangeError(`bestOfAll: expected at most 16 options, got ${count}; make a smaller model.`);
  let best: { objective: number; choice: ScheduleChoice } | null = null;
  for (let subset = 0; subset < 2 ** count; subset++) {
    const options = Int32Array.from({ length: count }, (_, k) => k).filter((k) => (subset >> k) & 1);
    for (const rooms of roomLists(model, options)) {
      const choice = { options, rooms };
      const { objective, broken } = evaluateChoice(model, choice);
      if (broken.length === 0 && (best === null || objective > best.objective)) best = { objective, choice };
    }
  }
  return best;
}

/** All ways to give the sessions of some options rooms; members of a session share theirs. */
function* roomLists(model: ScheduleModel, options: Int32Array): Generator<Int32Array> {
  if (model.rooms === null) {
    yield new Int32Array(options.length).fill(-1);
    return;
  }
  const cells = [...new Set(Array.from(options, (o) => model.optionTutor[o] * model.slots + model.optionSlot[o]))];
  const place = Array.from(options, (o) => cells.indexOf(model.optionTutor[o] * model.slots + model.optionSlot[o]));
  const bare = evaluateChoice({ ...model, rooms: null }, { options, rooms: new Int32Array(options.length).fill(-1) });
  // Most subsets break a rule in any room.
  if (bare.broken.length > 0) return;
  for (let code = 0; code < model.rooms.count ** cells.length; code++) {
    yield Int32Array.from(place, (k) => Math.floor(code / model.rooms!.count ** k) % model.rooms!.count);
  }
}
