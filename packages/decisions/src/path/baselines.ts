/**
 * Rules that plan one session at a time without a solver. All of them see the same estimates, all were tuned as hard
 * as the planner, and `greedy` (on the planner's own model) is the permanent fallback.
 */
import {
  type Beliefs,
  copyBeliefs,
  expectedMastery,
  expectedReadiness,
  practiseInThought,
  recallOn,
} from '@qurriculum/learner';
import { createRandom, type Random } from '@qurriculum/random';
import type { Baseline } from '../decision.ts';
import { createEffects } from './effects.ts';
import { assemblePlan } from './plan.ts';
import { openRoom, type SessionRoom } from './room.ts';
import { type PathScope, scopeOf, skillValues } from './scope.ts';
import type { PathPlan, PathState } from './types.ts';
import { type BaselineSettings, baselineSettings } from './weights.ts';

export type BaselineName = keyof typeof baselineSettings;

/** What a rule sees while it fills one session. */
interface Desk {
  readonly scope: PathScope;
  readonly beliefs: Beliefs;
  readonly mastery: Float64Array;
  readonly day: number;
  readonly room: SessionRoom;
  readonly settings: BaselineSettings;
  readonly random: Random;
}

type Rule = (desk: Desk) => void;

/** Makes a baseline with its own settings; `pathBaselines` holds those with the tuned ones. */
export function createPathBaseline(name: BaselineName, settings: BaselineSettings): Baseline<PathState, PathPlan> {
  const { rule, description } = rules[name];
  return {
    name,
    description,
    plan: (state, options = {}) => planBySession(scopeOf(state), settings, rule, options.seed ?? 0),
  };
}

/** Plans on a scope that is already there: what the comparison runs thousands of times. */
export function planWithBaseline(
  name: BaselineName,
  scope: PathScope,
  settings: BaselineSettings,
  seed: number,
): PathPlan {
  return planBySession(scope, settings, rules[name].rule, seed);
}

function planBySession(scope: PathScope, settings: BaselineSettings, rule: Rule, seed: number): PathPlan {
  const beliefs = copyBeliefs(scope.beliefs);
  const choice: number[][] = [];
  for (let session = 0; session < scope.sessions; session++) {
    const day = beliefs.day + session * scope.daysBetween;
    const mastery = Float64Array.from(scope.skill, (_, i) => expectedMastery(beliefs, i, day));
    const room = openRoom(scope, settings, session, mastery, scope.state.loadCap ?? settings.loadCap);
    rule({ scope, beliefs, mastery, day, room, settings, random: createRandom(seed).fork('session', session) });
    choice.push(room.chosen);
    if (session + 1 < scope.sessions) {
      for (const skill of room.chosen) {
        practiseInThought(beliefs, skill, day, expectedReadiness(scope.graph, beliefs, skill, day));
      }
    }
  }
  return assemblePlan(scope, settings, choice);
}

function isLearned({ scope, mastery, settings }: Desk, skill: number): boolean {
  return mastery[skill] >= (scope.goal[skill] > 0 ? settings.goalLearned : settings.learned);
}

function isReady({ scope, mastery, settings }: Desk, skill: number): boolean {
  const { graph } = scope;
  for (let e = graph.parentStart[skill]; e < graph.parentStart[skill + 1]; e++) {
    if (graph.parentHard[e] === 1 && mastery[graph.parent[e]] < settings.ready) return false;
  }
  return true;
}

/** 1 for goals and for what a skill that is needed and not learned yet builds on (hard prerequisites only). */
function neededSkills(desk: Desk): Uint8Array {
  const { graph, goal } = desk.scope;
  const needed = new Uint8Array(goal.length);
  for (let k = needed.length - 1; k >= 0; k--) {
    const i = graph.topologicalOrder[k];
    if (goal[i] > 0) needed[i] = 1;
    if (needed[i] === 0 || isLearned(desk, i)) continue;
    for (let e = graph.parentStart[i]; e < graph.parentStart[i + 1]; e++) {
      if (graph.parentHard[e] === 1) needed[graph.parent[e]] = 1;
    }
  }
  return needed;
}

/** Adds skills by falling score as long as they fit; -Infinity is never added. */
function fillByScore(desk: Desk, score: (skill: number) => number): void {
  const { scope, room, settings } = desk;
  const ranked = Array.from(scope.skill, (_, skill) => ({ skill, score: score(skill) }))
    .filter((entry) => entry.score > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b.score - a.score || a.skill - b.skill);
  for (const { skill } of ranked) {
    if (room.fits(skill) && !(settings.keepApart && room.meetsConfusable(skill))) room.add(skill);
  }
}

/** First what is next in the order of the course, then (nothing left to learn) the weakest. */
const courseOrder: Rule = (desk) => {
  const rank = new Int32Array(desk.scope.skill.length);
  desk.scope.graph.topologicalOrder.forEach((skill, at) => {
    rank[skill] = at;
  });
  const needed = neededSkills(desk);
  fillByScore(desk, (skill) => {
    return isLearned(desk, skill) || needed[skill] === 0 ? -1e6 - desk.mastery[skill] : -rank[skill];
  });
};

