/**
 * With a deadline: which goals to go for. Goals share prerequisites, so the cost of a set is the work left in the union
 * of its closures, and the best set is a knapsack over closures (partially ordered knapsack; Johnson & Niemi 1983):
 *
 *   maximise sum of w_g - thrift * cost(G) / room,    cost(G) = minutes left in the closure of G <= room.
 *
 * Exact by branch and bound over goals up to `EXACT_GOALS` of them; the nearest first beyond that.
 */
import { goalClosure } from '@qurriculum/course';
import { activitiesToLearn, type PathScope, scopeOf } from './scope.ts';
import type { PathGoal, PathState } from './types.ts';
import { type GoalWeights, goalWeights } from './weights.ts';

export interface GoalChoice {
  readonly chosen: readonly PathGoal[];
  readonly leftOut: readonly PathGoal[];
  /** Minutes of study that the chosen ones are expected to need, allowance included, and the minutes there are. */
  readonly minutesNeeded: number;
  readonly minutesLeft: number;
  /** True when no better set exists under these estimates. */
  readonly exact: boolean;
}

/** 2^16 sets at most are looked at; bounds prune nearly all of them. */
const EXACT_GOALS = 16;
/** Chooses the goals that fit before the deadline; without a deadline, all. */
export function chooseGoals(
  state: PathState,
  goals: readonly PathGoal[],
  weights: GoalWeights = goalWeights,
): GoalChoice {
  const scope = scopeOf(state, goals);
  const minutesLeft = (state.deadlineSessions ?? Number.POSITIVE_INFINITY) * scope.minutesPerSession;
  const activities = activitiesToLearn(scope, weights.prerequisiteLevel, weights.goalLevel);
  const work = activities.map((count, i) => count * scope.minutes[i] * weights.allowance);
  const numbers = goals.map(({ skill }) => scope.skill.indexOf(skill));
  const closures = numbers.map((goal) => goalClosure(scope.graph, [goal]));
  const chain = longestChainBelow(scope, activities);
  const inTime = numbers.map((goal) => chain[goal] <= (state.deadlineSessions ?? Number.POSITIVE_INFINITY));
  const exact = goals.length <= EXACT_GOALS;
  const sets = createSets(goals, closures, work, minutesLeft, weights.thrift);
  const fitting = goals.flatMap((_, g) => (inTime[g] ? [g] : []));
  const picked = exact ? sets.best(fitting) : sets.nearest(fitting);
  // Nothing fits: the goal with the least left to do, so that the sessions are not wasted.
  const set = picked.length > 0 ? picked : sets.nearestOne();
  return {
    chosen: goals.filter((_, g) => set.includes(g)),
    leftOut: goals.filter((_, g) => !set.includes(g)),
    minutesNeeded: sets.cost(set),
    minutesLeft,
    exact,
  };
}

/** Activities on the longest chain of prerequisites up to each skill: as many sessions, one activity on a skill each. */
function longestChainBelow({ graph }: PathScope, activities: Float64Array): Float64Array {
  const chain = new Float64Array(activities.length);
  for (const i of graph.topologicalOrder) {
    for (let e = graph.parentStart[i]; e < graph.parentStart[i + 1]; e++) {
      if (graph.parentHard[e] === 1) chain[i] = Math.max(chain[i], chain[graph.parent[e]]);
    }
    // A prerequisite need not be finished before the next is begun: most of its activities count, not all.
    chain[i] += 0.6 * activities[i];
  }
  return chain;
}

interface GoalSets {
  cost(set: readonly number[]): number;
  best(candidates: readonly number[]): number[];
  nearest(candidates: readonly number[]): number[];
  nearestOne(): number[];
}

function createSets(
  goals: readonly PathGoal[],
  closures: readonly Int32Array[],
  work: Float64Array,
  room: number,
  thrift: number,
): GoalSets {
  const worth = (g: number): number => goals[g].weight ?? 1;
  const uses = new Int32Array(work.length);
  const enter = (g: number): number => {
    let added = 0;
    for (const i of closures[g]) if (uses[i]++ === 0) added += work[i];
    return added;
  };
  const leave = (g: number): void => {
    for (const i of closures[g]) uses[i]--;
  };
  const cost = (set: readonly number[]): number => {
    const sum = set.reduce((total, g) => total + enter(g), 0);
    set.forEach(leave);
    return sum;
  };
  function best(candidates: readonly number[]): number[] {
    const order = [...candidates].sort((a, b) => cost([a]) - cost([b]) || a - b);
    let found: number[] = [];
    let foundValue = 0;
    const set: number[] = [];
    const descend = (at: number, value: number, used: number): void => {
      const net = value - (Number.isFinite(room) ? (thrift * used) / room : 0);
      if (net > foundValue) {
        foundValue = net;
        found = [...set];
      }
      const rest = order.slice(at).reduce((sum, g) => sum + worth(g), 0);
      if (at === order.length || net + rest <= foundValue) return;
      const g = order[at];
      const added = enter(g);
      set.push(g);
      if (used + added <= room) descend(at + 1, value + worth(g), used + added);
      set.pop();
      leave(g);
      descend(at + 1, value, used);
    };
    descend(0, 0, 0);
    return found;
  }
  /** Again and again the goal with the most worth per further minute that still fits. */
  function nearest(candidates: readonly number[]): number[] {
    const set: number[] = [];
    let left = [...candidates];
    while (left.length > 0) {
      const base = cost(set);
      const priced = left.map((g) => ({ g, total: cost([...set, g]) })).filter(({ total }) => total <= room);
      if (priced.length === 0) break;
      priced.sort((a, b) => (a.total - base) / worth(a.g) - (b.total - base) / worth(b.g) || a.g - b.g);
      set.push(priced[0].g);
      left = priced.slice(1).map(({ g }) => g);
    }
    return set;
  }
  const nearestOne = (): number[] => {
    const order = goals.map((_, g) => g).sort((a, b) => cost([a]) / worth(a) - cost([b]) / worth(b) || a - b);
    return order.slice(0, 1);
  };
  return { cost, best, nearest, nearestOne };
}
