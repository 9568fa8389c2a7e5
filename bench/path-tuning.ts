/**
 * Tunes the policies of the path comparison, each with the same number of generations on the same learners, drawn by
 * seeds that no report uses. Prints the settings found for `packages/decisions/src/path/weights.ts`, and what they are
 * worth on learners that the search did not meet. The search is sep-CMA-ES (Ros & Hansen, "A simple modification in
 * CMA-ES achieving linear time and space complexity", 2008): new learners in each generation keep it from learning any
 * of them by heart.
 *
 *   node --conditions=development bench/path-tuning.ts GRAPH.json fringe,greedy,planner [GENERATIONS] [SEED]
 */
import { readFileSync } from 'node:fs';
import {
  type BaselineName,
  type BaselineSettings,
  baselinePolicy,
  baselineSettings,
  drawScenario,
  type PathPolicy,
  type PlannerSettings,
  plannerPolicy,
  plannerSettings,
  runEpisode,
  type Scenario,
} from '@qurriculum/decisions';
import { createRandom, type Random } from '@qurriculum/random';
import { readMarble } from './read-graph.ts';

type Settings = Record<string, number>;
type Space = Record<string, readonly [number, number]>;

/** A third of the planner's own, because tuning runs it some ten thousand times. */
const TUNING_SWEEPS = 40;

/** What is drawn for each policy; everything else stays as it is in weights.ts. */
const valueSpace: Space = {
  carryHard: [0.8, 1.4],
  carrySoft: [0, 0.6],
  fade: [0.3, 1.5],
  valueCap: [1, 8],
  evenness: [0.4, 1.3],
  goalFloor: [0.1, 0.8],
  unneeded: [0, 0.05],
  softNeed: [0.15, 1],
  information: [0, 2],
  linearShare: [0.2, 1],
  stepPrerequisite: [0.45, 0.85],
  stepGoal: [0.7, 0.95],
  stepWidth: [0.04, 0.2],
  critical: [0, 3],
  learned: [0.5, 0.9],
  lookAheadDays: [0, 12],
  loadCap: [7, 14],
};
const spaces: Record<string, Space> = {
  planner: { ...valueSpace, ready: [0.2, 0.75], discount: [0.7, 1] },
  greedy: valueSpace,
  fringe: {
    ready: [0.3, 0.9],
    learned: [0.6, 0.97],
    goalLearned: [0.85, 0.99],
    reviewBelow: [0.5, 0.98],
    reviewWeight: [0, 4],
    unlock: [0, 1.5],
    goalBonus: [0, 2],
    loadCap: [6, 14],
  },
  'weakest-first': { ready: [0, 0.9], learned: [0.6, 0.97], goalLearned: [0.85, 0.99], loadCap: [6, 14] },
  'course-order': { learned: [0.6, 0.97], goalLearned: [0.85, 0.99], loadCap: [6, 14] },
  random: { ready: [0.3, 0.9], learned: [0.6, 0.97], goalLearned: [0.85, 0.99], loadCap: [6, 14] },
};

function policyOf(name: string, drawn: Settings): PathPolicy {
  return name === 'planner'
    ? plannerPolicy({ ...plannerSettings, sweeps: TUNING_SWEEPS, ...drawn } as PlannerSettings, 1)
    : baselinePolicy(
        name as BaselineName,
        { ...baselineSettings[name as BaselineName], ...drawn } as BaselineSettings,
        1,
      );
}

/** Mean logarithm of the sessions to competency: ratios count, whatever the learner. */
function cost(name: string, settings: Settings, scenarios: readonly Scenario[]): number {
  let sum = 0;
  for (const scenario of scenarios) {
    sum += Math.log(runEpisode(scenario, policyOf(name, settings), { sessions: 120 }).sessions);
  }
  return sum / scenarios.length;
}

/** Learners per generation and for the last word; both growth laws in equal parts, so that nothing is tuned to one. */
const PER_GENERATION = 16;
const LAST_WORD = 120;
const FIRST_STEP = 0.12;

interface Search {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly stepPath: Float64Array;
  readonly path: Float64Array;
  step: number;
}

