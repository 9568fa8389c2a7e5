import { createHash } from 'node:crypto';
import {
  binary,
  type ConstrainedQuadraticModel,
  countBiases,
  createBqm,
  createCqm,
  integer,
  readOceanBqm,
  readOceanCqm,
  writeOceanBqm,
  writeOceanCqm,
} from '@qurriculum/problems';
import { randomBqm } from '@qurriculum/problems/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBqmFile, readCqmFile, readExpression, readZip } from '../testing/dimod-reader.ts';

const NAMED = { labels: true };
const NUMBERED = { labels: false };

/** The model as files without names have it. */
function withoutNames(model: ConstrainedQuadraticModel): ConstrainedQuadraticModel {
  return {
    ...model,
    variables: model.variables.map((variable, i) => ({ ...variable, name: `${i}` })),
    constraints: model.constraints.map((constraint, c) => ({ ...constraint, name: `${c}` })),
  };
}

describe('writeOceanBqm', () => {
  it("writes the file of D-Wave's REST documentation, byte for byte", () => {
    const model = createBqm({ vartype: 'BINARY', variables: ['x', 'y'], quadratic: [[0, 1, -1]] });
    const file = writeOceanBqm(model, NAMED);
    expect(file).toHaveLength(312);
    // The document's own checksum of this file.
    expect(createHash('md5').update(file).digest('base64')).toBe('mkDiHuw5xZD3ocYSikE4nw==');
  });

  it.each(['SPIN', 'BINARY'] as const)('is read back as the same %s model', (vartype) => {
    const model = randomBqm(17, vartype, 3, 0.3);
    expect(readBqmFile(Buffer.from(writeOceanBqm(model, NUMBERED)))).toEqual({
      ...model,
      variables: model.variables.map((_, i) => `${i}`),
    });
  });

  it('names no variable unless asked, and escapes names as Python does', () => {
    const model = createBqm({ vartype: 'SPIN', variables: ['Zoë "z"'], linear: [1] });
    expect(Buffer.from(writeOceanBqm(model, NUMBERED)).toString('latin1')).not.toContain('Zo');
    expect(Buffer.from(writeOceanBqm(model, NAMED)).toString('latin1')).toContain('["Zo\\u00eb \\"z\\""]');
  });
});

describe('writeOceanCqm', () => {
  const model = createCqm({
    variables: [binary('Ada'), integer('hours', -2, 7), binary('c'), integer('d', 0, 3)],
    linear: [1, -2.5, 0, 4],
    quadratic: [
      ['Ada', 'd', 1.5],
      ['hours', 'hours', 2],
      ['c', 'Ada', -1],
      ['hours', 'd', 3],
    ],
    offset: 0.25,
    constraints: [
      { name: 'Monday', terms: [['hours', 2]], sense: '<=', rhs: 5.5 },
      {
        name: 'both',
        terms: [
          ['d', 1],
          ['Ada', -3],
        ],
        sense: '==',
        rhs: 0,
      },
      { name: 'none', terms: [], sense: '>=', rhs: -1 },
      {
        name: 'products',
        terms: [['c', 2]],
        quadratic: [
          ['d', 'Ada', 1.5],
          ['hours', 'hours', -1],
        ],
        sense: '<=',
        rhs: 9,
      },
    ],
  });

  it('is read back as the same model, without its names', () => {
    const file = Buffer.from(writeOceanCqm(model, NUMBERED));
    expect(readCqmFile(file)).toEqual(withoutNames(model));
    expect(file.toString('latin1')).not.toMatch(/Ada|Monday/);
    expect(countBiases(model)).toBe(4 + 4 + 3 + 6);
  });

  it('writes products in constraints, with the variables that they alone have', () => {
    const quadratic = { first: Int32Array.of(0, 1), second: Int32Array.of(3, 1), coefficient: Float64Array.of(5, -2) };
    const rows = model.constraints.map((row, c) => (c === 0 ? { ...row, quadratic } : row));
    const file = Buffer.from(writeOceanCqm({ ...model, constraints: rows }, NUMBERED));
    const { terms, pairs } = readExpression(readZip(file).get('constraints/0/lhs')!);
    expect(terms).toEqual([
      [0, 0],
      [1, 2],
      [3, 0],
    ]);
    expect(pairs).toEqual([
      [1, 1, -2],
      [3, 0, 5],
    ]);
    expect(countBiases({ ...model, constraints: rows })).toBe(4 + 4 + (3 + 2) + 2 + (4 + 2));
    expect(file.toString('latin1')).toContain('"num_quadratic_variables": 6');
  });

  it('lists pairs by rows of the lower triangle, as dimod appends them', () => {
    const quad = readZip(Buffer.from(writeOceanCqm(model, NUMBERED))).get('objective')!;
    const from = quad.indexOf('QUAD') + 12;
    const pairs = Array.from({ length: 4 }, (_, k) => [
      quad.readInt32LE(from + 16 * k),
      quad.readInt32LE(from + 16 * k + 4),
    ]);
    expect(pairs).toEqual([
      [1, 1],
      [2, 0],
      [3, 0],
      [3, 1],
    ]);
  });
});

/** Quarters: sums of them are exact. */
const quarter = fc.integer({ min: -20, max: 20 }).map((value) => value / 4 + 0);

const anyCqm = fc
  .array(fc.oneof(fc.constant(null), fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 0, max: 9 }))), {
    minLength: 1,
    maxLength: 6,
  })
  .chain((kinds) => {
    const index = fc.nat(kinds.length - 1);
    const linear = fc.array(fc.tuple(index, quarter), { maxLength: 8 });
    const quadratic = fc.array(fc.tuple(index, index, quarter), { maxLength: 8 });
    const rows = fc.uniqueArray(
      fc.record({
        name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
        terms: linear,
        quadratic,
        sense: fc.constantFrom('<=' as const, '>=' as const, '==' as const),
        rhs: quarter,
      }),
      { maxLength: 4, selector: ({ name }) => name },
    );
    const variables = kinds.map((bounds, i) =>
      bounds ? integer(`hours ${i}`, bounds[0], bounds[0] + bounds[1]) : binary(`a/${i}`),
    );
    return fc
      .record({ linear, quadratic, offset: quarter, constraints: rows })
      .map((parts) => createCqm({ variables, ...parts }));
  });

describe('files of random models', () => {
  it('are read the same by our reader and by the one from dimod, names aside', async () => {
    await fc.assert(
      fc.asyncProperty(anyCqm, async (model) => {
        const numbered = writeOceanCqm(model, NUMBERED);
        expect(readCqmFile(Buffer.from(numbered))).toEqual(withoutNames(model));
        expect((await readOceanCqm(numbered)).problem).toEqual(withoutNames(model));
        expect((await readOceanCqm(writeOceanCqm(model, NAMED))).problem).toEqual(model);
      }),
      { numRuns: 150 },
    );
  });

  it.each(['SPIN', 'BINARY'] as const)('of kind %s are read the same by both readers', (vartype) => {
    for (let seed = 0; seed < 20; seed++) {
      const model = randomBqm(1 + seed, vartype, seed, 0.4);
      const numbered = writeOceanBqm(model, NUMBERED);
      expect(readOceanBqm(numbered).problem).toEqual(readBqmFile(Buffer.from(numbered)));
      expect(readOceanBqm(writeOceanBqm(model, NAMED)).problem).toEqual(model);
    }
  });
});
