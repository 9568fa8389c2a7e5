import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binary, type ConstrainedQuadraticModel, createCqm, integer } from '../cqm.ts';
import { cqmEnergy } from '../cqm-operations.ts';
import { tinyProblems } from '../testing/sample-problems.ts';
import { readLp, writeLp } from './lp-file.ts';
import { fileObjective } from './problem-files.ts';

function read(text: string): ConstrainedQuadraticModel {
  const { problem } = readLp(text, 'm.lp');
  if (problem.type !== 'cqm') throw new TypeError('expected a CQM');
  return problem;
}

describe('readLp', () => {
  it('takes the format with all its freedoms', () => {
    const file = readLp(
      [
        '\\ a comment',
        'MAXIMIZE profit: 3x + 2 y - -z + [ 2 x*y - 4 n ^ 2 ] / 2 + 5',
        'subject   to',
        ' first: x + y',
        '   - 2 n <= 4 second: x + [ 3 x * n + n^2 ] >= -1  \\ two on a line',
        ' 2 <= x + n <= 4',
        ' 3 >= z',
        ' free_: 2 x + 1 + y = 3',
        'bounds',
        ' -1 <= n <= 4',
        ' z <= 1',
        'Binaries x y z',
        'General n',
        'end',
      ].join('\r\n'),
      'm.lp',
    );
    expect(file.sense).toBe('maximise');
    // x = 1, y = 1, z = 0, n = 2
    expect(fileObjective(file, [1, 1, 0, 2])).toBe(3 + 2 + 1 - 8 + 5);
    if (file.problem.type !== 'cqm') throw new TypeError('expected a CQM');
    const { variables, constraints } = file.problem;
    expect(variables).toEqual([binary('x'), binary('y'), binary('z'), integer('n', -1, 4)]);
    expect(constraints.map(({ name, sense, rhs }) => [name, sense, rhs])).toEqual([
      ['first', '<=', 4],
      ['second', '>=', -1],
      ['c3', '>=', 2],
      ['c4', '<=', 4],
      ['c5', '<=', 3],
      ['free_', '==', 2],
    ]);
    expect(Array.from(constraints[1].quadratic!.coefficient)).toEqual([3, 1]);
  });

  it('keeps fixed and narrower binaries as integers', () => {
    const { variables } = read('min a + b\nst\n a + b >= 0\nbounds\n a = 1\n b <= 0.5\nbin\n a b\nend');
    expect(variables).toEqual([integer('a', 1, 1), integer('b', 0, 0)]);
  });

  it.each([
    ['', 'm.lp:1:1: expected Minimize or Maximize, got the end of the file'],
    ['min x\nst\n x + y\nbin\n x y\nend', 'm.lp:4:1: expected <=, >= or =, got "bin"'],
    ['min x\nst\n c: x <= y\nbin x y\nend', 'm.lp:3:10: expected a number on the right side, got "y"'],
    ['min x\nst\n x + = 3\nbin x\nend', 'm.lp:3:6: expected a number, a name or [ after the sign, got "="'],
    ['min x\nst\n a: x <= 1\n a: x >= 0\nbin x\nend', 'm.lp:4:5: expected each row under its own name, got "a" again'],
    ['min x + y\nst\n x <= 1\nbin x\nend', 'm.lp:1:9: expected binary and integer variables only, got "y" in neither'],
    ['min x\nst\n x <= 1\ngen x\nend', 'm.lp:1:5: expected integers with 32-bit bounds, got "x" from 0 to Infinity'],
    [
      'min x\nst\n x <= 1\nbounds\n x <= -1\nbin x\nend',
      'm.lp:1:5: expected bounds that leave a value, got "x" from 0',
    ],
    ['min x\nst\n x <= 1\nsos\nend', 'm.lp:4:1: expected one of the sections Subject To, Bounds, General, Binary, End'],
    ['min x\nst\n x <= 1\nbin x', 'm.lp:4:1: expected End, got the end of the file'],
    ['min [ x * y ]\nst\nbin x y\nend', 'm.lp:2:1: expected / 2 after the products, got "st"'],
    ['min x\nst\n [ x * y ] / 2 <= 1\nbin x y\nend', 'm.lp:3:12: expected no division of products in a row, got "/"'],
    ['min [ x ^ 3 ] / 2\nst\nbin x\nend', 'm.lp:1:11: expected the exponent 2, got "3"'],
    ['min x\nst\n x <= 1e999\nbin x\nend', 'm.lp:3:7: expected a number below 1.8e308, got "1e999"'],
    ['min x\nst\n x <= \u0001\nbin x\nend', 'm.lp:3:7: expected a number, a name or an operator of the LP format'],
    ['min x\nst\n 1 <= x >= 0\nbin x\nend', 'm.lp:3:9: expected a range with the same inequality twice, got ">="'],
    ['min x\nst\n x <= 1\nbin x\nend\nmore', 'm.lp:6:1: expected nothing after End, got "more"'],
  ])('%j', (text, message) => {
    expect(() => readLp(text, 'm.lp')).toThrow(message);
  });
});

