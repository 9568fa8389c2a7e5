/**
 * Loading the 1,590-skill graph, and a plan for one learner on it by every contender on the stated candidate set:
 * objective, proved bound, gap, and time from state to checked plan. Data: paths/marble-v1.json.
 */
import { readFileSync } from 'node:fs';
import { createSkillGraph } from '@qurriculum/course';
import { readSkillGraph } from '@qurriculum/course/formats';
import {
  exactLimits,
  goalsOf,
  type PathState,
  plannerSettings,
  poseState,
  scopeOf,
  searchPlan,
} from '@qurriculum/decisions';
import { createTracker } from '@qurriculum/learner';
import { cqmEnergy } from '@qurriculum/problems';
import { createRandom } from '@qurriculum/random';
import { createSolvers } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { dataFile, printMachine, spread } from './machine.ts';

const LEARNERS = 20;
/** Seconds for a solver: with posing and checking the plan is there within .3. */
const SECONDS = 0.25;
const SOLVERS = ['highs', 'hybrid', 'swap-anneal', 'anneal'] as const;

const text = readFileSync(dataFile('paths/marble-v1.json'), 'utf8');
const load = (): { seconds: number; graph: ReturnType<typeof createSkillGraph> } => {
  const started = performance.now();
  const data = readSkillGraph(text, 'marble-v1.json');
  const graph = createSkillGraph(data.skills, data.prerequisites);
  return { seconds: (performance.now() - started) / 1000, graph };
};

/** A learner who has answered 150 questions somewhere on the whole graph, with four goals drawn at random. */
function drawState(learner: number): PathState {
  const random = createRandom(learner).fork('bench');
  const tracker = createTracker(graph);
  const reach = 1 + random.integer(graph.depth.reduce((a, b) => Math.max(a, b), 0));
  for (let k = 0; k < 150; k++) {
    const skill = random.integer(graph.skills.length);
    tracker.recorded(skill, 0, random.chance(graph.depth[skill] < reach ? 0.85 : 0.25));
  }
  const deep = [...graph.depth.keys()].filter((skill) => graph.depth[skill] >= 8 && graph.depth[skill] <= 15);
  return {
    graph,
    beliefs: tracker.beliefs(1),
    goals: random
      .shuffle(deep)
      .slice(0, 4)
      .map((skill) => ({ skill })),
  };
}

printMachine('Skill graph of 1,590 skills and 3,221 prerequisites');
const { graph } = load();
const loads = spread(Array.from({ length: 15 }, () => 1000 * load().seconds));
process.stdout.write(
  `read and built: median ${loads.median.toFixed(1)} ms (${loads.least.toFixed(1)} to ${loads.most.toFixed(1)})\n`,
);

printMachine(
  `A plan for one learner, ${LEARNERS} learners; one session, the ${exactLimits.best} best activities and ${exactLimits.soonReady} soon ready`,
);
const solvers = createSolvers(createNodePlatform());
const rows: { name: string; milliseconds: number; gap: number; variables: number }[] = [];
for (let learner = 0; learner < LEARNERS; learner++) {
  const state = drawState(learner);
  const started = performance.now();
  const formulation = poseState(
    { ...state, sessions: exactLimits.sessions },
    { weights: plannerSettings, limits: exactLimits },
  );
  const posed = performance.now() - started;
  let bound = Number.NaN;
  for (const name of SOLVERS) {
    const solver = solvers.get(name);
    if (solver === undefined) throw new Error(`plan bench: expected a solver named ${name}, got none.`);
    const before = performance.now();
    const answer = await solver.solve(formulation.problem, {
      seconds: SECONDS,
      seed: learner,
      initial: [formulation.initial],
    });
    const milliseconds = posed + performance.now() - before;
    if (answer.lowerBound !== null) bound = answer.lowerBound;
    const energy = answer.samples.find((sample) => sample.feasible)?.energy ?? Number.NaN;
    rows.push({
      name,
      milliseconds,
      gap: (energy - bound) / Math.abs(bound),
      variables: formulation.problem.variables.length,
    });
  }
  const before = performance.now();
  const { values } = searchPlan(formulation.problem, {
    sweeps: plannerSettings.sweeps,
    random: createRandom(learner),
    initial: formulation.initial,
  });
  const milliseconds = posed + performance.now() - before;
  const energy = cqmEnergy(formulation.problem, values);
  rows.push({
    name: 'planner',
    milliseconds,
    gap: (energy - bound) / Math.abs(bound),
    variables: formulation.problem.variables.length,
  });
}
process.stdout.write('contender     ms: median (least to most)   gap: median   most   variables\n');
for (const name of [...SOLVERS, 'planner']) {
  // The first call of each solver loads it: said apart, since a server pays it once.
  const own = rows.filter((row) => row.name === name).slice(1);
  const time = spread(own.map((row) => row.milliseconds));
  const gap = spread(own.map((row) => 100 * row.gap));
  const size = spread(own.map((row) => row.variables));
  const range = `${time.median.toFixed(0)} (${time.least.toFixed(0)} to ${time.most.toFixed(0)})`;
  process.stdout.write(
    `${name.padEnd(12)}  ${range.padEnd(27)}  ${`${gap.median.toFixed(2)} %`.padEnd(11)}  ${`${gap.most.toFixed(2)} %`.padEnd(6)} ${size.median}\n`,
  );
}
const scope = scopeOf(drawState(0));
process.stdout.write(
  `\nskills needed by the goals of the first learner: ${scope.skill.length}; goals: ${goalsOf(drawState(0)).length}\n`,
);
process.exit(0);
