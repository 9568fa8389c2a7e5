/** Pins that nobody could keep, found before any search: one that has no option, and pairs that exclude each other. */
import type { ScheduleModel } from '../model.ts';
import type { SchedulePin, ScheduleState } from '../types.ts';
import { scheduleRules } from '../weights.ts';
import type { ScheduleRequest } from './options.ts';
import { whyNoOption } from './why-not.ts';

/** A pin in words. */
export function pinText({ learner, skill, tutor, slot, room }: SchedulePin): string {
  const parts = [
    ...(tutor === undefined ? [] : [` with tutor ${JSON.stringify(tutor)}`]),
    ...(slot === undefined ? [] : [` in slot ${JSON.stringify(slot)}`]),
    ...(room === undefined ? [] : [` in room ${JSON.stringify(room)}`]),
  ];
  return `learner ${JSON.stringify(learner)}, skill ${JSON.stringify(skill)}${parts.join('')}`;
}

/** Pins (positions in the state) that no plan can keep, with the reason: alone, or because of another pin. */
export interface PinFault {
  readonly pins: readonly number[];
  readonly message: string;
}

/** The first fault, or null. Faults of three pins and more show only in the search. */
export function findPinFault(
  state: ScheduleState,
  requests: readonly ScheduleRequest[],
  model: ScheduleModel,
): PinFault | null {
  const pins = state.pins ?? [];
  const pinned = requests.flatMap(({ pin }, r) => (pin < 0 ? [] : [r]));
  for (const r of pinned) {
    if (model.optionStart[r] < model.optionStart[r + 1]) continue;
    const { pin, learner, need } = requests[r];
    const reason = whyNoOption(state, state.learners[learner], need, pins[pin]);
    return {
      pins: [pin],
      message: `expected pins that can be kept, got ${pinText(pins[pin])}: ${reason}; change the pin`,
    };
  }
  for (const [k, a] of pinned.entries()) {
    for (const b of pinned.slice(k + 1)) {
      if (!mayMeet(pins[requests[a].pin], pins[requests[b].pin]) || canKeepBoth(state, requests, model, a, b)) continue;
      const [first, second] = [a, b].map((r) => requests[r].pin);
      const message = `expected pins that can be kept together, got ${pinText(pins[first])} and ${pinText(pins[second])}; change one of them`;
      return { pins: [first, second], message };
    }
  }
  return null;
}

/** Only pins of one learner, tutor or room can stand in each other's way. */
function mayMeet(a: SchedulePin, b: SchedulePin): boolean {
  return (
    a.learner === b.learner ||
    (a.tutor !== undefined && a.tutor === b.tutor) ||
    (a.room !== undefined && a.room === b.room)
  );
}

function canKeepBoth(
  state: ScheduleState,
  requests: readonly ScheduleRequest[],
  model: ScheduleModel,
  a: number,
  b: number,
): boolean {
  for (let i = model.optionStart[a]; i < model.optionStart[a + 1]; i++) {
    for (let j = model.optionStart[b]; j < model.optionStart[b + 1]; j++) {
      if (areCompatible(state, requests, model, [a, i], [b, j])) return true;
    }
  }
  return false;
}

/** Whether two requests can both have these options, everything else aside. */
function areCompatible(
  state: ScheduleState,
  requests: readonly ScheduleRequest[],
  model: ScheduleModel,
  [a, i]: readonly [request: number, option: number],
  [b, j]: readonly [request: number, option: number],
): boolean {
  const { optionSlot, optionTutor, slotDay, slotWeek, tutorGroup, tutorMost } = model;
  const { mostPerDay, mostPerWeek, levelWidth } = scheduleRules(state);
  const [slotA, slotB, tutorA, tutorB] = [optionSlot[i], optionSlot[j], optionTutor[i], optionTutor[j]];
  const [one, other] = [requests[a], requests[b]];
  const [roomA, roomB] = [a, b].map((r) => model.rooms?.requestRoom[r] ?? -1);
  const sameLearner = one.learner === other.learner;
  const isNear = near(model, slotA, slotB);
  if (sameLearner) {
    if (slotA === slotB || isNear) return false;
    if (mostPerDay < 2 && slotDay[slotA] === slotDay[slotB]) return false;
    if (mostPerWeek < 2 && slotWeek[slotA] === slotWeek[slotB]) return false;
  }
  const oneSession = tutorA === tutorB && slotA === slotB;
  if (!oneSession) {
    if (tutorA === tutorB && (isNear || tutorMost[tutorA] < 2)) return false;
    return roomA < 0 || roomA !== roomB || (slotA !== slotB && !overlap(model, slotA, slotB));
  }
  const [levelA, levelB] = [model.requestLevel[a], model.requestLevel[b]];
  const apart = model.apart.subarray(model.apartStart[one.learner], model.apartStart[one.learner + 1]);
  return (
    one.need.skill === other.need.skill &&
    Math.min(tutorGroup[tutorA], model.share.length - 1) >= 2 &&
    model.alone[one.learner] + model.alone[other.learner] === 0 &&
    !apart.includes(other.learner) &&
    !(Math.abs(levelA - levelB) > levelWidth + 1e-9) &&
    (roomA < 0 || roomB < 0 || roomA === roomB)
  );
}

function near({ nearStart, near: entries, nearMinutes }: ScheduleModel, a: number, b: number): boolean {
  for (let k = nearStart[a]; k < nearStart[a + 1]; k++) if (entries[k] === b) return nearMinutes[k] < 0;
  return false;
}

function overlap({ runningStart, running }: ScheduleModel, a: number, b: number): boolean {
  if (runningStart === undefined || running === undefined) return false;
  const going = (at: number, other: number): boolean =>
    running.subarray(runningStart[at], runningStart[at + 1]).includes(other);
  return going(a, b) || going(b, a);
}
