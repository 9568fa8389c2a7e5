/**
 * A state as the arrays that searches read, and the way back. The price of change: every published session (learner, tutor,
 * slot) that could still take place gets its weight as a bonus when it does, and the plan's `change` is that sum minus the
 * weight of all of them: minus the weight per published session that is given up although it was still possible. Sessions
 * that became impossible (somebody left, fell ill) cost nothing, whatever the plan.
 */
import { evaluateChoice } from '../engine/evaluate.ts';
import { ScheduleError } from '../error.ts';
import type { ScheduleChoice, ScheduleModel } from '../model.ts';
import type { ScheduleAssignment, SchedulePlan, ScheduleState, ScheduleTerms } from '../types.ts';
import { scheduleRules, scheduleWeights } from '../weights.ts';
import { matchPins } from './match-pins.ts';
import { compileOptions, requestsOf, type ScheduleOptions, type ScheduleRequest } from './options.ts';
import { findPinFault, type PinFault } from './pins.ts';
import { compilePlaces, compileResources } from './places.ts';
import { positions, toRows } from './rows.ts';
import { compileTime } from './time.ts';

const UNLIMITED = 2 ** 31 - 1;

export interface CompiledSchedule {
  readonly state: ScheduleState;
  readonly model: ScheduleModel;
  /** Learner, need and pin of each request of the model. */
  readonly requests: readonly ScheduleRequest[];
  /** Added to the model's objective it gives the plan's: minus the weight of all published sessions still possible. */
  readonly offset: number;
  /** Pins that exclude each other, where the caller asked to go on nevertheless; else null. */
  readonly pinFault: PinFault | null;
  /** An option (and its room's number, or -1) as a session. */
  sessionOf(option: number, room: number): ScheduleAssignment;
  /** The plan of a choice, with objective and terms. */
  planOf(choice: ScheduleChoice): SchedulePlan;
  /** The choice of assignments; those that are no option of the model, or are more than were asked for, are left out. */
  choiceOf(assignments: readonly ScheduleAssignment[]): ScheduleChoice;
}

/**
 * @param state a state that `requireState` takes.
 * @throws ScheduleError BAD_PINS when a pin cannot be kept, or two exclude each other.
 */
export function compileSchedule(
  state: ScheduleState,
  options: { readonly keepBadPins?: boolean } = {},
): CompiledSchedule {
  const requests = requestsOf(state);
  const places = compilePlaces(state);
  const offered = compileOptions(state, requests, places.rooms);
  const skills = [...new Set(requests.map(({ need }) => need.skill))];
  const skillAt = new Map(skills.map((skill, k) => [skill, k]));
  const roomAt = positions(state.rooms ?? []);
  const kept = keptBonus(state, requests, offered);
  const roomOf = ({ pin }: ScheduleRequest): number => roomAt.get(state.pins?.[pin]?.room ?? '') ?? -1;
  const model: ScheduleModel = {
    ...{ learners: state.learners.length, tutors: state.tutors.length, slots: state.slots.length },
    requestLearner: Int32Array.from(requests, ({ learner }) => learner),
    requestMost: Int32Array.from(requests, ({ sessions }) => sessions),
    requestLeast: Int32Array.from(requests, ({ pin }) => (pin < 0 ? 0 : 1)),
    requestSkill: Int32Array.from(requests, ({ need }) => skillAt.get(need.skill) as number),
    requestLevel: Float64Array.from(requests, ({ need }) => need.level ?? Number.NaN),
    ...{ optionStart: offered.start, optionTutor: offered.tutor, optionSlot: offered.slot },
    ...{ optionGain: offered.gain, optionBonus: kept.bonus },
    ...compileLearners(state),
    ...compileTutors(state),
    ...compileTime(state, places.longestTravel),
    rooms: places.rooms === null ? null : { ...places.rooms, requestRoom: Int32Array.from(requests, roomOf) },
    ...compileResources(state, skills),
  };
  const pinFault = findPinFault(state, requests, model);
  if (pinFault !== null && !options.keepBadPins) {
    throw new ScheduleError('BAD_PINS', `compileSchedule: ${pinFault.message}.`);
  }
  const sessionOf = sessionReader(state, model, requests);
  return {
    ...{ state, model, requests, offset: kept.offset, pinFault },
    sessionOf,
    planOf: (choice) => planOf(model, kept.offset, choice, sessionOf),
    choiceOf: (assignments) => choiceOf(state, model, requests, assignments),
  };
}

function compileLearners(state: ScheduleState) {
  const { learners } = state;
  const learnerAt = positions(learners);
  const groups = [...new Set(learners.flatMap(({ group }) => (group === undefined ? [] : [group])))];
  const apart: Set<number>[] = learners.map(() => new Set());
  for (const [a, learner] of learners.entries()) {
    for (const id of learner.apart ?? []) {
      const b = learnerAt.get(id);
      if (b === undefined) continue;
      apart[a].add(b);
      apart[b].add(a);
    }
  }
  const rows = toRows(apart.map((set) => [...set].sort((a, b) => a - b)));
  const limit = (most: number): number => Math.min(most, UNLIMITED);
  const { mostPerDay, mostPerWeek } = scheduleRules(state);
  return {
    wanted: Int32Array.from(learners, ({ needs }) => needs.reduce((sum, { sessions }) => sum + sessions, 0)),
    alone: Uint8Array.from(learners, ({ company }) => Number(company === 'alone')),
    learnerGroup: Int32Array.from(learners, ({ group }) => (group === undefined ? -1 : groups.indexOf(group))),
    groups: groups.length,
    ...{ apartStart: rows.start, apart: rows.entries },
    ...{ mostPerDay: limit(mostPerDay), mostPerWeek: limit(mostPerWeek) },
  };
}

