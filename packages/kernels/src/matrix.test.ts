import { createRandom, type Random } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMatrices, type Matrices } from './matrix.ts';

type Name = 'a' | 'b' | 'c' | 'd' | 'e';

const anySize = fc.record({
  rows: fc.integer({ min: 1, max: 35 }),
  inner: fc.integer({ min: 1, max: 150 }),
  columns: fc.integer({ min: 1, max: 9 }).map((k) => 4 * k),
  seed: fc.integer({ min: 0, max: 1e6 }),
});

/** Backends with the same random numbers in all arrays; WebAssembly first. */
function alike(length: number, random: Random): readonly Matrices<Name>[] {
  const lengths = { a: length, b: length, c: length, d: length, e: length };
  const both = [createMatrices(lengths), createMatrices(lengths, { backend: 'typescript' })];
  for (const name of Object.keys(lengths) as Name[]) {
    const values = Float32Array.from({ length }, () => 2 * random.normal());
    for (const { arrays } of both) arrays[name].set(values);
  }
  return both;
}

function expectAlike([wasm, twin]: readonly Matrices<Name>[]): void {
  expect([wasm.backend, twin.backend]).toEqual(['wasm-simd', 'typescript']);
  for (const name of Object.keys(wasm.arrays) as Name[]) {
    const [first, second] = [wasm, twin].map(({ arrays }) => new Int32Array(arrays[name].slice().buffer));
    expect(first).toEqual(second);
  }
}

/** Sum over k of x(k), in float64. */
function total(terms: number, x: (k: number) => number): number {
  let sum = 0;
  for (let k = 0; k < terms; k++) sum += x(k);
  return sum;
}

describe('matrices', () => {
  it('multiply as the definition says, with the same bits on both backends', () => {
    fc.assert(
      fc.property(anySize, ({ rows, inner, columns, seed }) => {
        const both = alike(Math.max(rows, columns) * inner + rows * columns, createRandom(seed));
        const [{ arrays }] = both;
        const before = arrays.c.slice();
        for (const matrices of both)
          matrices.multiply(matrices.arrays.a, matrices.arrays.b, matrices.arrays.c, rows, inner, columns);
        let largest = 0;
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < columns; j++) {
            const sum = total(inner, (k) => arrays.a[i * inner + k] * arrays.b[k * columns + j]);
            largest = Math.max(largest, Math.abs(arrays.c[i * columns + j] - before[i * columns + j] - sum));
          }
        }
        // Half a unit in the last place for each of `inner` partial sums, which stay below 16 inner.
        expect(largest).toBeLessThan(2 ** -24 * 16 * inner ** 2 + 1e-5);
        for (const matrices of both) {
          matrices.multiplyTransposed(matrices.arrays.a, matrices.arrays.b, matrices.arrays.d, inner, rows, columns);
          matrices.addColumnSums(matrices.arrays.b, matrices.arrays.e, inner, columns);
        }
        expectAlike(both);
      }),
      { numRuns: 20 },
    );
  });

  it('transposes, sums columns and rows, as the definition says', () => {
    const [rows, inner, columns] = [7, 300, 12];
    const [matrices] = alike(4000, createRandom(5));
    const { a, b, c, d, e } = matrices.arrays;
    const [wasC, wasD, wasE] = [c.slice(), d.slice(), e.slice()];
    matrices.multiplyTransposed(a, b, c, inner, rows, columns);
    expect(c[2 * columns + 5] - wasC[2 * columns + 5]).toBeCloseTo(
      total(inner, (k) => a[k * rows + 2] * b[k * columns + 5]),
      3,
    );
    matrices.addColumnSums(a, d, inner, columns);
    expect(d[3] - wasD[3]).toBeCloseTo(
      total(inner, (k) => a[k * columns + 3]),
      3,
    );
    matrices.addRowProducts(a, b, e, inner, columns);
    expect(e[9] - wasE[9]).toBeCloseTo(
      total(columns, (j) => a[9 * columns + j] * b[9 * columns + j]),
      4,
    );
  });

  it('hold logistic and GRU steps to float64 within 1e-6', () => {
    const [{ arrays, ...matrices }] = alike(48, createRandom(6));
    const exact = createMatrices({ a: 48, b: 48, c: 16, d: 16 }, { precision: 'float64' });
    exact.arrays.a.set(arrays.a);
    exact.arrays.b.set(arrays.b);
    exact.arrays.c.set(arrays.c.subarray(0, 16));
    matrices.gruStep(arrays.a, arrays.b, arrays.c, arrays.d, 2, 8);
    exact.gruStep(exact.arrays.a, exact.arrays.b, exact.arrays.c, exact.arrays.d, 2, 8);
    exact.arrays.d.forEach((value, k) => void expect(Math.abs(arrays.d[k] - value)).toBeLessThan(1e-6));
    const wide = createMatrices({ x: 204 });
    wide.arrays.x.set(Array.from({ length: 204 }, (_, k) => k - 102));
    wide.logistic(wide.arrays.x);
    wide.arrays.x.forEach((value, k) => void expect(Math.abs(value - 1 / (1 + Math.exp(102 - k)))).toBeLessThan(1e-6));
  });

  it('do every other step with the same bits on both backends', () => {
    const [rows, width] = [5, 12];
    for (const one of [false, true]) {
      const both = alike(3 * rows * width, createRandom(7));
      for (const { arrays, ...m } of both) {
        const part = one ? arrays.b.subarray(0, width) : arrays.b.subarray(0, rows * width);
        m.addScaledRows(arrays.a, part, arrays.c, rows, width);
        m.addRowProducts(arrays.c, part, arrays.e, rows, width);
        m.gruStep(arrays.a, arrays.b, arrays.c, arrays.d, rows, width);
        m.gruSlopes(arrays.a, arrays.b, arrays.c, arrays.d, arrays.e, rows, width);
        m.multiplyElements(arrays.d, arrays.e, arrays.c);
        m.rectifySlopes(arrays.e, arrays.d);
        m.rectify(arrays.c);
        m.logistic(arrays.e);
      }
      expectAlike(both);
    }
  });

  it('refuse sizes that do not fit and arrays from elsewhere', () => {
    const { arrays, multiply, rectify } = createMatrices({ a: 8, b: 8, c: 8 });
    expect(() => multiply(arrays.a, arrays.b, arrays.c, 1, 2, 3)).toThrow('expected a size that 4 divides, got 3');
    expect(() => multiply(arrays.a, arrays.b, arrays.c, 3, 4, 4)).toThrow('at least 12 numbers, got 8');
    expect(() => rectify(new Float32Array(4))).toThrow('got one from elsewhere');
    expect(() => createMatrices({ a: -1 })).toThrow('expected a length from 0 to 2^30 - 1 for a, got -1');
  });
});
