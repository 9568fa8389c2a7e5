import { describe, expect, it } from 'vitest';
import { createBqm } from '../../bqm.ts';
import { binary, type CqmInput, createCqm, integer } from '../../cqm.ts';
import { readProblemBytes, readProblemFile, writeProblemFile } from '../problem-files.ts';
import { readOceanCqm } from './cqm-reader.ts';
import { countBiases, writeOceanCqm } from './cqm-writer.ts';
import { f64, head, i32, part, text } from './testing/dimod-layout.ts';
import { type ZipEntry, zipStored } from './zip-writer.ts';

const NAMED = { labels: true };

interface Written {
  readonly index: readonly number[];
  readonly linear: readonly number[];
  readonly pairs?: readonly (readonly [number, number, number])[];
  readonly offset?: number;
  readonly dtype?: string;
}

function expression({ index, linear, pairs = [], offset = 0, dtype = 'float64' }: Written): Buffer {
  const json = `{"dtype": "${dtype}", "itype": "int32", "shape": [${index.length}, ${pairs.length}], "type": "ConstraintView"}`;
  const quadratic = Buffer.concat(pairs.map(([u, v, bias]) => Buffer.concat([i32(u, v), f64(bias)])));
  const sections = [part('INDX', i32(...index)), part('OFFS', f64(offset)), part('LINB', f64(...linear))];
  return Buffer.concat([head('DIMODEXPR', json), ...sections, part('QUAD', quadratic)]);
}

const varinfo = (...rows: readonly (readonly [number, number, number])[]): Buffer =>
  part('VTYP', Buffer.concat(rows.map(([kind, low, high]) => Buffer.concat([Buffer.of(kind), f64(low, high)]))));

/** minimise 2 x - 3 y + 4 x y + 5 y^2 + 1 over binary x, integer y in -1..6, with "at most/5": x + 2 y + 0.5 <= 5. */
const ENTRIES: Readonly<Record<string, Buffer>> = {
  varinfo: varinfo([0, 0, 1], [2, -1.5, 6.5]),
  'variable_labels.json': text('["x", ["y", 1]]'),
  objective: expression({
    ...{ index: [0, 1], linear: [2, -3], offset: 1 },
    pairs: [
      [1, 0, 4],
      [1, 1, 5],
    ],
  }),
  'constraints/"at most/5"/lhs': expression({ index: [1, 0], linear: [2, 1], offset: 0.5 }),
  'constraints/"at most/5"/rhs': f64(5),
  'constraints/"at most/5"/sense': text('<='),
  'constraints/7/lhs': expression({ index: [0], linear: [1] }),
  'constraints/7/rhs': f64(1),
  'constraints/7/sense': text('=='),
  'constraints/7/discrete': Buffer.of(1),
};
const COUNTS = { num_variables: 2, num_constraints: 2, num_biases: 7 };

function container(
  changes: Readonly<Record<string, Buffer | null>> = {},
  counts: Readonly<Record<string, unknown>> = COUNTS,
  version?: string,
): Buffer {
  const header = head('DIMODCQM', JSON.stringify(counts), version);
  const entries = Object.entries({ ...ENTRIES, ...changes }).flatMap(([name, bytes]): ZipEntry[] =>
    bytes ? [{ name, bytes }] : [],
  );
  return Buffer.concat([header, zipStored(entries, header.length)]);
}

const MODEL = createCqm({
  variables: [binary('x'), integer('["y",1]', -1, 6)],
  linear: [2, -3],
  quadratic: [
    [0, 1, 4],
    [1, 1, 5],
  ],
  offset: 1,
  constraints: [
    {
      ...{ name: 'at most/5', sense: '<=', rhs: 4.5 },
      terms: [
        [0, 1],
        [1, 2],
      ],
    },
    { name: '7', terms: [[0, 1]], sense: '==', rhs: 1 },
  ],
});

