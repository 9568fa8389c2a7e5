import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import type { GroupGraph } from './group-mixer.ts';
import { createOneHotRegister, type OneHotRegister } from './one-hot-register.ts';

type Complex = readonly [number, number];

/** The places that each place of a group exchanges with. */
function groupNeighbours(k: number, graph: GroupGraph): readonly (readonly number[])[] {
  return Array.from({ length: k }, (_, u) =>
    Array.from({ length: k }, (_place, v) => v).filter((v) => {
      if (u === v) return false;
      return graph === 'complete' || (u + 1) % k === v || (v + 1) % k === u;
    }),
  );
}

/** A on the product of groups, as a dense matrix. */
function adjacency(sizes: readonly number[], graph: GroupGraph): number[][] {
  const size = sizes.reduce((a, b) => a * b, 1);
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let x = 0; x < size; x++) {
    let stride = 1;
    for (const k of sizes) {
      const u = Math.floor(x / stride) % k;
      for (const v of groupNeighbours(k, graph)[u]) matrix[x + (v - u) * stride][x] += 1;
      stride *= k;
    }
  }
  return matrix;
}

/** exp(-i beta A) v by Taylor's series on twentieths of beta: nothing in common with closed forms. */
function exponential(matrix: readonly number[][], beta: number, vector: readonly Complex[]): Complex[] {
  let state = [...vector];
  for (let part = 0; part < 20; part++) {
    let term = [...state];
    for (let n = 1; n < 40; n++) {
      const factor = beta / 20 / n;
      // -i factor A term.
      term = matrix.map((row) => {
        const re = row.reduce((sum, value, y) => sum + value * term[y][0], 0);
        const im = row.reduce((sum, value, y) => sum + value * term[y][1], 0);
        return [factor * im, -factor * re] as const;
      });
      state = state.map(([a, b], x) => [a + term[x][0], b + term[x][1]] as const);
    }
  }
  return state;
}

function fillRandom({ states }: OneHotRegister, seed: number): void {
  const random = createRandom(seed);
  for (const { re, im } of states) {
    for (let x = 0; x < re.length; x++) {
      re[x] = random.normal();
      im[x] = random.normal();
    }
  }
}

const stateOf = ({ states }: OneHotRegister, slot = 0): Complex[] =>
  Array.from(states[slot].re, (re, x): Complex => [re, states[slot].im[x]]);

const SIZES = [[1], [2], [3], [3, 2], [4, 4], [2, 5, 3], [5, 3, 3], [1, 6, 2], [2, 2, 2, 2]];

describe.each(['complete', 'ring'] as const)('mixer that stays in the groups: %s', (graph) => {
  it.each(SIZES)('is the dense exponential of its graph, groups %j', (...sizes) => {
    const register = createOneHotRegister(sizes, graph);
    const matrix = adjacency(sizes, graph);
    for (const beta of [0.3, -1.1, 2.9]) {
      fillRandom(register, sizes.length);
      const expected = exponential(matrix, beta, stateOf(register));
      register.mixer(beta);
      for (const [x, [re, im]] of stateOf(register).entries()) {
        expect(Math.hypot(re - expected[x][0], im - expected[x][1])).toBeLessThan(2e-13);
      }
    }
  });

  it('sums what the definitions say, layers keep the norm', () => {
    const sizes = [3, 4, 2];
    const register = createOneHotRegister(sizes, graph);
    fillRandom(register, 9);
    const random = createRandom(4);
    register.loadCosts(Float64Array.from({ length: 24 }, () => random.normal()));
    const [a, b] = [stateOf(register, 0), stateOf(register, 1)];
    const matrix = adjacency(sizes, graph);
    let [mixer, cost, expectation] = [0, 0, 0];
    for (let x = 0; x < 24; x++) {
      for (let y = 0; y < 24; y++) mixer += matrix[x][y] * (b[x][0] * a[y][1] - b[x][1] * a[y][0]);
      cost += register.costs[x] * (b[x][0] * a[x][1] - b[x][1] * a[x][0]);
      expectation += register.costs[x] * (a[x][0] ** 2 + a[x][1] ** 2);
    }
    expect(register.mixerOverlap()).toBeCloseTo(mixer, 11);
    expect(register.costOverlap()).toBeCloseTo(cost, 11);
    expect(register.expectation()).toBeCloseTo(expectation, 11);
    register.fillUniform();
    for (let k = 0; k < 20; k++) register.layer(0.3 * k, 1 - 0.1 * k);
    expect(register.squaredNorm()).toBeCloseTo(1, 12);
  });

  it.each([[3], [7, 5], [5, 7, 3], [2, 3, 4, 5], [6, 6, 6, 6, 6]])('is the twin to the bit, groups %j', (...sizes) => {
    const [simd, twin] = (['wasm-simd', 'typescript'] as const).map((backend) => {
      const register = createOneHotRegister(sizes, graph, { backend });
      const random = createRandom(8);
      const found: number[] = [];
      for (const whole of [true, false]) {
        register.loadCosts(register.costs.map(() => (whole ? random.integer(5) : random.normal())));
        fillRandom(register, 3);
        register.layer(0.7, 0.4);
        register.layer(-1.3, 2.2, 1);
        register.mixer(-0.9);
        found.push(register.mixerOverlap(), register.costOverlap(), register.expectation());
      }
      return { found, states: [stateOf(register, 0), stateOf(register, 1)] };
    });
    expect(simd).toEqual(twin);
  });

  it('turns phases by the costs, from a table or not', () => {
    for (const whole of [true, false]) {
      const register = createOneHotRegister([4, 4, 4], graph);
      const costs = Float64Array.from({ length: 64 }, (_, x) => (whole ? (x * x) % 7 : Math.sin(x)));
      register.loadCosts(costs);
      register.fillUniform();
      register.layer(1.7, 0);
      for (let x = 0; x < 64; x++) {
        expect(register.states[0].re[x]).toBeCloseTo(Math.cos(1.7 * costs[x]) / 8, 13);
        expect(register.states[0].im[x]).toBeCloseTo(-Math.sin(1.7 * costs[x]) / 8, 13);
      }
    }
  });
});

describe('createOneHotRegister', () => {
  it('refuses what it cannot hold', () => {
    expect(() => createOneHotRegister([])).toThrow(/groups of at least 1 place/);
    expect(() => createOneHotRegister([3, 0])).toThrow(/got 3 x 0/);
    expect(() => createOneHotRegister(new Array<number>(12).fill(4))).toThrow(/at most 4194304 states/);
    expect(() => createOneHotRegister([2]).loadCosts(Float64Array.of(1, Number.NaN))).toThrow(/2 finite costs/);
  });
});
