import { createRandom } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnswerTree } from '../bkt/answer-tree.ts';
import { logLikelihood } from '../bkt/bkt-likelihood.ts';
import { adjoint, type ComplexMatrix, identity, multiply } from './complex.ts';
import type { OperatorFamily } from './family.ts';
import { imaginaryTree } from './fit-family.ts';
import { hiddenMarkovFamily, levelsToPoint, readLevels } from './hidden-markov.ts';
import { operatorLikelihood, operatorLogLikelihood, rightInState } from './operator-model.ts';
import {
  bktPoint,
  completenessError,
  firstBlochVector,
  krausOperators,
  quantumMarkovFamily,
} from './quantum-markov.ts';

const anyHistories = fc.array(fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 5 }), {
  ...{ minLength: 1, maxLength: 5 },
});
const anySeed = fc.integer({ min: 0, max: 1e6 });
const families = [hiddenMarkovFamily(3), hiddenMarkovFamily(4), ...[1, 2, 4].map(quantumMarkovFamily)];

function treeOf(histories: readonly (readonly number[])[]) {
  const builder = createAnswerTree();
  for (const history of histories) builder.add(history, [...history.keys()]);
  return builder.build();
}

function anyPoint(family: OperatorFamily, seed: number): Float64Array {
  return family.start(3, createRandom(seed));
}

/** P(answers) of a hidden Markov model by summing over every path of levels. */
function pathSum(point: Float64Array, levels: number, answers: readonly number[]): number {
  const { first, transition, right } = readLevels(point, levels);
  let total = 0;
  for (let path = 0; path < levels ** answers.length; path++) {
    const level = answers.map((_, k) => Math.floor(path / levels ** k) % levels);
    total += answers.reduce((product, answer, k) => {
      const before = k === 0 ? first[level[0]] : transition[level[k - 1]][level[k]];
      return product * before * (answer === 1 ? right[level[k]] : 1 - right[level[k]]);
    }, 1);
  }
  return total;
}

/** P(answers) of a quantum model by summing |K_n ... K_1 psi|^2 over every choice of Kraus operators. */
function krausSum(point: Float64Array, answers: readonly number[]): number {
  const kraus = krausOperators(point);
  const [x, y, z] = firstBlochVector(point);
  const rho: ComplexMatrix = {
    ...{ rows: 2, columns: 2 },
    re: Float64Array.of((1 + z) / 2, x / 2, x / 2, (1 - z) / 2),
    im: Float64Array.of(0, -y / 2, y / 2, 0),
  };
  let products: ComplexMatrix[] = [identity(2)];
  for (const answer of answers)
    products = kraus[answer].flatMap((k) => products.map((product) => multiply(k, product)));
  return products.reduce((sum, product) => {
    const { re } = multiply(multiply(product, rho), adjoint(product));
    return sum + re[0] + re[3];
  }, 0);
}