describe('readOceanCqm', () => {
  it('reads a file written by the bytes of its description', async () => {
    const file = await readOceanCqm(container(), 'plan.cqm');
    expect(file.problem).toEqual(MODEL);
    expect(file).toMatchObject({ format: 'cqm', sense: 'minimise' });
    const unnamed = container({ 'variable_labels.json': null });
    expect((await readOceanCqm(unnamed)).problem.variables).toMatchObject([{ name: '0' }, { name: '1' }]);
  });

  it.each([
    [
      'another file',
      text('a text that is long enough'),
      /plan\.cqm: byte 0: expected the magic word "DIMODCQM", got "a text t"/,
    ],
    ['nothing', Buffer.alloc(0), /byte 0: expected the magic word "DIMODCQM", got ""/],
    [
      'an old version',
      container({}, COUNTS, '\x01\x03'),
      /byte 8: expected version 2\.0, got 1\.3; load it with dimod 0\.12\.4/,
    ],
    [
      'a new version',
      container({}, COUNTS, '\x03\x00'),
      /expected version 2\.0, got 3\.0; save it by to_file of dimod 0\.12/,
    ],
    ['no JSON', head('DIMODCQM', '{"a"'), /byte 14: expected JSON, got/],
    ['a count that is none', container({}, { ...COUNTS, num_variables: -1 }), /as num_variables of the header, got -1/],
    [
      'other constraints',
      container({}, { ...COUNTS, num_constraints: 3 }),
      /expected 2, the number of folders, as num_constraints of the header, got 3/,
    ],
    [
      'other biases',
      container({}, { ...COUNTS, num_biases: 8 }),
      /expected 7, as the entries have, as num_biases of the header, got 8/,
    ],
    ['no objective', container({ objective: null }), /expected an entry "objective", got none/],
    ['no left side', container({ 'constraints/7/lhs': null }), /expected an entry "constraints\/7\/lhs", got none/],
    ['other entries', container({ notes: text('x') }), /expected the entries of a CQM, got an entry "notes"/],
    [
      'REAL variables',
      container({ varinfo: varinfo([0, 0, 1], [3, 0, 1]) }),
      /plan\.cqm, entry "varinfo": byte 25: expected variable "\[\\"y\\",1\]" to be BINARY or INTEGER, got REAL/,
    ],
    [
      'SPIN variables',
      container({ varinfo: varinfo([1, -1, 1], [2, 0, 1]) }),
      /variable "x" to be BINARY or INTEGER, got SPIN; call cqm\.spin_to_binary/,
    ],
    ['unknown kinds', container({ varinfo: varinfo([9, -1, 1], [2, 0, 1]) }), /got a kind 9/],
    [
      'few variables',
      container({ varinfo: varinfo([0, 0, 1]), 'variable_labels.json': null }, { ...COUNTS, num_variables: 9 }),
      /entry "varinfo": byte 4: expected at least 153 bytes in VTYP, got 56/,
    ],
    [
      'bounds without end',
      container({ varinfo: varinfo([0, 0, 1], [2, 0, 2 ** 53 - 1]) }),
      /plan\.cqm: createCqm variable .* 32-bit integer bounds/,
    ],
    [
      'few labels',
      container({ 'variable_labels.json': text('["x"]') }),
      /entry "variable_labels\.json": byte 0: expected a list of 2 labels, got 1/,
    ],
    [
      'equal labels',
      container({ 'variable_labels.json': text('["1", 1]') }),
      /plan\.cqm: createCqm: expected unique, non-empty labels, got "1" twice/,
    ],
    [
      'other labels',
      container({ 'variable_labels.json': text('["x", null]') }),
      /expected a label that is a text, a number or a list, got null/,
    ],
    [
      'a soft constraint',
      container({ 'constraints/7/weight': f64(2) }),
      /entry "constraints\/7\/weight": byte 0: expected constraint "7" to be hard, got a soft one with a weight/,
    ],
    ['another sense', container({ 'constraints/7/sense': text('<') }), /expected a sense of <=, >= or ==, got "<"/],
    [
      'half a number',
      container({ 'constraints/7/rhs': Buffer.alloc(4) }),
      /expected 8 bytes of a right-hand side, got 4; the file is cut off/,
    ],
    [
      'another dtype',
      container({ objective: expression({ index: [0], linear: [1], dtype: 'float32' }) }),
      /entry "objective": byte 0: expected "float64" as dtype of the header, got "float32"/,
    ],
    [
      'an unknown variable',
      container({ objective: expression({ index: [0, 2], linear: [1, 1] }) }),
      /entry "objective": byte 140: expected a variable from 0 to 1, got 2/,
    ],
    [
      'a variable again',
      container({ objective: expression({ index: [1, 1], linear: [1, 1] }) }),
      /expected every variable once/,
    ],
    [
      'an unknown position',
      container({ objective: expression({ index: [1], linear: [1], pairs: [[0, 1, 2]] }) }),
      /expected a position from 0 to 0, got 1/,
    ],
    [
      'NaN',
      container({
        objective: expression({
          index: [0, 1],
          linear: [1, Number.NaN],
          pairs: [
            [0, 1, 1],
            [1, 1, 2],
          ],
        }),
      }),
      /plan\.cqm: createCqm linear term of 1: expected a finite number/,
    ],
    [
      'more behind',
      container({ objective: Buffer.concat([ENTRIES['objective'], text('..')]) }),
      /expected the end of the entry, got 2 more bytes/,
    ],
  ])('refuses %s', async (_, bytes, message) => {
    await expect(readOceanCqm(bytes, 'plan.cqm')).rejects.toThrow(message);
    await expect(readOceanCqm(bytes, 'plan.cqm')).rejects.toMatchObject({ code: 'BAD_FILE' });
  });

  it('refuses every file that is cut off, and never more than refuses one with a wrong byte', async () => {
    const file = container();
    for (let length = 0; length < file.length; length += 3) {
      await expect(readOceanCqm(file.subarray(0, length))).rejects.toMatchObject({ code: 'BAD_FILE' });
    }
    for (let at = 0; at < file.length; at += 7) {
      const wrong = Buffer.from(file);
      wrong[at] ^= 0x15;
      const read = readOceanCqm(wrong).catch((error: unknown) => error);
      expect(await read).toMatchObject((await read) instanceof Error ? { code: 'BAD_FILE' } : { format: 'cqm' });
    }
  });
});

