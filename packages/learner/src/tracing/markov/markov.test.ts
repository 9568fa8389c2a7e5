import { createRandom, type Random } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { type InteractionRow, tableFromRows } from '../../interactions-builder.ts';
import { describeTracingModel } from '../testing/conformance.ts';
import { type HiddenMarkovLevels, levelsToPoint, readLevels } from './hidden-markov.ts';
import { hiddenMarkov, hiddenQuantumMarkov } from './markov.ts';
import { nextState, rightInState } from './operator-model.ts';
import { completenessError, krausOperators, quantumMarkovFamily } from './quantum-markov.ts';

const models = [() => hiddenMarkov(3), () => hiddenMarkov(4), () => hiddenQuantumMarkov()];
for (const create of models) describeTracingModel(create);

const truth: HiddenMarkovLevels = {
  first: [0.5, 0.3, 0.2],
  transition: [
    [0.8, 0.2, 0],
    [0.05, 0.75, 0.2],
    [0, 0.03, 0.97],
  ],
  right: [0.1, 0.55, 0.95],
};

function draw(random: Random, weights: readonly number[]): number {
  let rest = random.nextDouble();
  for (const [index, weight] of weights.entries()) {
    rest -= weight;
    if (rest < 0) return index;
  }
  return weights.length - 1;
}

function simulate(random: Random, learners: number, answers: number): InteractionRow[] {
  return Array.from({ length: learners }, (_, learner) => {
    let level = draw(random, truth.first);
    return Array.from({ length: answers }, (): InteractionRow => {
      const correct = random.chance(truth.right[level]);
      level = draw(random, truth.transition[level]);
      return { learner: `${learner}`, item: 'i', skills: ['s'], correct };
    });
  }).flat();
}

describe('hidden Markov fit', () => {
  it('recovers the levels that made the answers', async () => {
    const fitted = await hiddenMarkov(3).fit(tableFromRows(simulate(createRandom(2), 1500, 14)), { seed: 1 });
    const { right, transition } = readLevels(fitted.skills.get('s')!.point, 3);
    right.forEach((value, level) => {
      expect(Math.abs(value - truth.right[level])).toBeLessThan(0.08);
      expect(Math.abs(transition[level][level] - truth.transition[level][level])).toBeLessThan(0.08);
    });
  });

  it('calls the upper levels known: a learner who is always right ends there, one who is always wrong does not', async () => {
    const fitted = await hiddenMarkov(3).fit(tableFromRows(simulate(createRandom(2), 300, 12)), { seed: 1 });
    const after = (correct: boolean) => {
      let state = fitted.initial();
      for (let k = 0; k < 8; k++) state = fitted.update(state, { item: 'i', skills: ['s'], correct });
      return fitted.mastery(state, 's').mean;
    };
    expect(after(true)).toBeGreaterThan(0.9);
    expect(after(false)).toBeLessThan(0.4);
  });
});

describe('hidden quantum Markov fit', () => {
  it('predicts learners of an unknown qubit nearly as well as the qubit itself', async () => {
    const family = quantumMarkovFamily(2);
    const model = family.operators(family.start(5, createRandom(11)));
    const random = createRandom(12);
    const rows = (learners: number, name: string) =>
      Array.from({ length: learners }, (_, learner) => {
        let x: readonly number[] = Array.from(model.start);
        return Array.from({ length: 10 }, (): InteractionRow => {
          const correct = random.chance(rightInState(model, x));
          x = nextState(model, x, correct ? 1 : 0);
          return { learner: `${name} ${learner}`, item: 'i', skills: ['s'], correct };
        });
      });
    const fitted = await hiddenQuantumMarkov().fit(tableFromRows(rows(800, 'train').flat()), { seed: 1 });
    // Mean Kullback-Leibler divergence per answer, in nats.
    let divergence = 0;
    const test = rows(300, 'test');
    for (const row of test.flat().keys()) {
      const learner = test[Math.floor(row / 10)];
      if (row % 10 !== 0) continue;
      let state = fitted.initial();
      let x: readonly number[] = Array.from(model.start);
      for (const step of learner) {
        const p = rightInState(model, x);
        const q = fitted.predict(state, step);
        divergence += p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
        state = fitted.update(state, step);
        x = nextState(model, x, step.correct ? 1 : 0);
      }
    }
    // Twenty parameters on 8,000 answers cost about 20 / (2 x 8,000) = .00125.
    expect(divergence / (300 * 10)).toBeLessThan(0.0025);
    const { point } = fitted.skills.get('s')!;
    expect(completenessError(point)).toBeLessThan(1e-12);
    expect(krausOperators(point).flat()).toHaveLength(4);
  });
});

