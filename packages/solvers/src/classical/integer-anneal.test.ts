import {
  binary,
  type ConstrainedQuadraticModel,
  cqmEnergy,
  cqmViolations,
  createCqm,
  integer,
} from '@qurriculum/problems';
import { createRandom } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHighsSolver } from '../exact/highs.ts';
import { createNodePlatform } from '../platform/node.ts';
import { annealCqm } from './cqm-anneal.ts';
import { createIntegerMoves } from './integer-moves.ts';
import { createIntegerState, type Direction } from './integer-state.ts';
import { createSwapAnnealSolver } from './swap-anneal.ts';

const platform = createNodePlatform();

interface Shape {
  readonly integers: number;
  readonly span: number;
  readonly binaries?: number;
  readonly products?: number;
}

/** Random coefficients; two inequalities and an equation that a drawn assignment keeps, the first inequality tightly. */
function randomModel(seed: number, { integers, span, binaries = 0, products = 0 }: Shape): ConstrainedQuadraticModel {
  const random = createRandom(seed);
  const variables = [
    ...Array.from({ length: integers }, (_, i) =>
      integer(`x${i}`, -random.integer(span >> 1), 1 + random.integer(span)),
    ),
    ...Array.from({ length: binaries }, (_, i) => binary(`b${i}`)),
  ];
  const size = variables.length;
  const planted = variables.map(({ lower, upper }) => lower + random.integer(upper - lower + 1));
  const row = (most: number) => variables.map((_, i) => [i, 1 + random.integer(most)] as const);
  const at = (terms: readonly (readonly [number, number])[]): number =>
    terms.reduce((sum, [i, a]) => sum + a * planted[i], 0);
  const [tight, loose, equation] = [row(20), row(20), row(5)];
  return createCqm({
    variables,
    linear: variables.map(() => random.integer(61) - 45),
    quadratic: Array.from(
      { length: products },
      () => [random.integer(size), random.integer(size), random.integer(9) - 4] as const,
    ),
    constraints: [
      { name: 'tight', terms: tight, sense: '<=', rhs: at(tight) },
      { name: 'loose', terms: loose, sense: '>=', rhs: at(loose) - 100 },
      { name: 'equation', terms: equation, sense: '==', rhs: at(equation) },
    ],
  });
}

/** The least energy of a model of two integers, by trying all pairs of values. */
function leastOfAll(cqm: ConstrainedQuadraticModel): number {
  const [x, y] = cqm.variables;
  const values = new Int32Array(2);
  const [tight, loose, equation] = cqm.constraints.map(({ coefficients: [a, b] }) => [a, b] as const);
  const [most, least, exactly] = cqm.constraints.map(({ rhs }) => rhs);
  let best = Number.POSITIVE_INFINITY;
  for (values[0] = x.lower; values[0] <= x.upper; values[0]++) {
    for (values[1] = y.lower; values[1] <= y.upper; values[1]++) {
      const sum = ([a, b]: readonly [number, number]): number => a * values[0] + b * values[1];
      if (sum(tight) > most || sum(loose) < least || sum(equation) !== exactly) continue;
      best = Math.min(best, cqmEnergy(cqm, values));
    }
  }
  return best;
}

describe('the state of integers', () => {
  it('tells energies along lines, and after any moves its sums are those of a fresh start', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const cqm = randomModel(seed, { integers: 3, span: 40, binaries: 2, products: 12 });
        const random = createRandom(seed);
        const state = createIntegerState(cqm);
        for (let move = 0; move < 10; move++) {
          const variables = Int32Array.from(random.shuffle([0, 1, 2, 3, 4]).slice(0, 3));
          const direction: Direction = { count: 3, variables, steps: Float64Array.of(1, -2, 3) };
          const [before, t] = [state.energy(), random.integer(9) - 4];
          const { slope, curve } = state.line(direction);
          state.move(direction, t, slope * t + curve * t * t);
          const after = [state.energy(), ...state.gradient, ...state.activity];
          expect(state.energy()).toBeCloseTo(cqmEnergy(cqm, state.values), 6);
          expect(state.energy() - before).toBeCloseTo(slope * t + curve * t * t, 6);
          state.refresh();
          expect(after).toEqual([state.energy(), ...state.gradient, ...state.activity]);
        }
      }),
    );
  });
});

describe('moves along lines', () => {
  it('keep every row and bound, hot and cold', () => {
    for (let seed = 0; seed < 10; seed++) {
      const cqm = randomModel(seed, { integers: 5, span: 1000, binaries: 3, products: 15 });
      const state = createIntegerState(cqm);
      state.load(annealCqm(cqm, { seed, reads: 2, sweeps: 1 }).values);
      expect(cqmViolations(cqm, state.values)).toEqual([]);
      const moves = createIntegerMoves(state, () => Number.NEGATIVE_INFINITY);
      const random = createRandom(seed);
      const start = state.values.slice();
      for (const temperature of [1e5, 10, 1e-3]) {
        moves.sweep(random, 200, temperature, () => {});
        expect(cqmViolations(cqm, state.values)).toEqual([]);
        for (const [i, { lower, upper }] of cqm.variables.entries()) {
          expect(state.values[i] >= lower && state.values[i] <= upper).toBe(true);
        }
      }
      expect(state.values).not.toEqual(start);
    }
  });
});

describe('annealing of wide integers', () => {
  it('finds the optimum of all pairs of values', () => {
    for (let seed = 0; seed < 8; seed++) {
      const cqm = randomModel(seed, { integers: 2, span: 1000, products: seed % 2 === 0 ? 3 : 0 });
      const { energy, feasible } = annealCqm(cqm, { seed, reads: 4, sweeps: 100 });
      expect([feasible, energy]).toEqual([true, leastOfAll(cqm)]);
    }
  });

  it.each([
    { integers: 4, span: 100 },
    { integers: 6, span: 1000 },
    { integers: 4, span: 1000, binaries: 4 },
  ])('ends at what HiGHS proves to be the optimum: %o', async (shape) => {
    for (let seed = 0; seed < 4; seed++) {
      const cqm = randomModel(seed, shape);
      const proof = await createHighsSolver(platform).solve(cqm);
      const { energy, feasible } = annealCqm(cqm, { seed, reads: 16, sweeps: 400 });
      expect([proof.status, feasible, energy]).toEqual(['optimal', true, proof.samples[0].energy]);
    }
  });

  it('solves squares of equations that a drawn assignment keeps', async () => {
    const solver = createSwapAnnealSolver(platform);
    for (let seed = 0; seed < 3; seed++) {
      const random = createRandom(seed);
      const size = 8;
      const planted = Array.from({ length: size }, () => random.integer(1001) - 500);
      const rows = planted.map(() => planted.map(() => random.integer(7) - 3));
      // sum_r (a_r x - b_r)^2 = sum_r (sum_ij a_i a_j x_i x_j - 2 b a x + b^2), least 0.
      const right = rows.map((row) => row.reduce((sum, a, i) => sum + a * planted[i], 0));
      const cqm = createCqm({
        variables: planted.map((_, i) => integer(`x${i}`, -500, 500)),
        linear: rows.flatMap((row, r) => row.map((a, i) => [i, -2 * right[r] * a] as const)),
        quadratic: rows.flatMap((row) => row.flatMap((a, i) => row.map((b, j) => [i, j, a * b] as const))),
        offset: right.reduce((sum, b) => sum + b * b, 0),
      });
      const { samples } = await solver.solve(cqm, { seed, work: { reads: 8, sweeps: 400 } });
      expect(samples[0].energy).toBe(0);
    }
  });
});
