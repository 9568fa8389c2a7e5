import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bqmEnergy } from './bqm-operations.ts';
import { binary, type ConstrainedQuadraticModel, createCqm, integer } from './cqm.ts';
import { cqmEnergy, cqmViolations } from './cqm-operations.ts';
import { cqmToBqm } from './cqm-to-bqm.ts';
import { refinePenalties } from './penalties.ts';
import { problemHash } from './problem-hash.ts';

const backpack = createCqm({
  variables: [binary('map'), binary('tent'), integer('meals', 0, 5)],
  linear: [
    ['map', -3],
    ['tent', -8],
    ['meals', -2],
  ],
  quadratic: [['map', 'tent', 1]],
  constraints: [
    {
      name: 'weight at most 9 kg',
      terms: [
        ['map', 1],
        ['tent', 5],
        ['meals', 1],
      ],
      sense: '<=',
      rhs: 9,
    },
    {
      name: 'at least 2 meals',
      terms: [['meals', 1]],
      sense: '>=',
      rhs: 2,
    },
  ],
});

/** Every assignment within bounds. */
function* assignments(cqm: ConstrainedQuadraticModel): Generator<number[]> {
  const values = cqm.variables.map((variable) => variable.lower);
  for (;;) {
    yield [...values];
    let i = 0;
    while (i < values.length && values[i] === cqm.variables[i].upper) values[i] = cqm.variables[i++].lower;
    if (i === values.length) return;
    values[i]++;
  }
}

describe('createCqm', () => {
  it('gives energies and names what is broken, by how much', () => {
    expect(cqmEnergy(backpack, [1, 1, 4])).toBe(-3 - 8 - 8 + 1);
    expect(cqmViolations(backpack, [1, 1, 4])).toEqual([{ name: 'weight at most 9 kg', amount: 1 }]);
    expect(cqmViolations(backpack, [1, 1, 0])).toEqual([{ name: 'at least 2 meals', amount: 2 }]);
    expect(cqmViolations(backpack, [1, 1, 3])).toEqual([]);
    expect(cqmViolations(backpack, [2, 0, 3])[0].name).toBe('map from 0 to 1');
  });

  it('sums repeated terms and reduces squares of binaries', () => {
    const cqm = createCqm({
      variables: [binary('x'), integer('y', -2, 2)],
      quadratic: [
        ['x', 'x', 3],
        ['y', 'x', 1],
        ['x', 'y', 1],
        ['y', 'y', 5],
      ],
      constraints: [
        {
          name: 'row',
          terms: [
            ['x', 1],
            ['x', 2],
            ['y', 0],
          ],
          sense: '==',
          rhs: 3,
        },
      ],
    });
    expect(Array.from(cqm.linear)).toEqual([3, 0]);
    expect(cqm.quadratic).toEqual({
      first: Int32Array.of(0, 1),
      second: Int32Array.of(1, 1),
      coefficient: Float64Array.of(2, 5),
    });
    expect(cqm.constraints[0].variables).toEqual(Int32Array.of(0));
    expect(cqm.constraints[0].coefficients).toEqual(Float64Array.of(3));
  });

  it.each([
    [/got "x" twice/, { variables: [binary('x'), binary('x')] }],
    [/got "z"/, { variables: [binary('x')], linear: [['z', 1] as const] }],
    [/lower <= upper/, { variables: [integer('x', 3, 1)] }],
    [
      /right-hand side/,
      { variables: [binary('x')], constraints: [{ name: 'a', terms: [], sense: '<=' as const, rhs: Number.NaN }] },
    ],
  ])('refuses bad input: %s', (message, input) => {
    expect(() => createCqm(input)).toThrow(message);
  });
});

const model = fc.integer({ min: 1, max: 4 }).chain((size) => {
  const index = fc.integer({ min: 0, max: size - 1 });
  const coefficient = fc.integer({ min: -6, max: 6 });
  return fc.record({
    variables: fc.array(fc.boolean(), { minLength: size, maxLength: size }),
    linear: fc.array(coefficient, { minLength: size, maxLength: size }),
    quadratic: fc.array(fc.tuple(index, index, coefficient), { maxLength: 5 }),
    rows: fc.array(
      fc.record({
        terms: fc.array(fc.tuple(index, fc.integer({ min: -3, max: 3 })), { minLength: 1, maxLength: 4 }),
        sense: fc.constantFrom('<=' as const, '>=' as const, '==' as const),
        scale: fc.constantFrom(1, 0.5, 0.1),
      }),
      { maxLength: 3 },
    ),
    // A point that every row keeps, so that the model is feasible.
    anchor: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: size, maxLength: size }),
    room: fc.integer({ min: 0, max: 3 }),
  });
});

function build(input: typeof model extends fc.Arbitrary<infer T> ? T : never): ConstrainedQuadraticModel {
  return createCqm({
    variables: input.variables.map((isInteger, i) => (isInteger ? integer(`y${i}`, -1, 3) : binary(`x${i}`))),
    linear: input.linear,
    quadratic: input.quadratic,
    constraints: input.rows.map(({ terms, sense, scale }, r) => {
      const activity = terms.reduce((sum, [i, c]) => sum + c * scale * input.anchor[i], 0);
      const room = sense === '==' ? 0 : input.room * scale * (sense === '<=' ? 1 : -1);
      return { name: `row ${r}`, terms: terms.map(([i, c]) => [i, c * scale] as const), sense, rhs: activity + room };
    }),
  });
}

