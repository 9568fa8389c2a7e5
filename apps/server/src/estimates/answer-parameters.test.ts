import { tableFromRows, tracingModel } from '@qurriculum/learner';
import { expect, it } from 'vitest';
import { answerParameters, chanceKnown } from './answer-parameters.ts';

const table = tableFromRows(
  ['0111', '0011', '1111', '0101', '0001', '0111', '1101', '0000'].flatMap((row, k) =>
    [...row].map((answer) => ({ learner: `${k}`, item: 'any', skills: ['adding'], correct: answer === '1' })),
  ),
);

it('takes guess and slip from models that have them, those of the population for a skill never seen', async () => {
  for (const name of ['bkt', 'bkt-forget', 'bkt-individual']) {
    const fitted = await tracingModel(name).fit(table);
    const saved = JSON.parse(JSON.stringify(fitted.toJSON())) as {
      skills: { skill: string; parameters: { guess: number; slip: number } }[];
      population: { parameters: { guess: number; slip: number } };
    };
    const { guess, slip } = saved.skills[0].parameters;
    // Never less than 2 %: no answer alone may settle a skill.
    const bounded = { guess: Math.max(0.02, guess), slip: Math.max(0.02, slip) };
    expect(answerParameters(fitted, 'adding')).toEqual({ ...bounded, from: 'fitted' });
    const unseen = answerParameters(fitted, 'dividing');
    expect(unseen.guess).toBeCloseTo(Math.max(0.02, saved.population.parameters.guess), 12);
    expect(unseen.guess + unseen.slip).toBeLessThan(1);
  }
});

it('has usual values for models of answers alone, and turns their chances of a right answer into chances of knowing', async () => {
  const fitted = await tracingModel('pfa').fit(table);
  const answers = answerParameters(fitted, 'adding');
  expect(answers.from).toBe('usual');
  const known = chanceKnown(fitted, 0.6, answers);
  expect(known * (1 - answers.slip) + (1 - known) * answers.guess).toBeCloseTo(0.6, 12);
  expect(chanceKnown(fitted, 0.05, answers)).toBe(0.02);
});

it('knows nothing without a fit', () => {
  expect(chanceKnown(null, Number.NaN, answerParameters(null, 'adding'))).toBe(0.5);
});
