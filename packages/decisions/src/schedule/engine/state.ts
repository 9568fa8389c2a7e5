/**
 * A choice while it is searched: what is where, what it is worth, and a log by which a chain of changes is undone. Every
 * change is one of three: an option comes, an option goes, a session changes its room. Hard rules are kept by whoever
 * calls (`places.ts`); pins and least loads that are not met cost a penalty each.
 */
import type { ScheduleChoice } from '../model.ts';
import type { ScheduleLayout } from './layout.ts';

export interface SearchState {
  readonly layout: ScheduleLayout;
  /** Objective less penalties, kept up with every change. */
  value: number;
  /** Pins and least loads not met, in sessions. */
  missing: number;
  /** Chosen options of learner l: chosen[chosenStart[l] + k], k < chosenCount[l]; where an option stands there, or -1. */
  readonly chosenStart: Int32Array;
  readonly chosen: Int32Array;
  readonly chosenCount: Int32Array;
  readonly chosenPlace: Int32Array;
  readonly requestCount: Int32Array;
  /** Options that share a cell: member[cell * seats + k], k < cellCount[cell]; and the sum of their gains. */
  readonly member: Int32Array;
  readonly cellCount: Uint8Array;
  readonly cellGain: Float64Array;
  /** Slots of tutor t in use: used[t * slots + k], k < load[t]; and where a cell stands there. */
  readonly used: Int32Array;
  readonly usedPlace: Int32Array;
  readonly load: Int32Array;
  /** Tutors (able ones) at each load; the least and the most; sum and sum of squares. */
  readonly loadCount: Int32Array;
  loadLeast: number;
  loadMost: number;
  loadSum: number;
  loadSquares: number;
  /** Sessions that each group has, and everybody. */
  readonly metBy: Float64Array;
  metAll: number;
  /** Room of each cell in use (-1: none), and the cell (plus 1) that uses a room: roomUser[room * slots + slot]. */
  readonly cellRoom: Int32Array;
  readonly roomUser: Int32Array;
  /** Learners that use a resource: resourceUse[resource * slots + slot]. */
  readonly resourceUse: Int32Array;
  /** Changes since the log was cleared: kind and option, or cell, and its room before. */
  log: Int32Array;
  logLength: number;
}

const CAME = 0;
const WENT = 1;
const MOVED = 2;

export function createState(layout: ScheduleLayout): SearchState {
  const { model, optionCell, learnerStart, seats } = layout;
  const { learners, tutors, slots, requestMost, requestLeast, tutorLeast } = model;
  const chosenStart = new Int32Array(learners + 1);
  for (let l = 0; l < learners; l++) {
    let most = 0;
    for (let r = learnerStart[l]; r < learnerStart[l + 1]; r++) most += requestMost[r];
    chosenStart[l + 1] = chosenStart[l] + most;
  }
  const loadCount = new Int32Array(slots + 2);
  loadCount[0] = layout.ableCount;
  let missing = 0;
  for (const least of requestLeast) missing += least;
  for (let t = 0; t < tutors; t++) missing += layout.able[t] === 1 ? tutorLeast[t] : 0;
  return {
    layout,
    value: -layout.penalty * missing,
    missing,
    chosenStart,
    chosen: new Int32Array(chosenStart[learners]),
    chosenCount: new Int32Array(learners),
    chosenPlace: new Int32Array(optionCell.length).fill(-1),
    requestCount: new Int32Array(requestMost.length),
    member: new Int32Array(tutors * slots * seats),
    cellCount: new Uint8Array(tutors * slots),
    cellGain: new Float64Array(tutors * slots),
    used: new Int32Array(tutors * slots),
    usedPlace: new Int32Array(tutors * slots),
    load: new Int32Array(tutors),
    loadCount,
    loadLeast: 0,
    loadMost: 0,
    loadSum: 0,
    loadSquares: 0,
    metBy: new Float64Array(model.groups),
    metAll: 0,
    cellRoom: new Int32Array(tutors * slots).fill(-1),
    roomUser: new Int32Array((model.rooms?.count ?? 0) * slots),
    resourceUse: new Int32Array(model.resourceQuantity.length * slots),
    log: new Int32Array(256),
    logLength: 0,
  };
}

/** Adds an option that nothing forbids. */
export function add(s: SearchState, option: number): void {
  come(s, option);
  record(s, CAME, option, 0);
}