describe('likelihood of operator models', () => {
  it('equals the sum over all paths of levels', () => {
    fc.assert(
      fc.property(anyHistories, anySeed, (histories, seed) => {
        for (const levels of [3, 4]) {
          const family = hiddenMarkovFamily(levels);
          const point = anyPoint(family, seed);
          const expected = histories.reduce((sum, answers) => sum + Math.log(pathSum(point, levels, answers)), 0);
          expect(operatorLogLikelihood(treeOf(histories), family.operators(point))).toBeCloseTo(expected, 8);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('equals the sum over all choices of Kraus operators', () => {
    fc.assert(
      fc.property(anyHistories, anySeed, (histories, seed) => {
        const family = quantumMarkovFamily(2);
        const point = anyPoint(family, seed);
        const expected = histories.reduce((sum, answers) => sum + Math.log(krausSum(point, answers)), 0);
        expect(operatorLogLikelihood(treeOf(histories), family.operators(point))).toBeCloseTo(expected, 8);
      }),
      { numRuns: 30 },
    );
  });

  it('is that of BKT where the model is BKT written as another', () => {
    fc.assert(
      fc.property(anyHistories, (histories) => {
        const bkt = { prior: 0.3, learn: 0.2, guess: 0.25, slip: 0.15 };
        const expected = logLikelihood(treeOf(histories), bkt);
        const quantum = quantumMarkovFamily(2).operators(bktPoint(bkt, 2));
        expect(operatorLogLikelihood(treeOf(histories), quantum)).toBeCloseTo(expected, 8);
        const levels = levelsToPoint({
          first: [1 - bkt.prior, bkt.prior],
          transition: [
            [1 - bkt.learn, bkt.learn],
            [0, 1],
          ],
          right: [bkt.guess, 1 - bkt.slip],
        });
        const two = hiddenMarkovFamily(2).operators(levels);
        // Probability 0 is exp(-12) here.
        expect(operatorLogLikelihood(treeOf(histories), two)).toBeCloseTo(expected, 2);
      }),
    );
  });

  it('has the gradient that finite differences along the manifold give', () => {
    fc.assert(
      fc.property(anyHistories, anySeed, (histories, seed) => {
        const tree = treeOf(histories);
        for (const family of families) {
          const point = anyPoint(family, seed);
          const direction = tangentAt(family, point, seed);
          const at = (step: number) =>
            operatorLogLikelihood(tree, family.operators(family.move(point, direction, step)));
          const { slopes } = operatorLikelihood(tree, family.operators(point));
          const expected = (at(1e-5) - at(-1e-5)) / 2e-5;
          const own = inner(family, point, family.gradient(point, slopes), direction);
          expect(Math.abs(own - expected)).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected)));
        }
      }),
      { numRuns: 30 },
    );
  });
});

/** Any direction for logits; on the Stiefel manifold the gradient of another table, which is tangent. */
function tangentAt(family: OperatorFamily, point: Float64Array, seed: number): Float64Array {
  const random = createRandom(seed).fork('direction');
  if (family.name !== 'hqmm') return point.map(() => random.normal());
  const answers = Array.from({ length: 6 }, () => random.integer(2));
  const { slopes } = operatorLikelihood(treeOf([answers, answers.slice(2)]), family.operators(point));
  return family.gradient(point, slopes);
}

/**
 * The metric the gradient is of: Euclidean, and on the Stiefel manifold the canonical one, tr A* (I - X X* / 2) B
 * (Edelman, Arias and Smith 1998, section 2.4.1).
 */
function inner(family: OperatorFamily, point: Float64Array, a: Float64Array, b: Float64Array): number {
  const euclidean = a.reduce((sum, value, i) => sum + value * b[i], 0);
  if (family.name !== 'hqmm') return euclidean;
  const stack = (numbers: Float64Array): ComplexMatrix => {
    const half = (numbers.length - 3) / 2;
    return { rows: half / 2, columns: 2, re: numbers.slice(3, 3 + half), im: numbers.slice(3 + half) };
  };
  const x = adjoint(stack(point));
  const [xa, xb] = [multiply(x, stack(a)), multiply(x, stack(b))];
  const overlap = xa.re.reduce((sum, value, i) => sum + value * xb.re[i] + xa.im[i] * xb.im[i], 0);
  return euclidean - overlap / 2;
}

describe('families', () => {
  it('keep answers a probability wherever they move, and Kraus operators complete to 1e-12', () => {
    fc.assert(
      fc.property(anySeed, fc.double({ min: 0, max: 100, noNaN: true }), (seed, step) => {
        for (const family of families) {
          let point = anyPoint(family, seed);
          for (let k = 0; k < 5; k++) point = family.move(point, tangentAt(family, point, seed + k), step);
          point = family.near(point, createRandom(seed));
          if (family.name === 'hqmm') expect(completenessError(point)).toBeLessThan(1e-12);
          const { operators, size, start, total } = family.operators(point);
          for (let j = 0; j < size; j++) {
            let column = 0;
            for (let i = 0; i < size; i++) {
              column += total[i] * (operators[0][size * i + j] + operators[1][size * i + j]);
            }
            expect(column).toBeCloseTo(total[j], 10);
          }
          expect(rightInState({ operators, size, start, total }, start)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('predict the same in standard form, with levels in order', () => {
    fc.assert(
      fc.property(anyHistories, anySeed, (histories, seed) => {
        for (const family of families) {
          const point = anyPoint(family, seed);
          const standard = family.standard(point);
          const value = (of: Float64Array) => operatorLogLikelihood(treeOf(histories), family.operators(of));
          expect(value(standard)).toBeCloseTo(value(point), 9);
          expect(family.fault(Array.from(standard))).toBeNull();
        }
        const { right } = readLevels(hiddenMarkovFamily(4).standard(anyPoint(hiddenMarkovFamily(4), seed)), 4);
        expect([...right].sort((a, b) => a - b)).toEqual(right);
      }),
    );
  });

  it('give imaginary learners who are the model: no other point of the family is likelier to them', () => {
    for (const family of families) {
      const point = anyPoint(family, 5);
      const model = family.operators(point);
      const tree = imaginaryTree(model, 100);
      expect(tree.right[0] + tree.wrong[0]).toBeCloseTo(100, 9);
      const { value, slopes } = operatorLikelihood(tree, model);
      expect(Math.max(...family.gradient(point, slopes).map(Math.abs))).toBeLessThan(1e-6);
      for (let k = 0; k < 5; k++) {
        const other = family.operators(family.near(point, createRandom(k)));
        expect(operatorLogLikelihood(tree, other)).toBeLessThan(value);
      }
    }
  });
});
