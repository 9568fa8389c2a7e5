import type { LogisticItem } from '@qurriculum/learner';
import { type BinaryQuadraticModel, bqmEnergy } from '@qurriculum/problems';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { assessmentDecision } from './assessment.ts';
import { assessmentBaselines } from './baselines.ts';
import { beliefAfter, chanceRight, entropy, updated } from './belief.ts';
import { explainItem } from './explain.ts';
import { formulateBatch } from './formulate.ts';
import { abilityAssessment, masteryAssessment } from './models.ts';
import { mutualInformation, redundancy, scoreItem } from './rules.ts';
import { rankItems, selectItem } from './select.ts';
import { drawBank } from './simulate/bank.ts';
import { classificationCertainty, stopReason } from './stopping.ts';
import type { AssessmentState } from './types.ts';
import { validateAssessment } from './validate.ts';

const rasch = (difficulties: readonly number[]): LogisticItem[] =>
  difficulties.map((difficulty) => ({ kind: 'logistic', slope: 1, difficulty, guessing: 0 }));

function abilityState(size: number, more: Partial<AssessmentState> = {}): AssessmentState {
  const { items, model } = drawBank('ability', size, 3);
  return { items, model, answers: [], ...more };
}

describe('beliefs', () => {
  it('follow Bayes for a skill: guess .2, slip .1, prior .5', () => {
    const model = masteryAssessment([{ skill: 'a', mastery: 0.5 }], [{ skills: ['a'], guess: 0.2, slip: 0.1 }]);
    expect(beliefAfter(model, [{ item: 0, right: true }]).mastery[0]).toBeCloseTo(0.9 / (0.9 + 0.2), 12);
    expect(beliefAfter(model, [{ item: 0, right: false }]).mastery[0]).toBeCloseTo(0.1 / (0.1 + 0.8), 12);
    expect(chanceRight(model, beliefAfter(model, []), 0)).toBeCloseTo(0.55, 12);
  });

  it('have the standard normal moments before any answer', () => {
    const { ability, standardError } = beliefAfter(abilityAssessment(rasch([0])), []);
    expect(ability).toBeCloseTo(0, 12);
    expect(standardError).toBeCloseTo(1, 6);
  });
});

describe('selection rules', () => {
  const model = abilityAssessment(rasch([-2, -1, 0, 1, 2]));
  const belief = beliefAfter(model, [
    { item: 2, right: true },
    { item: 3, right: true },
  ]);

  it('information of Rasch items is p (1 - p), largest where difficulty meets ability', () => {
    const start = beliefAfter(model, []);
    expect(scoreItem('information', model, start, 2, 0)).toBeCloseTo(0.25, 9);
    const p = 1 / (1 + Math.exp(-(belief.ability - 1)));
    expect(scoreItem('information', model, belief, 3, 2)).toBeCloseTo(p * (1 - p), 9);
  });

  it('mutual information is the expected fall of entropy, and the Jensen-Shannon divergence', () => {
    for (let item = 0; item < 5; item++) {
      const chance = chanceRight(model, belief, item);
      const after = [true, false].map((right) => entropy(updated(model, belief.probability, item, right)));
      const fall = entropy(belief.probability) - chance * after[0] - (1 - chance) * after[1];
      expect(mutualInformation(model, belief, item)).toBeCloseTo(fall, 9);
      expect(scoreItem('jensen-shannon', model, belief, item, 2)).toBeCloseTo(fall, 9);
    }
  });

  it('posterior-weighted divergence is the sum written out', () => {
    const best = belief.best;
    const expected = belief.probability.reduce((sum, weight, h) => {
      const [p, q] = [model.right[1][best], model.right[1][h]];
      return sum + weight * (p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q)));
    }, 0);
    expect(scoreItem('pwkl', model, belief, 1, 2)).toBeCloseTo(expected, 6);
  });

  it('what two items tell together is their information minus redundancy', () => {
    const [a, b] = [1, 4];
    let together = entropy(belief.probability);
    for (const first of [true, false]) {
      const one = updated(model, belief.probability, a, first);
      const chance = chanceRight(model, belief, a);
      for (const second of [true, false]) {
        const pb = one.reduce((sum, p, h) => sum + p * model.right[b][h], 0);
        const weight = (first ? chance : 1 - chance) * (second ? pb : 1 - pb);
        together -= weight * entropy(updated(model, one, b, second));
      }
    }
    const separate = mutualInformation(model, belief, a) + mutualInformation(model, belief, b);
    expect(separate - redundancy(model, belief, a, b)).toBeCloseTo(together, 9);
  });

  it('refuses Fisher information where there is no ability', () => {
    const { items, model: states } = drawBank('diagnosis', 10, 1);
    expect(() => rankItems({ items, model: states, answers: [] }, 'information')).toThrow(/use jensen-shannon/);
  });
});

