/** What the bound and the search derive from a model once: who owns an option, which rules are in play, scales. */
import { toRows } from '../compile/rows.ts';
import type { ScheduleModel } from '../model.ts';
import { overlappingSlots } from '../overlap.ts';

export interface ScheduleLayout {
  readonly model: ScheduleModel;
  readonly optionRequest: Int32Array;
  readonly optionLearner: Int32Array;
  /** tutor * slots + slot. */
  readonly optionCell: Int32Array;
  /** Learners, this one included, who could at most share the option's session. */
  readonly optionSeats: Uint8Array;
  /** Most seats of any session; 1: no groups at all. */
  readonly seats: number;
  /** Requests of learner l: learnerStart[l] to learnerStart[l + 1]. */
  readonly learnerStart: Int32Array;
  /** 1 for tutors with an option: those whose loads are compared. */
  readonly able: Uint8Array;
  readonly ableCount: number;
  /** Sessions wanted by each group, and by everybody. */
  readonly wantedBy: Float64Array;
  readonly wantedAll: number;
  /** 0: no trouble, 1: nobody can use both, 2: depends on sites; at slot * slots + slot. Null where no slots are near. */
  readonly nearKind: Uint8Array | null;
  /** Slots that share rooms and resources with slot s at some moment, at overlapStart[s] to overlapStart[s + 1], without s. */
  readonly overlapStart: Int32Array;
  readonly overlap: Int32Array;
  /** What one session is worth, about: the mean over requests of the best option, at least 1e-6. */
  readonly scale: number;
  /** Larger than anything that the objective can lose by meeting one pinned session or least load. */
  readonly penalty: number;
  /** Rules that the prices of the bound leave out, or price roughly, are in play. */
  readonly coupled: boolean;
  /** Not coupled, and no spread: what a session is worth to a learner depends on tutors alone. */
  readonly plain: boolean;
  /** All terms are whole numbers for every choice, so that a bound may be rounded down. */
  readonly whole: boolean;
}

export function layOut(model: ScheduleModel): ScheduleLayout {
  const { optionStart, optionTutor, optionSlot, requestLearner, slots } = model;
  const options = optionTutor.length;
  const optionRequest = new Int32Array(options);
  const optionLearner = new Int32Array(options);
  const learnerStart = new Int32Array(model.learners + 1);
  for (let r = 0; r < requestLearner.length; r++) {
    optionRequest.fill(r, optionStart[r], optionStart[r + 1]);
    optionLearner.fill(requestLearner[r], optionStart[r], optionStart[r + 1]);
    learnerStart[requestLearner[r] + 1]++;
  }
  for (let l = 0; l < model.learners; l++) learnerStart[l + 1] += learnerStart[l];
  const optionCell = Int32Array.from(optionTutor, (tutor, o) => tutor * slots + optionSlot[o]);
  const able = new Uint8Array(model.tutors);
  for (const tutor of optionTutor) able[tutor] = 1;
  const wantedBy = new Float64Array(model.groups);
  let wantedAll = 0;
  model.wanted.forEach((count, l) => {
    wantedAll += count;
    if (model.learnerGroup[l] >= 0) wantedBy[model.learnerGroup[l]] += count;
  });
  const optionSeats = seatsOf(model, optionRequest, optionLearner, optionCell);
  const coupled = isCoupled(model, optionSeats);
  return {
    model,
    optionRequest,
    optionLearner,
    optionCell,
    optionSeats,
    seats: optionSeats.reduce((most, seats) => Math.max(most, seats), 1),
    learnerStart,
    able,
    ableCount: able.reduce((sum, one) => sum + one, 0),
    wantedBy,
    wantedAll,
    nearKind: nearKinds(model),
    ...overlaps(model),
    scale: scaleOf(model),
    penalty: penaltyOf(model, wantedAll),
    coupled,
    plain: !coupled && model.spread === 0,
    whole: isWhole(model, optionSeats),
  };
}

/** Seats of a session of a tutor. */
function tutorSeats(model: ScheduleModel, tutor: number): number {
  return Math.min(model.tutorGroup[tutor], model.share.length - 1, 255);
}

