/**
 * From chosen skills per session to a plan: order inside a session, believed mastery at each step, minutes and load.
 */
import { copyBeliefs, expectedMastery, expectedReadiness, practiseInThought } from '@qurriculum/learner';
import { pinnedIn } from './room.ts';
import { activityLoad, type PathScope } from './scope.ts';
import type { PathPlan, PathSession, PathStep } from './types.ts';
import type { ValueWeights } from './weights.ts';

export interface PlanExtras {
  readonly value?: number;
  /** Goals (numbers in the state's graph) that were left aside. */
  readonly goalsLeftOut?: readonly number[];
}

/**
 * @param choice per session the chosen skills, as numbers in the scope, in any order: prerequisites are put first.
 */
export function assemblePlan(
  scope: PathScope,
  weights: ValueWeights,
  choice: readonly (readonly number[])[],
  extras: PlanExtras = {},
): PathPlan {
  const beliefs = copyBeliefs(scope.beliefs);
  const rank = new Int32Array(scope.skill.length);
  scope.graph.topologicalOrder.forEach((skill, at) => {
    rank[skill] = at;
  });
  const sessions = choice.map((skills, session): PathSession => {
    const day = beliefs.day + session * scope.daysBetween;
    const pinned = new Set(pinnedIn(scope, session));
    const steps: PathStep[] = [];
    let minutes = 0;
    let load = 0;
    for (const skill of [...skills].sort((a, b) => rank[a] - rank[b])) {
      const mastery = expectedMastery(beliefs, skill, day);
      const learned = scope.goal[skill] > 0 ? weights.goalLearned : weights.learned;
      // Where a memory model says what was forgotten, a skill that was known and fades is looked back at, not learned anew.
      const before = beliefs.memory === undefined ? mastery : expectedMastery(beliefs, skill, beliefs.last[skill]);
      const seenBefore = mastery >= learned || (beliefs.answers[skill] > 0 && before >= weights.learned);
      steps.push({
        skill: scope.skill[skill],
        kind: seenBefore ? 'review' : 'practise',
        minutes: scope.minutes[skill],
        mastery,
        pinned: pinned.has(skill),
      });
      minutes += scope.minutes[skill];
      load += activityLoad(scope, weights, skill, mastery);
      practiseInThought(beliefs, skill, day, expectedReadiness(scope.graph, beliefs, skill, day));
    }
    return { day: day - beliefs.day, steps, minutes, load };
  });
  const goals: number[] = [];
  scope.goal.forEach((weight, i) => {
    if (weight > 0) goals.push(scope.skill[i]);
  });
  return { sessions, goals, goalsLeftOut: extras.goalsLeftOut ?? [], value: extras.value ?? Number.NaN };
}