describe('writeLp', () => {
  const names = fc.uniqueArray(
    fc.oneof(
      fc.constantFrom(
        'x',
        'x1',
        'r1',
        'end',
        'e5',
        'free',
        'job 1 by agent 2',
        'a "b"',
        'ähnlich',
        '\\ r1 is "x"',
        'obj',
      ),
      fc.string({ minLength: 1, maxLength: 5 }),
    ),
    { minLength: 7, maxLength: 7 },
  );
  const coefficient = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double({ noNaN: true, min: -1e9, max: 1e9 }));
  const pair = fc.tuple(fc.nat(3), fc.nat(3), coefficient);
  const models = fc
    .record({
      names,
      linear: fc.array(coefficient, { minLength: 4, maxLength: 4 }),
      quadratic: fc.array(pair, { maxLength: 4 }),
      offset: coefficient,
      rows: fc.array(
        fc.record({
          terms: fc.array(fc.tuple(fc.nat(3), coefficient), { maxLength: 4 }),
          quadratic: fc.array(pair, { maxLength: 3 }),
          sense: fc.constantFrom('<=' as const, '>=' as const, '==' as const),
          rhs: coefficient,
        }),
        { maxLength: 3 },
      ),
    })
    .map(({ names: [a, b, c, d, ...rowNames], rows, linear, ...rest }) =>
      createCqm({
        variables: [binary(a), integer(b, -3, 5), binary(c), integer(d, 0, 1)],
        linear: linear.map((value) => value + 0),
        constraints: rows.map((row, r) => ({ ...row, rhs: row.rhs + 0, name: rowNames[r] })),
        ...rest,
        offset: rest.offset + 0,
      }),
    );

  it('what is written reads back as the same model, names and all', () => {
    fc.assert(
      fc.property(models, (cqm) => {
        expect(read(writeLp(cqm))).toEqual(cqm);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps lines short', () => {
    const names = Array.from({ length: 400 }, (_, i) => `variable ${i}`);
    const cqm = createCqm({
      variables: names.map(binary),
      constraints: [{ name: 'all', terms: names.map((name) => [name, 1] as const), sense: '<=', rhs: 3 }],
    });
    expect(
      Math.max(
        ...writeLp(cqm)
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThan(200);
    expect(read(writeLp(cqm))).toEqual(cqm);
  });

  it('writes every kind of model that solvers are tested with', () => {
    for (const { problem } of tinyProblems()) {
      if (problem.type === 'cqm' && problem.variables.length > 0) expect(read(writeLp(problem))).toEqual(problem);
    }
    const empty = createCqm({ variables: [], offset: 3 });
    expect(cqmEnergy(read(writeLp(empty)), [])).toBe(3);
    const rows = createCqm({ variables: [], constraints: [{ name: 'r', terms: [], sense: '<=', rhs: 1 }] });
    expect(() => writeLp(rows)).toThrow(/no empty rows/);
  });
});