function seatsOf(
  model: ScheduleModel,
  optionRequest: Int32Array,
  optionLearner: Int32Array,
  optionCell: Int32Array,
): Uint8Array {
  const seats = new Uint8Array(optionCell.length).fill(1);
  const byPlace = new Map<string, number[]>();
  optionCell.forEach((cell, o) => {
    if (tutorSeats(model, model.optionTutor[o]) < 2 || model.alone[optionLearner[o]] === 1) return;
    const key = `${cell} ${model.requestSkill[optionRequest[o]]}`;
    const there = byPlace.get(key);
    if (there) there.push(o);
    else byPlace.set(key, [o]);
  });
  for (const there of byPlace.values()) {
    for (const o of there) {
      const partners = there.filter(
        (other) => optionLearner[other] !== optionLearner[o] && fits(model, optionRequest, optionLearner, o, other),
      ).length;
      seats[o] = Math.min(1 + partners, tutorSeats(model, model.optionTutor[o]));
    }
  }
  return seats;
}

function fits(
  model: ScheduleModel,
  optionRequest: Int32Array,
  optionLearner: Int32Array,
  a: number,
  b: number,
): boolean {
  const distance = Math.abs(model.requestLevel[optionRequest[a]] - model.requestLevel[optionRequest[b]]);
  return !(distance > model.levelWidth + LEVEL_TOLERANCE) && !areApart(model, optionLearner[a], optionLearner[b]);
}

/** Levels are shares with few digits: their differences are not exact. */
export const LEVEL_TOLERANCE = 1e-9;

export function areApart({ apartStart, apart }: ScheduleModel, a: number, b: number): boolean {
  for (let k = apartStart[a]; k < apartStart[a + 1]; k++) if (apart[k] === b) return true;
  return false;
}

function nearKinds({ slots, nearStart, near, nearMinutes, rooms }: ScheduleModel): Uint8Array | null {
  if (near.length === 0) return null;
  const kinds = new Uint8Array(slots * slots);
  for (let s = 0; s < slots; s++) {
    for (let k = nearStart[s]; k < nearStart[s + 1]; k++) {
      kinds[s * slots + near[k]] = nearMinutes[k] < 0 ? 1 : rooms === null ? 0 : 2;
    }
  }
  return kinds;
}

function overlaps(model: ScheduleModel): { overlapStart: Int32Array; overlap: Int32Array } {
  const { start, entries } = toRows(overlappingSlots(model));
  return { overlapStart: start, overlap: entries };
}

function scaleOf({ optionStart, optionGain, optionBonus }: ScheduleModel): number {
  let [sum, count] = [0, 0];
  for (let r = 0; r + 1 < optionStart.length; r++) {
    let best = 0;
    for (let o = optionStart[r]; o < optionStart[r + 1]; o++) best = Math.max(best, optionGain[o] + optionBonus[o]);
    if (best > 0) {
      sum += best;
      count++;
    }
  }
  return Math.max(1e-6, sum / Math.max(1, count));
}

/** A chain moves a handful of sessions for the sake of one: ten times the dearest is never worth breaking a pin. */
function penaltyOf(model: ScheduleModel, wantedAll: number): number {
  let dearest = 0;
  model.optionGain.forEach((gain, o) => {
    dearest = Math.max(dearest, gain + Math.abs(model.optionBonus[o]) + model.cellCost[model.optionTutor[o]]);
  });
  const fairness = model.load * (model.loadFairness === 'range' ? 1 : 1 + wantedAll) + model.access * 4;
  const perSession = dearest + model.continuity + model.spread * Math.max(1, ...model.wanted) + fairness;
  return 10 * Math.max(1, perSession);
}

function isCoupled(model: ScheduleModel, optionSeats: Uint8Array): boolean {
  const most = model.wanted.reduce((sum, count) => Math.max(sum, count), 0);
  return (
    model.rooms !== null ||
    model.near.length > 0 ||
    model.resourceQuantity.length > 0 ||
    Math.min(model.mostPerDay, model.mostPerWeek) < most ||
    model.access > 0 ||
    (model.load > 0 && model.loadFairness === 'squares') ||
    optionSeats.some((seats) => seats > 1) ||
    model.requestLeast.some((least) => least > 0) ||
    model.tutorLeast.some((least) => least > 0)
  );
}

function isWhole(model: ScheduleModel, optionSeats: Uint8Array): boolean {
  const whole = (values: Iterable<number>): boolean => [...values].every(Number.isInteger);
  return (
    whole([model.continuity, model.spread]) &&
    (model.load === 0 || (model.loadFairness === 'range' && Number.isInteger(model.load))) &&
    model.access === 0 &&
    optionSeats.every((seats) => seats === 1) &&
    whole(model.optionGain) &&
    whole(model.optionBonus) &&
    whole(model.cellCost)
  );
}
