import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseRunRecord } from '@qurriculum/evidence';
import { diagnosisFromJson } from '@qurriculum/learner';
import { createRandom } from '@qurriculum/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCli } from '../testing/call.ts';
import { diagnoseFit } from './diagnose-fit.ts';

let folder = '';
const path = (name: string) => join(folder, name);
const call = (...words: string[]) => callCli([diagnoseFit], 'diagnose', 'fit', ...words);

const matrix = ['adding,taking away', '1,0', '0,1', '1,1', '1,0', '0,1', '1,0', '0,1'];

/** Answers of learners who hold two attributes independently; 10 % guesses and slips. */
function answers(): string {
  const random = createRandom('diagnose');
  const rows = Array.from({ length: 300 }, () => {
    const held = [random.chance(0.6), random.chance(0.4)];
    const cells = matrix.slice(1).map((row) => {
      const knows = row.split(',').every((cell, k) => cell === '0' || held[k]);
      return random.chance(0.05) ? '' : `${Number(random.chance(knows ? 0.9 : 0.1))}`;
    });
    return cells.join(',');
  });
  return ['q1,q2,q3,q4,q5,q6,q7', ...rows].join('\n');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diagnose-'));
  await writeFile(path('answers.csv.gz'), gzipSync(answers()));
  await writeFile(path('q.csv'), matrix.join('\n'));
  await writeFile(path('short.csv'), matrix.slice(0, 4).join('\n'));
  await writeFile(path('hole.csv'), [...matrix.slice(0, 7), '0,0'].join('\n'));
  await writeFile(path('twins.csv'), ['a,b', ...Array.from({ length: 7 }, () => '1,1')].join('\n'));
  await writeFile(path('three.csv'), 'q1,q2\n0,1\n1,3\n');
});
afterAll(() => rm(folder, { recursive: true }));

describe('diagnose fit', () => {
  it('prints likelihood, items, classes and the record of the run', async () => {
    const { code, out } = await call(path('answers.csv.gz'), path('q.csv'), '--model', 'dina', '--json');
    expect(code).toBe(0);
    const { loglik, aic, bic, items, classes, attributes, run } = JSON.parse(out);
    expect(aic).toBeCloseTo(2 * (14 + 3) - 2 * loglik, 6);
    expect(bic).toBeCloseTo(17 * Math.log(300) - 2 * loglik, 6);
    expect(items).toHaveLength(7);
    for (const { guess, slip } of items) {
      expect(Math.abs(guess - 0.1)).toBeLessThan(0.08);
      expect(Math.abs(slip - 0.1)).toBeLessThan(0.08);
    }
    expect(classes).toHaveLength(4);
    expect(classes.reduce((sum: number, { probability }: { probability: number }) => sum + probability, 0)).toBeCloseTo(
      1,
      9,
    );
    expect(Math.abs(attributes[0].share - 0.6)).toBeLessThan(0.08);
    expect(parseRunRecord(run)).toMatchObject({ kind: 'fit', subject: 'dina', inputs: [{ rows: 300 }, { rows: 7 }] });
  });

  it('prints tables, and takes prerequisites', async () => {
    const { code, out } = await call(path('answers.csv.gz'), path('q.csv'), '--prerequisite', 'adding,taking away');
    expect(code).toBe(0);
    expect(out).toMatch(/^dina: 300 learners, 7 items, 2 attributes; converged/);
    expect(out).toContain('16 parameters');
    expect(out).toMatch(/\nq1 +\.\d{3} +\.\d{3}\n/);
  });

  it('writes a model that reads back', async () => {
    const { code } = await call(path('answers.csv.gz'), path('q.csv'), '--out', path('model.json'));
    expect(code).toBe(0);
    const fitted = diagnosisFromJson(JSON.parse(await readFile(path('model.json'), 'utf8')));
    expect(fitted.design).toMatchObject({ model: 'dina', itemNames: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7'] });
  });

  it('says which attributes cannot be told apart', async () => {
    const { code, err } = await call(path('answers.csv.gz'), path('twins.csv'), '--model', 'gdina');
    expect(code).toBe(0);
    expect(err).toContain(
      'Warning: Q-matrix: expected attributes that some item tells apart, got the same items for a, b',
    );
  });

  it.each([
    ['one file', ['FOLDER/q.csv'], 2, /expected RESPONSES and QMATRIX, got 1 files/],
    ['a missing file', ['nowhere.csv', 'FOLDER/q.csv'], 1, /got no such file at nowhere\.csv/],
    ['a folder', ['FOLDER', 'FOLDER/q.csv'], 1, /got a folder at/],
    [
      'labels not 0 or 1',
      ['FOLDER/three.csv', 'FOLDER/q.csv'],
      1,
      /three\.csv:3: expected 0, 1, .* in column q2, got "3"/,
    ],
    ['too few rows', ['FOLDER/answers.csv.gz', 'FOLDER/short.csv'], 1, /for each of the 7 columns .* got 3 rows/],
    ['an empty row', ['FOLDER/answers.csv.gz', 'FOLDER/hole.csv'], 1, /at least one attribute for q7, got none/],
    ['an unknown model', ['a', 'b', '--model', 'oracle'], 2, /expected one of dina, dino, gdina, got "oracle"/],
    [
      'a bad prerequisite',
      ['FOLDER/answers.csv.gz', 'FOLDER/q.csv', '--prerequisite', 'adding'],
      2,
      /expected BEFORE,AFTER/,
    ],
  ])('refuses %s with the right exit code', async (_, words, expected, message) => {
    const { code, err } = await call(...words.map((word) => word.replace('FOLDER', folder)));
    expect(code).toBe(expected);
    expect(err).toMatch(message);
  });
});
