import { describe, expect, it } from 'vitest';
import { createBqm } from '../../bqm.ts';
import { readOceanBqm, writeOceanBqm } from './bqm-file.ts';
import { f64, head, i32, part, text } from './testing/dimod-layout.ts';

/** x + 2 y - z x over BINARY, rows by hand: start and bias per variable, then neighbour and bias per entry. */
function bqmFile(
  changes: { start?: number; neighbour?: number; mirror?: number; header?: object; more?: Buffer } = {},
) {
  const {
    start = 1,
    neighbour = 2,
    mirror = -1,
    header = {},
    more = part('VARS', text('["x", 7, ["z", 2]]')),
  } = changes;
  const json = { dtype: 'float64', itype: 'int32', ntype: 'int32', shape: [3, 1], variables: true, vartype: 'BINARY' };
  const table = [i32(0), f64(1), i32(start), f64(2), i32(1), f64(0)];
  const rows = [i32(neighbour), f64(-1), i32(0), f64(mirror)];
  return Buffer.concat([head('DIMODBQM', JSON.stringify({ ...json, ...header })), f64(0.5), ...table, ...rows, more]);
}

describe('readOceanBqm', () => {
  it('reads a file written by the bytes of its description', () => {
    const model = createBqm({
      vartype: 'BINARY',
      variables: ['x', '7', '["z",2]'],
      ...{ linear: [1, 2, 0], quadratic: [[0, 2, -1]], offset: 0.5 },
    });
    expect(readOceanBqm(bqmFile()).problem).toEqual(model);
    const unnamed = bqmFile({ header: { variables: false }, more: Buffer.alloc(0) });
    expect(readOceanBqm(unnamed).problem).toEqual({ ...model, variables: ['0', '1', '2'] });
  });

  it('keeps models without variables', () => {
    const model = createBqm({ vartype: 'SPIN', variables: 0, offset: 2 });
    expect(readOceanBqm(writeOceanBqm(model, { labels: true })).problem).toEqual(model);
  });

  it.each([
    ['another file', text('DIMODCQM..'), /expected the magic word "DIMODBQM", got "DIMODCQM"/],
    [
      'float32',
      bqmFile({ header: { dtype: 'float32' } }),
      /"float64" as dtype of the header, got "float32"; save BinaryQuadraticModel/,
    ],
    ['other integers', bqmFile({ header: { itype: 'int64' } }), /"int32" as itype of the header, got "int64"/],
    [
      'another vartype',
      bqmFile({ header: { vartype: 'INTEGER' } }),
      /"SPIN" or "BINARY" as vartype of the header, got "INTEGER"/,
    ],
    ['a shape that is none', bqmFile({ header: { shape: 3 } }), /expected two numbers as shape of the header, got 3/],
    [
      'more variables',
      bqmFile({ header: { shape: [900, 1] } }),
      /bytes of 900 variables and 1 pairs, got \d+; the file is cut off/,
    ],
    ['no names', bqmFile({ more: Buffer.alloc(0) }), /expected 8 bytes of the section VARS, got 0/],
    ['more behind', bqmFile({ header: { variables: false } }), /expected the end of the file, got 64 more bytes/],
    ['rows that overlap', bqmFile({ start: 3 }), /expected a row that starts from 0 to 2, got 3/],
    [
      'an unknown neighbour',
      bqmFile({ neighbour: 3 }),
      /expected a neighbour of variable 0 above -1 and below 3, got 3/,
    ],
    ['a neighbour of its own', bqmFile({ neighbour: 0 }), /expected a neighbour of variable 0/],
    ['one-sided rows', bqmFile({ neighbour: 1 }), /expected the pair 0, 1 with the same bias in both rows/],
    ['two biases', bqmFile({ mirror: 2 }), /expected the pair 0, 2 with the same bias in both rows/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readOceanBqm(bytes, 'm.bqm')).toThrow(message);
  });
});
