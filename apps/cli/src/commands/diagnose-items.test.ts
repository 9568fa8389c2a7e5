import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRunRecord } from '@qurriculum/evidence';
import { responseModelFromJson } from '@qurriculum/learner';
import { createRandom } from '@qurriculum/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCli } from '../testing/call.ts';
import { diagnoseItems } from './diagnose-items.ts';

let folder = '';
const path = (name: string) => join(folder, name);
const call = (...words: string[]) => callCli([diagnoseItems], 'diagnose', 'items', ...words);

const difficulties = [-1.5, -0.5, 0, 0.5, 1, 1.5];
const names = difficulties.map((_, j) => `q${j + 1}`);

/** 2PL answers, slope 1.3; q3 is much harder in the south. */
function rows() {
  const random = createRandom('items');
  return Array.from({ length: 500 }, (_, i) => {
    const ability = random.normal();
    const south = i % 2 === 1;
    const cells = difficulties.map((difficulty, j) => {
      const place = j === 2 && south ? difficulty + 1.8 : difficulty;
      return `${Number(random.chance(1 / (1 + Math.exp(-1.3 * (ability - place)))))}`;
    });
    return { name: `l${i}`, group: south ? 'south' : 'north', cells };
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'items-'));
  const all = rows();
  const table = (head: readonly string[], lines: readonly (readonly string[])[]) =>
    [head, ...lines].map((line) => line.join(',')).join('\n');
  await writeFile(
    path('answers.csv'),
    table(
      ['learner', ...names],
      all.map(({ name, cells }) => [name, ...cells]),
    ),
  );
  // In another order, as a file of its own may be.
  const groups = all.map(({ name, group }) => [name, group]).reverse();
  await writeFile(path('groups.csv'), table(['learner', 'group'], groups));
  await writeFile(path('few.csv'), table(['learner', 'group'], groups.slice(1)));
  await writeFile(
    path('graded.csv'),
    table(
      names.slice(0, 3),
      all.map(({ cells }) => [cells[0], `${Number(cells[1]) + Number(cells[3])}`, cells[2] === '1' ? '1' : '']),
    ),
  );
  await writeFile(path('three.csv'), 'q1,q2\n0,1\n1,3\n');
  await writeFile(path('broken.json'), '{');
});
afterAll(() => rm(folder, { recursive: true }));

describe('diagnose items', () => {
  it('prints parameters with standard errors, fit, differences between groups, and the record of the run', async () => {
    const words = [path('answers.csv'), '--model', '2pl', '--group', path('groups.csv'), '--json'];
    const { code, out } = await call(...words);
    expect(code).toBe(0);
    const { model, items, groups, run } = JSON.parse(out);
    expect({ model, groups }).toEqual({ model: '2pl', groups: ['north', 'south'] });
    expect(items.map(({ item }: { item: string }) => item)).toEqual(names);
    for (const [j, item] of items.entries()) {
      if (j === 2) continue;
      expect(Math.abs(item.difficulty - difficulties[j])).toBeLessThan(4 * item.difficultyError);
      expect(Math.abs(item.slope - 1.3)).toBeLessThan(4 * item.slopeError);
      expect(item.differential.effectClass).toBe('A');
      expect(item.scoreFit.pValue).toBeGreaterThan(1e-4);
    }
    expect(items[2].differential).toMatchObject({ effectClass: 'C', favours: 'north' });
    expect(parseRunRecord(run)).toMatchObject({ kind: 'fit', subject: '2pl', inputs: [{ rows: 500 }, { rows: 500 }] });
  });

  it('writes a model that is used again instead of fitting, and says when it is of other items', async () => {
    const first = await call(path('answers.csv'), '--model', '1pl', '--out', path('model.json'));
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/^1pl: 500 learners, 6 items; converged/);
    const saved = responseModelFromJson(JSON.parse(await readFile(path('model.json'), 'utf8')));
    const again = await call(path('answers.csv'), '--fitted', path('model.json'), '--json');
    const { items, fitSeconds, run } = JSON.parse(again.out);
    expect(fitSeconds).toBe(0);
    expect(items[4]).toMatchObject({ difficulty: (saved.items[4] as { difficulty: number }).difficulty });
    expect(run.inputs).toHaveLength(2);
    const other = await call(path('graded.csv'), '--model', 'graded', '--fitted', path('model.json'));
    expect(other).toMatchObject({ code: 1, err: expect.stringContaining('expected the items that') });
    const older = { ...JSON.parse(await readFile(path('model.json'), 'utf8')), version: '0' };
    await writeFile(path('older.json'), JSON.stringify(older));
    expect((await call(path('answers.csv'), '--fitted', path('older.json'))).err).toContain('older version');
  });

  it('takes graded answers and gaps', async () => {
    const { code, out } = await call(path('graded.csv'), '--model', 'graded', '--json');
    expect(code).toBe(0);
    const { items } = JSON.parse(out);
    expect(items[1].thresholds).toHaveLength(2);
    expect(items[1].thresholdErrors[0]).toBeGreaterThan(0);
    expect(items[2].answers).toBeLessThan(500);
  });

  it.each([
    ['no file', [], 2, /expected one file of answers, got none/],
    ['a missing file', ['nowhere.csv'], 1, /got no such file at nowhere\.csv/],
    ['graded answers for 2PL', ['FOLDER/three.csv'], 1, /three\.csv:3: expected 0, 1, .* in column q2, got "3"/],
    ['an unknown model', ['a', '--model', '9pl'], 2, /expected one of 1pl, 2pl, 3pl, graded, got "9pl"/],
    ['a learner without a group', ['FOLDER/answers.csv', '--group', 'FOLDER/few.csv'], 1, /a group of learner "l499"/],
    ['a file without groups', ['FOLDER/answers.csv', '--group', 'FOLDER/answers.csv'], 1, /expected a column "group"/],
    [
      'a damaged model',
      ['FOLDER/answers.csv', '--fitted', 'FOLDER/broken.json'],
      1,
      /expected a model that --out wrote/,
    ],
  ])('refuses %s with the right exit code', async (_, words, expected, message) => {
    const { code, err } = await call(...words.map((word) => word.replace('FOLDER', folder)));
    expect(err).toMatch(message);
    expect(code).toBe(expected);
  });
});
