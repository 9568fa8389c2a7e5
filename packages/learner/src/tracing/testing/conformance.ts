/**
 * What every knowledge-tracing model must hold, run against each of them: predictions depend on the past only, states
 * are values, JSON loses nothing, probabilities are probabilities, and a table is evaluated as its learners one by one.
 */
import { createRandom, type Random } from '@qurriculum/random';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InteractionTable } from '../../interactions.ts';
import { type InteractionRow, tableFromRows } from '../../interactions-builder.ts';
import { selectLearners } from '../../interactions-select.ts';
import { answersOfTable, predictTable } from '../evaluate.ts';
import type { FittedTracingModel, TracedInteraction, TracingModel } from '../model.ts';

/** Runs the suite; `create` gives a new, unfitted model. */
export function describeTracingModel<State>(create: () => TracingModel<State>): void {
  const random = createRandom('tracing conformance');
  const train = practiceTable(random.fork('train'), 60);
  const test = practiceTable(random.fork('test'), 12);
  const unseen: TracedInteraction = { item: 'never seen', skills: ['nor this'], correct: true };

  describe(`${create().name} holds the contract of tracing models`, () => {
    let fitted: FittedTracingModel<State>;
    beforeAll(async () => {
      fitted = await create().fit(train, { seed: 1 });
    });

    it('is causal: answers from t on change no prediction up to t, to the last bit', async () => {
      const base = (await predictTable(fitted, test)).probability;
      const flipped = flipLaterHalf(test);
      const again = (await predictTable(fitted, flipped.table)).probability;
      const early = [...again.keys()].filter((row) => !flipped.after[row]);
      expect(early.length).toBeGreaterThan(0);
      expect(early.map((row) => again[row])).toEqual(early.map((row) => base[row]));
      expect([...again]).not.toEqual([...base]);
    });

    it('gives identical predictions and masteries after a round trip through JSON', async () => {
      const revived = create().fromJSON(JSON.parse(JSON.stringify(fitted.toJSON())));
      expect([...(await predictTable(revived, test)).probability]).toEqual([
        ...(await predictTable(fitted, test)).probability,
      ]);
      const [first, second] = [fitted, revived].map((model) => walk(model, test, 30));
      expect(second.map((step) => step.mastery)).toEqual(first.map((step) => step.mastery));
    });

    it('keeps states that survive JSON, and leaves old states as they were', () => {
      const answer = answersOfTable(test);
      let state = fitted.initial();
      for (let row = 0; row < 20; row++) {
        const before = JSON.stringify(state);
        const next = fitted.update(state, answer(row));
        expect(JSON.stringify(state)).toBe(before);
        expect(fitted.update(state, answer(row))).toEqual(next);
        expect(fitted.predict(JSON.parse(JSON.stringify(next)), answer(row))).toBe(fitted.predict(next, answer(row)));
        state = next;
      }
    });

    it('gives probabilities, and intervals that contain the mean', () => {
      for (const { probability, mastery } of walk(fitted, test, test.rows)) {
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
        expect(mastery.low).toBeGreaterThanOrEqual(0);
        expect(mastery.high).toBeLessThanOrEqual(1);
        expect(mastery.low).toBeLessThanOrEqual(mastery.mean);
        expect(mastery.mean).toBeLessThanOrEqual(mastery.high);
      }
    });

    it('evaluates a table of many learners as each learner alone', async () => {
      const whole = await predictTable(fitted, test);
      for (const [index, learner] of test.learners.entries()) {
        const alone = await predictTable(
          fitted,
          selectLearners(test, (label) => label === learner),
        );
        expect([...alone.probability]).toEqual([...whole.probability.filter((_, row) => test.learner[row] === index)]);
      }
    });

    it('knows what to say about items and skills it never saw, and about rows without skills', () => {
      const start = fitted.initial();
      for (const interaction of [unseen, { ...unseen, skills: [] }, { ...unseen, skills: ['__proto__', 'toString'] }]) {
        const next = fitted.update(start, interaction);
        expect(fitted.predict(next, interaction)).toBeGreaterThan(0);
        expect(fitted.predict(next, interaction)).toBeLessThan(1);
      }
      expect(fitted.mastery(start, 'nor this').mean).toBeGreaterThanOrEqual(0);
    });

    it('fits the same model from the same table and seed', async () => {
      const again = await create().fit(train, { seed: 1 });
      expect(again.toJSON()).toEqual(fitted.toJSON());
    });

    it('stops when cancelled, and reports progress up to 1', async () => {
      const reason = new Error('enough');
      await expect(create().fit(train, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      const seen: number[] = [];
      await create().fit(train, { seed: 1, onProgress: (fraction) => seen.push(fraction) });
      expect(seen.at(-1)).toBe(1);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
    });
  });
}

/** Simulated practice: three skills, one row in five on two of them, learning at every answer. */
function practiceTable(random: Random, learners: number): InteractionTable {
  const rows: InteractionRow[] = [];
  const names = ['adding', 'carrying', 'columns'];
  for (let learner = 0; learner < learners; learner++) {
    const known = names.map(() => random.chance(0.3));
    for (let k = 0; k < 30; k++) {
      const first = random.integer(3);
      const skills = random.chance(0.2) ? [first, (first + 1) % 3] : [first];
      const all = skills.every((skill) => known[skill]);
      rows.push({
        learner: `learner ${learner}`,
        item: `item ${first}.${random.integer(8)}`,
        skills: skills.map((skill) => names[skill]),
        correct: random.chance(all ? 0.9 : 0.25),
        time: 1000 * k,
      });
      for (const skill of skills) if (random.chance(0.15)) known[skill] = true;
    }
  }
  return tableFromRows(rows);
}

/** Every learner's answers flipped from the middle on; `after` marks rows behind a flipped one. */
function flipLaterHalf(table: InteractionTable): { table: InteractionTable; after: readonly boolean[] } {
  const correct = table.correct.slice();
  const seen = new Map<number, number>();
  const after = Array.from({ length: table.rows }, (_, row) => {
    const position = seen.get(table.learner[row]) ?? 0;
    seen.set(table.learner[row], position + 1);
    if (position >= 15) correct[row] = 1 - correct[row];
    return position > 15;
  });
  return { table: { ...table, correct }, after };
}

function walk<State>(model: FittedTracingModel<State>, table: InteractionTable, rows: number) {
  const answer = answersOfTable(table);
  let state = model.initial();
  return Array.from({ length: rows }, (_, row) => {
    const interaction = answer(row);
    const step = {
      probability: model.predict(state, interaction),
      mastery: model.mastery(state, interaction.skills[0]),
    };
    state = model.update(state, interaction);
    return step;
  });
}
