import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBqm } from '../bqm.ts';
import { bqmEnergy } from '../bqm-operations.ts';
import { readOceanJson, writeOceanJson } from './json-file.ts';
import { parseJson } from './json-syntax.ts';

/** The example in dimod's own documentation of `to_serializable`. */
const DIMOD = {
  type: 'BinaryQuadraticModel',
  version: { bqm_schema: '3.0.0' },
  use_bytes: false,
  index_type: 'uint16',
  bias_type: 'float32',
  num_variables: 5,
  num_interactions: 3,
  variable_labels: ['a', 'b', 'c', 'd', 'e'],
  variable_type: 'BINARY',
  offset: 0.0,
  info: {},
  linear_biases: [0.0, 0.0, -1.0, 1.0, 0.0],
  quadratic_biases: [3.0, 2.0, 5.0],
  quadratic_head: [0, 0, 1],
  quadratic_tail: [2, 3, 4],
};

describe('readOceanJson', () => {
  it("reads dimod's example", () => {
    const { problem } = readOceanJson(JSON.stringify(DIMOD));
    // {c: -1, d: 1}, {ad: 2, be: 5, ac: 3}
    expect(problem.variables).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(bqmEnergy(problem, [1, 0, 1, 1, 0])).toBe(-1 + 1 + 2 + 3);
    expect(bqmEnergy(problem, [0, 1, 0, 0, 1])).toBe(5);
  });

  it('makes text of other labels', () => {
    const document = { ...DIMOD, variable_labels: ['a', 4, ['a', 'complex key'], 'c', -1] };
    expect(readOceanJson(JSON.stringify(document)).problem.variables).toEqual([
      'a',
      '4',
      '["a","complex key"]',
      'c',
      '-1',
    ]);
  });

  it.each([
    [{ type: 'SampleSet' }, 'm.json: type: expected "BinaryQuadraticModel", got "SampleSet"'],
    [{ version: {} }, 'm.json: version.bqm_schema: expected "3.0.0", got nothing'],
    [{ use_bytes: true }, 'm.json: use_bytes: expected false, got true'],
    [{ variable_type: 'INTEGER' }, 'm.json: variable_type: expected "SPIN" or "BINARY", got "INTEGER"'],
    [{ linear_biases: [1] }, 'm.json: linear_biases.length: expected 5, got 1;'],
    [{ linear_biases: [0, 0, null, 0, 0] }, 'm.json: linear_biases[2]: expected a finite number, got null'],
    [{ quadratic_tail: [2, 5, 4] }, 'm.json: quadratic_tail[1]: expected a variable from 0 to 4, got 5'],
    [{ quadratic_tail: [2, 0, 4] }, 'm.json: quadratic_tail[1]: expected another variable than the head, got 0'],
    [{ num_variables: 6 }, 'm.json: num_variables: expected 5 as the lists have, got 6'],
    [{ offset: '0' }, 'm.json: offset: expected a number, got "0"'],
    [{ variable_labels: ['a', 'b', 'c', 'd', {}] }, 'm.json: variable_labels[4]: expected a text, a number or a list'],
    [{ variable_labels: ['a', 'b', 'c', 'd', 'a'] }, 'got "a" twice'],
  ])('%j', (part, message) => {
    expect(() => readOceanJson(JSON.stringify({ ...DIMOD, ...part }), 'm.json')).toThrow(message);
  });
});

describe('writeOceanJson', () => {
  it('reads back as the same model', () => {
    const labels = fc.uniqueArray(fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('0', '12', '007', '[1]')), {
      minLength: 4,
      maxLength: 4,
    });
    const bias = fc.double({ noNaN: true, min: -1e140, max: 1e140 }).map((value) => value + 0);
    const pairs = fc.uniqueArray(fc.tuple(fc.nat(2), bias), { selector: ([i]) => i });
    fc.assert(
      fc.property(
        labels,
        fc.constantFrom('SPIN', 'BINARY'),
        fc.tuple(bias, bias, bias, bias),
        pairs,
        bias,
        (...parts) => {
          const [variables, vartype, linear, edges, offset] = parts;
          const quadratic = edges.map(([i, value]) => [i, 3, value] as const);
          const bqm = createBqm({ variables, vartype, linear, quadratic, offset });
          expect(readOceanJson(writeOceanJson(bqm)).problem).toEqual(bqm);
        },
      ),
    );
  });

  it('has the fields and types of the schema', () => {
    const bqm = createBqm({ vartype: 'SPIN', variables: 3, linear: [1, 0, -2], quadratic: [[2, 0, 4]], offset: 7 });
    expect(JSON.parse(writeOceanJson(bqm))).toEqual({
      ...DIMOD,
      ...{ bias_type: 'float64', num_variables: 3, num_interactions: 1, variable_labels: [0, 1, 2] },
      ...{ variable_type: 'SPIN', offset: 7, linear_biases: [1, 0, -2] },
      ...{ quadratic_biases: [4], quadratic_head: [0], quadratic_tail: [2] },
    });
  });
});

describe('parseJson', () => {
  it.each([
    ['', 'f:1:1: expected a value, got the end of the file'],
    ['{"a": 1,}', 'f:1:9: expected a name in quotes, got "}"'],
    ['{"a" 1}', 'f:1:6: expected : after the name, got "1"'],
    ['[1,\n 2 3]', 'f:2:4: expected , or ], got "3"'],
    ['{"a": [1, 2}', 'f:1:12: expected , or ], got "}"'],
    ['[NaN]', 'f:1:2: expected a value, got "N"'],
    ['[1]\r\n[2]', 'f:2:1: expected nothing after the document, got "["'],
    ['{"a": "\n"}', 'f:1:7: expected a value, got "\\""'],
    ['{"a": 01}', 'f:1:8: expected , or }, got "1"'],
    ['{"a": tru', 'f:1:7: expected a value, got "t"'],
    ['[1, ]', 'f:1:5: expected a value, got "]"'],
  ])('%j', (text, message) => {
    expect(() => parseJson(text, 'f')).toThrow(message);
  });

  it('agrees with JSON.parse about what is JSON: cut documents all have a place', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, cut) => {
        expect(parseJson(text, 'f')).toEqual(JSON.parse(text));
        const part = text.slice(0, cut % text.length);
        let valid = true;
        try {
          JSON.parse(part);
        } catch {
          valid = false;
        }
        if (!valid) expect(() => parseJson(part, 'f')).toThrow(/^f:1:\d+: expected /);
      }),
    );
  });
});
