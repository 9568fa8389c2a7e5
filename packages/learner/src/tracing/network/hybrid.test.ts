import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { type InteractionRow, tableFromRows } from '../../interactions-builder.ts';
import { selectLearners } from '../../interactions-select.ts';
import { hasLearnerData, loadLearnerData } from '../../testing/learner-data.ts';
import { evaluateTracing } from '../evaluate.ts';
import { tracingModelNames } from '../models.ts';
import { describeTracingModel } from '../testing/conformance.ts';
import { answerSpread, trigamma } from './answer-spread.ts';
import { hybridTracing } from './hybrid.ts';
import { hybridFromJson } from './hybrid-model.ts';
import { inverse } from './last-layer.ts';
import { numbersFromText, numbersToText } from './number-text.ts';
import { enoughForHybrid, recommendedModel } from './recommend.ts';

describeTracingModel(hybridTracing);

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** Learners of one ability each, the same for all items: the probability behind every answer is known. */
function abilityRows(name: string, learners: number): { rows: InteractionRow[]; truth: number[] } {
  const random = createRandom(name);
  const truth: number[] = [];
  const rows = Array.from({ length: learners }, (_, learner) => {
    const right = logistic(0.3 + 1.2 * random.normal());
    truth.push(right);
    return Array.from({ length: 24 }, (_, k) => ({
      ...{ learner: `${name} ${learner}`, item: `item ${random.integer(30)}`, skills: ['one'] },
      ...{ correct: random.chance(right), time: 60 * k },
    }));
  }).flat();
  return { rows, truth };
}

describe('hybrid', () => {
  it('covers the probability behind the answers with its intervals', async () => {
    const model = await hybridTracing().fit(tableFromRows(abilityRows('fit', 150).rows), { seed: 1 });
    const { rows, truth } = abilityRows('new', 50);
    let covered = 0;
    let widths = [0, 0];
    for (const [learner, right] of truth.entries()) {
      let state = model.initial();
      for (const [k, row] of rows.slice(24 * learner, 24 * learner + 24).entries()) {
        const { low, high } = model.mastery(state, 'one');
        if (low <= right && right <= high) covered++;
        if (k === 0) widths = [widths[0] + high - low, widths[1]];
        if (k === 23) widths = [widths[0], widths[1] + high - low];
        state = model.update(state, row);
      }
    }
    // 90 % intended; 50 learners have a standard error of 4 % at the most.
    expect(covered / rows.length).toBeGreaterThan(0.8);
    expect(widths[1]).toBeLessThan(0.7 * widths[0]);
  });

  it('averages members, and says where a saved model is broken', async () => {
    const table = tableFromRows(abilityRows('fit', 8).rows);
    const two = await hybridTracing({ members: 2, epochs: 1 }).fit(table, { seed: 1 });
    expect(two.initial().hidden).toHaveLength(128);
    const json = JSON.parse(JSON.stringify(two.toJSON()));
    expect(hybridFromJson(json).toJSON()).toEqual(json);
    expect(() => hybridFromJson({ ...json, members: [] })).toThrow('expected at least one member, got none');
    const cut = { ...json.members[0], weights: numbersToText([1, 2]) };
    expect(() => hybridFromJson({ ...json, members: [cut] })).toThrow('numbers as weights, got 2');
    const odd = { ...json.members[0], weights: '***' };
    expect(() => hybridFromJson({ ...json, members: [odd] })).toThrow('expected finite float32 numbers in base64');
    expect(() => hybridTracing({ members: 0 })).toThrow('expected members of at least 1, got 0');
  });

  it('fits tables that say little: none, one answer, all right', async () => {
    const row = { learner: 'a', item: 'i', skills: ['s'], correct: true };
    for (const rows of [[], [row], [row, row, { ...row, learner: 'b', skills: [] }]]) {
      const model = await hybridTracing().fit(tableFromRows(rows), { seed: 1 });
      const state = model.update(model.initial(), row);
      expect(model.predict(state, row)).toBeGreaterThan(0);
      expect(model.predict(state, row)).toBeLessThan(1);
      expect(model.mastery(state, 'other').low).toBeGreaterThanOrEqual(0);
    }
  });

  it('lets a skill never met borrow from its neighbours', async () => {
    const random = createRandom('neighbours');
    const rows = Array.from({ length: 3000 }, (_, k): InteractionRow => {
      const hard = random.chance(0.5);
      const skills = [hard ? 'hard' : 'easy'];
      return { learner: `${k % 60}`, item: `${hard}`, skills, correct: random.chance(hard ? 0.2 : 0.9), time: k };
    });
    const near = (skill: string) => (skill === 'new and hard' ? ['hard'] : skill === 'new and easy' ? ['easy'] : []);
    const model = await hybridTracing({ neighbours: near }).fit(tableFromRows(rows), { seed: 1 });
    const [hard, none, easy] = ['new and hard', 'new', 'new and easy'].map(
      (skill) => model.mastery(model.initial(), skill).mean,
    );
    expect(hard).toBeLessThan(none);
    expect(none).toBeLessThan(easy);
  });

  it.skipIf(!hasLearnerData)('predicts 40 learners of ASSISTments 2009 from 150 others as recorded', async () => {
    const table = await loadLearnerData('assistments09_test.tsv.gz');
    const model = await hybridTracing({ epochs: 3 }).fit(
      selectLearners(table, (_, index) => index < 150),
      { seed: 1 },
    );
    const others = selectLearners(table, (_, index) => index >= 150 && index < 190);
    const { auc, nll } = await evaluateTracing(model, others, { random: createRandom(1), replicates: 0 });
    // Recorded: .727 and .522.
    expect(auc.mean).toBeGreaterThan(0.72);
    expect(nll.mean).toBeLessThan(0.53);
  });
});

