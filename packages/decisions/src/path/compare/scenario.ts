/**
 * Who is simulated: each learner gets goals with all their ancestors out of a skill graph, some of it known already, and
 * a short record of answers. Everything is drawn by seed and learner, so every policy meets the same learners.
 */
import { goalClosure, inducedSubgraph, type SkillGraph } from '@qurriculum/course';
import {
  createSimulatedLearner,
  createTracker,
  createWorld,
  type ForecastParameters,
  type GrowthLawName,
  type SimulatedLearner,
  type SimulatedWorld,
  type Tracker,
  uniform,
} from '@qurriculum/learner';
import { createRandom, mixSeed, type Random } from '@qurriculum/random';
import { activityMinutes } from '../scope.ts';
import type { PathGoal } from '../types.ts';
import { defaults } from '../weights.ts';

export interface ScenarioOptions {
  readonly seed: number;
  readonly law: GrowthLawName;
  /** Goals per learner, both inclusive; default 3 to 5, with a deadline 8 to 10. */
  readonly goals?: readonly [number, number];
  /** Needed skills per learner, both inclusive; default 60 to 150, with a deadline no upper limit. */
  readonly needed?: readonly [number, number];
  /** Depth of goals, both inclusive; default 8 to 15. A shallower graph gives the deeper half of what it has. */
  readonly depth?: readonly [number, number];
  /** Answers on record before the first session; default 30. */
  readonly recorded?: number;
}

/** One learner's task. Skills are numbers in `graph`, which holds the goals and their ancestors only. */
export interface Scenario {
  readonly graph: SkillGraph;
  readonly goals: readonly PathGoal[];
  readonly minutes: Float64Array;
  readonly world: SimulatedWorld;
  /** A fresh learner and a fresh tracker (by these beliefs about learning, or the default ones) that has read the record. */
  start(parameters?: ForecastParameters): { readonly learner: SimulatedLearner; readonly tracker: Tracker };
}

const TRIES = 400;

/** Draws the task of one learner. */
export function drawScenario(graph: SkillGraph, options: ScenarioOptions, learner: number): Scenario {
  const seed = mixSeed(options.seed, 'learner', learner);
  const random = createRandom(seed);
  const { goals, closure } = drawGoals(graph, options, random.fork('goals'));
  const part = inducedSubgraph(graph, closure);
  const world = createWorld(part, { seed: options.seed, law: options.law });
  const record = drawRecord(part.skills.length, options.recorded ?? 30, random.fork('record'));
  return {
    graph: part,
    goals: goals.map((goal) => ({ skill: part.indexOf.get(graph.skills[goal].id) as number })),
    minutes: drawnMinutes(part),
    world,
    start(parameters) {
      const who = createSimulatedLearner(world, { seed });
      const tracker = createTracker(part, { parameters, confusable: world.confusable, related: world.related });
      for (const skill of record) tracker.recorded(skill, 0, who.answer(skill));
      return { learner: who, tracker };
    },
  };
}

/** Goals none of which is under another, with the closure nearest to the wanted size that a few hundred draws found. */
function drawGoals(
  graph: SkillGraph,
  options: ScenarioOptions,
  random: Random,
): { goals: number[]; closure: Int32Array } {
  const [fewest, most] = options.goals ?? [3, 5];
  const [small, large] = options.needed ?? [60, 150];
  const deepest = graph.depth.reduce((a, b) => Math.max(a, b), 0);
  const [shallow, deep] = options.depth ?? [8, 15];
  const from = Math.min(shallow, Math.ceil(deepest / 2));
  const pool: number[] = [];
  graph.depth.forEach((depth, skill) => {
    if (depth >= from && depth <= deep) pool.push(skill);
  });
  const wanted = Math.min(pool.length, fewest + random.integer(most - fewest + 1));
  let best: { goals: number[]; closure: Int32Array; miss: number } | null = null;
  for (let attempt = 0; attempt < TRIES && (best === null || best.miss > 0); attempt++) {
    const goals = random.shuffle([...pool]).slice(0, wanted);
    const closure = goalClosure(graph, goals);
    const nested = goals.filter((goal) => goals.some((other) => other !== goal && isUnder(graph, goal, other))).length;
    const miss = Math.max(0, small - closure.length, closure.length - large) + 1000 * nested;
    if (best === null || miss < best.miss) best = { goals, closure, miss };
  }
  if (best === null)
    throw new RangeError('drawGoals: expected a graph with at least one skill, got none; check the file.');
  return best;
}

function isUnder(graph: SkillGraph, skill: number, goal: number): boolean {
  return goalClosure(graph, [goal]).includes(skill);
}

function drawRecord(skills: number, answers: number, random: Random): number[] {
  const order = random.shuffle(Array.from({ length: skills }, (_, i) => i));
  return Array.from({ length: answers }, (_, k) => order[k % order.length]);
}

/** Where the source states no study time: whole minutes from 4 to 8, by the skill's id. */
function drawnMinutes(graph: SkillGraph): Float64Array {
  const stated = activityMinutes(graph);
  const span = defaults.mostMinutes - defaults.leastMinutes + 1;
  return stated.map((minutes, i) =>
    graph.skills[i].minutes === undefined
      ? defaults.leastMinutes + Math.floor(span * uniform(0, 'minutes', graph.skills[i].id))
      : minutes,
  );
}
