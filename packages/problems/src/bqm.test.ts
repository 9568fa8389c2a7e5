import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BinaryQuadraticModel, createBqm, type PairEntry } from './bqm.ts';
import { bqmEnergy, bqmFlipDelta, convertValues, fixVariables, toVartype } from './bqm-operations.ts';
import { bqmToCqm } from './bqm-to-cqm.ts';
import { cqmEnergy } from './cqm-operations.ts';
import { ProblemError } from './errors.ts';

/** Energy straight from the entries, by the definition: the oracle. */
function energyOfEntries(linear: readonly number[], pairs: readonly PairEntry[], offset: number, v: readonly number[]) {
  let energy = offset;
  for (const [i, bias] of linear.entries()) energy += bias * v[i];
  for (const [i, j, bias] of pairs) energy += bias * v[i] * v[j];
  return energy;
}

const model = fc.integer({ min: 1, max: 7 }).chain((size) =>
  fc.record({
    vartype: fc.constantFrom('SPIN' as const, 'BINARY' as const),
    linear: fc.array(fc.integer({ min: -50, max: 50 }), { minLength: size, maxLength: size }),
    pairs: fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: size - 1 }),
        fc.integer({ min: 0, max: size - 1 }),
        fc.integer({ min: -50, max: 50 }),
      ),
      { maxLength: 20 },
    ),
    offset: fc.integer({ min: -9, max: 9 }),
    bits: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: size, maxLength: size }),
  }),
);

function build({
  vartype,
  linear,
  pairs,
  offset,
}: {
  vartype: 'SPIN' | 'BINARY';
  linear: number[];
  pairs: PairEntry[];
  offset: number;
}) {
  return createBqm({ vartype, variables: linear.length, linear, quadratic: pairs, offset });
}

describe('createBqm', () => {
  it('gives the energy of its entries, repeated and self pairs included', () => {
    fc.assert(
      fc.property(model, (input) => {
        const values = convertValues(input.bits, 'BINARY', input.vartype);
        const expected = energyOfEntries(input.linear, input.pairs, input.offset, Array.from(values));
        expect(bqmEnergy(build(input), values)).toBe(expected);
      }),
    );
  });

  it('keeps rows symmetric, ascending and without zeros', () => {
    fc.assert(
      fc.property(model, (input) => {
        const bqm = build(input);
        const seen = new Map<string, number>();
        for (let i = 0; i < bqm.linear.length; i++) {
          for (let k = bqm.rowStart[i]; k < bqm.rowStart[i + 1]; k++) {
            expect(bqm.bias[k]).not.toBe(0);
            if (k > bqm.rowStart[i]) expect(bqm.neighbour[k]).toBeGreaterThan(bqm.neighbour[k - 1]);
            seen.set(`${i},${bqm.neighbour[k]}`, bqm.bias[k]);
          }
        }
        for (const [key, bias] of seen) expect(seen.get(key.split(',').reverse().join(','))).toBe(bias);
      }),
    );
  });

  it('takes columns as well as entries', () => {
    const columns = { first: [0, 2], second: [1, 0], coefficient: [3, -1] };
    const entries: PairEntry[] = [
      [0, 1, 3],
      [2, 0, -1],
    ];
    const input = { vartype: 'SPIN' as const, variables: ['a', 'b', 'c'] };
    expect(createBqm({ ...input, quadratic: columns })).toEqual(createBqm({ ...input, quadratic: entries }));
  });

  it.each([
    ['BAD_VARIABLE', { vartype: 'SPIN', variables: ['a', 'a'] }],
    ['BAD_VARIABLE', { vartype: 'SPIN', variables: 2, quadratic: [[0, 2, 1]] }],
    ['BAD_COEFFICIENT', { vartype: 'SPIN', variables: 2, quadratic: [[0, 1, Number.NaN]] }],
    ['BAD_SIZE', { vartype: 'SPIN', variables: 2, linear: [1] }],
    ['BAD_COEFFICIENT', { vartype: 'SPIN', variables: 1, linear: [Number.POSITIVE_INFINITY] }],
  ] as const)('refuses bad input with code %s', (code, input) => {
    let caught: unknown;
    try {
      createBqm(input);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(ProblemError);
    expect((caught as ProblemError).code).toBe(code);
    expect((caught as ProblemError).message).toMatch(/expected .*, got .*; /);
  });
});

describe('operations', () => {
  it('the flip delta is the difference of two energies', () => {
    fc.assert(
      fc.property(model, (input) => {
        const bqm = build(input);
        const values = convertValues(input.bits, 'BINARY', input.vartype);
        for (let i = 0; i < values.length; i++) {
          const flipped = values.slice();
          flipped[i] = input.vartype === 'SPIN' ? -flipped[i] : 1 - flipped[i];
          expect(bqmFlipDelta(bqm, values, i) + 0).toBe(bqmEnergy(bqm, flipped) - bqmEnergy(bqm, values));
        }
      }),
    );
  });

  it('the change of vartype keeps every energy, and comes back to the same model', () => {
    fc.assert(
      fc.property(model, (input) => {
        const bqm = build(input);
        const other: BinaryQuadraticModel['vartype'] = input.vartype === 'SPIN' ? 'BINARY' : 'SPIN';
        const converted = toVartype(bqm, other);
        const values = convertValues(input.bits, 'BINARY', other);
        expect(bqmEnergy(converted, values)).toBe(bqmEnergy(bqm, convertValues(values, other, input.vartype)));
        const back = toVartype(converted, input.vartype);
        expect(back.offset).toBe(bqm.offset);
        expect(Array.from(back.linear, (x) => x + 0)).toEqual(Array.from(bqm.linear, (x) => x + 0));
        expect(back.bias).toEqual(bqm.bias);
      }),
    );
  });

  it('as a constrained model over 0/1 every energy is the same', () => {
    fc.assert(
      fc.property(model, (input) => {
        const bqm = build(input);
        const cqm = bqmToCqm(bqm);
        const values = convertValues(input.bits, 'BINARY', input.vartype);
        expect(cqmEnergy(cqm, input.bits)).toBe(bqmEnergy(bqm, values));
        const { first, second } = cqm.quadratic;
        for (const [k, i] of first.entries()) {
          expect(i).toBeLessThan(second[k]);
          if (k > 0) expect(i * 8 + second[k]).toBeGreaterThan(first[k - 1] * 8 + second[k - 1]);
        }
      }),
    );
  });

  it('fixing variables keeps the energy of expanded samples', () => {
    fc.assert(
      fc.property(model, fc.nat(), (input, mask) => {
        const bqm = build(input);
        const values = convertValues(input.bits, 'BINARY', input.vartype);
        const fixed = new Map(Array.from(values, (v, i) => [i, v] as const).filter(([i]) => (mask >> i) & 1));
        const part = fixVariables(bqm, fixed);
        const free = Array.from(part.free, (i) => values[i]);
        expect(part.expand(free)).toEqual(values);
        expect(bqmEnergy(part.bqm, free)).toBe(bqmEnergy(bqm, values));
      }),
    );
  });

  it('refuses to fix a spin at 0', () => {
    const bqm = createBqm({ vartype: 'SPIN', variables: 2 });
    expect(() => fixVariables(bqm, new Map([[0, 0]]))).toThrow(/expected -1 or 1, got 0/);
  });
});
