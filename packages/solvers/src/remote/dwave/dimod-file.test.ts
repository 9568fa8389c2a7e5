import { createHash } from 'node:crypto';
import { crc32 as nodeCrc32 } from 'node:zlib';
import { binary, createBqm, createCqm, integer } from '@qurriculum/problems';
import { randomBqm } from '@qurriculum/problems/testing';
import { createRandom } from '@qurriculum/random';
import { describe, expect, it } from 'vitest';
import { readBqmFile, readCqmFile, readExpression, readZip } from '../testing/dimod-reader.ts';
import { countBiases, encodeCqmFile } from './cqm-file.ts';
import { encodeBqmFile } from './dimod-file.ts';
import { crc32, zipStored } from './zip-store.ts';

describe('encodeBqmFile', () => {
  it("writes the file of D-Wave's REST documentation, byte for byte", () => {
    const model = createBqm({ vartype: 'BINARY', variables: ['x', 'y'], quadratic: [[0, 1, -1]] });
    const file = encodeBqmFile(model, { labels: true });
    expect(file).toHaveLength(312);
    // The document's own checksum of this file.
    expect(createHash('md5').update(file).digest('base64')).toBe('mkDiHuw5xZD3ocYSikE4nw==');
  });

  it.each(['SPIN', 'BINARY'] as const)('is read back as the same %s model', (vartype) => {
    const model = randomBqm(17, vartype, 3, 0.3);
    expect(readBqmFile(Buffer.from(encodeBqmFile(model)))).toEqual({
      ...model,
      variables: model.variables.map((_, i) => `${i}`),
    });
  });

  it('names no variable unless asked, and escapes names as Python does', () => {
    const model = createBqm({ vartype: 'SPIN', variables: ['Zoë "z"'], linear: [1] });
    expect(Buffer.from(encodeBqmFile(model)).toString('latin1')).not.toContain('Zo');
    expect(Buffer.from(encodeBqmFile(model, { labels: true })).toString('latin1')).toContain('["Zo\\u00eb \\"z\\""]');
  });
});

describe('encodeCqmFile', () => {
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
    const file = Buffer.from(encodeCqmFile(model));
    expect(readCqmFile(file)).toEqual({
      ...model,
      variables: model.variables.map((variable, i) => ({ ...variable, name: `${i}` })),
      constraints: model.constraints.map((constraint, c) => ({ ...constraint, name: `${c}` })),
    });
    expect(file.toString('latin1')).not.toMatch(/Ada|Monday/);
    expect(countBiases(model)).toBe(4 + 4 + 3 + 6);
  });

  it('writes products in constraints, with the variables that they alone have', () => {
    const quadratic = { first: Int32Array.of(0, 1), second: Int32Array.of(3, 1), coefficient: Float64Array.of(5, -2) };
    const rows = model.constraints.map((row, c) => (c === 0 ? { ...row, quadratic } : row));
    const file = Buffer.from(encodeCqmFile({ ...model, constraints: rows }));
    const { terms, pairs } = readExpression(readZip(file).get('constraints/0/lhs')!);
    // In which order is up to the file.
    expect(terms.toSorted(([a], [b]) => a - b)).toEqual([
      [0, 0],
      [1, 2],
      [3, 0],
    ]);
    expect(pairs).toEqual([
      [1, 1, -2],
      [3, 0, 5],
    ]);
    expect(countBiases({ ...model, constraints: rows })).toBe(4 + 4 + 3 + 6 + 2 + 2);
    expect(file.toString('latin1')).toContain('"num_quadratic_variables": 6');
  });

  it('lists pairs by rows of the lower triangle, as dimod appends them', () => {
    const quad = readZip(Buffer.from(encodeCqmFile(model))).get('objective')!;
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

describe('zipStored', () => {
  it('has the checksums of zlib and the entries, in front of other bytes too', () => {
    const random = createRandom(4);
    const bytes = Uint8Array.from({ length: 1000 }, () => random.integer(256));
    expect(crc32(bytes)).toBe(nodeCrc32(bytes));
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    const entries = [
      { name: 'a/ü', bytes },
      { name: 'empty', bytes: new Uint8Array(0) },
    ];
    const zip = Buffer.concat([Buffer.alloc(7), zipStored(entries, 7)]);
    expect([...readZip(zip)]).toEqual([
      ['a/ü', Buffer.from(bytes)],
      ['empty', Buffer.alloc(0)],
    ]);
    const many = Array.from({ length: 65_535 }, () => entries[1]);
    expect(() => zipStored(many)).toThrow(/at most 65534 entries/);
  });
});