/** One generation: draws, ranks, moves. Settings are in units of their ranges, held inside by clamping. */
function evolve(s: Search, rank: (points: Float64Array[]) => number[], random: Random): void {
  const n = s.mean.length;
  const children = 4 + Math.floor(3 * Math.log(n));
  const parents = children >> 1;
  const raw = Array.from({ length: parents }, (_, k) => Math.log((children + 1) / 2) - Math.log(k + 1));
  const weights = raw.map((w) => w / raw.reduce((a, b) => a + b, 0));
  const effective = 1 / weights.reduce((a, w) => a + w * w, 0);
  const stepRate = (effective + 2) / (n + effective + 5);
  const pathRate = (4 + effective / n) / (n + 4 + (2 * effective) / n);
  const rankOne = (2 / ((n + 1.3) ** 2 + effective)) * ((n + 2) / 3);
  const rankMany = Math.min(
    1 - rankOne,
    ((2 * (effective - 2 + 1 / effective)) / ((n + 2) ** 2 + effective)) * ((n + 2) / 3),
  );
  const points = Array.from({ length: children }, () =>
    s.mean.map((m, i) => Math.min(1, Math.max(0, m + s.step * Math.sqrt(s.variance[i]) * random.normal()))),
  );
  const best = rank(points)
    .slice(0, parents)
    .map((k) => points[k]);
  const moved = s.mean.map((_, i) => best.reduce((sum, point, k) => sum + weights[k] * point[i], 0));
  for (let i = 0; i < n; i++) {
    const shift = (moved[i] - s.mean[i]) / s.step;
    const unit = shift / Math.sqrt(s.variance[i]);
    s.stepPath[i] = (1 - stepRate) * s.stepPath[i] + Math.sqrt(stepRate * (2 - stepRate) * effective) * unit;
    s.path[i] = (1 - pathRate) * s.path[i] + Math.sqrt(pathRate * (2 - pathRate) * effective) * shift;
    const spread = best.reduce((sum, point, k) => sum + weights[k] * ((point[i] - s.mean[i]) / s.step) ** 2, 0);
    s.variance[i] = (1 - rankOne - rankMany) * s.variance[i] + rankOne * s.path[i] ** 2 + rankMany * spread;
    s.mean[i] = moved[i];
  }
  const length = Math.hypot(...s.stepPath);
  const usual = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
  s.step *= Math.exp((stepRate / (1 + stepRate)) * (length / usual - 1));
}

const [file, policies = 'fringe,greedy,planner', generations = '60', seedText = '9101'] = process.argv.slice(2);
const graph = readMarble(readFileSync(file, 'utf8'));
const seed = Number(seedText);
const scenariosOf = (from: number, count: number): Scenario[] =>
  Array.from({ length: count }, (_, k) => drawScenario(graph, { seed, law: k % 2 === 0 ? 'a' : 'b' }, from + k));

for (const name of policies.split(',')) {
  const random = createRandom(seed).fork(name);
  const entries = Object.entries(spaces[name]);
  const current = name === 'planner' ? plannerSettings : baselineSettings[name as BaselineName];
  const start = Object.fromEntries(entries.map(([key]) => [key, (current as unknown as Settings)[key]]));
  const settingsAt = (point: Float64Array): Settings =>
    Object.fromEntries(
      entries.map(([key, [low, high]], i) => [key, Number((low + (high - low) * point[i]).toFixed(3))]),
    );
  const search: Search = {
    mean: Float64Array.from(entries, ([key, [low, high]]) =>
      Math.min(1, Math.max(0, (start[key] - low) / (high - low))),
    ),
    variance: new Float64Array(entries.length).fill(1),
    stepPath: new Float64Array(entries.length),
    path: new Float64Array(entries.length),
    step: FIRST_STEP,
  };
  for (let generation = 0; generation < Number(generations); generation++) {
    const scenarios = scenariosOf(LAST_WORD + generation * PER_GENERATION, PER_GENERATION);
    evolve(
      search,
      (points) => {
        const costs = points.map((point) => cost(name, settingsAt(point), scenarios));
        return costs.map((_, k) => k).sort((a, b) => costs[a] - costs[b]);
      },
      random,
    );
    console.error(
      `${name} ${generation + 1}: step ${search.step.toFixed(3)} ${JSON.stringify(settingsAt(search.mean))}`,
    );
  }
  const found = settingsAt(search.mean);
  const fresh = scenariosOf(0, LAST_WORD);
  const [before, after] = [start, found].map((settings) => Math.exp(cost(name, settings, fresh)));
  console.log(name, `on fresh learners ${before.toFixed(2)} -> ${after.toFixed(2)}`, JSON.stringify(found));
}
