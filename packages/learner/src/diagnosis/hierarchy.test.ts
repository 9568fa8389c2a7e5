import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { createResponses } from '../response/responses.ts';
import { createAttributes } from './attributes.ts';
import { bucketTreeEntries, createBucketTree } from './bucket-tree.ts';
import { diagnose } from './diagnose.ts';
import { fitDiagnosis } from './fit-diagnosis.ts';
import { diagnosisDesign } from './item-rules.ts';
import { createLoopyPropagation } from './loopy-propagation.ts';
import { enumeratePosterior, posteriorFactors } from './posterior-factors.ts';
import { createQMatrix } from './q-matrix.ts';
import { agreement, drawAnswers, drawState, noisyItem } from './testing/simulate-answers.ts';

const nameList = (size: number) => Array.from({ length: size }, (_, k) => `a${k}`);

const rowsOf = (size: number, sets: readonly (readonly number[])[]) =>
  sets.map((set) => Array.from({ length: size }, (_, k) => Number(set.includes(k))));

/** Fits simulated learners; 60 items with 5 % guesses and slips. */
async function recover(
  seed: string,
  size: number,
  parents: readonly (readonly [number, number])[],
  sets: readonly (readonly number[])[],
  mastery: number,
) {
  const random = createRandom(seed);
  const structure = createAttributes(
    nameList(size),
    parents.map(([before, after]) => [`a${before}`, `a${after}`] as const),
  );
  const design = diagnosisDesign(createQMatrix(rowsOf(size, sets), structure), 'dina');
  const states = Array.from({ length: 150 }, () => drawState(structure, mastery, random));
  const noise = design.items.map(() => noisyItem(0.05, 0.05));
  const responses = createResponses(states.map((state) => drawAnswers(design, noise, state, random)));
  const fitted = await fitDiagnosis(responses, design, { iterations: 25 });
  const { held } = await diagnose(fitted, responses);
  return {
    fitted,
    held,
    share: agreement(
      held,
      states.flatMap((state) => [...state]),
    ),
    structure,
  };
}

describe('attributes with prerequisites', () => {
  it('recovers 95 % of a chain of 30 attributes from 60 items', async () => {
    const chain = Array.from({ length: 29 }, (_, k) => [k, k + 1] as const);
    const { share, fitted } = await recover(
      'chain',
      30,
      chain,
      Array.from({ length: 60 }, (_, j) => [j % 30]),
      0.93,
    );
    expect(fitted.prior.kind).toBe('states');
    expect(share).toBeGreaterThan(0.95);
  });

  it('recovers 95 % of a tree of 120 attributes from 60 items, some on two branches, and keeps prerequisites', async () => {
    const random = createRandom('shape');
    const tree = Array.from({ length: 119 }, (_, k) => [Math.max(0, k - random.integer(6)), k + 1] as const);
    const sets = Array.from({ length: 60 }, (_, j) => (j % 2 === 0 ? [2 * j + 1] : [2 * j, 2 * j - 3]));
    const { share, fitted, held, structure } = await recover('tree', 120, tree, sets, 0.9);
    expect(fitted.prior.kind).toBe('network');
    expect(fitted.exact).toBe(true);
    expect(share).toBeGreaterThan(0.95);
    structure.prerequisites.forEach((list, k) => {
      for (const parent of list) {
        for (let i = 0; i < 150; i++) expect(held[120 * i + k] <= held[120 * i + parent]).toBe(true);
      }
    });
  });

  it('gives the network the posterior and the likelihood of enumeration', async () => {
    const random = createRandom('diamonds');
    // Two prerequisites of one attribute, and items across branches.
    const pairs = [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
      [2, 4],
      [5, 6],
    ] as const;
    const structure = createAttributes(
      nameList(7),
      pairs.map(([before, after]) => [`a${before}`, `a${after}`] as const),
    );
    const sets = [[0], [1], [2], [3], [4], [5], [6], [3, 4], [1, 6], [4, 6], [1, 4, 5]];
    const design = diagnosisDesign(createQMatrix(rowsOf(7, sets), structure), 'dina');
    const noise = design.items.map(() => noisyItem(0.15, 0.1));
    const answers = Array.from({ length: 120 }, () =>
      drawAnswers(design, noise, drawState(structure, 0.7, random), random).map((x) => (random.chance(0.1) ? -1 : x)),
    );
    const responses = createResponses(answers);
    const fitted = await fitDiagnosis(responses, design, { prior: 'network' });
    const { mastery } = await diagnose(fitted, responses);
    const exact = answers.map((row) => enumeratePosterior(posteriorFactors(fitted, row)));
    exact.forEach((posterior, i) => {
      posterior.mastery.forEach((p, k) => {
        expect(mastery[7 * i + k]).toBeCloseTo(p, 9);
      });
    });
    expect(fitted.logLikelihood).toBeCloseTo(
      exact.reduce((sum, { logEvidence }) => sum + logEvidence, 0),
      6,
    );
  });

  it('names the network where the states are too many, and says when items tie too many branches together', async () => {
    const structure = createAttributes(nameList(40));
    const single = diagnosisDesign(
      createQMatrix(
        rowsOf(
          40,
          nameList(40).map((_, k) => [k]),
        ),
        structure,
      ),
      'dina',
    );
    const responses = createResponses([Array.from({ length: 40 }, (_, k) => k % 2), new Array(40).fill(1)]);
    await expect(fitDiagnosis(responses, single, { prior: 'states' })).rejects.toThrow(/use the prior 'network'/);
    expect((await fitDiagnosis(responses, single)).exact).toBe(true);
    const everyPair = Array.from({ length: 40 }, (_, a) => Array.from({ length: a }, (_, b) => [a, b])).flat();
    expect(() => createBucketTree(40, everyPair)).toThrow(/width 39/);
  });
});

