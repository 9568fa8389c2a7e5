/** Sessions: who may share a tutor's hour, in which room, using what. */
import { groupBy } from '../compile/rows.ts';
import type { Draft, Terms } from './draft.ts';

/** Terms that add up to 1 where a cell has a session, by cell. */
export type SessionTerms = ReadonlyMap<number, Terms>;

/** Learners in one session of a tutor at most. */
export function mostTogether({ tutorGroup, share }: Draft['model'], tutor: number): number {
  return Math.min(tutorGroup[tutor], share.length - 1);
}

/** Gains of a group of k: share(k) times their sum; a tutor's hour costs once, by a variable per skill that is taught. */
export function addSessions(draft: Draft): SessionTerms {
  const { model, cells, compiled } = draft;
  const { optionGain, optionBonus, cellCost, slots } = model;
  const sessions = new Map<number, Terms>();
  for (let option = 0; option < optionGain.length; option++)
    draft.cost(option, -optionGain[option] - optionBonus[option]);
  for (const [cell, options] of cells) {
    const tutor = Math.floor(cell / slots);
    const most = mostTogether(model, tutor);
    const { tutor: name, slot } = compiled.sessionOf(options[0], -1);
    if (most === 1) {
      draft.row(
        `${name} in ${slot}: one learner`,
        options.map((option) => [option, 1]),
        '<=',
        1,
      );
      for (const option of options) draft.cost(option, cellCost[tutor]);
      sessions.set(
        cell,
        options.map((option) => [option, 1]),
      );
    } else sessions.set(cell, addGroup(draft, cell, options, most));
  }
  return sessions;
}

function addGroup(draft: Draft, cell: number, options: readonly number[], most: number): Terms {
  const { model, compiled, requestOf } = draft;
  const { tutor: name, slot } = compiled.sessionOf(options[0], -1);
  const bySkill = groupBy(options, (option) => model.requestSkill[requestOf[option]]);
  const taught = [...bySkill.values()].map((members) => {
    const { skill } = compiled.sessionOf(members[0], -1);
    const session = draft.binary(`${name} teaches ${skill} in ${slot}`, (view) =>
      members.some((option) => view.has(option)),
    );
    const all = members.map((option) => [option, 1] as const);
    for (const option of members) {
      const { learner } = compiled.sessionOf(option, -1);
      draft.row(
        `${learner} joins ${name} in ${slot}: ${skill} is taught`,
        [
          [option, 1],
          [session, -1],
        ],
        '<=',
        0,
      );
    }
    draft.row(
      `${name} in ${slot}: somebody comes for ${skill}`,
      [[session, 1], ...all.map(([o]) => [o, -1] as const)],
      '<=',
      0,
    );
    draft.row(`${name} in ${slot}: at most ${most} for ${skill}`, all, '<=', most);
    draft.cost(session, model.cellCost[Math.floor(cell / model.slots)]);
    addSharing(draft, `${name} in ${slot}`, members, session, most);
    keepApart(draft, members);
    return [session, 1] as const;
  });
  if (taught.length > 1) draft.row(`${name} in ${slot}: one skill`, taught, '<=', 1);
  return taught;
}

/**
 * What is lost by sharing. Where share(k) = 1 - a (k - 1), that is a for both gains of every pair. Other shares take a binary
 * per size from two on, 1 where so many come or more: each costs its own step of the shares from the gain of all who come.
 */
function addSharing(draft: Draft, name: string, members: readonly number[], session: number, most: number): void {
  const { share, optionGain } = draft.model;
  const steps = Array.from({ length: most - 1 }, (_, k) => share[k + 1] - share[k + 2]);
  if (steps.every((step) => Math.abs(step - steps[0]) < 1e-9)) {
    for (const [k, a] of members.entries()) {
      for (const b of members.slice(k + 1)) draft.pair(a, b, steps[0] * (optionGain[a] + optionGain[b]));
    }
    return;
  }
  const { skill } = draft.compiled.sessionOf(members[0], -1);
  const sizes = [session];
  for (const [k, step] of steps.entries()) {
    const size = k + 2;
    const reached = draft.binary(
      `${name}: ${size} or more for ${skill}`,
      (view) => members.filter((option) => view.has(option)).length >= size,
    );
    const before = sizes.at(-1) as number;
    draft.row(`${name}: ${size} for ${skill} are more than ${size - 1}`, [...once(reached), [before, -1]], '<=', 0);
    for (const option of members) draft.pair(option, reached, step * optionGain[option]);
    sizes.push(reached);
  }
  const counted = sizes.map((size) => [size, -1] as const);
  draft.row(`${name}: who comes for ${skill}, counted`, [...members.flatMap(once), ...counted], '==', 0);
}

const once = (variable: number): Terms => [[variable, 1]];

/** Who may not share a session. */
function keepApart(draft: Draft, members: readonly number[]): void {
  const { model, requestOf, compiled } = draft;
  for (const [k, a] of members.entries()) {
    for (const b of members.slice(k + 1)) {
      const [first, second] = [a, b].map((option) => requestOf[option]);
      const [one, other] = [first, second].map((r) => model.requestLearner[r]);
      const foes = model.apart.subarray(model.apartStart[one], model.apartStart[one + 1]);
      const tooFar = Math.abs(model.requestLevel[first] - model.requestLevel[second]) > model.levelWidth + 1e-9;
      if (!tooFar && !foes.includes(other) && model.alone[one] + model.alone[other] === 0) continue;
      const { learner, tutor, slot } = compiled.sessionOf(a, -1);
      const { learner: them } = compiled.sessionOf(b, -1);
      draft.row(
        `${learner} and ${them} not together with ${tutor} in ${slot}`,
        [
          [a, 1],
          [b, 1],
        ],
        '<=',
        1,
      );
    }
  }
}

/** Slots whose sessions are under way when a slot starts, itself included. */
export function goingOn({ runningStart, running }: Draft['model'], slot: number): readonly number[] {
  if (runningStart === undefined || running === undefined) return [slot];
  return [slot, ...running.subarray(runningStart[slot], runningStart[slot + 1])];
}

/** Resources, counted when sessions start. */
export function addResources({ model, compiled, requestOf, row }: Draft): void {
  const { resources = [], slots } = compiled.state;
  for (const [k, { id, quantity }] of resources.entries()) {
    const users = Array.from(model.optionSlot, (_, option) => option).filter(
      (option) => (model.skillResources[model.requestSkill[requestOf[option]]] >> k) & 1,
    );
    for (let slot = 0; slot < model.slots; slot++) {
      const moment = goingOn(model, slot);
      const terms = users.filter((option) => moment.includes(model.optionSlot[option])).map((o) => [o, 1] as const);
      if (terms.length > quantity) row(`${slots[slot].id}: ${quantity} of ${id}`, terms, '<=', quantity);
    }
  }
}
