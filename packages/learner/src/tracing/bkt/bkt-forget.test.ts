import { createRandom, type Random } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type InteractionRow, tableFromRows } from '../../interactions-builder.ts';
import { hasLearnerData, loadLearnerData } from '../../testing/learner-data.ts';
import { predictTable } from '../evaluate.ts';
import { measure } from '../metrics.ts';
import { describeTracingModel } from '../testing/conformance.ts';
import { createAnswerTree } from './answer-tree.ts';
import { bayesianKnowledgeTracing } from './bkt.ts';
import { createLikelihood, logLikelihood } from './bkt-likelihood.ts';
import { type BktParameters, isDegenerate, toParameters, toVector } from './bkt-parameters.ts';
import { isBreak } from './breaks.ts';
import { buildSkillTrees } from './skill-trees.ts';

const create = () => bayesianKnowledgeTracing({ forgetting: true });

describeTracingModel(create);

const anyVector = fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 6, maxLength: 6 });
const anyHistory = fc.array(fc.record({ answer: fc.constantFrom(0, 1), pause: fc.constantFrom(0, 1) }), {
  ...{ minLength: 1, maxLength: 6 },
});
type History = readonly { readonly answer: number; readonly pause: number }[];

/** P(answers) by summing over all 2^n paths of the hidden state; a pause lies before its answer. */
function probabilityByEnumeration(history: History, parameters: BktParameters): number {
  const { prior, learn, guess, slip, forget = 0, lapse = 0 } = parameters;
  let total = 0;
  for (let path = 0; path < 2 ** history.length; path++) {
    const known = history.map((_, k) => (path >> k) % 2 === 1);
    let probability = 1;
    for (const [k, { answer, pause }] of history.entries()) {
      const kept = k > 0 && pause === 1 ? 1 - lapse : 1;
      const before = k === 0 ? prior : (known[k - 1] ? 1 - forget : learn) * kept;
      const right = known[k] ? 1 - slip : guess;
      probability *= (known[k] ? before : 1 - before) * (answer === 1 ? right : 1 - right);
    }
    total += probability;
  }
  return total;
}

function treeOf(histories: readonly History[]) {
  const builder = createAnswerTree();
  for (const history of histories) {
    builder.add(
      history.map((step) => step.answer),
      [...history.keys()],
      history.map((step) => step.pause),
    );
  }
  return builder.build();
}

describe('BKT likelihood with forgetting', () => {
  it('equals the sum over all paths of the hidden state, breaks included', () => {
    fc.assert(
      fc.property(fc.array(anyHistory, { minLength: 1, maxLength: 5 }), anyVector, (histories, vector) => {
        const parameters = toParameters(vector);
        const expected = histories.reduce((sum, h) => sum + Math.log(probabilityByEnumeration(h, parameters)), 0);
        expect(logLikelihood(treeOf(histories), parameters)).toBeCloseTo(expected, 8);
        expect(createLikelihood(treeOf(histories))(vector).value).toBeCloseTo(expected, 8);
      }),
    );
  });

  it('has the gradient that finite differences give', () => {
    fc.assert(
      fc.property(fc.array(anyHistory, { minLength: 1, maxLength: 5 }), anyVector, (histories, vector) => {
        const tree = treeOf(histories);
        const likelihood = createLikelihood(tree);
        const { gradient } = likelihood(vector);
        for (let i = 0; i < 6; i++) {
          const at = (shift: number) => likelihood(vector.map((x, j) => (j === i ? x + shift : x))).value;
          expect(gradient[i]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 4);
        }
      }),
    );
  });
});

describe('breaks', () => {
  it('are told by the clock where there is one, else by what was answered between', () => {
    expect(isBreak({ position: 3 }, { position: 4 })).toBe(false);
    expect(isBreak({ position: 3 }, { position: 5 })).toBe(true);
    expect(isBreak({ position: 3, time: 0 }, { position: 50, time: 3600 })).toBe(false);
    expect(isBreak({ position: 3, time: 0 }, { position: 4, time: 3601 })).toBe(true);
    expect(isBreak({ position: 3, time: 0 }, { position: 4, time: Number.NaN })).toBe(false);
  });

  it('are the same to the trees and to the state machine: one likelihood', async () => {
    const table = tableFromRows(simulate(createRandom(4), 40, 10));
    const fitted = await create().fit(table);
    const { probability, correct } = await predictTable(fitted, table);
    const online = probability.reduce((sum, p, row) => sum + Math.log(correct[row] === 1 ? p : 1 - p), 0);
    const offline = buildSkillTrees(table, true).ofSkill.reduce(
      (sum, tree, skill) => sum + logLikelihood(tree!, fitted.skills.get(table.skills[skill])!.parameters),
      0,
    );
    expect(online).toBeCloseTo(offline, 8);
  });
});

