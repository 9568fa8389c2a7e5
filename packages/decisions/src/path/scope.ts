/**
 * The part of a path state that matters: goals with their ancestors as a small graph of their own, defaults filled in,
 * and what each skill is worth. Skills are numbered anew inside a scope; `skill` leads back to the state's graph.
 */
import { goalClosure, inducedSubgraph, type SkillGraph } from '@qurriculum/course';
import { type Beliefs, expectedMastery, levelAfterActivity, type PairRows } from '@qurriculum/learner';
import type { PathGoal, PathState } from './types.ts';
import { defaults, type ValueWeights } from './weights.ts';

export interface PathScope {
  readonly state: PathState;
  readonly graph: SkillGraph;
  /** Number in the state's graph of each skill of the scope. */
  readonly skill: Int32Array;
  readonly beliefs: Beliefs;
  /** Weight of each skill as a goal, 0 for others. */
  readonly goal: Float64Array;
  readonly minutes: Float64Array;
  readonly confusable: PairRows;
  readonly related: PairRows;
  readonly sessions: number;
  readonly minutesPerSession: number;
  readonly daysBetween: number;
  readonly loadCap: number;
  /** Believed mastery today. */
  readonly mastery: Float64Array;
}

/** Narrows a state to what its goals need. */
export function scopeOf(state: PathState, goals: readonly PathGoal[] = goalsOf(state)): PathScope {
  const wanted = goals.map(({ skill }) => skill);
  for (const { skill } of state.pins ?? []) wanted.push(skill);
  const closure = goalClosure(state.graph, wanted);
  const whole = closure.length === state.graph.skills.length;
  const skill = whole ? Int32Array.from(closure, (_, i) => i) : closure;
  const local = new Int32Array(state.graph.skills.length).fill(-1);
  skill.forEach((number, i) => {
    local[number] = i;
  });
  const graph = whole ? state.graph : inducedSubgraph(state.graph, skill);
  const beliefs = whole ? state.beliefs : selectBeliefs(state.beliefs, skill);
  const minutes = state.minutes ?? activityMinutes(state.graph);
  const goal = new Float64Array(skill.length);
  for (const { skill: number, weight } of goals) goal[local[number]] = weight ?? 1;
  return {
    state,
    graph,
    skill,
    beliefs,
    goal,
    minutes: Float64Array.from(skill, (number) => minutes[number]),
    confusable: selectPairs(state.confusable, skill, local),
    related: selectPairs(state.related, skill, local),
    sessions: state.sessions ?? defaults.sessions,
    minutesPerSession: state.minutesPerSession ?? defaults.minutesPerSession,
    daysBetween: state.daysBetweenSessions ?? defaults.daysBetweenSessions,
    loadCap: state.loadCap ?? defaults.loadCap,
    mastery: Float64Array.from(skill, (_, i) => expectedMastery(beliefs, i, beliefs.day)),
  };
}

/** The state's goals, or when it has none the default: skills that nothing builds on, those with the fewest ancestors. */
export function goalsOf(state: PathState): readonly PathGoal[] {
  if (state.goals.length > 0) return state.goals;
  const { graph } = state;
  const ends = graph.topologicalOrder.filter((i) => graph.childStart[i] === graph.childStart[i + 1]);
  return Array.from(ends, (skill) => ({
    skill,
    unknown: expectedMastery(state.beliefs, skill, state.beliefs.day) < 0.8,
  }))
    .filter(({ unknown }) => unknown)
    .map(({ skill }) => ({ skill, size: goalClosure(graph, [skill]).length }))
    .sort((a, b) => a.size - b.size || a.skill - b.skill)
    .slice(0, defaults.defaultGoals)
    .map(({ skill }) => ({ skill }));
}

/** Minutes of one activity per skill: a fifth of the stated study time between 4 and 8, or 6 where none is stated. */
export function activityMinutes(graph: SkillGraph): Float64Array {
  return Float64Array.from(graph.skills, ({ minutes }) =>
    minutes === undefined
      ? defaults.minutesPerActivity
      : Math.min(
          defaults.mostMinutes,
          Math.max(defaults.leastMinutes, Math.round(minutes / defaults.activitiesPerSkill)),
        ),
  );
}

/** Load of an activity (Sweller's element interactivity): 1 + 2 complexity (1 - mastery). */
export function activityLoad(scope: PathScope, weights: ValueWeights, skill: number, mastery: number): number {
  const parents = scope.graph.parentStart[skill + 1] - scope.graph.parentStart[skill];
  const complexity = Math.min(1, weights.complexityBase + weights.complexitySlope * parents);
  return 1 + 2 * complexity * (1 - mastery);
}

/**
 * What a skill is worth towards the goals, scaled to at most 1:
 *
 *   w_i = min(cap, goal_i + sum over skills j built on i of carry_ij (1 - m_j)^fade w_j / max(1, unready prerequisites of j))
 *   v_i = (w_i / max w)^evenness (soft + (1 - soft) need_i) (1 + critical tail_i / longest tail)
 *
 * The factor (1 - m_j)^fade lets a prerequisite lose its worth once what is built on it has been learned.
 */
