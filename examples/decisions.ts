/** A learning path on the sample course: a rule and the planner on one state, an exact bound, rules checked, reasons. */
import assert from 'node:assert/strict';
import { foundationsOfAlgebra } from '@qurriculum/course/sample-course';
import {
  baselineSettings,
  explainStep,
  type PathState,
  planWithBaseline,
  poseState,
  scopeOf,
  validatePath,
} from '@qurriculum/decisions';
import { createTracker } from '@qurriculum/learner';
import { createHighsSolver, createHybridSolver } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';

const { graph } = foundationsOfAlgebra;
const nameOf = (skill: number): string => graph.skills[skill].name;

// What a learner has answered so far: the first twenty skills of the course, the later the worse.
const tracker = createTracker(graph);
for (const [k, id] of foundationsOfAlgebra.courseOrder.slice(0, 20).entries()) {
  const skill = graph.indexOf.get(id) as number;
  for (let answer = 0; answer < 4; answer++) tracker.answered(skill, k / 4, answer >= k / 5);
}
const goals = foundationsOfAlgebra.courseOrder.slice(30, 32).map((id) => ({ skill: graph.indexOf.get(id) as number }));
const state: PathState = { graph, beliefs: tracker.beliefs(6), goals, sessions: 2 };
console.log(`goals: ${goals.map(({ skill }) => nameOf(skill)).join(', ')}`);

const formulation = poseState(state);
console.log(
  `problem: ${formulation.problem.variables.length} variables, ${formulation.problem.constraints.length} rows`,
);

// The same problem to an exact and a hybrid solver; the rule plans without any.
const platform = createNodePlatform();
const plans = [
  { maker: 'rule "fringe"', plan: planWithBaseline('fringe', scopeOf(state), baselineSettings.fringe, 1) },
];
for (const solver of [createHighsSolver(platform), createHybridSolver(platform)]) {
  const { samples, status } = await solver.solve(formulation.problem, { seed: 1 });
  console.log(`${solver.name}: value ${(-samples[0].energy).toFixed(4)}, ${status}`);
  plans.push({ maker: solver.name, plan: formulation.decode(samples[0].values) });
}
for (const { maker, plan } of plans) {
  const steps = plan.sessions.map(({ steps }) => steps.map(({ skill }) => nameOf(skill)).join('; ')).join(' | ');
  const broken = validatePath(state, plan).map(({ message }) => message);
  console.log(`${maker}: ${steps}${broken.length > 0 ? ` (breaks: ${broken.join(' ')})` : ''}`);
}

// Why the first step of the exact plan?
const exact = plans[1].plan;
const { step, evidence, masteryAfter, opens, serves } = explainStep(state, exact, {
  session: 0,
  skill: exact.sessions[0].steps[0].skill,
});
console.log(
  `${nameOf(step.skill)}: ${evidence.right} of ${evidence.answers} right, mastery ${evidence.mastery.toFixed(2)}, ` +
    `after the step ${masteryAfter.toFixed(2)}; opens ${opens.length} skills; serves ${serves.map(({ goal }) => nameOf(goal)).join(', ')}`,
);
assert.deepEqual(validatePath(state, exact), []);
