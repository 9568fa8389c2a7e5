import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { clearImports } from '../../import/clear-imports.ts';
import { importFolder, rejectsFile } from '../../import/import-state.ts';
import { forEachApi, type TestApi } from '../../testing/api.ts';
import type { ImportView, InspectionView } from './schema.ts';

const person = 'engineer:Kim Data';

/** Answers of 12 learners on three skills, one of which needs the others; enough for a fit. */
function answers(extra: readonly string[] = []): string {
  const rows = ['interaction_id,student,problem,skill,correct,timestamp'];
  let id = 1;
  for (let learner = 1; learner <= 12; learner++) {
    for (let k = 0; k < 9; k++) {
      const right = (learner * 7 + k * 3) % 10 < 4 + k / 2 ? 1 : 0;
      rows.push(
        `${id++},s${learner},p${k % 4},"${['add', 'subtract', 'add,subtract'][k % 3]}",${right},${1_700_000_000 + id * 60}`,
      );
    }
  }
  return [...rows, ...extra].join('\n');
}

async function send(api: TestApi, importId: string, name: string, body: string | Uint8Array): Promise<InspectionView> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const path = `/api/imports/${importId}/files?name=${encodeURIComponent(name)}`;
  const response = await api.request('PUT', path, { body: bytes, person });
  expect(response.status).toBe(200);
  return (await response.json()) as InspectionView;
}

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Opens, sends, starts, waits; answers the report. */
async function importFiles(api: TestApi, files: Files, options: object = {}): Promise<ImportView> {
  const { importId } = await api.ok<{ importId: string }>('POST', '/api/imports', { body: options, person });
  for (const [name, body] of Object.entries(files)) await send(api, importId, name, body);
  const { jobId } = await api.ok<{ jobId: string }>('POST', `/api/imports/${importId}/start`, { person });
  await api.jobs.wait(jobId);
  return api.ok<ImportView>('GET', `/api/imports/${importId}`);
}

async function count(
  api: TestApi,
  table: 'interaction' | 'skill' | 'learner' | 'item' | 'prerequisite',
  course: number,
) {
  const { n } = await api.store.db
    .selectFrom(table)
    .select((e) => e.fn.countAll<string>().as('n'))
    .where('course_id', '=', course)
    .executeTakeFirstOrThrow();
  return Number(n);
}

const cyclic = 'prerequisite,skill\nadd,subtract\nsubtract,divide\ndivide,add\n';