describe('recommendedModel', () => {
  it('names a registered model on either side of enough', () => {
    const [few, many] = [999, enoughForHybrid].map((rows) => recommendedModel({ ...tableFromRows([]), rows }));
    expect([few.name, many.name]).toEqual(['features-lr', 'hybrid']);
    expect(few.reason).toContain('999 answers');
    for (const { name } of [few, many]) expect(tracingModelNames).toContain(name);
  });
});

describe('the spread behind answers', () => {
  it('knows trigamma at 1/2, 1 and 10', () => {
    expect(trigamma(0.5)).toBeCloseTo(Math.PI ** 2 / 2, 6);
    expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 6);
    const tenth = [1, 2, 3, 4, 5, 6, 7, 8, 9].reduce((sum, k) => sum + 1 / k ** 2, 0);
    expect(trigamma(10)).toBeCloseTo(Math.PI ** 2 / 6 - tenth, 8);
  });

  it('is that of the logit of a beta distribution, by drawing from it', () => {
    // Beta(2, 3): the second smallest of four uniform draws. A right answer moves its mean from 2/5 to 3/6, a wrong one to 2/6.
    const random = createRandom('beta');
    const logits = Array.from({ length: 40_000 }, () => {
      const [, p] = [random.next(), random.next(), random.next(), random.next()].sort((a, b) => a - b);
      return Math.log(p / (1 - p));
    });
    const mean = logits.reduce((sum, x) => sum + x, 0) / logits.length;
    const variance = logits.reduce((sum, x) => sum + (x - mean) ** 2, 0) / logits.length;
    expect(answerSpread(2 / 5, 3 / 6 - 2 / 6)).toBeCloseTo(variance, 1);
    expect(answerSpread(0.4, 0)).toBe(0);
    expect(answerSpread(0.4, -0.1)).toBe(0);
  });
});

describe('numbers as text', () => {
  it('come back to the bit, also many', () => {
    const random = createRandom('text');
    const numbers = Float32Array.from({ length: 50_000 }, () => random.normal() * 10 ** random.integer(30));
    expect(numbersFromText(numbersToText(numbers))).toEqual(numbers);
    expect(Object.is(numbersFromText(numbersToText([-0]))?.[0], -0)).toBe(true);
  });

  it('are refused when they are none', () => {
    for (const text of ['*', btoa('abc'), numbersToText([Number.NaN])]) expect(numbersFromText(text)).toBeNull();
  });
});

describe('inverse', () => {
  it('times the matrix is one', () => {
    const random = createRandom('inverse');
    const size = 9;
    const half = Array.from({ length: size }, () => Array.from({ length: size }, () => random.normal()));
    const matrix = Float64Array.from({ length: size * size }, (_, k) => {
      const [i, j] = [Math.floor(k / size), k % size];
      return half.reduce((sum, row) => sum + row[i] * row[j], i === j ? 1 : 0);
    });
    const other = inverse(matrix, size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        let sum = 0;
        for (let k = 0; k < size; k++) sum += matrix[i * size + k] * other[k * size + j];
        expect(sum).toBeCloseTo(i === j ? 1 : 0, 9);
      }
    }
  });
});