describe('cqmToBqm', () => {
  it('embedded feasible points keep their energy, and come back', () => {
    fc.assert(
      fc.property(model, (input) => {
        const cqm = build(input);
        const converted = cqmToBqm(cqm);
        expect(converted.exactSlack).toBe(true);
        for (const values of assignments(cqm)) {
          const bits = converted.embed(values);
          expect(Array.from(converted.invert(bits))).toEqual(values);
          if (cqmViolations(cqm, values).length > 0) continue;
          expect(bqmEnergy(converted.bqm, bits)).toBeCloseTo(cqmEnergy(cqm, values), 6);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('writes any value of a wide integer in bits', () => {
    for (const value of [0, 1, 2 ** 30 - 1, 2 ** 30, 2 ** 31 - 2, 2 ** 31 - 1]) {
      const { embed, invert } = cqmToBqm(createCqm({ variables: [integer('wide', 0, 2 ** 31 - 1)] }));
      expect(Array.from(invert(embed([value])))).toEqual([value]);
    }
  });

  it('every bit pattern is inside the bounds and costs at least its broken rows', () => {
    fc.assert(
      fc.property(model, fc.nat(), (input, pattern) => {
        const cqm = build(input);
        const { bqm, invert } = cqmToBqm(cqm, { penalties: cqm.constraints.map(() => 1000) });
        const bits = bqm.variables.map((_, k) => (pattern >> (k % 31)) & 1);
        const values = invert(bits);
        const violations = cqmViolations(cqm, values);
        expect(violations.some((violation) => violation.name.includes(' from '))).toBe(false);
        const least = violations.length > 0 ? 1000 * 0.1 ** 2 * 0.99 : -1e-6;
        expect(bqmEnergy(bqm, bits) - cqmEnergy(cqm, values)).toBeGreaterThanOrEqual(least);
      }),
    );
  });

  it('the minimum of the BQM is the optimum once penalties are raised enough', () => {
    const bestBits = (penalties?: ArrayLike<number>) => {
      const converted = cqmToBqm(backpack, { penalties });
      const size = converted.bqm.variables.length;
      let best = { energy: Number.POSITIVE_INFINITY, bits: [] as number[] };
      for (let code = 0; code < 2 ** size; code++) {
        const bits = Array.from({ length: size }, (_, k) => (code >> k) & 1);
        const energy = bqmEnergy(converted.bqm, bits);
        if (energy < best.energy) best = { energy, bits };
      }
      return { converted, values: converted.invert(best.bits), energy: best.energy };
    };
    let penalties: ArrayLike<number> = [0.1, 0.1];
    let result = bestBits(penalties);
    expect(cqmViolations(backpack, result.values)).not.toEqual([]);
    for (let round = 0; round < 12 && cqmViolations(backpack, result.values).length > 0; round++) {
      penalties = refinePenalties(backpack, penalties, [result.values], { lower: 1 });
      result = bestBits(penalties);
    }
    const feasible = [...assignments(backpack)].filter((values) => cqmViolations(backpack, values).length === 0);
    const optimum = Math.min(...feasible.map((values) => cqmEnergy(backpack, values)));
    expect(cqmEnergy(backpack, result.values)).toBe(optimum);
    expect(result.energy).toBeCloseTo(optimum, 9);
  });

  it('an at-most-one row needs no slack, an at-least-one row does', () => {
    const variables = [binary('a'), binary('b'), binary('c')];
    const terms = [['a', 1] as const, ['b', 1] as const, ['c', 1] as const];
    const convert = (sense: '<=' | '>=') =>
      cqmToBqm(createCqm({ variables, constraints: [{ name: 'r', terms, sense, rhs: 1 }] })).bqm;
    expect(convert('<=').variables).toHaveLength(3);
    expect(bqmEnergy(convert('<='), [0, 0, 0])).toBe(0);
    expect(bqmEnergy(convert('<='), [1, 1, 0])).toBeGreaterThan(0);
    expect(convert('>=').variables).toHaveLength(5);
    expect(bqmEnergy(convert('>='), [0, 0, 0, 0, 0])).toBeGreaterThan(0);
  });

  it('refuses a row that nothing can keep, by name', () => {
    const cqm = createCqm({
      variables: [binary('x')],
      constraints: [{ name: 'three of one', terms: [['x', 1]], sense: '>=', rhs: 3 }],
    });
    expect(() => cqmToBqm(cqm)).toThrow(/"three of one"/);
  });
});

describe('problemHash', () => {
  it('does not depend on the order of entries, but on every coefficient and name', async () => {
    const make = (terms: readonly (readonly [string, string, number])[], name = 'y') =>
      createCqm({ variables: [binary('x'), binary(name)], quadratic: terms });
    const one = await problemHash(make([['x', 'y', 2]]));
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(
      await problemHash(
        make([
          ['y', 'x', 1],
          ['x', 'y', 1],
        ]),
      ),
    ).toBe(one);
    expect(await problemHash(make([['x', 'y', 3]]))).not.toBe(one);
    expect(await problemHash(make([['x', 'z', 2]], 'z'))).not.toBe(one);
  });
});
