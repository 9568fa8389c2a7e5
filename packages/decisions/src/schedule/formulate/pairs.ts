/**
 * Continuity and fairness of loads as products of pairs of sessions, without counted variables: for solvers that take
 * binary variables only. Constants are left out: they change no order of plans.
 */
import { groupBy } from '../compile/rows.ts';
import type { Draft, Terms } from './draft.ts';

/**
 * A price for a session, given back for each pair with one tutor: for learners who want two sessions it is what the price
 * per distinct tutor is; who wants more is rewarded by the square of the sessions with one tutor.
 */
export function addContinuityPairs(draft: Draft, options: readonly number[]): void {
  const { model } = draft;
  for (const option of options) draft.cost(option, model.continuity);
  for (const same of groupBy(options, (option) => model.optionTutor[option]).values()) {
    for (const [k, a] of same.entries()) {
      // Two options in one slot exclude each other anyway.
      for (const b of same.slice(k + 1)) {
        if (model.optionSlot[a] !== model.optionSlot[b]) draft.pair(a, b, -model.continuity);
      }
    }
  }
}

/** weight * sum over tutors of (load - target)^2, with (sum of x)^2 = sum of x + 2 sum over pairs, x being 0 or 1. */
export function addLoadPairs(draft: Draft, loads: ReadonlyMap<number, Terms>, target: number): void {
  const weight = draft.model.load;
  if (weight === 0) return;
  for (const terms of loads.values()) {
    for (const [k, [a, one]] of terms.entries()) {
      draft.cost(a, weight * one * (one - 2 * target));
      for (const [b, other] of terms.slice(k + 1)) draft.pair(a, b, 2 * weight * one * other);
    }
  }
}