/** Takes a chosen option away; its session's room is given back when nobody is left. */
export function remove(s: SearchState, option: number): void {
  const cell = s.layout.optionCell[option];
  const room = s.cellRoom[cell];
  if (room >= 0 && s.cellCount[cell] === 1) moveRoom(s, cell, -1);
  go(s, option);
  record(s, WENT, option, 0);
}

/** Gives a session another room, or none (-1). */
export function moveRoom(s: SearchState, cell: number, room: number): void {
  record(s, MOVED, cell, s.cellRoom[cell]);
  setRoom(s, cell, room);
}

/** Undoes everything since the log was cleared; `value` is what it was then. */
export function undo(s: SearchState, value: number): void {
  const { log } = s;
  while (s.logLength > 0) {
    s.logLength -= 3;
    const kind = log[s.logLength];
    if (kind === CAME) go(s, log[s.logLength + 1]);
    else if (kind === WENT) come(s, log[s.logLength + 1]);
    else setRoom(s, log[s.logLength + 1], log[s.logLength + 2]);
  }
  s.value = value;
}

function record(s: SearchState, kind: number, what: number, before: number): void {
  if (s.logLength + 3 > s.log.length) {
    const longer = new Int32Array(2 * s.log.length);
    longer.set(s.log);
    s.log = longer;
  }
  s.log[s.logLength++] = kind;
  s.log[s.logLength++] = what;
  s.log[s.logLength++] = before;
}

function setRoom(s: SearchState, cell: number, room: number): void {
  const { slots } = s.layout.model;
  const slot = cell % slots;
  // Rooms are exchanged one after the other: a cell gives back only what is still its own.
  const before = s.cellRoom[cell];
  if (before >= 0 && s.roomUser[before * slots + slot] === cell + 1) s.roomUser[before * slots + slot] = 0;
  s.cellRoom[cell] = room;
  if (room >= 0) s.roomUser[room * slots + slot] = cell + 1;
}

function come(s: SearchState, option: number): void {
  const { model, optionRequest, optionLearner, optionCell, seats } = s.layout;
  const learner = optionLearner[option];
  const cell = optionCell[option];
  s.value += model.optionBonus[option] - personal(s, learner, option);
  const place = s.chosenCount[learner]++;
  s.chosen[s.chosenStart[learner] + place] = option;
  s.chosenPlace[option] = place;
  const request = optionRequest[option];
  if (s.requestCount[request]++ < model.requestLeast[request]) miss(s, -1);
  const count = s.cellCount[cell]++;
  s.member[cell * seats + count] = option;
  if (count === 0) {
    s.cellGain[cell] = model.optionGain[option];
    s.value += model.optionGain[option] - model.cellCost[model.optionTutor[option]];
    openCell(s, model.optionTutor[option], cell);
  } else {
    const before = s.cellGain[cell];
    s.cellGain[cell] = before + model.optionGain[option];
    s.value += model.share[count + 1] * s.cellGain[cell] - model.share[count] * before;
  }
  if (model.access !== 0) meet(s, learner, 1);
  if (s.resourceUse.length > 0) useResources(s, request, model.optionSlot[option], 1);
}

function go(s: SearchState, option: number): void {
  const { model, optionRequest, optionLearner, optionCell, seats } = s.layout;
  const learner = optionLearner[option];
  const cell = optionCell[option];
  const start = s.chosenStart[learner];
  const last = s.chosen[start + --s.chosenCount[learner]];
  s.chosen[start + s.chosenPlace[option]] = last;
  s.chosenPlace[last] = s.chosenPlace[option];
  s.chosenPlace[option] = -1;
  s.value += personal(s, learner, option) - model.optionBonus[option];
  const request = optionRequest[option];
  if (--s.requestCount[request] < model.requestLeast[request]) miss(s, 1);
  const count = --s.cellCount[cell];
  if (count === 0) {
    s.value -= model.optionGain[option] - model.cellCost[model.optionTutor[option]];
    s.cellGain[cell] = 0;
    closeCell(s, model.optionTutor[option], cell);
  } else {
    const base = cell * seats;
    let k = 0;
    while (s.member[base + k] !== option) k++;
    s.member[base + k] = s.member[base + count];
    const before = s.cellGain[cell];
    s.cellGain[cell] = before - model.optionGain[option];
    s.value += model.share[count] * s.cellGain[cell] - model.share[count + 1] * before;
  }
  if (model.access !== 0) meet(s, learner, -1);
  if (s.resourceUse.length > 0) useResources(s, request, model.optionSlot[option], -1);
}