describe('writeOceanCqm', () => {
  const names: CqmInput = {
    variables: ['Zoë', '3', 'a "b"', '\n'].map(binary),
    constraints: ['Ada/Monday', '12', '["x",1]', '\\u002f'].map((name, i) => ({
      ...{ name, sense: '<=', rhs: i },
      terms: [[i, 1]],
    })),
  };

  it('keeps names, also those with slashes', async () => {
    const model = createCqm(names);
    const file = writeOceanCqm(model, NAMED);
    expect((await readOceanCqm(file)).problem).toEqual(model);
    const latin = Buffer.from(file).toString('latin1');
    expect(latin).toContain('["Zo\\u00eb", 3, "a \\"b\\"", "\\n"]');
    expect(latin).toContain('constraints/"Ada\\u002fMonday"/lhs');
    expect(latin).toContain('constraints/12/lhs');
  });

  it('writes no name unless asked, and no labels of variables that are numbers in order', async () => {
    const model = createCqm(names);
    const file = writeOceanCqm(model, { labels: false });
    expect(Buffer.from(file).toString('latin1')).not.toMatch(/Zo|Ada|labels/);
    const numbered = createCqm({ variables: ['0', '1'].map(binary) });
    expect(Buffer.from(writeOceanCqm(numbered, NAMED)).toString('latin1')).not.toContain('labels');
    expect((await readOceanCqm(writeOceanCqm(numbered, NAMED))).problem).toEqual(numbered);
    expect((await readOceanCqm(writeOceanCqm(createCqm({ variables: [] }), NAMED))).problem.variables).toEqual([]);
    expect(countBiases(MODEL)).toBe(7);
  });
});

describe('readProblemBytes', () => {
  it('reads binary files and text by their ending', async () => {
    expect((await readProblemBytes(container(), 'plan.CQM')).problem).toEqual(MODEL);
    const { problem } = await readProblemBytes(text('2 1\n1 2 1\n'), 'a.mc');
    expect(await readProblemBytes(writeProblemFile(problem, 'bqm'), 'a', 'bqm')).toMatchObject({ problem });
    expect(await readProblemBytes(writeProblemFile(MODEL, 'cqm'), 'a.cqm')).toMatchObject({ problem: MODEL });
  });

  it('says what to do with the wrong kind of content', async () => {
    await expect(readProblemBytes(Buffer.of(0xff), 'a.mc')).rejects.toThrow(/a\.mc: expected text in UTF-8/);
    await expect(readProblemBytes(Buffer.of(49, 0), 'a.mc')).rejects.toThrow(/UTF-8, got zero bytes in it/);
    await expect(readProblemBytes(Buffer.of(0xff), 'a.txt')).rejects.toThrow(
      /a name ending in .*\.bqm, \.cqm, got a\.txt/,
    );
    expect(() => readProblemFile('', 'a.cqm')).toThrow(/expected a format that is text, got cqm; pass the bytes/);
    const bqm = createBqm({ vartype: 'SPIN', variables: 1 });
    expect(() => writeProblemFile(bqm, 'cqm')).toThrow(/expected a constrained model for \.cqm, got a BQM/);
    expect(() => writeProblemFile(MODEL, 'bqm')).toThrow(/expected a model without constraints for \.bqm, got a CQM/);
  });
});
