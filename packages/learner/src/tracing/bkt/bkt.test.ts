import { readFileSync } from 'node:fs';
import { createRandom, type Random } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type InteractionRow, tableFromRows } from '../../interactions-builder.ts';
import { hasLearnerData, learnerDataFolder, loadLearnerData } from '../../testing/learner-data.ts';
import { evaluateTracing } from '../evaluate.ts';
import { describeTracingModel } from '../testing/conformance.ts';
import { createAnswerTree } from './answer-tree.ts';
import { bayesianKnowledgeTracing } from './bkt.ts';
import { createLikelihood, logLikelihood, nextBelief } from './bkt-likelihood.ts';
import { type BktParameters, isDegenerate, toParameters, toVector } from './bkt-parameters.ts';
import { buildSkillTrees } from './skill-trees.ts';

describeTracingModel(bayesianKnowledgeTracing);

const anyVector = fc.tuple(...[0, 1, 2, 3].map(() => fc.double({ min: -4, max: 4, noNaN: true }))) as fc.Arbitrary<
  [number, number, number, number]
>;
const anyHistory = fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 7 });

/** P(answers) by summing over every sequence of hidden states: known from the k-th answer on, or never. */
function probabilityByEnumeration(answers: readonly number[], { prior, learn, guess, slip }: BktParameters): number {
  let total = 0;
  for (let from = 0; from <= answers.length; from++) {
    // Known from answer `from` on; from === answers.length means not before the end.
    let path = from === 0 ? prior : 1 - prior;
    if (from > 0) path *= (1 - learn) ** (from - 1) * (from < answers.length ? learn : 1);
    answers.forEach((answer, k) => {
      const right = k >= from ? 1 - slip : guess;
      path *= answer === 1 ? right : 1 - right;
    });
    total += path;
  }
  return total;
}

function treeOf(histories: readonly (readonly number[])[]) {
  const builder = createAnswerTree();
  for (const history of histories) builder.add(history, [...history.keys()]);
  return builder.build();
}

/** Learners who follow the model exactly. */
function simulate(
  random: Random,
  skill: string,
  learners: number,
  answers: number,
  p: BktParameters,
): InteractionRow[] {
  return Array.from({ length: learners }, (_, learner) => {
    let known = random.chance(p.prior);
    return Array.from({ length: answers }, (_, k): InteractionRow => {
      const correct = random.chance(known ? 1 - p.slip : p.guess);
      if (!known && random.chance(p.learn)) known = true;
      return { learner: `${learner}`, item: 'i', skills: [skill], correct, time: k };
    });
  }).flat();
}

describe('BKT likelihood', () => {
  it('equals the sum over all paths of the hidden state', () => {
    fc.assert(
      fc.property(fc.array(anyHistory, { minLength: 1, maxLength: 6 }), anyVector, (histories, vector) => {
        const parameters = toParameters(vector);
        const expected = histories.reduce((sum, h) => sum + Math.log(probabilityByEnumeration(h, parameters)), 0);
        expect(logLikelihood(treeOf(histories), parameters)).toBeCloseTo(expected, 8);
        expect(createLikelihood(treeOf(histories))(vector).value).toBeCloseTo(expected, 8);
      }),
    );
  });

  it('has the gradient that finite differences give', () => {
    fc.assert(
      fc.property(fc.array(anyHistory, { minLength: 1, maxLength: 6 }), anyVector, (histories, vector) => {
        const tree = treeOf(histories);
        const likelihood = createLikelihood(tree);
        const { gradient } = likelihood(vector);
        for (let i = 0; i < 4; i++) {
          const at = (shift: number) => likelihood(vector.map((x, j) => (j === i ? x + shift : x))).value;
          expect(gradient[i]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 4);
        }
      }),
    );
  });

  it('never lets mastery fall after a right answer, nor rise beyond what learning adds after a wrong one', () => {
    fc.assert(
      fc.property(anyVector, fc.double({ min: 0, max: 1, noNaN: true }), (vector, known) => {
        const parameters = toParameters(vector);
        const belief = { known, slope: [0, 0, 0, 0] as const };
        expect(nextBelief(belief, true, parameters).known).toBeGreaterThanOrEqual(known);
        const most = known + (1 - known) * parameters.learn;
        expect(nextBelief(belief, false, parameters).known).toBeLessThanOrEqual(most + 1e-12);
      }),
    );
  });
});