function compileTutors(state: ScheduleState) {
  const weights = scheduleWeights(state);
  const { groupShare, levelWidth } = scheduleRules(state);
  return {
    tutorMost: Int32Array.from(state.tutors, ({ most }) => most),
    tutorLeast: Int32Array.from(state.tutors, ({ least = 0 }) => least),
    cellCost: Float64Array.from(state.tutors, ({ cost = 0 }) => weights.cost * cost),
    tutorGroup: Int32Array.from(state.tutors, ({ groupSize = 1 }) => groupSize),
    // share[0] is of nobody.
    share: Float64Array.from([0, ...groupShare]),
    levelWidth,
    ...{ continuity: weights.continuity, spread: weights.spread, load: weights.load, access: weights.access },
    loadFairness: state.loadFairness ?? 'squares',
  };
}

/** Of each learner, tutor * slots + slot of what is published; people and slots that are gone left out. */
function publishedCells({ learners, tutors, slots, published = [] }: ScheduleState): Set<number>[] {
  const [learnerAt, tutorAt, slotAt] = [positions(learners), positions(tutors), positions(slots)];
  const cells = learners.map(() => new Set<number>());
  for (const { learner, tutor, slot } of published) {
    const [l, t, s] = [learnerAt.get(learner), tutorAt.get(tutor), slotAt.get(slot)];
    if (l !== undefined && t !== undefined && s !== undefined) cells[l].add(t * slots.length + s);
  }
  return cells;
}

/** What keeping published sessions adds to options, and minus the sum over all that are still possible. */
function keptBonus(
  state: ScheduleState,
  requests: readonly ScheduleRequest[],
  options: ScheduleOptions,
): { readonly bonus: Float64Array; readonly offset: number } {
  const bonus = new Float64Array(options.tutor.length);
  const { change } = scheduleWeights(state);
  if (change === 0) return { bonus, offset: 0 };
  const published = publishedCells(state);
  const possible = new Set<string>();
  for (const [r, { learner }] of requests.entries()) {
    const own = published[learner];
    if (own.size === 0) continue;
    for (let o = options.start[r]; o < options.start[r + 1]; o++) {
      const cell = options.tutor[o] * state.slots.length + options.slot[o];
      if (!own.has(cell)) continue;
      possible.add(`${learner} ${cell}`);
      bonus[o] = change;
    }
  }
  return { bonus, offset: -change * possible.size };
}

function planOf(
  model: ScheduleModel,
  offset: number,
  choice: ScheduleChoice,
  sessionOf: CompiledSchedule['sessionOf'],
): SchedulePlan {
  const { objective, terms } = evaluateChoice(model, choice);
  const { bonus, ...others } = terms;
  const plain: ScheduleTerms = { ...others, change: bonus + offset };
  const assignments = Array.from(choice.options, (option, k) => sessionOf(option, choice.rooms[k]));
  return { assignments, objective: objective + offset, terms: plain };
}

/** Options in words of the state. */
function sessionReader(
  state: ScheduleState,
  { optionStart, optionTutor, optionSlot }: ScheduleModel,
  requests: readonly ScheduleRequest[],
): CompiledSchedule['sessionOf'] {
  const requestOf = new Int32Array(optionTutor.length);
  for (let r = 0; r < requests.length; r++) requestOf.fill(r, optionStart[r], optionStart[r + 1]);
  return (option, room) => {
    const { learner, need } = requests[requestOf[option]];
    return {
      ...{ learner: state.learners[learner].id, skill: need.skill },
      ...{ tutor: state.tutors[optionTutor[option]].id, slot: state.slots[optionSlot[option]].id },
      ...(room < 0 ? {} : { room: state.rooms?.[room].id }),
    };
  };
}

function choiceOf(
  state: ScheduleState,
  model: ScheduleModel,
  requests: readonly ScheduleRequest[],
  assignments: readonly ScheduleAssignment[],
): ScheduleChoice {
  const tutorAt = positions(state.tutors);
  const slotAt = positions(state.slots);
  const roomAt = positions(state.rooms ?? []);
  const own = new Map<string, ScheduleAssignment[]>();
  for (const each of assignments) {
    const key = JSON.stringify([each.learner, each.skill]);
    own.set(key, [...(own.get(key) ?? []), each]);
  }
  const chosen = new Map<number, number>();
  for (let from = 0; from < requests.length; ) {
    const { learner, need } = requests[from];
    let to = from + 1;
    while (to < requests.length && requests[to].need === need && requests[to].learner === learner) to++;
    const wanted = own.get(JSON.stringify([state.learners[learner].id, need.skill])) ?? [];
    for (const [r, assignment] of matchPins(state, requests.slice(from, to), wanted)) {
      const option = optionAt(model, from + r, tutorAt.get(assignment.tutor), slotAt.get(assignment.slot));
      if (option >= 0) chosen.set(option, roomAt.get(assignment.room ?? '') ?? -1);
    }
    from = to;
  }
  const options = Int32Array.from(chosen.keys()).sort();
  return { options, rooms: options.map((option) => chosen.get(option) as number) };
}

/** The option of a request with a tutor and a slot, or -1. */
export function optionAt(
  { optionStart, optionTutor, optionSlot }: ScheduleModel,
  request: number,
  tutor: number | undefined,
  slot: number | undefined,
): number {
  for (let o = optionStart[request]; o < optionStart[request + 1]; o++) {
    if (optionTutor[o] === tutor && optionSlot[o] === slot) return o;
  }
  return -1;
}