describe('edge cases', () => {
  const rows: InteractionRow[] = [{ learner: 'once', item: 'i', skills: ['once'], correct: true }];
  for (let k = 0; k < 60; k++) {
    rows.push({ learner: `${k % 6}`, item: 'i', skills: ['never right'], correct: false });
    rows.push({ learner: `${k % 6}`, item: 'j', skills: ['never wrong'], correct: true });
  }

  it.each(models)('%# never ends in certainty: one answer, never right, never wrong, no rows', async (create) => {
    const fitted = await create().fit(tableFromRows(rows));
    const chance = (skill: string) => fitted.predict({}, { item: 'i', skills: [skill] });
    expect(chance('never right')).toBeLessThan(0.4);
    expect(chance('never wrong')).toBeGreaterThan(0.6);
    for (const skill of ['never right', 'never wrong', 'once', 'unseen']) {
      expect(chance(skill)).toBeGreaterThan(0);
      expect(chance(skill)).toBeLessThan(1);
      const { low, high } = fitted.mastery({}, skill);
      expect(high).toBeGreaterThan(low);
    }
    const empty = await create().fit(tableFromRows([]));
    expect(empty.predict({}, { item: 'i', skills: ['s'] })).toBeGreaterThan(0.3);
    expect(empty.predict({}, { item: 'i', skills: ['s'] })).toBeLessThan(0.9);
  });

  it('starts an unseen skill between its neighbours and the population', async () => {
    for (const options of [{}, { neighbours: (skill: string) => (skill === 'new' ? ['never wrong'] : []) }]) {
      for (const model of [hiddenMarkov(3, options), hiddenQuantumMarkov(options)]) {
        const fitted = await model.fit(tableFromRows(rows));
        const chance = (skill: string) => fitted.predict({}, { item: 'i', skills: [skill] });
        if (options.neighbours === undefined) expect(chance('new')).toBe(chance('lonely'));
        else expect(chance('new')).toBeGreaterThan(chance('lonely') + 0.05);
      }
    }
  });

  it('refuses numbers that are no model, saying what is wrong', async () => {
    const saved = (await hiddenQuantumMarkov().fit(tableFromRows(rows))).toJSON() as {
      population: { point: number[] };
    };
    const point = saved.population.point.map((x, i) => (i === 3 ? x + 0.1 : x));
    const broken = { ...saved, population: { ...saved.population, point } };
    expect(() => hiddenQuantumMarkov().fromJSON(broken)).toThrow(
      /hqmm.fromJSON: expected Kraus operators with sum K\*K = I in population/,
    );
    expect(() => hiddenMarkov(4).fromJSON(saved)).toThrow(/expected a fitted hmm4 model, got a model named "hqmm"/);
    expect(() => hiddenMarkov(1)).toThrow(/expected 2 to 8 levels, got 1/);
    expect(() => hiddenQuantumMarkov({ krausPerAnswer: 5 })).toThrow(
      /expected 1 to 4 Kraus operators per answer, got 5/,
    );
    expect(() => hiddenMarkov(3, { imaginaryLearners: 0 })).toThrow(/expected imaginary learners above 0, got 0/);
    expect(levelsToPoint(truth)).toHaveLength(15);
  });
});
