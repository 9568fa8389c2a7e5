import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInteractionTableBuilder } from '../interactions-builder.ts';
import { parseColumnMap } from './columns.ts';
import { failure, header, read } from './testing/read.ts';

describe('readRecords: what it reads', () => {
  it.each([
    ['comma', ','],
    ['tab', '\t'],
    ['semicolon', ';'],
  ])('finds the delimiter %s and the columns by name', async (_, delimiter) => {
    const lines = [
      ['Student', 'Problem ID', 'Skill', 'Is Correct', 'Start Time', 'ms_first_response'],
      ['ann', 'p1', 'adding', 'TRUE', '2026-01-02 03:04:05', '1500'],
      ['bob', 'p2', 'adding', 'no', '1767323045', ''],
    ];
    const { rows, report } = await read(lines.map((cells) => cells.join(delimiter)).join('\r\n'));
    expect(rows).toEqual([
      {
        learner: 'ann',
        item: 'p1',
        skills: ['adding'],
        correct: 1,
        time: 1767323045,
        id: null,
        duration: 1.5,
        line: 2,
      },
      {
        learner: 'bob',
        item: 'p2',
        skills: ['adding'],
        correct: 0,
        time: 1767323045,
        id: null,
        duration: Number.NaN,
        line: 3,
      },
    ]);
    expect(report.delimiter).toBe(delimiter);
    expect(report.columns).toMatchObject({ learner: 'Student', item: 'Problem ID', time: 'Start Time' });
  });

  it('reads hints and self-reports by the names they go by; a remark instead of a number costs no answer', async () => {
    const { batches, report } = await read(
      'user_id,item_id,correct,hint_count,confidence\na,1,1,2,80%\na,2,0,,0.5\na,3,1,0,fine',
    );
    const { hints, selfReport } = batches[0];
    expect([...hints]).toEqual([2, Number.NaN, 0]);
    expect([...selfReport]).toEqual([80, 0.5, Number.NaN]);
    expect(report.columns).toMatchObject({ hints: 'hint_count', selfReport: 'confidence' });
    expect(parseColumnMap('selfReport=mood').selfReport).toBe('mood');
  });

  it('reads gzip, whatever the name, in chunks of any size, to the same rows', async () => {
    const text = `${header}\n${Array.from({ length: 500 }, (_, i) => `u${i % 9},i${i},${i},${i % 2},"s,${i % 5}"`).join('\n')}\n`;
    const plain = await read(text);
    expect(plain.rows).toHaveLength(500);
    for (const chunk of [1, 3, 1000, 100_000]) {
      const packed = await read(gzipSync(text), { chunk });
      expect(packed.rows).toEqual(plain.rows);
      expect(packed.report.gzip).toBe(true);
    }
  });

  it('reads the layout of three lines a student', async () => {
    const { rows, report } = await read('18652,355172\n8,8,9\n1,0,1\n5589,284759\n54\n1\n');
    expect(rows.map((row) => [row.learner, row.item, row.skills, row.correct, row.line])).toEqual([
      ['355172', '8', ['8'], 1, 3],
      ['355172', '8', ['8'], 0, 3],
      ['355172', '9', ['9'], 1, 3],
      ['284759', '54', ['54'], 1, 6],
    ]);
    expect(report).toMatchObject({ layout: 'three-line', time: 'missing', accepted: 4 });
  });

  it('reads several skills in one cell, and leaves names alone that only look like lists', async () => {
    const cells = ['a~~b', 'a;b', 'a|b|a', '"a,b"', '"1, 2"', 'a+b', 'C++', '"Area, volume"', '"[3, 4]"', '', 'a_b'];
    const { rows, report } = await read(`${header}\n${cells.map((cell) => `u,i,1,1,${cell}`).join('\n')}\n`);
    const expected = ['a b', 'a b', 'a b', 'a b', '1 2', 'a b', 'C++', 'Area, volume', '3 4', '', 'a_b'];
    expect(rows.map((row) => row.skills.join(' '))).toEqual(expected);
    expect(report.withoutSkill).toBe(1);
    const own = await read(`${header}\nu,i,1,1,a_b`, { skillSeparators: ['_'] });
    expect(own.rows[0].skills).toEqual(['a', 'b']);
  });

  it('reads quoted cells with delimiters, quotes and line ends in them, and counts lines on', async () => {
    const { rows } = await read(`${header}\nu,"an ""item"", with\nlines",1,1,s\nu,5" pipe,2,0,s\n`);
    expect(rows.map((row) => [row.item, row.line])).toEqual([
      ['an "item", with\nlines', 2],
      ['5" pipe', 4],
    ]);
  });

  it('gives back any table written by the quoting rule of RFC 4180', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é', '😀'), maxLength: 8 });
    const quote = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    await fc.assert(
      fc.asyncProperty(
        fc.array(cell, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        async (items, chunk) => {
          const text = `learner,item,correct\n${items.map((item) => `u,${quote(`x${item}x`)},1`).join('\n')}`;
          const { rows } = await read(text, { chunk });
          expect(rows.map((row) => row.item)).toEqual(items.map((item) => `x${item}x`));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps identical rows without an id and rejects a repeated id', async () => {
    const same = await read(`${header}\nu,i,1,1,s\nu,i,1,1,s\n`);
    expect(same.rows).toHaveLength(2);
    const ids = await read(`interaction_id,${header}\n7,u,i,1,1,s\n8,u,i,1,1,s\n7,u,i,2,1,s\n`);
    expect(ids.rows.map((row) => row.id)).toEqual(['7', '8']);
    expect(ids.rejects).toMatchObject([{ line: 4, column: 'interaction_id', got: '"7"', raw: '7,u,i,2,1,s' }]);
    const ignored = await read(`interaction_id,${header}\n7,u,i,1,1,s\n7,u,i,2,1,s\n`, { map: { id: '' } });
    expect(ignored.rows).toHaveLength(2);
  });

  it('takes columns from a map', async () => {
    const map = parseColumnMap('learner=who,skill=what,correct=ok');
    const { rows } = await read('who;what;ok;user\nann;s1;1;zed\n', { map });
    expect(rows[0]).toMatchObject({ learner: 'ann', item: 's1', skills: ['s1'] });
    expect(() => parseColumnMap('wo=1')).toThrow(/expected a map like learner=COLUMN.*got "wo=1"/);
  });

  it('says that a constant time means the order of the file', async () => {
    const { report, batches } = await read(`${header}\nu,b,0,1,s\nu,a,0,1,s\n`);
    expect(report.time).toBe('constant');
    expect(report.notes).toEqual([expect.stringContaining('order of the file')]);
    const builder = createInteractionTableBuilder();
    for (const batch of batches) builder.appendColumns(batch);
    expect(builder.build()).toMatchObject({ items: ['b', 'a'], time: new Float64Array([Number.NaN, Number.NaN]) });
  });

  it('yields batches as it goes, never the whole file at once', async () => {
    const text = `${header}\n${'u,i,1,1,s\n'.repeat(5000)}`;
    const { batches } = await read(text, { batchRows: 100, chunk: 512 });
    expect(Math.max(...batches.map((batch) => batch.rows))).toBeLessThan(200);
    expect(batches.reduce((sum, batch) => sum + batch.rows, 0)).toBe(5000);
  });

  it('reads UTF-16 with a byte-order mark, as spreadsheets export it', async () => {
    const text = `\ufeff${header.replaceAll(',', '\t')}\nu\tité\t1\t1\ts\n`;
    const { rows } = await read(new Uint8Array(Buffer.from(text, 'utf16le')));
    expect(rows[0].item).toBe('ité');
  });
});

describe('readRecords: rows it rejects', () => {
  it.each([
    ['a bad answer', 'u,i,1,2,s', 'correct', '"2"'],
    ['no answer', 'u,i,1,,s', 'correct', 'nothing'],
    ['an empty learner', ' ,i,1,1,s', 'user_id', '" "'],
    ['an empty item', 'u,,1,1,s', 'item_id', 'nothing'],
    ['a time that is NaN', 'u,i,NaN,1,s', 'timestamp', '"NaN"'],
    ['a negative time', 'u,i,-5,1,s', 'timestamp', '"-5"'],
    ['an infinite time', 'u,i,1e999,1,s', 'timestamp', '"1e999"'],
    ['a date that does not exist', 'u,i,2025-13-01,1,s', 'timestamp', '"2025-13-01"'],
    ['a date of the future', 'u,i,2026-02-02,1,s', 'timestamp', '"2026-02-02"'],
    ['a missing cell', 'u,i,1,1', 'row', '4'],
  ])('%s', async (_, line, column, got) => {
    const { rows, rejects, report } = await read(`${header}\nu,i,1,1,s\n${line}\nu,i,2,0,s\n`);
    expect(rows.map((row) => row.line)).toEqual([2, 4]);
    expect(rejects).toEqual([expect.objectContaining({ file: 'records.csv', line: 3, column, got, raw: line })]);
    expect(rejects[0].expected).not.toBe('');
    expect(report).toMatchObject({ accepted: 2, rejected: 1 });
  });

  it('a student whose answers do not match the skills, and a bad answer among good ones', async () => {
    const { rows, rejects } = await read('1,a\n8,8\n1,1\n2,b\n8,8\n1\n3,c\n8,8\n1,x\n');
    expect(rows.map((row) => row.learner)).toEqual(['a', 'a', 'c']);
    expect(rejects).toMatchObject([
      { line: 6, expected: '2 answers, one per skill of the line above', got: '1' },
      { line: 9, got: '"x" (answer 2)' },
    ]);
  });

  it('cuts the raw row, so that rejects stay small', async () => {
    const { rejects } = await read(`${header}\nu,${'i'.repeat(5000)},1,?,s\n`);
    expect(rejects[0].raw).toHaveLength(500);
  });

  it('fails at the first of them when strict', async () => {
    expect(await failure(`${header}\nu,i,1,1,s\nu,i,-1,1,s\n`, { strict: true })).toMatchObject({
      code: 'rejected-row',
      line: 3,
      message: expect.stringMatching(/records\.csv:3: timestamp: expected seconds .*got "-1"; correct the row/),
    });
  });
});
