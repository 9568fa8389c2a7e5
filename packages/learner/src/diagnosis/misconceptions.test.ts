import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { createResponses } from '../response/responses.ts';
import { diagnose } from './diagnose.ts';
import { fitDiagnosis } from './fit-diagnosis.ts';
import { checkMisconceptions, expectedHolders } from './misconception-check.ts';
import { type MisconceptionItem, misconceptionDesign } from './misconceptions.ts';
import { agreement, drawAnswers } from './testing/simulate-answers.ts';

const adds = { misconception: 'adds denominators' };
const whole = { misconception: 'compares as whole numbers' };

const items: MisconceptionItem[] = Array.from({ length: 18 }, (_, j) => ({
  name: `item ${j}`,
  skills: [j % 2 === 0 ? 'adding' : 'comparing'],
  options:
    j % 3 === 0
      ? ['right', adds, whole, 'wrong']
      : j % 3 === 1
        ? ['wrong', 'right', adds, 'wrong']
        : [whole, 'right', 'wrong', 'wrong'],
}));

const design = misconceptionDesign(items, ['adding', 'comparing'], ['adds denominators', 'compares as whole numbers']);

describe('misconceptions tied to distractors', () => {
  it('has a group for skilled, for lacking, and for each set of misconceptions', () => {
    const [first] = design.items;
    expect(first.groups).toBe(5);
    // Bits: the skill, then the two misconceptions.
    expect([...first.groupOf]).toEqual([0, 1, 2, 2, 3, 3, 4, 4]);
    for (let group = 0; group < 5; group++) {
      expect(first.start.subarray(4 * group, 4 * group + 4).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    }
  });

  it('recovers skills and misconceptions, and which option shows what', async () => {
    const random = createRandom('misconceptions');
    const states = Array.from({ length: 800 }, () =>
      Uint8Array.from([0.6, 0.5, 0.3, 0.25], (p) => Number(random.chance(p))),
    );
    // The truth differs from where fitting starts.
    const truth = design.items.map(({ start, categories }) =>
      start.map((p, k) => 0.8 * p + 0.2 * (k % categories === 1 ? 0.4 : 0.2)),
    );
    const responses = createResponses(
      states.map((state) => drawAnswers(design, truth, state, random)),
      4,
    );
    const fitted = await fitDiagnosis(responses, design);
    const { held, mastery } = await diagnose(fitted, responses);
    expect(
      agreement(
        held,
        states.flatMap((state) => [...state]),
      ),
    ).toBeGreaterThan(0.87);
    expect(mastery).toHaveLength(800 * 4);
    // Item 0: who adds denominators chooses option 1.
    const drawn = fitted.probabilities[0].subarray(8, 12);
    expect(drawn.indexOf(Math.max(...drawn))).toBe(1);
  });

  it.each<[string, MisconceptionItem, RegExp]>([
    ['no right option', { name: 'x', skills: ['adding'], options: ['wrong', adds] }, /one right option.*got 0/],
    ['no skill', { name: 'x', skills: [], options: ['right', adds] }, /0 skills/],
    [
      'an unknown misconception',
      { name: 'x', skills: ['adding'], options: ['right', { misconception: '?' }] },
      /got "\?" in x/,
    ],
  ])('refuses %s', (_, item, message) => {
    expect(() => misconceptionDesign([item], ['adding'], ['adds denominators'])).toThrow(message);
  });
});

describe('what items can tell of misconceptions', () => {
  it('finds nothing where three items and other wrong options show each', () =>
    expect(checkMisconceptions(items, ['adds denominators', 'compares as whole numbers'])).toEqual([]));

  it('names those without options, with few items, and those that look like a missing skill', () => {
    const lone: MisconceptionItem[] = [{ name: 'x', skills: ['adding'], options: ['right', adds] }];
    const found = checkMisconceptions(lone, ['adds denominators', 'never shown']);
    expect(found.map(({ code, misconception }) => [code, misconception])).toEqual([
      ['few-items', 'adds denominators'],
      ['looks-like-lacking', 'adds denominators'],
      ['no-option', 'never shown'],
    ]);
    expect(found[0]).toMatchObject({ items: ['x'], message: expect.stringContaining('expected 3 items') });
  });

  it('counts holders with the interval of a binomial where all are alike', () => {
    const mastery = new Float64Array(200).map((_, k) => (k % 2 === 0 ? 0 : 0.3));
    const { mean, low, high, learners } = expectedHolders({ mastery }, 2, 1);
    expect([mean, learners]).toEqual([expect.closeTo(30, 9), 100]);
    // Binomial(100, .3): 22 to 39 hold 95 %.
    expect(low).toBeCloseTo(30 - 1.96 * Math.sqrt(21), 9);
    expect(high).toBeCloseTo(30 + 1.96 * Math.sqrt(21), 9);
    expect(expectedHolders({ mastery }, 2, 0)).toEqual({ mean: 0, low: 0, high: 0, learners: 100 });
    expect(expectedHolders({ mastery }, 2, 1, [4, 5]).learners).toBe(2);
  });
});