forEachApi('imports', (api) => {
  describe('records', () => {
    let report: ImportView;
    beforeAll(async () => {
      const bad = [
        '900,s1,p1,add,maybe,1700000000',
        '1,s1,p1,add,1,1700000000',
        '901,,p1,add,1,1700000000',
        '902,s1,p1,add,1,-5',
      ];
      report = await importFiles(api, { 'autumn.csv.gz': gzipSync(answers(bad)) }, { courseName: 'Autumn' });
    });

    it('come in with their counts, and bad rows are named by line, column, expected and got', async () => {
      expect(report.status).toBe('done');
      expect(report.files).toMatchObject([
        { status: 'imported', kind: 'records', rows: 108, rejected: 4, learners: 12, items: 4, skills: 2 },
      ]);
      expect(report.rejects.map(({ line, column }) => ({ line, column }))).toEqual([
        { line: 110, column: 'correct' },
        { line: 111, column: 'interaction_id' },
        { line: 112, column: 'student' },
        { line: 113, column: 'timestamp' },
      ]);
      const text = await (await api.request('GET', `/api/imports/${report.id}/rejects`)).text();
      expect(text.split('\n')[1]).toContain('maybe');
      expect(text.trim().split('\n')).toHaveLength(5);
      expect(text.split('\n')[0]).toBe('file\tline\tcolumn\texpected\tgot\trow');
      // What is served is what lies on disk.
      expect(await readFile(rejectsFile(api.services.filesDirectory, report.id), 'utf8')).toBe(text);
    });

    it('are followed by a fit, with mastery for everybody and a run', async () => {
      const [job] = await api.jobs.list({ name: 'estimates' });
      expect(await api.jobs.wait(job.id)).toMatchObject({ state: 'done', error: null });
      const mastery = await api.store.db.selectFrom('mastery').selectAll().execute();
      expect(mastery).toHaveLength(24);
      for (const row of mastery) {
        expect(row.low).toBeLessThanOrEqual(row.mean);
        expect(row.high).toBeGreaterThanOrEqual(row.mean);
        expect(row.attempts).toBe(6);
      }
    });

    it('come in once: the same file again, and the same interactions in another file, add nothing', async () => {
      const courseId = report.course?.id;
      const again = await importFiles(
        api,
        {
          'copy.csv.gz': gzipSync(
            answers([
              '900,s1,p1,add,maybe,1700000000',
              '1,s1,p1,add,1,1700000000',
              '901,,p1,add,1,1700000000',
              '902,s1,p1,add,1,-5',
            ]),
          ),
        },
        { courseId },
      );
      expect(again.files[0]).toMatchObject({ status: 'already-imported', rows: 0 });
      const more = await importFiles(api, { 'more.csv': answers(['5000,s1,p1,add,1,1700009999']) }, { courseId });
      expect(more.files[0]).toMatchObject({ status: 'imported', rows: 1, rejected: 108 });
      expect(await count(api, 'interaction', courseId ?? 0)).toBe(109);
    });

    it('are refused whole with strict, leaving no course and no row behind', async () => {
      const refused = await importFiles(
        api,
        { 'strict.csv': answers(['900,s1,p1,add,maybe,1700000000']) },
        { strict: true, courseName: 'Strict' },
      );
      expect(refused.files[0]).toMatchObject({ status: 'refused', rows: 0 });
      expect(refused.files[0].problem).toContain('strict.csv:110: correct: expected');
      expect(refused.course).toBeNull();
      expect(await api.store.db.selectFrom('course').select('id').where('name', '=', 'Strict').execute()).toEqual([]);
      expect(await api.store.db.selectFrom('dataset').select('id').where('status', '=', 'importing').execute()).toEqual(
        [],
      );
    });
  });

  it.each([
    ['empty.csv', '', 'got no bytes in empty.csv'],
    ['one-column.csv', 'hello\nworld\n', 'expected columns separated by tab, comma or semicolon'],
    ['binary.csv', new Uint8Array(2000).map((_, k) => (k * 37) % 256), 'binary.csv'],
    ['cut.csv.gz', gzipSync(answers()).subarray(0, 300), 'cut.csv.gz'],
    ['long.csv', `user,item,skill,correct\n${'x'.repeat(10 * 2 ** 20)},1,1,1\n`, 'long.csv'],
    ['columns.csv', 'name,colour\nx,red\n', 'expected a column for learner'],
    ['cycle.csv', cyclic, 'add'],
    ['graph.json', '{"nodes":[{"id":"a"}],"edges":[["a","zebra"]]}', 'zebra'],
  ])('refuses %s with a message that says what to do, and keeps nothing', async (name, body, message) => {
    const report = await importFiles(api, { [name]: body });
    expect(report.files[0].status).toBe('refused');
    expect(report.files[0].problem).toContain(message);
    expect(report.course).toBeNull();
  });

  it('imports a cyclic graph without the edges that close the cycle, and lists them', async () => {
    const report = await importFiles(api, { 'cycle.csv': cyclic }, { breakCycles: true, courseName: 'Cycle' });
    expect(report.files[0]).toMatchObject({
      status: 'imported',
      skills: 3,
      prerequisites: 2,
      dropped: ['divide -> add (hard)'],
    });
  });

  it('takes content as a folder, before records, and never gives answers away in the list of items', async () => {
    const step = {
      id: 'a1',
      stepAnswer: ['$$7$$'],
      problemType: 'TextBox',
      answerType: 'arithmetic',
      stepTitle: '3 + 4',
      skills: ['add'],
    };
    const report = await importFiles(
      api,
      {
        'tiny/coursePlan.json': JSON.stringify({
          courseName: 'Tiny',
          lessons: [{ id: 'l1', name: 'Lesson 1', learningObjectives: { add: 0.9 } }],
        }),
        'tiny/skillModel.json': JSON.stringify({ a1: ['add'] }),
        'tiny/problems.jsonl': JSON.stringify({ id: 'p1', title: 'Add', body: '', steps: [step] }),
        'records.csv': answers(),
      },
      { courseName: 'Tiny' },
    );
    expect(report.files.map(({ name, kind, status }) => ({ name, kind, status }))).toEqual([
      { name: 'tiny', kind: 'content', status: 'imported' },
      { name: 'records.csv', kind: 'records', status: 'imported' },
    ]);
    expect(await count(api, 'skill', report.course?.id ?? 0)).toBe(2);
    const skill = await api.store.db
      .selectFrom('skill')
      .select('name')
      .where('key', '=', 'add')
      .where('course_id', '=', report.course?.id ?? 0)
      .executeTakeFirstOrThrow();
    expect(skill.name).toBe('Add');
  });

  it('asks who imports, and refuses a started import further files', async () => {
    expect(await api.refused('POST', '/api/imports', { body: {} })).toMatchObject({ status: 401 });
    const { importId } = await api.ok<{ importId: string }>('POST', '/api/imports', { body: {}, person });
    expect(await api.refused('POST', `/api/imports/${importId}/start`, { person })).toMatchObject({ status: 409 });
  });

  describe('that nobody started', () => {
    const open = async () =>
      (await api.ok<{ importId: string }>('POST', '/api/imports', { body: {}, person })).importId;
    const folder = (id: string) => importFolder(api.services.filesDirectory, id);

    it('are removed with their files; one that has begun is not', async () => {
      const importId = await open();
      await send(api, importId, 'answers.csv', answers());
      expect(await readdir(folder(importId))).toEqual(['0.data']);
      expect(await api.refused('DELETE', `/api/imports/${importId}`)).toMatchObject({ status: 401 });
      expect((await api.request('DELETE', `/api/imports/${importId}`, { person })).status).toBe(204);
      expect(existsSync(folder(importId))).toBe(false);
      for (const [method, address] of [
        ['DELETE', ''],
        ['POST', '/start'],
        ['PUT', '/files?name=a.csv'],
      ]) {
        expect(
          await api.refused(method, `/api/imports/${importId}${address}`, { person, body: 'a' }),
          method,
        ).toMatchObject({ status: 404 });
      }

      const { id } = await importFiles(api, { 'cycle.csv': cyclic }, { breakCycles: true, courseName: 'Begun' });
      expect(await api.refused('DELETE', `/api/imports/${id}`, { person })).toMatchObject({
        status: 409,
        detail: expect.stringContaining('remove the data sets that it made'),
      });
    });

    it('leave no folder behind when they are done, except for rejects', async () => {
      const graph = await importFiles(api, { 'graph.csv': 'from,to\na,b\n' }, { courseName: 'Clean' });
      expect(existsSync(folder(graph.id))).toBe(false);
      const refused = await importFiles(api, { 'cycle.csv': cyclic }, { courseName: 'Refused' });
      expect(existsSync(folder(refused.id))).toBe(false);
      const records = await importFiles(api, { 'a.csv': answers(['x,s1,p1,add,maybe,1']) }, { courseName: 'Rejects' });
      expect(await readdir(folder(records.id))).toEqual(['rejects.tsv']);
    });

    it('are cleared away at a start after a day; folders of another database stay', async () => {
      const [old, fresh] = [await open(), await open()];
      await send(api, old, 'answers.csv', answers());
      const stray = randomUUID();
      await mkdir(folder(stray), { recursive: true });
      await clearImports(api.services);
      expect([old, fresh, stray].map((id) => existsSync(folder(id)))).toEqual([true, true, true]);

      const yesterday = new Date(Date.now() - 25 * 3600 * 1000);
      await api.store.db.updateTable('import').set({ created_at: yesterday }).where('id', '=', old).execute();
      const { id: done } = await importFiles(api, { 'graph.csv': 'from,to\na,c\n' }, { courseName: 'Done' });
      await mkdir(folder(done));
      await clearImports(api.services);
      expect([old, fresh, done, stray].map((id) => existsSync(folder(id)))).toEqual([false, true, false, true]);
      expect(await api.refused('GET', `/api/imports/${old}`)).toMatchObject({ status: 404 });
      expect(await api.ok('GET', `/api/imports/${fresh}`)).toMatchObject({ status: 'open' });
    });
  });

  it('joins answers written once per skill, says what they would do to figures, and reads groups', async () => {
    const rows = ['interaction_id,student,problem,skill,correct,group,score_of_row'];
    for (let k = 0; k < 120; k++) {
      const right = (k * 7) % 10 < 5 ? 1 : 0;
      const group = k % 24 < 12 ? 'north' : '';
      for (const skill of ['add', 'carry']) {
        rows.push(`${k},s${k % 12},p${k % 5},${skill},${right},${group},${right === 1 ? 'full' : 'none'}`);
      }
    }
    const report = await importFiles(api, { 'per-skill.csv': rows.join('\n') }, { courseName: 'Per skill' });
    expect(report.files).toMatchObject([{ status: 'imported', rows: 120, rejected: 0, learners: 12, skills: 2 }]);
    const notes = report.files[0].notes.join('\n');
    expect(notes).toMatch(
      /120 rows \(50\.0 %\) repeat the answer before them for another skill\. .* AUC \.\d+ to \.\d+/,
    );
    expect(notes).toContain('The column "score_of_row" tells the outcome of its own row.');
    const { course_id: course } = await api.store.db
      .selectFrom('dataset')
      .select('course_id')
      .where('name', '=', 'per-skill.csv')
      .executeTakeFirstOrThrow();
    expect(await count(api, 'interaction', course)).toBe(120);
    const learners = await api.store.db
      .selectFrom('learner')
      .select(['key', 'group_label'])
      .where('course_id', '=', course)
      .execute();
    expect(learners.filter((learner) => learner.group_label === 'north')).toHaveLength(12);
  });
});