export function skillValues(scope: PathScope, weights: ValueWeights): Float64Array {
  const { graph, mastery, goal } = scope;
  const count = graph.skills.length;
  const worth = new Float64Array(count);
  const unready = unreadyCounts(scope, weights);
  let most = 1e-9;
  for (let k = count - 1; k >= 0; k--) {
    const i = graph.topologicalOrder[k];
    let sum = goal[i];
    for (let e = graph.childStart[i]; e < graph.childStart[i + 1]; e++) {
      const child = graph.child[e];
      const carry = graph.childHard[e] === 1 ? weights.carryHard : weights.carrySoft;
      sum += (carry * (1 - mastery[child]) ** weights.fade * worth[child]) / Math.max(1, unready[child]);
    }
    worth[i] = Math.min(weights.valueCap, sum);
    most = Math.max(most, worth[i]);
  }
  const need = hardNeeds(scope, weights);
  const tail = weights.critical > 0 ? longestTails(scope, weights) : new Float64Array(count);
  const longest = tail.reduce((a, b) => Math.max(a, b), 1e-9);
  const value = worth.map((each, i) => {
    const kept = weights.softNeed + (1 - weights.softNeed) * need[i];
    return (each / most) ** weights.evenness * kept * (1 + weights.critical * (tail[i] / longest));
  });
  const top = value.reduce((a, b) => Math.max(a, b), 1e-9);
  return value.map((each, i) => Math.max(each / top, goal[i] > 0 ? weights.goalFloor : weights.unneeded));
}

/** 1 for goals, else the most that a hard prerequisite hands down: need_j times the chance that j is not learned yet. */
function hardNeeds({ graph, mastery, goal }: PathScope, weights: ValueWeights): Float64Array {
  const need = new Float64Array(mastery.length);
  for (let k = need.length - 1; k >= 0; k--) {
    const i = graph.topologicalOrder[k];
    if (goal[i] > 0) need[i] = 1;
    const theta = goal[i] > 0 ? weights.goalLearned : weights.learned;
    const open = need[i] / (1 + Math.exp((mastery[i] - theta) / weights.stepWidth));
    for (let e = graph.parentStart[i]; e < graph.parentStart[i + 1]; e++) {
      if (graph.parentHard[e] === 1) need[graph.parent[e]] = Math.max(need[graph.parent[e]], open);
    }
  }
  return need;
}

function unreadyCounts({ graph, mastery }: PathScope, weights: ValueWeights): Int32Array {
  const unready = new Int32Array(mastery.length);
  for (let i = 0; i < mastery.length; i++) {
    for (let e = graph.parentStart[i]; e < graph.parentStart[i + 1]; e++) {
      if (graph.parentHard[e] === 1 && mastery[graph.parent[e]] < weights.learned) unready[i]++;
    }
  }
  return unready;
}

/**
 * Activities that must follow one another from each skill up to a goal: tail_i = n_i + max over hard j built on i of
 * tail_j, n_i the expected activities until i is learned. A skill is practised once a session, so the longest tail
 * bounds the sessions from below, and what has the longest one should go first (Hu 1961; critical path).
 */
export function longestTails(scope: PathScope, weights: ValueWeights): Float64Array {
  const { graph, goal } = scope;
  const activities = activitiesToLearn(scope, weights.learned, weights.goalLearned);
  const tail = new Float64Array(graph.skills.length);
  for (let k = tail.length - 1; k >= 0; k--) {
    const i = graph.topologicalOrder[k];
    let above = 0;
    for (let e = graph.childStart[i]; e < graph.childStart[i + 1]; e++) {
      if (graph.childHard[e] === 1) above = Math.max(above, tail[graph.child[e]]);
    }
    if (goal[i] > 0 || above > 0) tail[i] = above + activities[i];
  }
  return tail;
}

/** A skill that would take more activities than this is out of reach for planning purposes. */
const MOST_ACTIVITIES = 20;

/** Expected activities until each skill of a scope reaches a level, ready throughout; by hypothesis, weighted. */
export function activitiesToLearn(scope: PathScope, level: number, goalLevel: number): Float64Array {
  const { beliefs } = scope;
  const { components } = beliefs;
  return Float64Array.from(scope.skill, (_, i) => {
    const wanted = scope.goal[i] > 0 ? goalLevel : level;
    let expected = 0;
    for (let c = i * components; c < (i + 1) * components; c++) {
      if (beliefs.weight[c] < 0.01) continue;
      let reached = beliefs.level[c];
      let count = 0;
      while (reached < wanted && count < MOST_ACTIVITIES) {
        reached = levelAfterActivity(beliefs.parameters, reached, 1, beliefs.speed[c]);
        count++;
      }
      expected += beliefs.weight[c] * count;
    }
    return expected;
  });
}

function selectBeliefs(beliefs: Beliefs, skills: Int32Array): Beliefs {
  const { components } = beliefs;
  const wide = (all: Float64Array): Float64Array => {
    const some = new Float64Array(skills.length * components);
    skills.forEach((skill, i) => {
      some.set(all.subarray(skill * components, (skill + 1) * components), i * components);
    });
    return some;
  };
  const { memory } = beliefs;
  return {
    ...beliefs,
    ...(memory && { memory: { ...memory, difficulty: Float64Array.from(skills, (k) => memory.difficulty[k]) } }),
    weight: wide(beliefs.weight),
    level: wide(beliefs.level),
    speed: wide(beliefs.speed),
    stability: Float64Array.from(skills, (skill) => beliefs.stability[skill]),
    last: Float64Array.from(skills, (skill) => beliefs.last[skill]),
    answers: Int32Array.from(skills, (skill) => beliefs.answers[skill]),
    right: Int32Array.from(skills, (skill) => beliefs.right[skill]),
  };
}

function selectPairs(rows: PairRows | undefined, skills: Int32Array, local: Int32Array): PairRows {
  const start = new Int32Array(skills.length + 1);
  const other: number[] = [];
  skills.forEach((skill, i) => {
    if (rows !== undefined) {
      for (let e = rows.start[skill]; e < rows.start[skill + 1]; e++) {
        if (local[rows.other[e]] >= 0) other.push(local[rows.other[e]]);
      }
    }
    start[i + 1] = other.length;
  });
  return { start, other: Int32Array.from(other) };
}
