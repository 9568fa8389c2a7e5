import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBqm, type PairEntry } from '../bqm.ts';
import { randomPlan } from '../testing/sample-problems.ts';
import { assignmentModel, readAssignment } from './assignment-file.ts';
import {
  fileObjective,
  readBqp,
  readMaxCut,
  readProblemFile,
  writeBqp,
  writeMaxCut,
  writeProblemFile,
} from './problem-files.ts';
import { readQubo, writeQubo } from './qubo-file.ts';

describe('readMaxCut', () => {
  const square = '4 4\n1 2 3\n2 3 -1\n3 4 2\n4 1 5\n';

  it('has energy = -cut', () => {
    const file = readMaxCut(square);
    expect(fileObjective(file, [1, 1, 1, 1])).toBe(0);
    expect(fileObjective(file, [1, -1, 1, 1])).toBe(3 - 1);
    expect(fileObjective(file, [1, -1, 1, -1])).toBe(9);
  });

  it('takes blank lines, Windows line ends and a byte-order mark', () => {
    expect(readMaxCut(`\ufeff${square.replaceAll('\n', '\r\n\r\n')}`).problem).toEqual(readMaxCut(square).problem);
  });
});

describe('readBqp', () => {
  it('counts off-diagonal entries twice', () => {
    const file = readBqp('2 2\n1 1 7\n1 2 -3\n');
    expect(fileObjective(file, [1, 0])).toBe(7);
    expect(fileObjective(file, [1, 1])).toBe(7 - 2 * 3);
  });

  it('refuses a pair listed twice, whose meaning would be open', () => {
    expect(() => readBqp('2 2\n1 2 1\n2 1 1\n', 'x.bqp')).toThrow(/^x\.bqp:3:1: expected each unordered pair once/);
  });
});

describe('bad files name line, column, expected and got', () => {
  it.each([
    ['', 'f.mc:1:1: expected a first line "variables entries", got an empty file'],
    ['3\n', 'f.mc:1:1: expected a first line "variables entries", got 1 columns'],
    ['2 1\n1 2\n', 'f.mc:2:1: expected an entry "i j weight", got 2 columns'],
    ['2 1\n1 2 3 4\n', 'f.mc:2:7: expected an entry "i j weight", got 4 columns'],
    ['2 1\n1,2,3\n', 'f.mc:2:1: expected an entry "i j weight", got 1 columns'],
    ['2 1\n1 3 1\n', 'f.mc:2:3: expected a variable, a whole number from 1 to 2, got "3"'],
    ['2 1\n1 2 NaN\n', 'f.mc:2:5: expected a number, got "NaN"'],
    ['2 1\n1 2 0x10\n', 'f.mc:2:5: expected a number, got "0x10"'],
    ['2 2\n1 2 1\n', 'f.mc:3:1: expected 2 entries as the first line says, got 1; the file may be cut off'],
    ['2 1\n1 2 1\n1 2 1\n', 'f.mc:3:1: expected the end after 1 entries, got another line'],
    ['2 1\n1 1 1\n', 'f.mc:2:1: expected an edge between two vertices, got a loop at 1'],
    ['\u0000\u0001\u0002', 'f.mc:1:1: expected a first line "variables entries", got 1 columns'],
  ])('%j', (text, message) => {
    expect(() => readProblemFile(text, 'f.mc')).toThrow(message);
  });

  it.each([
    ['', 'f.qubo:1:1: expected a line "p qubo 0 maxNodes nNodes nCouplers", got none'],
    ['p qubo 0 2 1\n', 'f.qubo:1:1: expected a line "p qubo'],
    ['p qubo 128 2 1 0\n0 0 1\n', 'f.qubo:1:8: expected topology 0, got "128"'],
    [
      'p qubo 0 2 0 1\n1 0 1\n',
      'f.qubo:2:3: expected a node not before the first, a whole number from 1 to 1, got "0"',
    ],
    ['p qubo 0 2 1 1\n0 0 1\n', 'f.qubo:1:1: expected 1 nodes and 1 couplers as the p line says, got 1 and 0'],
  ])('%j', (text, message) => {
    expect(() => readProblemFile(text, 'f.qubo')).toThrow(message);
  });

  it.each([
    ['', 'g:1:1: expected the number of agents, got the end of the file'],
    ['1 x', 'g:1:3: expected a number, got "x"'],
    ['1 2\n3 4\n5', 'g:3:1: expected the weight of job 2 by agent 1, got the end of the file; the file may be cut off'],
    ['1 1\n3 4\n5 6', 'g:3:3: expected the end after the capacities, got more'],
  ])('%j as gap', (text, message) => {
    expect(() => readProblemFile(text, 'g', 'gap')).toThrow(message);
  });

  it('an unknown ending', () => {
    expect(() => readProblemFile('1 0\n', 'f.txt')).toThrow(/ending in \.mc, \.bqp/);
  });
});

