/**
 * One session while it is being filled: minutes, load, people's rulings.
 */
import { activityLoad, type PathScope } from './scope.ts';
import type { ValueWeights } from './weights.ts';

export interface SessionRoom {
  readonly session: number;
  /** Chosen skills (numbers in the scope), pinned ones first. */
  readonly chosen: number[];
  /** True when the skill may be added: not skipped, not there yet, enough minutes and load left. */
  fits(skill: number): boolean;
  add(skill: number): void;
  /** True when a confusable of the skill is already there. */
  meetsConfusable(skill: number): boolean;
}

/**
 * Opens a session with its pinned steps in it. Pins without a session belong to the first one.
 *
 * @param mastery believed mastery when the session begins, per skill of the scope; it decides the load.
 */
export function openRoom(
  scope: PathScope,
  weights: ValueWeights,
  session: number,
  mastery: ArrayLike<number>,
  loadCap = scope.loadCap,
): SessionRoom {
  const chosen: number[] = [];
  let minutes = 0;
  let load = 0;
  const skipped = skippedIn(scope, session);
  const add = (skill: number): void => {
    chosen.push(skill);
    minutes += scope.minutes[skill];
    load += activityLoad(scope, weights, skill, mastery[skill]);
  };
  for (const skill of pinnedIn(scope, session)) add(skill);
  return {
    session,
    chosen,
    add,
    fits: (skill) =>
      !skipped.has(skill) &&
      !chosen.includes(skill) &&
      minutes + scope.minutes[skill] <= scope.minutesPerSession &&
      load + activityLoad(scope, weights, skill, mastery[skill]) <= loadCap,
    meetsConfusable(skill) {
      const { start, other } = scope.confusable;
      for (let e = start[skill]; e < start[skill + 1]; e++) if (chosen.includes(other[e])) return true;
      return false;
    },
  };
}

/** Pinned skills of a session, as numbers in the scope. */
export function pinnedIn(scope: PathScope, session: number): number[] {
  const pins = (scope.state.pins ?? []).filter((pin) => (pin.session ?? 0) === session);
  return [...new Set(pins.map(({ skill }) => scope.skill.indexOf(skill)))];
}

/** Skipped skills of a session, as numbers in the scope. */
export function skippedIn(scope: PathScope, session: number): Set<number> {
  const skips = (scope.state.skips ?? []).filter((skip) => skip.session === undefined || skip.session === session);
  return new Set(skips.map(({ skill }) => scope.skill.indexOf(skill)));
}
