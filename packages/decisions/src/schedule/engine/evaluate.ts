/**
 * What a choice is worth and which hard rules it breaks, from scratch: the judge of the search, with which it shares
 * nothing. Formula and rules are those of `ScheduleModel`.
 */
import type { ScheduleChoice, ScheduleModel } from '../model.ts';
import { type BrokenScheduleRule, brokenRules, groupBy, type Member, type Session } from './rules.ts';

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
    broken: brokenRules(model, members, sessions, byLearner),
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
