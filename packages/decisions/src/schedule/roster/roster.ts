/**
 * A plan being filled session by session: whether one more option still fits, which room it takes, and what it adds to the
 * objective. For rules of thumb, suggestions and reasons, where clear answers count; searches keep faster books of their own.
 */
import type { ScheduleChoice, ScheduleModel } from '../model.ts';
import { goingOn } from '../overlap.ts';
import { createRoomBook, type RoomBook } from './rooms.ts';
import { createWorth } from './worth.ts';

/** Why an option does not fit into what is there. */
export type Refusal =
  | 'request-full'
  | 'learner-busy'
  | 'learner-limit'
  | 'tutor-busy'
  | 'tutor-full'
  | 'group-full'
  | 'group-unfit'
  | 'no-room'
  | 'resource';

export interface Roster {
  readonly model: ScheduleModel;
  /** Request of each option. */
  readonly requestOf: Int32Array;
  /** Null where the option fits. */
  refusal(option: number): Refusal | null;
  /** What adding it changes in the objective, whether it fits or not. */
  added(option: number): number;
  /** Puts it in. @throws RangeError when it does not fit. */
  add(option: number): void;
  /** Takes it out again. @throws RangeError when it is not in. */
  remove(option: number): void;
  /** Does some work, answers its result, and puts everything back as it was, rooms included. */
  trial<Result>(work: () => Result): Result;
  has(option: number): boolean;
  /** Options that a learner has, that are in a cell, and slots of a tutor's sessions. */
  ofLearner(learner: number): readonly number[];
  inCell(tutor: number, slot: number): readonly number[];
  slotsOfTutor(tutor: number): readonly number[];
  metOf(request: number): number;
  /** Room of the cell of an option, or -1. */
  roomOf(option: number): number;
  choice(): ScheduleChoice;
}

/** A roster with the options of a choice in it that fit, in order; all of a choice that keeps the rules. */
export function createRoster(model: ScheduleModel, start?: ScheduleChoice): Roster {
  const requestOf = requestsOfOptions(model);
  const ofLearner: number[][] = Array.from({ length: model.learners }, () => []);
  const ofTutor: number[][] = Array.from({ length: model.tutors }, () => []);
  const cells = new Map<number, number[]>();
  const met = new Int32Array(model.requestMost.length);
  const chosen = new Set<number>();
  const usage = new Int32Array(model.resourceQuantity.length * model.slots);
  const hasResources = createResourceCheck(model, usage);
  const inCell = (tutor: number, slot: number): readonly number[] => cells.get(tutor * model.slots + slot) ?? [];
  const learnerOf = (option: number): number => model.requestLearner[requestOf[option]];
  const book: RoomBook | null = model.rooms === null ? null : createRoomBook(model, { requestOf, ofLearner, ofTutor });
  const worth = createWorth(model, { requestOf, ofLearner, ofTutor, inCell });

  const refusal = (option: number): Refusal | null => {
    const [request, tutor, slot] = [requestOf[option], model.optionTutor[option], model.optionSlot[option]];
    if (met[request] >= model.requestMost[request]) return 'request-full';
    const own = ofLearner[learnerOf(option)];
    if (own.some((other) => isNever(model, slot, model.optionSlot[other]))) return 'learner-busy';
    if (reachesLimit(model, own, slot)) return 'learner-limit';
    const members = inCell(tutor, slot);
    if (members.length === 0) {
      if (ofTutor[tutor].length >= model.tutorMost[tutor]) return 'tutor-full';
      if (ofTutor[tutor].some((other) => isNever(model, slot, other))) return 'tutor-busy';
    } else {
      const misfit = groupRefusal(model, requestOf, members, option);
      if (misfit !== null) return misfit;
    }
    if (!hasResources(model.requestSkill[request], slot)) return 'resource';
    return book !== null && book.find(tutor, slot, [...members, option]) < 0 ? 'no-room' : null;
  };

  const use = (option: number, sign: 1 | -1): void => {
    const bits = model.skillResources[model.requestSkill[requestOf[option]]];
    for (let k = 0; k < model.resourceQuantity.length; k++) {
      if ((bits >> k) & 1) usage[k * model.slots + model.optionSlot[option]] += sign;
    }
  };

  const put = (option: number, room: number): void => {
    const [tutor, slot] = [model.optionTutor[option], model.optionSlot[option]];
    const members = inCell(tutor, slot);
    book?.take(tutor, slot, room);
    worth.change(option, 1);
    if (members.length === 0) ofTutor[tutor].push(slot);
    cells.set(tutor * model.slots + slot, [...members, option]);
    ofLearner[learnerOf(option)].push(option);
    met[requestOf[option]]++;
    chosen.add(option);
    use(option, 1);
  };

  const takeOut = (option: number): void => {
    const [tutor, slot] = [model.optionTutor[option], model.optionSlot[option]];
    const left = inCell(tutor, slot).filter((other) => other !== option);
    chosen.delete(option);
    cells.set(tutor * model.slots + slot, left);
    if (left.length === 0) {
      ofTutor[tutor].splice(ofTutor[tutor].indexOf(slot), 1);
      book?.release(tutor, slot);
    }
    const own = ofLearner[learnerOf(option)];
    own.splice(own.indexOf(option), 1);
    met[requestOf[option]]--;
    worth.change(option, -1);
    use(option, -1);
  };

  /** Steps back, last first, of the trial that is going on. */
  const undo: (() => void)[] = [];
  const fit = (option: number): void => {
    const [tutor, slot] = [model.optionTutor[option], model.optionSlot[option]];
    const room = roomOf(option);
    put(option, book?.find(tutor, slot, [...inCell(tutor, slot), option]) ?? -1);
    undo.push(() => {
      takeOut(option);
      if (room >= 0) book?.take(tutor, slot, room);
    });
  };

  const roomOf = (option: number): number => book?.roomOf(model.optionTutor[option], model.optionSlot[option]) ?? -1;

  const roster: Roster = {
    ...{ model, requestOf, refusal, inCell, roomOf, added: worth.added },
    add(option) {
      const reason = refusal(option);
      if (reason !== null) throw new RangeError(`roster.add: expected an option that fits, got ${option} (${reason}).`);
      fit(option);
    },
    remove(option) {
      if (!chosen.has(option)) throw new RangeError(`roster.remove: expected an option that is in, got ${option}.`);
      const room = roomOf(option);
      takeOut(option);
      undo.push(() => put(option, room));
    },
    trial(work) {
      const mark = undo.length;
      try {
        return work();
      } finally {
        while (undo.length > mark) undo.pop()?.();
      }
    },
    has: (option) => chosen.has(option),
    ofLearner: (learner) => ofLearner[learner],
    slotsOfTutor: (tutor) => ofTutor[tutor],
    metOf: (request) => met[request],
    choice() {
      const options = Int32Array.from(chosen).sort();
      return { options, rooms: options.map(roomOf) };
    },
  };
  if (start) {
    // Rooms as they are, before anybody looks for another.
    for (const [k, option] of start.options.entries())
      book?.prefer(model.optionTutor[option], model.optionSlot[option], start.rooms[k]);
    for (const option of start.options) if (refusal(option) === null) fit(option);
    book?.forgetWishes();
    undo.length = 0;
  }
  return roster;
}

