/**
 * Which activities become variables: the best by gain per minute of those that are ready, and skills that could become
 * ready inside the horizon because their unready prerequisites are among the first.
 */
import { expectedMastery } from '@qurriculum/learner';
import type { Effects } from './effects.ts';
import { pinnedIn, skippedIn } from './room.ts';
import type { PathScope } from './scope.ts';
import type { CandidateLimits, ValueWeights } from './weights.ts';

/** A variable: practise `skill` (number in the scope) in `session`. */
export interface Activity {
  readonly skill: number;
  readonly session: number;
  readonly pinned: boolean;
}

export interface Candidates {
  readonly activities: readonly Activity[];
  /** unready[skill]: hard prerequisites of a candidate that are not ready yet and must come first. */
  readonly unready: readonly (readonly number[])[];
}

/** Chooses candidates; pinned steps always are, skipped ones never. */
export function chooseCandidates(
  scope: PathScope,
  weights: ValueWeights,
  limits: CandidateLimits,
  effects: Effects,
  also: readonly number[] = [],
): Candidates {
  const { graph, beliefs } = scope;
  const { day } = beliefs;
  const unready = Array.from(scope.skill, (_, skill) => unreadyParents(scope, weights, skill));
  const gain = Float64Array.from(scope.skill, (_, skill) => {
    const readiness = unready[skill].length === 0 ? effects.readiness(skill, day) : 1;
    const rise = effects.utility(skill, { day, readiness }) - effects.utility(skill);
    return (rise + effects.surprise(skill)) / scope.minutes[skill];
  });
  const byGain = (a: number, b: number): number => gain[b] - gain[a] || a - b;
  const all = Array.from(scope.skill, (_, skill) => skill);
  const ready = all.filter((skill) => unready[skill].length === 0).sort(byGain);
  const chosen = new Set(ready.slice(0, limits.best));
  const soon = all.filter((skill) => unready[skill].length > 0 && unready[skill].every((p) => chosen.has(p)));
  for (const skill of soon.sort(byGain).slice(0, limits.soonReady)) chosen.add(skill);
  for (const skill of also) if (scope.skill.includes(skill)) chosen.add(scope.skill.indexOf(skill));
  const activities: Activity[] = [];
  for (let session = 0; session < scope.sessions; session++) {
    const skipped = skippedIn(scope, session);
    const pinned = new Set(pinnedIn(scope, session));
    for (const skill of graph.topologicalOrder) {
      if (pinned.has(skill)) activities.push({ skill, session, pinned: true });
      else if (chosen.has(skill) && !skipped.has(skill)) activities.push({ skill, session, pinned: false });
    }
  }
  return { activities, unready };
}

function unreadyParents(scope: PathScope, weights: ValueWeights, skill: number): number[] {
  const { graph, beliefs } = scope;
  const found: number[] = [];
  for (let e = graph.parentStart[skill]; e < graph.parentStart[skill + 1]; e++) {
    const parent = graph.parent[e];
    if (graph.parentHard[e] === 1 && expectedMastery(beliefs, parent, beliefs.day) < weights.ready) found.push(parent);
  }
  return found;
}
