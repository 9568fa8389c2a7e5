import { describe, expect, it } from 'vitest';
import { createBqm } from './bqm.ts';
import { bqmEnergy } from './bqm-operations.ts';
import { binary, createCqm, integer } from './cqm.ts';
import { problemHash } from './problem-hash.ts';
import { roofDuality } from './roof-duality.ts';

const BINARY = { vartype: 'BINARY', variables: 2 } as const;

describe('models of bad input', () => {
  it.each([
    [
      'NaN',
      () => createBqm({ ...BINARY, linear: [Number.NaN, 0] }),
      /linear coefficient 0: expected a finite number, got NaN/,
    ],
    [
      'infinite',
      () => createBqm({ ...BINARY, quadratic: [[0, 1, 1 / 0]] }),
      /pair 0: expected a finite number, got Infinity/,
    ],
    ['offset', () => createBqm({ ...BINARY, offset: -1 / 0 }), /offset: expected a finite number, got -Infinity/],
    [
      'overflow of a sum',
      () => createBqm({ ...BINARY, linear: [1e308, 1e308] }),
      /add up to at most 1e\+150 in size, got Infinity/,
    ],
    ['index', () => createBqm({ ...BINARY, quadratic: [[0, 2 ** 32, 1]] }), /indices from 0 to 1, got 4294967296/],
    ['half an index', () => createBqm({ ...BINARY, quadratic: [[0, 0.5, 1]] }), /indices from 0 to 1, got 0\.5/],
    ['bounds', () => createCqm({ variables: [integer('n', 0, 2 ** 31)] }), /32-bit integer bounds/],
    ['empty domain', () => createCqm({ variables: [integer('n', 3, 2)] }), /lower <= upper, got 3 and 2/],
    ['half a bound', () => createCqm({ variables: [integer('n', 0, 2.5)] }), /32-bit integer bounds/],
    [
      'right-hand side',
      () =>
        createCqm({ variables: [binary('x')], constraints: [{ name: 'r', terms: [], sense: '<=', rhs: Number.NaN }] }),
      /constraint "r" right-hand side: expected a finite number, got NaN/,
    ],
    [
      'overflow in a row',
      () =>
        createCqm({
          variables: [binary('x')],
          constraints: [
            {
              name: 'r',
              terms: [
                ['x', 1e308],
                ['x', 1e308],
              ],
              sense: '<=',
              rhs: 1,
            },
          ],
        }),
      /constraint "r": expected coefficients that add up to at most/,
    ],
  ])('%s', (_name, make, message) => {
    expect(make).toThrow(message);
  });

  it('sums duplicate terms, in either order', () => {
    const pairs = [
      [0, 1, 2],
      [1, 0, 3],
      [0, 1, -1],
    ] as const;
    expect(Array.from(createBqm({ ...BINARY, quadratic: pairs }).bias)).toEqual([4, 4]);
    const cqm = createCqm({
      variables: [binary('a'), binary('b')],
      linear: [
        ['a', 1],
        ['a', 2],
      ],
      quadratic: pairs,
    });
    expect(cqm.linear[0]).toBe(3);
    expect(Array.from(cqm.quadratic.coefficient)).toEqual([4]);
  });

  it('holds a million variables: built, hashed and evaluated', async () => {
    const size = 1_000_000;
    const first = Int32Array.from({ length: size - 1 }, (_, i) => i);
    const second = first.map((i) => i + 1);
    const coefficient = first.map((i) => (i % 2 === 0 ? 1 : -2));
    const bqm = createBqm({ vartype: 'SPIN', variables: size, quadratic: { first, second, coefficient } });
    expect(bqm.bias).toHaveLength(2 * (size - 1));
    expect(bqmEnergy(bqm, new Int8Array(size).fill(1))).toBe(size / 2 - 2 * (size / 2 - 1));
    expect(await problemHash(bqm)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('bounds models without variables and without terms', () => {
    expect(roofDuality(createBqm({ vartype: 'SPIN', variables: 0, offset: 3 }))).toMatchObject({ bound: 3 });
    expect(roofDuality(createBqm({ ...BINARY, offset: -1 })).bound).toBe(-1);
  });
});