function requestsOfOptions({ optionStart, optionTutor }: ScheduleModel): Int32Array {
  const requestOf = new Int32Array(optionTutor.length);
  for (let r = 0; r + 1 < optionStart.length; r++) requestOf.fill(r, optionStart[r], optionStart[r + 1]);
  return requestOf;
}

/** Whether one person cannot use both slots, wherever the rooms are. */
function isNever({ nearStart, near, nearMinutes }: ScheduleModel, a: number, b: number): boolean {
  if (a === b) return true;
  for (let k = nearStart[a]; k < nearStart[a + 1]; k++) if (near[k] === b) return nearMinutes[k] < 0;
  return false;
}

function reachesLimit(model: ScheduleModel, own: readonly number[], slot: number): boolean {
  const { slotDay, slotWeek, optionSlot, mostPerDay, mostPerWeek } = model;
  const same = (of: Int32Array): number => own.filter((option) => of[optionSlot[option]] === of[slot]).length;
  return same(slotDay) >= mostPerDay || same(slotWeek) >= mostPerWeek;
}

/** Whether somebody may join a session that has members. */
function groupRefusal(
  model: ScheduleModel,
  requestOf: Int32Array,
  members: readonly number[],
  option: number,
): Refusal | null {
  const { requestSkill, requestLearner, requestLevel, alone, apart, apartStart } = model;
  const request = requestOf[option];
  const learner = requestLearner[request];
  if (members.some((other) => requestSkill[requestOf[other]] !== requestSkill[request])) return 'tutor-busy';
  const most = Math.min(model.tutorGroup[model.optionTutor[option]], model.share.length - 1);
  if (members.length >= most) return most === 1 ? 'tutor-busy' : 'group-full';
  const foes = apart.subarray(apartStart[learner], apartStart[learner + 1]);
  const fits = members.every((other) => {
    const theirs = requestOf[other];
    const distance = Math.abs(requestLevel[request] - requestLevel[theirs]);
    return (
      alone[requestLearner[theirs]] === 0 &&
      !foes.includes(requestLearner[theirs]) &&
      !(distance > model.levelWidth + 1e-9)
    );
  });
  return fits && alone[learner] === 0 ? null : 'group-unfit';
}

/** Whether one more of each resource of a skill is left at every moment of a slot: uses are counted where sessions start. */
function createResourceCheck(model: ScheduleModel, usage: Int32Array): (skill: number, slot: number) => boolean {
  const { slots, resourceQuantity, skillResources } = model;
  // What is used changes only where a session starts: at the slot's own start, and where others start during it.
  const startsDuring: number[][] = Array.from({ length: slots }, () => []);
  const going = Array.from({ length: slots }, (_, slot) => goingOn(model, slot));
  for (const [start, others] of going.entries()) for (const slot of others) startsDuring[slot].push(start);
  const used = (resource: number, start: number): number =>
    going[start].reduce((sum, slot) => sum + usage[resource * slots + slot], 0);
  return (skill, slot) => {
    const bits = skillResources[skill];
    for (let k = 0; bits >> k !== 0; k++) {
      if ((bits >> k) & 1 && startsDuring[slot].some((start) => used(k, start) >= resourceQuantity[k])) return false;
    }
    return true;
  };
}
