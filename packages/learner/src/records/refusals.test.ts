import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readRecords } from './reader.ts';
import { failure, header, inChunks, now } from './testing/read.ts';

describe('readRecords: files it refuses', () => {
  const noise = Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256);
  const whole = gzipSync(
    `${header}\n${Array.from({ length: 20_000 }, (_, i) => `u${i},i${(i * 7919) % 997},${i},1,s`).join('\n')}`,
  );

  it.each<[string, string | Uint8Array, string, RegExp]>([
    ['an empty file', '', 'empty-file', /expected learning records, got no bytes in records\.csv/],
    ['blank lines only', '\n \n\n', 'empty-file', /only blank lines/],
    ['a header only', `${header}\n`, 'empty-file', /expected rows below the header, got none/],
    ['an empty gzip', gzipSync(''), 'empty-file', /got no bytes/],
    [
      'another delimiter',
      'user_id|item_id|correct\nu|i|1\n',
      'wrong-delimiter',
      /single column "user_id\|item_id\|correct/,
    ],
    ['a binary file', noise, 'binary-file', /got a binary file \(byte 0 at 0\)/],
    ['a spreadsheet', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), 'binary-file', /ZIP archive or spreadsheet/],
    ['a truncated gzip', whole.subarray(0, whole.length >> 1), 'damaged-gzip', /ends early, is damaged/],
    ['a gzip without its last bytes', whole.subarray(0, whole.length - 4), 'damaged-gzip', /ends early, is damaged/],
    [
      'a missing column',
      'user_id,item_id\nu,i\n',
      'missing-column',
      /a column for correct .* got the columns user_id, item_id in records\.csv; name it with --map correct=COLUMN/,
    ],
    [
      'two columns of one name',
      'user_id,item_id,correct,correct\nu,i,1,0\n',
      'repeated-column',
      /one column "correct"/,
    ],
    [
      'a quote that is never closed',
      `${header}\nu,"i,1,1,s\n${'u,i,1,1,s\n'.repeat(200_000)}`,
      'line-too-long',
      /cell opened at records\.csv:2/,
    ],
    ['half a student', '1,a\n8\n1\n2,b\n8\n', 'lost-layout', /got 2 for the last one at records\.csv:4/],
    [
      'a line missing',
      '1,a\n8,9,8\n1,1,1\n8\n1\n2,b\n',
      'lost-layout',
      /as the first of three lines of a student, got "8"/,
    ],
  ])('%s', async (_, content, code, message) => {
    const error = await failure(content);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it('a column in the map that is not there, naming those that are', async () => {
    expect(await failure(`${header}\nu,i,1,1,s\n`, { map: { learner: 'pupil' } })).toMatchObject({
      code: 'unknown-column',
      message: expect.stringContaining('got the columns user_id, item_id, timestamp, correct, skill_id in records.csv'),
    });
  });

  it('bytes that are not UTF-8', async () => {
    expect(await failure(new Uint8Array([...new TextEncoder().encode(`${header}\nu,`), 0xe9, 0x2c]))).toMatchObject({
      code: 'not-utf8',
    });
  });

  it('one line of 10 MB, after reading little more than it allows', async () => {
    let taken = 0;
    async function* endless() {
      for (; taken < 10 * 2 ** 20; taken += 65_536) yield new Uint8Array(65_536).fill(97);
    }
    await expect(readRecords('long.csv', endless(), { now })).rejects.toMatchObject({ code: 'line-too-long', line: 1 });
    expect(taken).toBeLessThan(1.2 * 2 ** 20);
  });

  it('closes the source when it stops early', async () => {
    let closed = false;
    async function* source() {
      try {
        for (;;) yield new TextEncoder().encode(`${header}\nu,i,1,1,s\n`);
      } finally {
        closed = true;
      }
    }
    const reader = await readRecords('records.csv', source(), { now, batchRows: 1 });
    for await (const _ of reader.batches) break;
    expect(closed).toBe(true);
  });

  it('stops when cancelled', async () => {
    const controller = new AbortController();
    const text = `${header}\n${'u,i,1,1,s\n'.repeat(5000)}`;
    const reader = await readRecords('r', inChunks(text, 512), { now, batchRows: 10, signal: controller.signal });
    const reading = (async () => {
      for await (const _ of reader.batches) controller.abort();
    })();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});