describe('selectItem', () => {
  it('asks nothing twice, no enemies, and keeps areas in balance', () => {
    const state = abilityState(80, { content: { numbers: 0.5, algebra: 0.25, geometry: 0.25, data: 0 } });
    const random = createRandom(1);
    const answers: { item: number; right: boolean }[] = [];
    for (let k = 0; k < 20; k++) {
      const item = selectItem({ ...state, answers }, 'information', random) as number;
      expect(validateAssessment({ ...state, answers }, { items: [item], value: 0 })).toEqual([]);
      answers.push({ item, right: random.chance(0.5) });
    }
    const areas = answers.map(({ item }) => state.items[item].content);
    expect(areas.filter((area) => area === 'numbers')).toHaveLength(10);
    expect(areas.filter((area) => area === 'data')).toHaveLength(0);
  });

  it('passes over items at the cap, and takes the least asked when all are', () => {
    const state = abilityState(6);
    const exposure = { most: 0.25, tests: 200, asked: [60, 60, 10, 60, 60, 60] };
    expect(selectItem({ ...state, exposure }, 'information', createRandom(1))).toBe(2);
    const full = { ...exposure, asked: [60, 60, 90, 55, 60, 60] };
    expect(selectItem({ ...state, exposure: full }, 'information', createRandom(1))).toBe(3);
  });

  it('asks an item only with its Sympson-Hetter parameter, and draws among the best in randomesque', () => {
    const state = abilityState(10);
    const [first, second] = rankItems(state, 'information').eligible.map(({ item }) => item);
    const base = { most: 1, tests: 0, asked: new Array(10).fill(0) };
    const parameters = new Array(10).fill(1);
    parameters[first] = 0.3;
    const random = createRandom(5);
    const draws = Array.from({ length: 400 }, () =>
      selectItem({ ...state, exposure: { ...base, parameters } }, 'information', random),
    );
    expect(new Set(draws)).toEqual(new Set([first, second]));
    expect(Math.abs(draws.filter((item) => item === first).length / 400 - 0.3)).toBeLessThan(0.1);
    const among = Array.from({ length: 200 }, () =>
      selectItem({ ...state, exposure: { ...base, among: 3 } }, 'information', random),
    );
    expect(new Set(among).size).toBe(3);
  });

  it('has nothing to ask when the bank is used up', () => {
    const state = abilityState(2, { answers: [0, 1].map((item) => ({ item, right: true })) });
    expect(selectItem(state, 'mutual-information', createRandom(1))).toBeNull();
    expect(stopReason(state, { most: 2 })).toBe('length');
  });
});

describe('stopping', () => {
  it('by standard error, certainty and length', () => {
    const answers = Array.from({ length: 30 }, (_, item) => ({ item, right: item % 2 === 0 }));
    const state = abilityState(60, { answers });
    const { standardError } = beliefAfter(state.model, answers);
    expect(stopReason(state, { standardError: standardError + 0.01, most: 50 })).toBe('standard-error');
    expect(stopReason(state, { standardError: standardError - 0.01, most: 50 })).toBeNull();
    expect(stopReason(state, { standardError: 1, least: 31, most: 50 })).toBeNull();
    const sure = { skill: 'a', mastery: 0.97 };
    const model = masteryAssessment([sure, { skill: 'b', mastery: 0.1 }], []);
    const known: AssessmentState = { items: [], model, answers: [] };
    expect(classificationCertainty(known, beliefAfter(model, []))).toBeCloseTo(0.9, 9);
    expect(stopReason(known, { least: 0, certainty: 0.85 })).toBe('certainty');
  });
});

/** The best batch by trying all samples that the validator accepts. */
function bestBatch(
  state: AssessmentState,
  problem: BinaryQuadraticModel,
  decode: (values: number[]) => { items: readonly number[] },
) {
  let best = Infinity;
  for (let mask = 0; mask < 2 ** problem.variables.length; mask++) {
    const values = Array.from(problem.variables, (_, v) => (mask >> v) & 1);
    if (validateAssessment(state, { items: decode(values).items, value: 0 }).length > 0) continue;
    best = Math.min(best, bqmEnergy(problem, values));
  }
  return best;
}