describe('BKT fit', () => {
  it('recovers the parameters that made the answers', async () => {
    const truth = { prior: 0.3, learn: 0.15, guess: 0.2, slip: 0.1 };
    const table = tableFromRows(simulate(createRandom(3), 's', 3000, 12, truth));
    const skill = (await bayesianKnowledgeTracing().fit(table)).skills.get('s')!;
    const errors = toVector(skill.parameters).map((x, i) => x - toVector(truth)[i]);
    // Within three of the standard errors that the fit itself states, and those are small.
    errors.forEach((error, i) => {
      const deviation = Math.sqrt(skill.covariance[5 * i]);
      expect(Math.abs(error)).toBeLessThan(3 * deviation);
      expect(deviation).toBeLessThan(0.25);
    });
  });

  it('is never degenerate, whatever the answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyHistory, { minLength: 1, maxLength: 10 }), async (histories) => {
        const rows = histories.flatMap((history, learner) =>
          history.map((answer) => ({ learner: `${learner}`, item: 'i', skills: ['s'], correct: answer === 1 })),
        );
        const fitted = await bayesianKnowledgeTracing().fit(tableFromRows(rows));
        expect(fitted.degenerateSkills).toBe(0);
        expect(isDegenerate(fitted.skills.get('s')!.parameters)).toBe(false);
        expect(isDegenerate(fitted.population.parameters)).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it('fits a table without rows to the typical skill, and refuses a deviation of 0', async () => {
    const fitted = await bayesianKnowledgeTracing().fit(tableFromRows([]));
    expect(fitted.population.parameters.prior).toBeCloseTo(0.45, 6);
    expect(() => bayesianKnowledgeTracing({ deviation: 0 })).toThrow(/expected a deviation above 0, got 0/);
  });

  it('refuses JSON that is not its own, saying what is wrong', () => {
    const { fromJSON } = bayesianKnowledgeTracing();
    expect(() => fromJSON(null)).toThrow(/expected a fitted bkt model, got null/);
    expect(() => fromJSON({ model: 'bkt', version: '0' })).toThrow(
      /expected version 1, got version 0; it was saved by an older version/,
    );
  });
});

describe('BKT mastery intervals', () => {
  const truth = { prior: 0.4, learn: 0.1, guess: 0.2, slip: 0.1 };
  const fitOn = (learners: number) =>
    bayesianKnowledgeTracing().fit(tableFromRows(simulate(createRandom(5), 's', learners, 10, truth)));
  const answer = (correct: boolean) => ({ item: 'i', skills: ['s'], correct });

  it('shrink as a learner shows the same again and again', async () => {
    const fitted = await fitOn(400);
    let state = fitted.initial();
    const widths = Array.from({ length: 8 }, () => {
      const { low, high } = fitted.mastery(state, 's');
      state = fitted.update(state, answer(true));
      return high - low;
    });
    expect(widths.at(-1)).toBeLessThan(0.25 * Math.max(...widths));
    expect(widths.slice(2)).toEqual([...widths.slice(2)].sort((a, b) => b - a));
  });

  it('are narrower where the skill was fitted on more answers, and wide for a skill never seen', async () => {
    const few = (await fitOn(20)).mastery({}, 's');
    const model = await fitOn(4000);
    const many = model.mastery({}, 's');
    expect(many.high - many.low).toBeLessThan(few.high - few.low);
    const unseen = model.mastery({}, 'unseen');
    expect(unseen.high - unseen.low).toBeGreaterThan(0.8);
  });

  it('are wider where learners differ than where they are all alike', async () => {
    const random = createRandom(9);
    const unlike = Array.from({ length: 400 }, (_, learner) =>
      // Half the learners know nearly everything, half nearly nothing, on each of four skills.
      ['a', 'b', 'c', 'd'].flatMap((skill) =>
        simulate(random, skill, 1, 8, { ...truth, learn: learner % 2 === 0 ? 0.02 : 0.6 }).map((row) => ({
          ...row,
          learner: `${learner}`,
        })),
      ),
    ).flat();
    const alike = ['a', 'b', 'c', 'd'].flatMap((skill) => simulate(random, skill, 400, 8, { ...truth, learn: 0.2 }));
    const spreads = await Promise.all(
      [alike, unlike].map(async (rows) => {
        const { spread } = (await bayesianKnowledgeTracing().fit(tableFromRows(rows))).toJSON() as { spread: number[] };
        return spread[1];
      }),
    );
    expect(spreads[0]).toBeLessThan(0.5);
    expect(spreads[1]).toBeGreaterThan(spreads[0] + 0.5);
  });
});

describe('BKT with several skills in one row', () => {
  it('predicts the mean of the log-odds and moves every skill', async () => {
    const random = createRandom(7);
    const easy = simulate(random, 'easy', 300, 6, { prior: 0.9, learn: 0.2, guess: 0.3, slip: 0.05 });
    const hard = simulate(random, 'hard', 300, 6, { prior: 0.1, learn: 0.05, guess: 0.1, slip: 0.1 });
    const fitted = await bayesianKnowledgeTracing().fit(tableFromRows([...easy, ...hard]));
    const odds = (skills: string[]) => {
      const p = fitted.predict({}, { item: 'i', skills });
      return Math.log(p / (1 - p));
    };
    expect(odds(['easy', 'hard'])).toBeCloseTo((odds(['easy']) + odds(['hard'])) / 2, 9);
    const state = fitted.update({}, { item: 'i', skills: ['easy', 'hard'], correct: true });
    expect(Object.keys(state)).toEqual(['easy', 'hard']);
    expect(fitted.mastery(state, 'hard').mean).toBeGreaterThan(fitted.mastery({}, 'hard').mean);
  });
});

describe.skipIf(!hasLearnerData)('BKT on ASSISTments 2009 (skipped: no ../shared/data)', () => {
  it('is as likely as the reference fit on every skill, and predicts as well as the bar', async () => {
    const [train, test] = [
      await loadLearnerData('assistments09_train.tsv.gz'),
      await loadLearnerData('assistments09_test.tsv.gz'),
    ];
    const fitted = await bayesianKnowledgeTracing().fit(train);
    const reference: {
      skills: Record<string, BktParameters & { logLikelihood: number }>;
      totalLogLikelihood: number;
    } = JSON.parse(readFileSync(`${learnerDataFolder}/reference/assistments09_bkt.json`, 'utf8'));
    const { ofSkill } = buildSkillTrees(train);
    let total = 0;
    for (const [index, tree] of ofSkill.entries()) {
      const own = logLikelihood(tree!, fitted.skills.get(train.skills[index])!.parameters);
      const theirs = reference.skills[train.skills[index]];
      total += own;
      // What the weak prior may cost a skill of few answers. A degenerate reference is out of bounds, so not a bar.
      if (!isDegenerate(theirs)) expect(own).toBeGreaterThan(theirs.logLikelihood - 0.05);
    }
    expect(total).toBeGreaterThan(reference.totalLogLikelihood);
    expect(fitted.degenerateSkills).toBe(0);
    const { auc, nll, rows } = await evaluateTracing(fitted, test, { random: createRandom(1), replicates: 20 });
    expect(rows).toBe(58_266);
    expect(auc.mean).toBeGreaterThan(0.7155);
    expect(nll.mean).toBeLessThan(0.5715);
  });
});
