/** Hard rules around one option in a state: who may share a session, who has time, which room and which resources are left. */
import { areApart, LEVEL_TOLERANCE, type ScheduleLayout } from './layout.ts';
import { moveRoom, type SearchState } from './state.ts';

/** Whether the learner of an option has time for it and its request is not full. */
export function hasTime(s: SearchState, option: number): boolean {
  const { model, optionLearner, optionRequest, nearKind } = s.layout;
  const request = optionRequest[option];
  if (s.requestCount[request] >= model.requestMost[request]) return false;
  const learner = optionLearner[option];
  const start = s.chosenStart[learner];
  const end = start + s.chosenCount[learner];
  if (start === end) return model.mostPerDay > 0 && model.mostPerWeek > 0;
  const { optionSlot, slotDay, slotWeek, slots } = model;
  const slot = optionSlot[option];
  let [sameDay, sameWeek] = [0, 0];
  for (let k = start; k < end; k++) {
    const other = optionSlot[s.chosen[k]];
    if (other === slot) return false;
    if (nearKind !== null && nearKind[slot * slots + other] === 1) return false;
    if (slotDay[other] === slotDay[slot]) sameDay++;
    if (slotWeek[other] === slotWeek[slot]) sameWeek++;
  }
  return sameDay < model.mostPerDay && sameWeek < model.mostPerWeek;
}

/** Whether nobody can use the slots of both options, wherever they are. */
export function areTooNear({ model, nearKind }: ScheduleLayout, option: number, other: number): boolean {
  const [slot, otherSlot] = [model.optionSlot[option], model.optionSlot[other]];
  return slot === otherSlot || (nearKind !== null && nearKind[slot * model.slots + otherSlot] === 1);
}

/** Whether an option's learner fits in with everybody in its cell, seats apart. */
export function fitsIn(s: SearchState, option: number): boolean {
  const { model, optionRequest, optionLearner, optionCell, optionSeats, seats } = s.layout;
  if (optionSeats[option] === 1) return false;
  const request = optionRequest[option];
  const learner = optionLearner[option];
  const base = optionCell[option] * seats;
  for (let k = 0; k < s.cellCount[optionCell[option]]; k++) {
    const other = s.member[base + k];
    const otherRequest = optionRequest[other];
    if (model.requestSkill[otherRequest] !== model.requestSkill[request]) return false;
    if (model.alone[optionLearner[other]] === 1) return false;
    if (Math.abs(model.requestLevel[otherRequest] - model.requestLevel[request]) > model.levelWidth + LEVEL_TOLERANCE)
      return false;
    if (areApart(model, learner, optionLearner[other])) return false;
  }
  return true;
}

/** Seats in a session of the option's tutor. */
export function seatsAt({ model, seats }: ScheduleLayout, option: number): number {
  return Math.min(model.tutorGroup[model.optionTutor[option]], seats);
}

/**
 * Gives the session that an option is about to open or join a room in which all find place, moving one other session to
 * another room if that helps. False where none is left. The session of a cell without members is the option's alone.
 */
export function secureRoom(s: SearchState, option: number): boolean {
  const { rooms } = s.layout.model;
  if (rooms === null) return true;
  const cell = s.layout.optionCell[option];
  const now = s.cellRoom[cell];
  if (now >= 0 && roomFits(s, now, cell, option)) return true;
  let room = freeRoom(s, cell, option);
  if (room < 0) room = clearedRoom(s, cell, option);
  if (room < 0) return false;
  moveRoom(s, cell, room);
  return true;
}

/** Whether nobody has a room while a cell's session lasts, and it suits all in the cell and one who joins (-1: nobody). */
export function roomIsFree(s: SearchState, room: number, cell: number, option: number): boolean {
  const { slots } = s.layout.model;
  const slot = cell % slots;
  return s.roomUser[room * slots + slot] === 0 && !takenAround(s, room, slot) && roomFits(s, room, cell, option);
}

/** The smallest free room that fits, or -1. `option`: one who joins, or -1. */
function freeRoom(s: SearchState, cell: number, option: number): number {
  const { rooms } = s.layout.model;
  if (rooms === null) return -1;
  let best = -1;
  for (let room = 0; room < rooms.count; room++) {
    if (best >= 0 && rooms.seats[room] >= rooms.seats[best]) continue;
    if (roomIsFree(s, room, cell, option)) best = room;
  }
  return best;
}

/** A room that fits, after its session has moved to a free one; or -1. */
function clearedRoom(s: SearchState, cell: number, option: number): number {
  const { rooms, slots } = s.layout.model;
  if (rooms === null) return -1;
  const slot = cell % slots;
  for (let room = 0; room < rooms.count; room++) {
    const user = s.roomUser[room * slots + slot] - 1;
    if (user < 0 || user === cell || takenAround(s, room, slot) || !roomFits(s, room, cell, option)) continue;
    const other = freeRoom(s, user, -1);
    if (other < 0) continue;
    moveRoom(s, user, other);
    return room;
  }
  return -1;
}