/** What continuity and spread take for one option more beside those that its learner has now. */
export function personal(s: SearchState, learner: number, option: number): number {
  const { optionTutor, optionSlot, slotDay, wanted, continuity, spread } = s.layout.model;
  const start = s.chosenStart[learner];
  const end = start + s.chosenCount[learner];
  const tutor = optionTutor[option];
  let charge = wanted[learner] >= 2 ? continuity : 0;
  for (let k = start; k < end; k++) {
    const other = s.chosen[k];
    if (optionTutor[other] === tutor) charge = 0;
  }
  if (spread === 0) return charge;
  const day = slotDay[optionSlot[option]];
  for (let k = start; k < end; k++) if (slotDay[optionSlot[s.chosen[k]]] === day) charge += spread;
  return charge;
}

function miss(s: SearchState, sessions: number): void {
  s.missing += sessions;
  s.value -= s.layout.penalty * sessions;
}

function openCell(s: SearchState, tutor: number, cell: number): void {
  const { slots, tutorLeast } = s.layout.model;
  const load = s.load[tutor];
  s.used[tutor * slots + load] = cell;
  s.usedPlace[cell] = load;
  changeLoad(s, load, load + 1);
  s.load[tutor] = load + 1;
  if (load < tutorLeast[tutor]) miss(s, -1);
}

function closeCell(s: SearchState, tutor: number, cell: number): void {
  const { slots, tutorLeast } = s.layout.model;
  const load = s.load[tutor] - 1;
  const last = s.used[tutor * slots + load];
  s.used[tutor * slots + s.usedPlace[cell]] = last;
  s.usedPlace[last] = s.usedPlace[cell];
  changeLoad(s, load + 1, load);
  s.load[tutor] = load;
  if (load < tutorLeast[tutor]) miss(s, 1);
}

/** One able tutor's load goes up or down by one: the term of loads follows. */
function changeLoad(s: SearchState, from: number, to: number): void {
  const { loadCount } = s;
  const { load, loadFairness } = s.layout.model;
  loadCount[from]--;
  loadCount[to]++;
  if (load === 0) return;
  if (loadFairness === 'range') {
    const before = s.loadMost - s.loadLeast;
    if (to > s.loadMost) s.loadMost = to;
    else if (from === s.loadMost && loadCount[from] === 0) s.loadMost = to;
    if (to < s.loadLeast) s.loadLeast = to;
    else if (from === s.loadLeast && loadCount[from] === 0) s.loadLeast = to;
    s.value -= load * (s.loadMost - s.loadLeast - before);
    return;
  }
  const before = s.loadSquares - (s.loadSum * s.loadSum) / s.layout.ableCount;
  s.loadSum += to - from;
  s.loadSquares += to * to - from * from;
  s.value -= load * (s.loadSquares - (s.loadSum * s.loadSum) / s.layout.ableCount - before);
}

/** One session more or less for a learner: the term of access follows. */
function meet(s: SearchState, learner: number, sessions: number): void {
  const { model } = s.layout;
  const before = accessUnevenness(s);
  s.metAll += sessions;
  const group = model.learnerGroup[learner];
  if (group >= 0) s.metBy[group] += sessions;
  s.value -= model.access * (accessUnevenness(s) - before);
}

function accessUnevenness({ layout, metBy, metAll }: SearchState): number {
  const { wantedBy, wantedAll } = layout;
  if (wantedAll === 0) return 0;
  const everybody = metAll / wantedAll;
  let sum = 0;
  for (let g = 0; g < wantedBy.length; g++) {
    if (wantedBy[g] > 0) sum += wantedBy[g] * (metBy[g] / wantedBy[g] - everybody) ** 2;
  }
  return sum;
}

function useResources(s: SearchState, request: number, slot: number, learners: number): void {
  const { skillResources, requestSkill, slots } = s.layout.model;
  let bits = skillResources[requestSkill[request]];
  for (let resource = 0; bits !== 0; resource++, bits >>>= 1) {
    if (bits & 1) s.resourceUse[resource * slots + slot] += learners;
  }
}

/** The state as a choice. */
export function choiceOf(s: SearchState): ScheduleChoice {
  const { chosen, chosenStart, chosenCount, cellRoom } = s;
  const all: number[] = [];
  for (let l = 0; l < chosenCount.length; l++) {
    for (let k = 0; k < chosenCount[l]; k++) all.push(chosen[chosenStart[l] + k]);
  }
  const options = Int32Array.from(all).sort();
  return { options, rooms: options.map((option) => cellRoom[s.layout.optionCell[option]]) };
}