const truth = { prior: 0.5, learn: 0.2, guess: 0.2, slip: 0.1, forget: 0.06, lapse: 0.3 };

/** Learners who follow the model exactly, on two skills in turns of one to four answers. */
function simulate(random: Random, learners: number, turns: number): InteractionRow[] {
  return Array.from({ length: learners }, (_, learner) => {
    const known = [random.chance(truth.prior), random.chance(truth.prior)];
    return Array.from({ length: turns }, (_, turn): InteractionRow[] => {
      const skill = turn % 2;
      if (turn > 1 && random.chance(truth.lapse)) known[skill] = false;
      return Array.from({ length: 1 + random.integer(4) }, () => {
        const correct = random.chance(known[skill] ? 1 - truth.slip : truth.guess);
        known[skill] = known[skill] ? !random.chance(truth.forget) : random.chance(truth.learn);
        return { learner: `${learner}`, item: 'i', skills: [`${skill}`], correct };
      });
    }).flat();
  }).flat();
}

describe('BKT fit with forgetting', () => {
  it('recovers the parameters that made the answers', async () => {
    const { skills } = await create().fit(tableFromRows(simulate(createRandom(3), 1000, 12)));
    for (const { parameters, covariance } of skills.values()) {
      toVector(parameters).forEach((x, i) => {
        const deviation = Math.sqrt(covariance[7 * i]);
        expect(Math.abs(x - toVector(truth)[i])).toBeLessThan(3.5 * deviation);
        expect(deviation).toBeLessThan(0.5);
      });
    }
  });

  it('is never degenerate: a learner with one answer, skills never right, skills never wrong', async () => {
    const rows: InteractionRow[] = [{ learner: 'once', item: 'i', skills: ['once'], correct: true }];
    for (let k = 0; k < 60; k++) {
      rows.push({ learner: `${k % 6}`, item: 'i', skills: ['never right'], correct: false });
      rows.push({ learner: `${k % 6}`, item: 'j', skills: ['never wrong'], correct: true });
    }
    for (const model of [bayesianKnowledgeTracing(), create()]) {
      const fitted = await model.fit(tableFromRows(rows));
      expect(fitted.degenerateSkills).toBe(0);
      for (const { parameters } of [fitted.population, ...fitted.skills.values()]) {
        expect(isDegenerate(parameters)).toBe(false);
      }
      const chance = (skill: string) => fitted.predict({}, { item: 'i', skills: [skill] });
      expect(chance('never right')).toBeLessThan(0.15);
      expect(chance('never wrong')).toBeGreaterThan(0.85);
      expect(chance('once')).toBeGreaterThan(0.05);
      expect(chance('once')).toBeLessThan(1);
    }
  });
});

describe('a skill that was never fitted', () => {
  const rows = (skill: string, chance: number) => {
    const random = createRandom(skill);
    return Array.from({ length: 300 }, (_, k): InteractionRow => {
      return { learner: `${k % 50}`, item: 'i', skills: [skill], correct: random.chance(chance) };
    });
  };
  const table = tableFromRows([...rows('easy', 0.95), ...rows('hard', 0.2), ...rows('other', 0.3)]);

  it('starts between its neighbours and the population, and at the population without neighbours', async () => {
    const neighbours = (skill: string) => (skill === 'new' ? ['easy', 'unknown', 'easy'] : []);
    for (const forgetting of [false, true]) {
      const model = bayesianKnowledgeTracing({ forgetting, neighbours });
      const fitted = await model.fit(table);
      const chance = (skill: string) => fitted.predict({}, { item: 'i', skills: [skill] });
      const alone = await bayesianKnowledgeTracing({ forgetting }).fit(table);
      expect(chance('lonely')).toBe(alone.predict({}, { item: 'i', skills: ['new'] }));
      expect(chance('new')).toBeGreaterThan(chance('lonely'));
      expect(chance('new')).toBeLessThan(chance('easy'));
      const revived = model.fromJSON(JSON.parse(JSON.stringify(fitted.toJSON())));
      expect(revived.predict({}, { item: 'i', skills: ['new'] })).toBe(chance('new'));
    }
  });
});

describe.skipIf(!hasLearnerData)('BKT with forgetting on published records (skipped: no ../shared/data)', () => {
  it('predicts ASSISTments 2009 as well as the bar', async () => {
    const fitted = await create().fit(await loadLearnerData('assistments09_train.tsv.gz'));
    const test = await loadLearnerData('assistments09_test.tsv.gz');
    const { auc, nll } = measure(await predictTable(fitted, test));
    expect(auc).toBeGreaterThan(0.7235);
    expect(nll).toBeLessThan(0.5662);
    expect(fitted.degenerateSkills).toBe(0);
  });
});
