import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRunRecord } from '@qurriculum/evidence';
import { createRandom } from '@qurriculum/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCli } from '../testing/call.ts';
import { diagnoseMisconceptions } from './diagnose-misconceptions.ts';

let folder = '';
const path = (name: string) => join(folder, name);
const call = (...words: string[]) => callCli([diagnoseMisconceptions], 'diagnose', 'misconceptions', ...words);

const LEARNERS = 200;
const names = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6'];
/** Option C shows one misconception in the odd items, another in the even ones; D shows none. */
const shows = (j: number): string => (j % 2 === 0 ? 'adds denominators' : 'drops the sign');
const options = [
  'item,option,shows,skill',
  ...names.flatMap((name, j) => [
    `${name},A,right,adding`,
    `${name},B,wrong,`,
    `${name},C,${shows(j)},`,
    `${name},D,wrong,`,
  ]),
];

const holds = (i: number, j: number): boolean => (j % 2 === 0 ? i % 5 === 0 : i % 10 === 1);

function answers(): string[] {
  const random = createRandom('options');
  return Array.from({ length: LEARNERS }, (_, i) => {
    const knows = random.chance(0.7);
    const cells = names.map((_, j) => {
      if (random.chance(0.05)) return '';
      if (holds(i, j)) return random.chance(0.85) ? 'C' : 'A';
      return random.chance(knows ? 0.9 : 0.3) ? 'A' : random.pick(['B', 'D', 'D', 'C']);
    });
    return [`l${i}`, ...cells].join(',');
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'misconceptions-'));
  await writeFile(path('answers.csv'), [['learner', ...names].join(','), ...answers()].join('\n'));
  await writeFile(path('options.csv'), options.join('\n'));
  await writeFile(path('twice.csv'), [...options, 'q1,A,wrong,'].join('\n'));
  await writeFile(path('unknown.csv'), [...options, 'q9,A,right,adding'].join('\n'));
  await writeFile(path('none-right.csv'), options.filter((line) => !line.startsWith('q2,A')).join('\n'));
  await writeFile(path('bare.csv'), options.filter((line) => !line.startsWith('q2')).join('\n'));
  await writeFile(path('plain.csv'), 'item,choice\nq1,A\n');
  const lone = options.filter((line) => !/^q[135],[BD]/.test(line));
  await writeFile(path('lone.csv'), lone.join('\n'));
  await writeFile(path('odd.csv'), 'q1,q2,q3,q4,q5,q6\nA,A,A,A,A,E\n');
  await writeFile(path('short.csv'), 'q1,q2,q3,q4,q5,q6\nA,C,A,C,A,C\nC,A,C,A,,A\n');
});
afterAll(() => rm(folder, { recursive: true }));

describe('diagnose misconceptions', () => {
  it('says how many hold each, with an interval, and how likely each learner does', async () => {
    const { code, out, err } = await call(path('answers.csv'), path('options.csv'), '--json');
    expect(code).toBe(0);
    expect(err).not.toContain('Warning');
    const { misconceptions, byLearner, findings, run } = JSON.parse(out);
    expect(findings).toEqual([]);
    const truth = { 'adds denominators': LEARNERS / 5, 'drops the sign': LEARNERS / 10 };
    for (const { misconception, holders, low, high, certainty } of misconceptions) {
      const expected = truth[misconception as keyof typeof truth];
      // The interval is of who holds it under the fitted model; the model itself errs by some learners more.
      expect(Math.abs(holders - expected)).toBeLessThan(8);
      expect(low).toBeLessThan(holders);
      expect(high).toBeGreaterThan(holders);
      expect(certainty).toBeGreaterThan(0.85);
    }
    expect(byLearner).toHaveLength(LEARNERS);
    const right = byLearner.filter(({ probabilities }: { probabilities: Record<string, number> }, i: number) =>
      [0, 1].every((j) => probabilities[shows(j)] >= 0.5 === holds(i, j)),
    );
    expect(right.length / LEARNERS).toBeGreaterThan(0.9);
    expect(parseRunRecord(run)).toMatchObject({
      subject: 'misconceptions',
      inputs: [{ rows: LEARNERS }, { rows: 24 }],
    });
  });

  it('writes a model that tells of learners it was not fitted on', async () => {
    const first = await call(path('answers.csv'), path('options.csv'), '--out', path('model.json'));
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/\nadds denominators +\d+\.\d +\d+\.\d to \d+\.\d +\d+ %\n/);
    const again = await call(path('short.csv'), path('options.csv'), '--fitted', path('model.json'), '--json');
    const [{ probabilities: one }, { learner, probabilities: two }] = JSON.parse(again.out).byLearner;
    expect(learner).toBe('2');
    expect(one['drops the sign']).toBeGreaterThan(0.8);
    expect(two['adds denominators']).toBeGreaterThan(0.8);
    const other = await call(path('short.csv'), path('lone.csv'), '--fitted', path('answers.csv'));
    expect(other).toMatchObject({ code: 1, err: expect.stringContaining('expected a model that --out wrote') });
  });

  it('warns of what answers cannot tell apart', async () => {
    const { code, err } = await call(path('short.csv'), path('lone.csv'));
    // In the odd items there is now no other wrong option.
    expect(err).toContain('expected another wrong option beside "adds denominators"');
    expect(err).not.toContain('beside "drops the sign"');
    expect(code).toBe(0);
  });

  it.each([
    ['one file', ['answers.csv'], 2, /expected RESPONSES and OPTIONS, got 1 files/],
    [
      'an option that is not listed',
      ['FOLDER/odd.csv', 'FOLDER/options.csv'],
      1,
      /odd\.csv:2: expected one of the options A, B, C, D in column q6, got "E"/,
    ],
    [
      'an option said twice',
      ['FOLDER/answers.csv', 'FOLDER/twice.csv'],
      1,
      /twice\.csv:26: expected option "A" of q1 once/,
    ],
    [
      'an unknown item',
      ['FOLDER/answers.csv', 'FOLDER/unknown.csv'],
      1,
      /unknown\.csv:26: expected an item of the answers, got "q9"/,
    ],
    [
      'an item without a right option',
      ['FOLDER/answers.csv', 'FOLDER/none-right.csv'],
      1,
      /one right option .* for q2, got 0/,
    ],
    ['an item without options', ['FOLDER/answers.csv', 'FOLDER/bare.csv'], 1, /expected options of q2, got none/],
    [
      'other columns',
      ['FOLDER/answers.csv', 'FOLDER/plain.csv'],
      1,
      /expected columns item, option and shows, got item, choice/,
    ],
  ])('refuses %s with the right exit code', async (_, words, expected, message) => {
    const { code, err } = await call(...words.map((word) => word.replace('FOLDER', folder)));
    expect(err).toMatch(message);
    expect(code).toBe(expected);
  });
});
