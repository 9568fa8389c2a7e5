/**
 * Tunes the policies of the path comparison by random search with successive halving, each with the same number of
 * trials, on seeds that no report uses. Prints the best settings for `packages/decisions/src/path/weights.ts`.
 *
 *   node --conditions=development bench/path-tuning.ts GRAPH.json fringe,greedy,planner [TRIALS] [SEED]
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
  critical: [0, 0.9],
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
    ? plannerPolicy({ ...plannerSettings, ...drawn } as PlannerSettings, 1)
    : baselinePolicy(
        name as BaselineName,
        { ...baselineSettings[name as BaselineName], ...drawn } as BaselineSettings,
        1,
      );
}

function draw(space: Space, random: Random): Settings {
  return Object.fromEntries(
    Object.entries(space).map(([key, [low, high]]) => [key, Number((low + (high - low) * random.next()).toFixed(3))]),
  );
}

/** Near a good one: a third of the settings drawn anew, the others moved a little. */
function near(space: Space, from: Settings, random: Random): Settings {
  return Object.fromEntries(
    Object.entries(space).map(([key, [low, high]]) => {
      const moved = from[key] + 0.15 * (high - low) * random.normal();
      const value = random.chance(0.15) ? low + (high - low) * random.next() : Math.min(high, Math.max(low, moved));
      return [key, Number(value.toFixed(3))];
    }),
  );
}

function cost(name: string, drawn: Settings, scenarios: readonly Scenario[]): number {
  let sum = 0;
  for (const scenario of scenarios)
    sum += Math.log(runEpisode(scenario, policyOf(name, drawn), { sessions: 100 }).sessions);
  return sum / scenarios.length;
}

const [file, policies = 'fringe,greedy,planner', trialsText = '60', seedText = '9101'] = process.argv.slice(2);
const graph = readMarble(readFileSync(file, 'utf8'));
const trials = Number(trialsText);
const seed = Number(seedText);
const scenariosOf = (from: number, count: number): Scenario[] =>
  Array.from({ length: count }, (_, k) => drawScenario(graph, { seed, law: k % 2 === 0 ? 'a' : 'b' }, from + k));
const rounds = [scenariosOf(0, 8), scenariosOf(8, 24), scenariosOf(32, 60)];

for (const name of policies.split(',')) {
  const random = createRandom(seed).fork(name);
  const space = spaces[name];
  const current = name === 'planner' ? plannerSettings : baselineSettings[name as BaselineName];
  const start = Object.fromEntries(Object.keys(space).map((key) => [key, (current as unknown as Settings)[key]]));
  let pool: Settings[] = [start, ...Array.from({ length: trials - 1 }, () => draw(space, random))];
  for (const [round, scenarios] of rounds.entries()) {
    const scored = pool.map((drawn) => ({ drawn, cost: cost(name, drawn, scenarios) })).sort((a, b) => a.cost - b.cost);
    const base = cost(name, start, scenarios);
    console.error(
      `${name} round ${round}: ${scored
        .slice(0, 4)
        .map((s) => Math.exp(s.cost).toFixed(2))
        .join(' ')} (before: ${Math.exp(base).toFixed(2)})`,
    );
    const kept = scored.slice(0, Math.max(1, Math.ceil(pool.length / [6, 6, 6][round]))).map((s) => s.drawn);
    pool =
      round === 0
        ? [start, ...kept, ...kept.flatMap((good) => [near(space, good, random), near(space, good, random)])]
        : kept;
    if (round === rounds.length - 1)
      console.log(name, Math.exp(scored[0].cost).toFixed(3), JSON.stringify(scored[0].drawn));
  }
}
