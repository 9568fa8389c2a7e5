import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { courseNameOf, filesToSend } from './import-files.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'qurriculum-files-'));
  await mkdir(path.join(folder, 'algebra', 'figures'), { recursive: true });
  await mkdir(path.join(folder, 'empty'));
  for (const name of ['coursePlan.json', 'problems.jsonl', 'README.md', '.hidden.json', 'figures/a.png']) {
    await writeFile(path.join(folder, 'algebra', name), '');
  }
  await writeFile(path.join(folder, 'problems.jsonl'), '');
});
afterAll(() => rm(folder, { recursive: true }));

describe('filesToSend', () => {
  it('takes the files of a folder under its name, and leaves others alone', async () => {
    const files = await filesToSend([`${folder}/algebra/`]);
    expect(files.map((file) => file.name)).toEqual(['algebra/coursePlan.json', 'algebra/problems.jsonl']);
  });

  it('names a file by itself, and two of one name by their paths', async () => {
    const file = path.join(folder, 'problems.jsonl');
    expect(await filesToSend([file])).toEqual([{ path: file, name: 'problems.jsonl' }]);
    const names = (await filesToSend([file, path.join(folder, 'algebra/problems.jsonl')])).map((one) => one.name);
    expect(new Set(names).size).toBe(2);
  });

  it.each([
    ['missing.csv', 'no such file'],
    ['empty', 'got none in the folder'],
  ])('refuses %s', async (name, message) => {
    await expect(filesToSend([path.join(folder, name)])).rejects.toThrow(message);
  });
});

it('names a course after the first path', () => {
  expect(courseNameOf('/x/assistments09_train.tsv.gz')).toBe('assistments09_train');
  expect(courseNameOf('oatutor/elementary-algebra/')).toBe('elementary-algebra');
});
