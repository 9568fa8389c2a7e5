import { createRandom } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type InteractionRow, tableFromRows } from '../../interactions-builder.ts';
import { selectLearners } from '../../interactions-select.ts';
import { hasLearnerData, loadLearnerData } from '../../testing/learner-data.ts';
import { predictTable } from '../evaluate.ts';
import { measure } from '../metrics.ts';
import { describeTracingModel } from '../testing/conformance.ts';
import { createAnswerTree } from './answer-tree.ts';
import { bayesianKnowledgeTracing } from './bkt.ts';
import { logLikelihood } from './bkt-likelihood.ts';
import { isDegenerate } from './bkt-parameters.ts';
import { individualKnowledgeTracing } from './individual.ts';
import { effects, firstWeights, individualSkill } from './individual-effects.ts';
import { createFittedIndividual } from './individual-model.ts';

describeTracingModel(individualKnowledgeTracing);

const parameters = { prior: 0.4, learn: 0.15, guess: 0.2, slip: 0.1, forget: 0.04, lapse: 0.3 };
const skills = ['a', 'b'];

describe('individualised BKT', () => {
  it('gives every history the mean of its likelihoods over the effects', () => {
    const weights = Array.from(firstWeights());
    const own = { parameters, answers: 100 };
    const model = createFittedIndividual({
      skills: new Map(skills.map((skill) => [skill, own])),
      population: own,
      weights,
    });
    const anyRow = fc.record({ skill: fc.constantFrom(0, 1), correct: fc.boolean() });
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 8 }), (rows) => {
        let state = model.initial();
        let online = 0;
        for (const { skill, correct } of rows) {
          const question = { item: 'i', skills: [skills[skill]] };
          const p = model.predict(state, question);
          online += Math.log(correct ? p : 1 - p);
          state = model.update(state, { ...question, correct });
        }
        // Of each skill its answers, and breaks where the other skill came between.
        const trees = [0, 1].map((skill) => {
          const at = rows.flatMap((row, k) => (row.skill === skill ? [k] : []));
          const builder = createAnswerTree();
          const breaks = at.map((k, i) => (i > 0 && k - at[i - 1] > 1 ? 1 : 0));
          builder.add(
            rows.map((row) => (row.correct ? 1 : 0)),
            at,
            breaks,
          );
          return builder.build();
        });
        const { prior, learn } = individualSkill(parameters);
        const mean = effects.reduce((sum, _, g) => {
          const shifted = { ...parameters, prior: prior[g], learn: learn[g] };
          return sum + weights[g] * Math.exp(trees.reduce((total, tree) => total + logLikelihood(tree, shifted), 0));
        }, 0);
        expect(online).toBeCloseTo(Math.log(mean), 8);
      }),
    );
  });

  it('finds out on some skills what learners bring to the others', async () => {
    const random = createRandom(5);
    const names = Array.from({ length: 10 }, (_, k) => `skill ${k}`);
    const shift = (learner: number) => (learner % 2 === 0 ? 2 : -2);
    const chanceOf = (value: number, by: number) => 1 / (1 + ((1 - value) / value) * Math.exp(-by));
    const answers = (learner: number): InteractionRow[] =>
      names.flatMap((skill) => {
        let known = random.chance(chanceOf(0.5, shift(learner)));
        return Array.from({ length: 4 }, () => {
          const correct = random.chance(known ? 0.9 : 0.2);
          if (!known) known = random.chance(chanceOf(0.1, shift(learner)));
          return { learner: `${learner}`, item: 'i', skills: [skill], correct };
        });
      });
    const fitted = await individualKnowledgeTracing().fit(
      tableFromRows(Array.from({ length: 150 }, (_, learner) => answers(learner)).flat()),
    );
    const test = Array.from({ length: 20 }, (_, k) => {
      const learner = 1000 + k;
      const seen = answers(learner).slice(0, 28);
      return { learner, state: seen.reduce((state, row) => fitted.update(state, row), fitted.initial()) };
    });
    for (const { learner, state } of test) {
      expect(Math.sign(fitted.learnerEffects(state).prior)).toBe(Math.sign(shift(learner)));
    }
    const unmet = (k: number) => fitted.mastery(test[k].state, 'skill 9').mean;
    expect(unmet(0)).toBeGreaterThan(unmet(1) + 0.3);
    // The population lies between.
    const usual = fitted.mastery(fitted.initial(), 'skill 9');
    expect(usual.mean).toBeGreaterThan(unmet(1));
    expect(usual.mean).toBeLessThan(unmet(0));
    expect(usual.high - usual.low).toBeGreaterThan(0.3);
  });

  it('is never degenerate: a learner with one answer, skills never right, skills never wrong, no rows', async () => {
    const rows: InteractionRow[] = [{ learner: 'once', item: 'i', skills: ['once'], correct: true }];
    for (let k = 0; k < 60; k++) {
      rows.push({ learner: `${k % 6}`, item: 'i', skills: ['never right'], correct: false });
      rows.push({ learner: `${k % 6}`, item: 'j', skills: ['never wrong'], correct: true });
    }
    const fitted = await individualKnowledgeTracing().fit(tableFromRows(rows));
    expect(fitted.degenerateSkills).toBe(0);
    for (const skill of [fitted.population, ...fitted.skills.values()])
      expect(isDegenerate(skill.parameters)).toBe(false);
    const chance = (skill: string) => fitted.predict(fitted.initial(), { item: 'i', skills: [skill] });
    expect(chance('never right')).toBeLessThan(0.3);
    expect(chance('never wrong')).toBeGreaterThan(0.7);
    expect(fitted.weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    const empty = await individualKnowledgeTracing().fit(tableFromRows([]));
    expect(empty.predict(empty.initial(), { item: 'i', skills: ['s'] })).toBeGreaterThan(0.3);
  });

  it('starts an unseen skill from its neighbours', async () => {
    const rows = Array.from({ length: 200 }, (_, k): InteractionRow => {
      return { learner: `${k % 20}`, item: 'i', skills: [k % 2 === 0 ? 'easy' : 'hard'], correct: k % 2 === 0 };
    });
    const neighbours = (skill: string) => (skill === 'new' ? ['easy'] : []);
    const fitted = await individualKnowledgeTracing({ neighbours }).fit(tableFromRows(rows));
    const chance = (skill: string) => fitted.predict(fitted.initial(), { item: 'i', skills: [skill] });
    expect(chance('new')).toBeGreaterThan(chance('lonely'));
  });
});

describe.skipIf(!hasLearnerData)('individualised BKT on ASSISTments 2009 (skipped: no ../shared/data)', () => {
  it('predicts a quarter of the learners better than BKT with forgetting does', async () => {
    const quarter = async (name: string) => selectLearners(await loadLearnerData(name), (_, index) => index % 4 === 0);
    const train = await quarter('assistments09_train.tsv.gz');
    const test = await quarter('assistments09_test.tsv.gz');
    const [individual, common] = [
      measure(await predictTable(await individualKnowledgeTracing().fit(train), test)),
      measure(await predictTable(await bayesianKnowledgeTracing({ forgetting: true }).fit(train), test)),
    ];
    expect(individual.auc).toBeGreaterThan(common.auc + 0.005);
    expect(individual.nll).toBeLessThan(common.nll - 0.005);
  });
});
