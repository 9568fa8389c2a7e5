/** What one person may have, and terms about one person: requests, hours, limits, continuity, spread. */
import { groupBy } from '../compile/rows.ts';
import type { Draft, Terms } from './draft.ts';
import { addContinuityPairs } from './pairs.ts';
import type { SessionTerms } from './sessions.ts';

const ones = (variables: readonly number[]): Terms => variables.map((variable) => [variable, 1]);

export function addRequests({ model, compiled, row }: Draft): void {
  const { optionStart, requestMost, requestLeast } = model;
  for (const [r, { learner, need, pin }] of compiled.requests.entries()) {
    const options = Array.from({ length: optionStart[r + 1] - optionStart[r] }, (_, k) => optionStart[r] + k);
    const name = `${compiled.state.learners[learner].id}: ${need.skill}`;
    if (pin >= 0) row(`${name}: the pinned session`, ones(options), '==', 1);
    else {
      row(`${name}: at most ${requestMost[r]}`, ones(options), '<=', requestMost[r]);
      if (requestLeast[r] > 0) row(`${name}: at least ${requestLeast[r]}`, ones(options), '>=', requestLeast[r]);
    }
  }
}

export function addLearners(draft: Draft, squares: 'counted' | 'pairs'): void {
  const { model, compiled, requestOf } = draft;
  const all = Array.from(model.optionTutor, (_, option) => option);
  for (const [learner, options] of groupBy(all, (option) => model.requestLearner[requestOf[option]])) {
    const { id } = compiled.state.learners[learner];
    const bySlot = groupBy(options, (option) => model.optionSlot[option]);
    for (const [slot, same] of bySlot) {
      if (same.length > 1) draft.row(`${id} in ${compiled.state.slots[slot].id}: one session`, ones(same), '<=', 1);
      for (const other of neverWith(model, slot)) {
        const both = [...same, ...(bySlot.get(other) ?? [])];
        if (both.length === same.length) continue;
        draft.row(
          `${id}: not both ${compiled.state.slots[slot].id} and ${compiled.state.slots[other].id}`,
          ones(both),
          '<=',
          1,
        );
      }
    }
    for (const [what, of, most] of [
      ['day', model.slotDay, model.mostPerDay],
      ['week', model.slotWeek, model.mostPerWeek],
    ] as const) {
      for (const [number, same] of groupBy(options, (option) => of[model.optionSlot[option]])) {
        if (same.length > most) draft.row(`${id}: at most ${most} in ${what} ${number + 1}`, ones(same), '<=', most);
      }
    }
    if (model.continuity > 0 && model.wanted[learner] >= 2) {
      if (squares === 'pairs') addContinuityPairs(draft, options);
      else addContinuity(draft, options);
    }
    addSpread(draft, options);
  }
}

/** Later slots that nobody can have beside this one, wherever the rooms are. */
function neverWith({ nearStart, near, nearMinutes }: Draft['model'], slot: number): number[] {
  const found: number[] = [];
  for (let k = nearStart[slot]; k < nearStart[slot + 1]; k++) {
    if (near[k] > slot && nearMinutes[k] < 0) found.push(near[k]);
  }
  return found;
}

/** A variable per tutor of a learner who wants two sessions or more, 1 where they meet. */
function addContinuity(draft: Draft, options: readonly number[]): void {
  const { model, compiled } = draft;
  for (const same of groupBy(options, (option) => model.optionTutor[option]).values()) {
    const { learner: who, tutor } = compiled.sessionOf(same[0], -1);
    const meets = draft.binary(`${who} meets ${tutor}`, (view) => same.some((option) => view.has(option)));
    draft.cost(meets, model.continuity);
    for (const option of same) {
      const { slot, skill } = compiled.sessionOf(option, -1);
      draft.row(
        `${who} meets ${tutor} if in ${slot} for ${skill}`,
        [
          [option, 1],
          [meets, -1],
        ],
        '<=',
        0,
      );
    }
  }
}

function addSpread(draft: Draft, options: readonly number[]): void {
  const { model } = draft;
  if (model.spread === 0) return;
  for (const same of groupBy(options, (option) => model.slotDay[model.optionSlot[option]]).values()) {
    for (const [k, a] of same.entries()) {
      for (const b of same.slice(k + 1)) {
        // Two options in one slot exclude each other anyway.
        if (model.optionSlot[a] !== model.optionSlot[b]) draft.pair(a, b, model.spread);
      }
    }
  }
}

/** Loads: at most, at least, and not too close in time; the terms of each tutor's sessions. */
export function addTutors(draft: Draft, sessions: SessionTerms): ReadonlyMap<number, Terms> {
  const { model, compiled } = draft;
  const own = groupBy(sessions.keys(), (cell) => Math.floor(cell / model.slots));
  const loads = new Map<number, Terms>();
  for (const [tutor, cells] of own) {
    const { id } = compiled.state.tutors[tutor];
    const terms = cells.flatMap((cell) => sessions.get(cell) ?? []);
    loads.set(tutor, terms);
    draft.row(`${id}: at most ${model.tutorMost[tutor]} sessions`, terms, '<=', model.tutorMost[tutor]);
    if (model.tutorLeast[tutor] > 0) {
      draft.row(`${id}: at least ${model.tutorLeast[tutor]} sessions`, terms, '>=', model.tutorLeast[tutor]);
    }
    for (const cell of cells) {
      for (const other of neverWith(model, cell % model.slots)) {
        const there = sessions.get(tutor * model.slots + other) ?? [];
        if (there.length === 0) continue;
        const [from, to] = [cell % model.slots, other].map((slot) => compiled.state.slots[slot].id);
        draft.row(`${id}: not both ${from} and ${to}`, [...(sessions.get(cell) ?? []), ...there], '<=', 1);
      }
    }
  }
  return loads;
}
