/** Knowledge tracing on simulated records: fit on some learners, predict others, read one learner's mastery. */
import assert from 'node:assert/strict';
import { createSkillGraph } from '@qurriculum/course';
import {
  bayesianKnowledgeTracing,
  evaluateTracing,
  simulateInstitution,
  splitByLearner,
  tableFromRows,
} from '@qurriculum/learner';
import { createRandom } from '@qurriculum/random';

const names = ['counting', 'adding', 'subtracting', 'multiplying', 'dividing'];
const graph = createSkillGraph(
  names.map((name) => ({ id: name, name })),
  names.slice(1).map((to, k) => ({ from: names[k], to, strength: 'hard' as const })),
);
const answers = simulateInstitution({ graph, seed: 5, learners: 120, interactions: 12_000 });
const table = tableFromRows(
  answers.map(({ learner, item, skill, correct, time }) => ({
    learner: `learner ${learner}`,
    item,
    skills: [skill],
    correct,
    time,
  })),
);
console.log(`simulated: ${table.rows} answers of ${table.learners.length} learners on ${table.skills.length} skills`);

const random = createRandom('split');
const { train, test } = splitByLearner(table, 0.3, random.fork('learners'));
const model = await bayesianKnowledgeTracing().fit(train);
const { auc, nll } = await evaluateTracing(model, test, { random: random.fork('bootstrap') });
console.log(
  `on learners never seen: AUC ${auc.mean.toFixed(3)} (${auc.low.toFixed(3)} to ${auc.high.toFixed(3)}), NLL ${nll.mean.toFixed(3)}`,
);

// One learner, answer by answer: states are values, so the old ones stay as they were.
let state = model.initial();
for (const correct of [false, false, true, true, true, true]) {
  state = model.update(state, { item: 'any', skills: ['adding'], correct });
  const { mean, low, high } = model.mastery(state, 'adding');
  console.log(
    `${correct ? 'right' : 'wrong'}: mastery of adding ${mean.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`,
  );
}
assert.ok(auc.mean > 0.6);
assert.ok(model.mastery(state, 'adding').mean > model.mastery(model.initial(), 'adding').mean);
