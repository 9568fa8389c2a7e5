import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { tableFromRows } from '../interactions-builder.ts';
import { describeTracingModel } from './model-descriptions.ts';
import { tracingModel, tracingModelNames } from './models.ts';

describe('the registry of tracing models', () => {
  it.each(tracingModelNames)('has a sentence for %s, a twin that exists, and the model under its name', (name) => {
    const { description, twin } = describeTracingModel(name);
    expect(description).toMatch(/^[A-Z].*\.$/);
    if (twin !== undefined) expect(tracingModelNames).toContain(twin);
    expect(tracingModel(name).name).toBe(name);
  });

  it('says what there is when asked for what there is not', () => {
    expect(() => tracingModel('oracle')).toThrow(/expected one of bkt.*got "oracle"/);
    expect(() => describeTracingModel('oracle')).toThrow(/expected one of bkt.*got "oracle"/);
  });
});

describe('a skill that was never fitted', () => {
  const random = createRandom(3);
  const table = tableFromRows(
    Array.from({ length: 60 }, (_, learner) =>
      ['easy', 'hard', 'middling'].flatMap((skill, k) =>
        Array.from({ length: 5 }, (_, n) => ({
          ...{ learner: `learner ${learner}`, item: `${skill} ${n}`, skills: [skill] },
          correct: random.chance([0.9, 0.25, 0.6][k]),
        })),
      ),
    ).flat(),
  );
  const neighbours = (skill: string): string[] => (skill === 'beside easy' ? ['easy'] : ['hard']);

  // Engagement is what moves the one model without neighbours; its mastery is that of bkt.
  const names = tracingModelNames.filter((name) => name !== 'engagement');
  it.each(names)('starts from its neighbours in the course with %s', async (name) => {
    const fitted = await tracingModel(name, { neighbours }).fit(table, { seed: 1 });
    const again = tracingModel(name, { neighbours }).fromJSON(fitted.toJSON());
    for (const model of [fitted, again]) {
      const chance = (skill: string) => model.predict(model.initial(), { item: 'new', skills: [skill] });
      expect(chance('beside easy')).toBeGreaterThan(chance('beside hard'));
    }
  });
});