describe('the batch as a BQM', () => {
  it.each([
    ['plain', {}],
    ['with content areas', { content: { numbers: 0.5, algebra: 0.5 } }],
  ] as const)('%s: its minimum is the best batch that keeps the rules', (_, more) => {
    const { items, model } = drawBank('diagnosis', 14, 8);
    // Enemies among the best, so that they matter.
    const withEnemies = items.map((item, i) => ({ ...item, enemies: i % 4 === 0 ? [(i + 1) % 14] : [] }));
    const state: AssessmentState = {
      items: withEnemies,
      model,
      answers: [{ item: 2, right: true }],
      batch: 4,
      ...more,
    };
    const { problem, decode, initial } = formulateBatch(state);
    let least = Infinity;
    let values: number[] = [];
    for (let mask = 0; mask < 2 ** problem.variables.length; mask++) {
      const candidate = Array.from(problem.variables, (_, v) => (mask >> v) & 1);
      const energy = bqmEnergy(problem, candidate);
      if (energy < least) [least, values] = [energy, candidate];
    }
    const plan = decode(values);
    expect(validateAssessment(state, plan)).toEqual([]);
    expect(plan.items).toHaveLength(4);
    expect(plan.value).toBeCloseTo(-least, 9);
    expect(least).toBeCloseTo(bestBatch(state, problem, decode), 9);
    expect(validateAssessment(state, decode(initial))).toEqual([]);
    expect(decode(initial).value).toBeLessThanOrEqual(plan.value + 1e-9);
  });

  it('baselines keep the rules; greedy is not behind random', () => {
    const state = abilityState(60, { batch: 5, content: { numbers: 0.4, algebra: 0.2, geometry: 0.2, data: 0.2 } });
    const plans = new Map(assessmentBaselines.map((baseline) => [baseline.name, baseline.plan(state, { seed: 4 })]));
    for (const plan of plans.values()) {
      expect(validateAssessment(state, plan)).toEqual([]);
      expect(plan.items).toHaveLength(5);
    }
    expect(plans.get('greedy')?.value).toBeGreaterThan(plans.get('random')?.value as number);
  });
});

describe('validateAssessment', () => {
  const { items, model } = drawBank('ability', 12, 2);
  const named = items.map((item, i) => ({ ...item, enemies: i === 0 ? [1] : [] }));
  const state: AssessmentState = { items: named, model, answers: [{ item: 4, right: true }], batch: 2 };
  const rules = (plan: readonly number[], more: Partial<AssessmentState> = {}) =>
    validateAssessment({ ...state, ...more }, { items: plan, value: 0 }).map(({ rule }) => rule);

  it.each<[string, readonly number[], Partial<AssessmentState>, string[]]>([
    ['a good plan', [2, 3], {}, []],
    ['an unknown item', [2, 99], {}, ['item']],
    ['an item asked before', [4, 2], {}, ['twice']],
    ['enemies, whichever names the other', [1, 0], {}, ['enemy']],
    ['too many', [2, 3, 5], {}, ['length']],
    ['too few', [2], {}, ['length']],
    [
      'an item asked too often',
      [2, 3],
      { exposure: { most: 0.1, tests: 100, asked: new Array(12).fill(0).with(3, 30) } },
      ['exposure'],
    ],
    ['an area ahead of its share', [8, 0], { content: { numbers: 0.25, algebra: 0.75 } }, ['content']],
  ])('%s', (_, plan, more, expected) => expect(rules(plan, more)).toEqual(expected));
});

describe('explainItem', () => {
  it('says what the answer is expected to tell, with rank and runner-up', () => {
    const { items, model } = drawBank('diagnosis', 30, 4);
    const state: AssessmentState = { items, model, answers: [{ item: 0, right: true }] };
    const [best, second] = rankItems(state, 'mutual-information').eligible;
    const plan = { items: [best.item], value: 0 };
    const found = assessmentDecision.explain(state, plan, best.item);
    expect(found).toMatchObject({ item: best.item, rank: 1, runnerUp: { item: second.item }, setAside: { asked: 1 } });
    expect(found.runnerUp?.scoreLost).toBeCloseTo(best.score - second.score, 12);
    expect(found.information).toBeCloseTo(best.score, 12);
    // The item makes its own attributes surer, and most of all one of them.
    expect(found.attributes[0].surer).toBeGreaterThan(0);
    expect(found.attributes.at(-1)?.surer).toBeCloseTo(0, 3);
    expect(() => explainItem(state, plan, 29)).toThrow(/an item of the plan/);
  });

  it('expects a smaller standard error', () => {
    const state = abilityState(20);
    const plan = assessmentBaselines[0].plan(state);
    const { standardError } = explainItem(state, plan, plan.items[0], 'information');
    expect(standardError.now).toBeCloseTo(1, 6);
    expect(standardError.after).toBeLessThan(0.95);
  });
});
