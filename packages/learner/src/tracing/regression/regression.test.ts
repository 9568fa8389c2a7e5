import { createRandom } from '@qurriculum/random';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InteractionTable } from '../../interactions.ts';
import { tableFromRows } from '../../interactions-builder.ts';
import { hasLearnerData, loadLearnerData } from '../../testing/learner-data.ts';
import { evaluateTracing } from '../evaluate.ts';
import type { TracingModel } from '../model.ts';
import { describeTracingModel } from '../testing/conformance.ts';
import { das3hForm, emptyRecord, nextRecord } from './count-forms.ts';
import { bestLogisticRegression, das3h, performanceFactors } from './count-models.ts';
import { featuresRegression } from './features-lr.ts';

describeTracingModel(() => performanceFactors());
describeTracingModel(() => bestLogisticRegression());
describeTracingModel(() => das3h());
describeTracingModel(() => featuresRegression());

describe('regressions on little or odd data', () => {
  const create = [
    performanceFactors,
    bestLogisticRegression,
    das3h,
    featuresRegression,
  ] as unknown as readonly (() => TracingModel)[];

  it.each(create)('%s fits one answer, answers all right, and none at all', async (model) => {
    const one = { learner: 'l', item: 'i', skills: ['s'], correct: true };
    for (const rows of [[one], Array.from({ length: 40 }, () => one), []]) {
      const fitted = await model().fit(tableFromRows(rows), { seed: 1 });
      const p = fitted.predict(fitted.initial(), { item: 'i', skills: ['s'] });
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThan(1);
    }
  });

  it.each([performanceFactors, das3h])('%s lends a new skill the mean of its neighbours', async (model) => {
    const random = createRandom(3);
    const rows = Array.from({ length: 2000 }, (_, k) => {
      const easy = k % 2 === 0;
      const item = easy ? 'x' : 'y';
      return {
        learner: `l${k % 50}`,
        item,
        skills: [easy ? 'easy' : 'hard'],
        correct: random.chance(easy ? 0.9 : 0.2),
      };
    });
    const near = (skill: string) => (skill === 'near easy' ? ['easy'] : skill === 'near hard' ? ['hard'] : []);
    const fitted = await model({ neighbours: near }).fit(tableFromRows(rows));
    const [low, middle, high] = ['near hard', 'new', 'near easy'].map(
      (skill) => fitted.mastery(fitted.initial(), skill).mean,
    );
    expect(low).toBeLessThan(middle);
    expect(middle).toBeLessThan(high);
  });
});

describe('DAS3H', () => {
  it('counts right answers and answers in its windows', () => {
    const [hour, day] = [3600, 86_400];
    const now = 100 * day;
    const past: [number, boolean][] = [
      [now - 40 * day, true],
      [now - 20 * day, false],
      [now - 2 * day, true],
      [now - 2 * hour, true],
      [now - 60, false],
    ];
    const record = past.reduce((before, [time, correct]) => nextRecord(before, correct, time, true), emptyRecord);
    const out = new Float64Array(10);
    das3hForm.skill(record, now, out, 0);
    const counts = [...out].map((value) => Math.round(Math.expm1(value)));
    expect(counts).toEqual([0, 1, 1, 2, 2, 3, 2, 4, 3, 5]);
  });
});

describe.skipIf(!hasLearnerData)('regressions on ASSISTments 2009 (skipped: no ../shared/data)', () => {
  let [train, test]: InteractionTable[] = [];
  beforeAll(async () => {
    train = await loadLearnerData('assistments09_train.tsv.gz');
    test = await loadLearnerData('assistments09_test.tsv.gz');
  });
  const recorded = [
    { model: bestLogisticRegression as unknown as () => TracingModel, auc: 0.772, nll: 0.53, ece: 0.012 },
    { model: featuresRegression as unknown as () => TracingModel, auc: 0.784, nll: 0.5175, ece: 0.008 },
  ];

  it.each(recorded)('$model.name predicts as well as recorded', async ({ model, auc, nll, ece }) => {
    const fitted = await model().fit(train, { seed: 1 });
    const found = await evaluateTracing(fitted, test, { random: createRandom(1), replicates: 2 });
    expect(found.auc.mean).toBeGreaterThan(auc);
    expect(found.nll.mean).toBeLessThan(nll);
    expect(found.ece.mean).toBeLessThan(ece);
  });
});