/** Whether a session in an overlapping slot has the room. */
function takenAround(s: SearchState, room: number, slot: number): boolean {
  const { model, overlapStart, overlap } = s.layout;
  for (let k = overlapStart[slot]; k < overlapStart[slot + 1]; k++) {
    if (s.roomUser[room * model.slots + overlap[k]] !== 0) return true;
  }
  return false;
}

/** Whether a room suits everybody in a cell, and one who joins, apart from being free. */
export function roomFits(s: SearchState, room: number, cell: number, option: number): boolean {
  const { model, optionRequest, optionLearner, seats } = s.layout;
  const { rooms, slots } = model;
  if (rooms === null) return true;
  const slot = cell % slots;
  const count = s.cellCount[cell] + (option < 0 ? 0 : 1);
  if (rooms.available[room * slots + slot] === 0 || count > rooms.seats[room]) return false;
  let asked = rooms.tutorFeatures[Math.floor(cell / slots)];
  for (let k = 0; k < count; k++) {
    const member = k < s.cellCount[cell] ? s.member[cell * seats + k] : option;
    const pinned = rooms.requestRoom[optionRequest[member]];
    if (pinned >= 0 && pinned !== room) return false;
    asked |= rooms.learnerFeatures[optionLearner[member]];
    if (!learnerReaches(s, optionLearner[member], slot, room)) return false;
  }
  return (asked & ~rooms.features[room]) === 0 && tutorReaches(s, cell, room);
}

function learnerReaches(s: SearchState, learner: number, slot: number, room: number): boolean {
  const { model, optionCell } = s.layout;
  const start = s.chosenStart[learner];
  for (let k = start; k < start + s.chosenCount[learner]; k++) {
    const other = s.chosen[k];
    if (!reaches(s, slot, room, model.optionSlot[other], s.cellRoom[optionCell[other]])) return false;
  }
  return true;
}

function tutorReaches(s: SearchState, cell: number, room: number): boolean {
  const { slots } = s.layout.model;
  const tutor = Math.floor(cell / slots);
  for (let k = 0; k < s.load[tutor]; k++) {
    const other = s.used[tutor * slots + k];
    if (other !== cell && !reaches(s, cell % slots, room, other % slots, s.cellRoom[other])) return false;
  }
  return true;
}

/** Whether one person can use both, slots that are too near in any case apart. */
function reaches({ layout }: SearchState, slot: number, room: number, otherSlot: number, otherRoom: number): boolean {
  const { model, nearKind } = layout;
  const { rooms, slots, nearStart, near, nearMinutes } = model;
  if (rooms === null || otherRoom < 0 || nearKind === null || nearKind[slot * slots + otherSlot] !== 2) return true;
  const travel = rooms.travel[rooms.site[room] * rooms.sites + rooms.site[otherRoom]];
  for (let k = nearStart[slot]; k < nearStart[slot + 1]; k++) {
    if (near[k] === otherSlot) return travel <= nearMinutes[k];
  }
  return true;
}

/** A resource that one learner more of a request would use beyond its quantity around a slot, or -1. */
export function scarceResource(s: SearchState, request: number, slot: number): number {
  const { model, overlapStart, overlap } = s.layout;
  const bits = model.skillResources[model.requestSkill[request]];
  for (let resource = 0; bits >>> resource !== 0; resource++) {
    if (((bits >>> resource) & 1) === 0) continue;
    if (useAt(s, resource, slot) >= model.resourceQuantity[resource]) return resource;
    for (let k = overlapStart[slot]; k < overlapStart[slot + 1]; k++) {
      const starts = overlap[k];
      if (isRunning(s.layout, slot, starts) && useAt(s, resource, starts) >= model.resourceQuantity[resource])
        return resource;
    }
  }
  return -1;
}

/** Learners that use a resource when a slot starts. */
function useAt(s: SearchState, resource: number, slot: number): number {
  const { slots, runningStart, running } = s.layout.model;
  let use = s.resourceUse[resource * slots + slot];
  if (runningStart === undefined || running === undefined) return use;
  for (let k = runningStart[slot]; k < runningStart[slot + 1]; k++) use += s.resourceUse[resource * slots + running[k]];
  return use;
}

/** Whether a slot is still going on when another starts. */
function isRunning({ model }: ScheduleLayout, slot: number, starts: number): boolean {
  const { runningStart, running } = model;
  if (runningStart === undefined || running === undefined) return false;
  for (let k = runningStart[starts]; k < runningStart[starts + 1]; k++) if (running[k] === slot) return true;
  return false;
}