describe('createBucketTree', () => {
  it('agrees with brute force on random factors', () => {
    const random = createRandom('factors');
    for (let round = 0; round < 20; round++) {
      const scopes = Array.from({ length: 8 }, () =>
        random.shuffle([0, 1, 2, 3, 4, 5]).slice(0, 1 + random.integer(3)),
      );
      for (let k = 0; k < 6; k++) scopes.push([k]);
      const tables = scopes.map((scope) => Float64Array.from({ length: 2 ** scope.length }, () => random.nextDouble()));
      const beliefs = scopes.map((scope) => new Float64Array(2 ** scope.length));
      const logSum = createBucketTree(6, scopes).infer(tables, beliefs);
      let sum = 0;
      const expected = scopes.map((scope) => new Float64Array(2 ** scope.length));
      for (let state = 0; state < 64; state++) {
        const entries = scopes.map((scope) => scope.reduce((entry, k, i) => entry | (((state >> k) & 1) << i), 0));
        const product = entries.reduce((p, entry, f) => p * tables[f][entry], 1);
        sum += product;
        entries.forEach((entry, f) => {
          expected[f][entry] += product;
        });
      }
      expect(logSum).toBeCloseTo(Math.log(sum), 9);
      beliefs.forEach((belief, f) => {
        belief.forEach((p, entry) => {
          expect(p).toBeCloseTo(expected[f][entry] / sum, 9);
        });
      });
    }
  });
});

describe('createLoopyPropagation', () => {
  const run = (network: Pick<ReturnType<typeof createBucketTree>, 'infer'>, tables: readonly Float64Array[]) => {
    const beliefs = tables.map(({ length }) => new Float64Array(length));
    return { evidence: network.infer(tables, beliefs), beliefs };
  };

  it('is exact on a tree, evidence included', () => {
    const random = createRandom('tree factors');
    const scopes = Array.from({ length: 12 }, (_, k) => (k === 0 ? [0] : [k, random.integer(k)]));
    const tables = scopes.map((scope) =>
      Float64Array.from({ length: 2 ** scope.length }, () => 0.1 + random.nextDouble()),
    );
    const exact = run(createBucketTree(12, scopes), tables);
    const found = run(createLoopyPropagation(12, scopes), tables);
    expect(found.evidence).toBeCloseTo(exact.evidence, 3);
    found.beliefs.forEach((belief, f) => {
      for (const [entry, p] of belief.entries()) expect(Math.abs(p - exact.beliefs[f][entry])).toBeLessThan(1e-3);
    });
  });

  it('diagnoses as exact inference does where items tie the branches of a tree together', () => {
    const random = createRandom('loops');
    const structure = createAttributes(
      nameList(60),
      Array.from({ length: 59 }, (_, k) => [`a${Math.floor(k / 2)}`, `a${k + 1}`] as const),
    );
    const sets = Array.from({ length: 30 }, () => random.shuffle([...structure.order]).slice(0, 2));
    const { items } = diagnosisDesign(createQMatrix(rowsOf(60, sets), structure), 'dina');
    const scopes = [
      ...structure.prerequisites.map((list, k) => [k, ...list]),
      ...items.map((rule) => [...rule.attributes]),
    ];
    expect(bucketTreeEntries(60, scopes)).toBeGreaterThan(400);
    const loopy = createLoopyPropagation(60, scopes);
    const tree = createBucketTree(60, scopes);
    let apart = 0;
    let same = 0;
    for (let learner = 0; learner < 40; learner++) {
      const state = drawState(structure, 0.85, random);
      const tables = scopes.map((scope, f) => {
        const table = new Float64Array(2 ** scope.length);
        if (f < 60) {
          for (let entry = 0; entry < table.length; entry++) table[entry] = Number(entry % 2 === 0);
          table[table.length - 2] = 0.15;
          table[table.length - 1] = 0.85;
          return table;
        }
        const right = scope.every((k) => state[k] === 1) !== random.chance(0.05);
        return table.map((_, entry) => ((entry === table.length - 1) === right ? 0.95 : 0.05));
      });
      const [approximate, exact] = [run(loopy, tables), run(tree, tables)];
      expect(Math.abs(approximate.evidence - exact.evidence)).toBeLessThan(1);
      for (let k = 0; k < 60; k++) {
        const held = ({ beliefs }: typeof exact) =>
          beliefs[k].reduce((sum, p, entry) => (entry % 2 === 1 ? sum + p : sum), 0);
        apart += Math.abs(held(approximate) - held(exact)) / 2400;
        same += Number(held(approximate) >= 0.5 === held(exact) >= 0.5);
      }
    }
    expect(apart).toBeLessThan(0.01);
    expect(same / 2400).toBeGreaterThan(0.98);
  });
});
