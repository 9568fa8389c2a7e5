/** How an option finds room in a state: whoever stands in its way is put out, and waits in the queue of the chain. */
import { type Chains, DEEPEST, MOST_PUT } from './chain-books.ts';
import type { ScheduleLayout } from './layout.ts';
import { fitsIn, roomFits, scarceResource, seatsAt, secureRoom } from './places.ts';
import { add, remove } from './state.ts';

/** Adds an option, after putting out whoever stands in its way. False where even that does not make room. */
export function take(c: Chains, option: number, depth: number): boolean {
  const { state } = c;
  const { model, optionCell, optionRequest } = state.layout;
  const cell = optionCell[option];
  const tutor = model.optionTutor[option];
  const slot = model.optionSlot[option];
  if (state.cellCount[cell] > 0 && !clearCell(c, option, cell, depth)) return false;
  if (state.cellCount[cell] === 0) {
    if (model.tutorMost[tutor] === 0) return false;
    if (state.load[tutor] >= model.tutorMost[tutor]) {
      const victim = state.used[tutor * model.slots + c.random.integer(state.load[tutor])];
      if (!putOut(c, victim, depth)) return false;
    }
    if (state.layout.nearKind !== null && !clearNear(c, tutor, slot, depth)) return false;
  }
  if (model.resourceQuantity.length > 0 && !clearResources(c, option, optionRequest[option], slot, depth)) return false;
  if (model.rooms !== null && !clearRoom(c, option, depth)) return false;
  add(state, option);
  return true;
}

/** Makes room in an occupied cell: one seat where all suit each other, else all of it. */
function clearCell(c: Chains, option: number, cell: number, depth: number): boolean {
  const { state } = c;
  if (!fitsIn(state, option)) return putOut(c, cell, depth);
  if (state.cellCount[cell] < seatsAt(state.layout, option)) return true;
  const member = state.member[cell * state.layout.seats + c.random.integer(state.cellCount[cell])];
  return putOutOne(c, member, depth);
}

/** Ends a tutor's sessions in slots too near to one. */
function clearNear(c: Chains, tutor: number, slot: number, depth: number): boolean {
  const { model, nearKind } = c.state.layout;
  for (let k = model.nearStart[slot]; nearKind !== null && k < model.nearStart[slot + 1]; k++) {
    const cell = tutor * model.slots + model.near[k];
    if (nearKind[slot * model.slots + model.near[k]] === 1 && c.state.cellCount[cell] > 0 && !putOut(c, cell, depth))
      return false;
  }
  return true;
}

/** Finds a room, if need be by ending the sessions in one that would do. */
function clearRoom(c: Chains, option: number, depth: number): boolean {
  const { state } = c;
  if (secureRoom(state, option)) return true;
  const { model, optionCell } = state.layout;
  const { rooms, slots } = model;
  if (rooms === null || depth >= DEEPEST) return rooms === null;
  const cell = optionCell[option];
  const first = c.random.integer(rooms.count);
  for (let k = 0; k < rooms.count; k++) {
    const room = (first + k) % rooms.count;
    if (!roomFits(state, room, cell, option)) continue;
    for (const slot of together(state.layout, model.optionSlot[option])) {
      const user = state.roomUser[room * slots + slot] - 1;
      if (user >= 0 && user !== cell && !putOut(c, user, depth)) return false;
    }
    return secureRoom(state, option);
  }
  return false;
}

/** A slot and those that overlap with it. */
function together({ overlapStart, overlap }: ScheduleLayout, slot: number): number[] {
  return [slot, ...overlap.subarray(overlapStart[slot], overlapStart[slot + 1])];
}

/** Takes used-up resources from others at the time. */
function clearResources(c: Chains, option: number, request: number, slot: number, depth: number): boolean {
  const { state } = c;
  for (;;) {
    const resource = scarceResource(state, request, slot);
    if (resource < 0) return true;
    const user = userOf(c, resource, slot, state.layout.optionCell[option]);
    if (user < 0 || !putOutOne(c, user, depth)) return false;
  }
}

/** Somebody's option that uses a resource while a slot lasts, by lot; not in the cell `except` as long as there is another. */
function userOf(c: Chains, resource: number, slot: number, except: number): number {
  const { state, random } = c;
  const { model, optionRequest, seats } = state.layout;
  const [users, last]: number[][] = [[], []];
  for (const time of together(state.layout, slot)) {
    for (let cell = time; cell < model.tutors * model.slots; cell += model.slots) {
      for (let m = 0; m < state.cellCount[cell]; m++) {
        const member = state.member[cell * seats + m];
        if ((model.skillResources[model.requestSkill[optionRequest[member]]] >>> resource) & 1)
          (cell === except ? last : users).push(member);
      }
    }
  }
  const from = users.length > 0 ? users : last;
  return from.length > 0 ? from[random.integer(from.length)] : -1;
}

/** Ends a session: its learners choose again, one step deeper. */
function putOut(c: Chains, cell: number, depth: number): boolean {
  const { state } = c;
  while (state.cellCount[cell] > 0) {
    if (!putOutOne(c, state.member[cell * state.layout.seats + state.cellCount[cell] - 1], depth)) return false;
  }
  return true;
}

function putOutOne(c: Chains, option: number, depth: number): boolean {
  if (depth >= DEEPEST || c.put >= MOST_PUT) return false;
  c.put++;
  remove(c.state, option);
  c.queue[c.queueLength] = c.state.layout.optionLearner[option];
  c.queueDepth[c.queueLength++] = depth + 1;
  return true;
}
