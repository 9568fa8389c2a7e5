import { createReadStream } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createInteractionTableBuilder } from '../interactions-builder.ts';
import { hasLearnerData, learnerDataFolder } from '../testing/learner-data.ts';
import { readRecords } from './reader.ts';

// Rows, learners, items, skill sets as the data's README states them.
describe.skipIf(!hasLearnerData)('readRecords on published files (skipped: ../shared/data is absent)', () => {
  it.each([
    ['assistments09_test.tsv.gz', 'delimited', 58_266, 623],
    ['algebra05_part.tsv.gz', 'delimited', 129_998, 114],
    ['assist2015_fold1.csv.gz', 'three-line', 136_231, 3_968],
  ])('%s', async (name, layout, rows, learners) => {
    const reader = await readRecords(name, createReadStream(`${learnerDataFolder}/${name}`), {
      now: Date.UTC(2026, 0, 1) / 1000,
    });
    const builder = createInteractionTableBuilder();
    for await (const batch of reader.batches) builder.appendColumns(batch);
    expect(reader.report()).toMatchObject({ layout, rejected: 0, gzip: true });
    expect([builder.rows, builder.build().learners.length]).toEqual([rows, learners]);
  });
});