const weakestFirst: Rule = (desk) => {
  const needed = neededSkills(desk);
  fillByScore(desk, (skill) => {
    if (isLearned(desk, skill) || needed[skill] === 0) return -100 - desk.mastery[skill];
    return -desk.mastery[skill] - (isReady(desk, skill) ? 0 : 10);
  });
};

const randomInFringe: Rule = (desk) => {
  const needed = neededSkills(desk);
  fillByScore(desk, (skill) => {
    const draw = desk.random.next();
    if (isLearned(desk, skill) || needed[skill] === 0) return -100 + draw;
    return draw - (isReady(desk, skill) ? 0 : 10);
  });
};

/**
 * Best gain per minute in the outer fringe: expected rise of mastery by one activity, times
 * 1 + unlock * skills it opens + goal bonus, by minutes; with reviews of what is needed and about to be forgotten.
 * A prerequisite that keeps something closed counts as not learned, however well it stands.
 */
const fringe: Rule = (desk) => {
  const { scope, mastery, settings, beliefs, day } = desk;
  const rise = (skill: number): number => {
    const thought = oneSkill(beliefs, skill);
    practiseInThought(thought, 0, day, expectedReadiness(scope.graph, beliefs, skill, day));
    return expectedMastery(thought, 0, day) - mastery[skill];
  };
  const needed = neededSkills(desk);
  fillByScore(desk, (skill) => {
    if (needed[skill] === 0) return -100 - mastery[skill];
    const opens = opened(desk, skill);
    if (isLearned(desk, skill) && (opens === 0 || mastery[skill] >= settings.ready)) {
      const due = recallOn(beliefs, skill, day) < settings.reviewBelow;
      return due ? (settings.reviewWeight * rise(skill)) / scope.minutes[skill] : -10 - mastery[skill];
    }
    if (!isReady(desk, skill)) return -50 - mastery[skill];
    const worth = 1 + settings.unlock * opens + (scope.goal[skill] > 0 ? settings.goalBonus : 0);
    return (rise(skill) * worth) / scope.minutes[skill];
  });
};

/** The beliefs about one skill alone, as skill 0, to practise on in thought. */
function oneSkill(beliefs: Beliefs, skill: number): Beliefs {
  const from = skill * beliefs.components;
  const { memory } = beliefs;
  return {
    ...beliefs,
    ...(memory && { memory: { ...memory, difficulty: memory.difficulty.subarray(skill, skill + 1) } }),
    weight: beliefs.weight.slice(from, from + beliefs.components),
    level: beliefs.level.slice(from, from + beliefs.components),
    speed: beliefs.speed.subarray(from, from + beliefs.components),
    stability: beliefs.stability.slice(skill, skill + 1),
    last: beliefs.last.slice(skill, skill + 1),
  };
}

function opened(desk: Desk, skill: number): number {
  const { graph } = desk.scope;
  let count = 0;
  for (let e = graph.childStart[skill]; e < graph.childStart[skill + 1]; e++) {
    if (graph.childHard[e] === 1 && !isLearned(desk, graph.child[e])) count++;
  }
  return count;
}

/** Again and again the activity that raises the planner's own value most per minute, seen one session ahead. */
const greedy: Rule = ({ scope, beliefs, day, room, settings }) => {
  const thought = copyBeliefs(beliefs);
  const values = skillValues(scope, settings);
  const effects = createEffects(scope, values, settings, day + settings.lookAheadDays, thought);
  const gain = (skill: number): number => {
    const practice = { day, readiness: effects.readiness(skill, day) };
    const apart = room.meetsConfusable(skill) ? scope.beliefs.parameters.interference : 1;
    const rise =
      effects.utility(skill, { ...practice, readiness: practice.readiness * apart }) - effects.utility(skill);
    return (rise + effects.transfer(skill, practice) + effects.surprise(skill)) / scope.minutes[skill];
  };
  const gains = Float64Array.from(scope.skill, (_, skill) => gain(skill));
  for (;;) {
    let best = -1;
    for (let skill = 0; skill < gains.length; skill++) {
      if (room.fits(skill) && (best < 0 || gains[skill] > gains[best])) best = skill;
    }
    if (best < 0) return;
    practiseInThought(thought, best, day, effects.readiness(best, day));
    room.add(best);
    const { graph, confusable } = scope;
    for (let e = graph.childStart[best]; e < graph.childStart[best + 1]; e++)
      gains[graph.child[e]] = gain(graph.child[e]);
    for (let e = confusable.start[best]; e < confusable.start[best + 1]; e++) {
      gains[confusable.other[e]] = gain(confusable.other[e]);
    }
  }
};

const rules: Record<BaselineName, { readonly rule: Rule; readonly description: string }> = {
  'course-order': { rule: courseOrder, description: 'The next skills in the order of the course.' },
  'weakest-first': { rule: weakestFirst, description: 'The weakest skills that are ready, first.' },
  fringe: {
    rule: fringe,
    description: 'Best gain per minute among the skills that are ready, with reviews when they are due.',
  },
  greedy: { rule: greedy, description: "The best next activity by the planner's own model, one session ahead." },
  random: { rule: randomInFringe, description: 'Any skill that is ready, by lot.' },
};

/** The tuned baselines, by name. */
export const pathBaselines: readonly Baseline<PathState, PathPlan>[] = (
  Object.keys(baselineSettings) as BaselineName[]
).map((name) => createPathBaseline(name, baselineSettings[name]));