describe('readAssignment', () => {
  it('makes a row per job and per agent, wherever lines break', () => {
    const { problem } = readAssignment('2 1 7\n8 3 4\n5 6');
    if (problem.type !== 'cqm') throw new Error('expected a CQM');
    expect(Array.from(problem.linear)).toEqual([7, 8]);
    expect(problem.constraints.map(({ sense, rhs }) => [sense, rhs])).toEqual([
      ['==', 1],
      ['<=', 5],
      ['<=', 6],
    ]);
    expect(Array.from(problem.constraints[2].coefficients)).toEqual([4]);
  });
});

describe('writers', () => {
  const pairs = fc.uniqueArray(
    fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }), fc.integer({ min: -9, max: 9 })),
    { selector: ([i, j]) => `${Math.min(i, j)},${Math.max(i, j)}` },
  );

  it('what is written reads back as the same model', () => {
    fc.assert(
      fc.property(pairs, (quadratic) => {
        const labels = ['1', '2', '3', '4', '5', '6'];
        const bqp = createBqm({ vartype: 'BINARY', variables: labels, quadratic: quadratic as PairEntry[] });
        expect(readBqp(writeBqp(bqp)).problem).toEqual(bqp);
        const qubo = { ...bqp, variables: ['0', '1', '2', '3', '4', '5'] };
        expect(readQubo(writeQubo(qubo)).problem).toEqual(qubo);
        const edges = quadratic.filter(([i, j]) => i !== j) as PairEntry[];
        const cut = createBqm({ vartype: 'SPIN', variables: labels, quadratic: edges });
        const back = readMaxCut(writeMaxCut(cut)).problem;
        expect({ ...back, offset: 0 }).toEqual(cut);
        expect(readProblemFile(writeProblemFile(back, 'mc'), 'x.mc').problem).toEqual(back);
        for (const [problem, format] of [
          [bqp, 'bqp'],
          [qubo, 'qubo'],
          [bqp, 'json'],
        ] as const) {
          expect(readProblemFile(writeProblemFile(problem, format), 'x', format).problem).toEqual(problem);
        }
      }),
    );
  });

  it('assignment files too, as read, whatever the numbers', () => {
    const table = fc.array(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 3, maxLength: 3 }), {
      minLength: 2,
      maxLength: 2,
    });
    fc.assert(
      fc.property(table, table, fc.tuple(fc.integer(), fc.integer()), (costs, weights, capacities) => {
        const plain = (rows: number[][]): number[][] => rows.map((row) => row.map((value) => value + 0));
        const cqm = assignmentModel(plain(costs), plain(weights), capacities);
        expect(readProblemFile(writeProblemFile(cqm, 'gap'), 'x', 'gap').problem).toEqual(cqm);
      }),
    );
  });

  it('what a format cannot hold is refused', () => {
    const bqm = createBqm({ vartype: 'BINARY', variables: 2, quadratic: [[0, 1, 3]], offset: 4 });
    expect(() => writeProblemFile(bqm, 'bqp')).toThrow(/expected an offset of 0 for \.bqp, got 4/);
    expect(() => writeProblemFile(bqm, 'mc')).toThrow(/expected a SPIN model/);
    expect(() => writeProblemFile(bqm, 'gap')).toThrow(/expected a constrained model for \.gap, got a BQM/);
    const plan = randomPlan(3, 1);
    expect(() => writeProblemFile(plan, 'qubo')).toThrow(/expected a model without constraints for \.qubo, got a CQM/);
    expect(() => writeProblemFile(plan, 'gap')).toThrow(/expected a row "exactly one agent" per job/);
    expect(readProblemFile(writeProblemFile(plan, 'lp'), 'plan.lp').problem).toEqual(plan);
  });
});

const folder = resolve(process.env.QURRICULUM_DATA ?? '../shared/data', 'qubo');
const present = existsSync(folder);

describe.skipIf(!present)(`published instances (skipped when ${folder} is absent)`, () => {
  it.each([
    ['beasley/bqp50.1.bqp', 50, 111],
    ['gset/G22.mc', 2000, 19990],
    ['biqmac/g05_60.0.mc', 60, 885],
    ['biqmac/t2g10_5555.mc', 100, 200],
  ])('%s has %i variables and %i entries', (name, variables, entries) => {
    const { problem } = readProblemFile(readFileSync(join(folder, name), 'utf8'), name);
    expect(problem.variables).toHaveLength(variables);
    if (problem.type !== 'bqm') throw new Error('expected a BQM');
    const diagonal = problem.vartype === 'BINARY' ? problem.linear.filter((bias) => bias !== 0).length : 0;
    expect(problem.bias.length / 2 + diagonal).toBe(entries);
  });
});
