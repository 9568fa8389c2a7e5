import { createRandom } from '@qurriculum/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InteractionTable } from './interactions.ts';
import { createInteractionTableBuilder, type InteractionRow, tableFromRows } from './interactions-builder.ts';
import { commonLearners, concatTables, rowsByLearner, selectLearners, splitByLearner } from './interactions-select.ts';

function rowsOf(table: InteractionTable): InteractionRow[] {
  return Array.from({ length: table.rows }, (_, r) => ({
    learner: table.learners[table.learner[r]],
    item: table.items[table.item[r]],
    skills: table.skillSets[table.skillSet[r]].map((skill) => table.skills[skill]),
    correct: table.correct[r] === 1,
    time: table.time[r],
  }));
}

const row = (learner: string, item: string, time?: number): InteractionRow => ({
  learner,
  item,
  skills: ['s'],
  correct: true,
  time,
});

describe('createInteractionTableBuilder', () => {
  it('sorts by time inside each learner and keeps the order of equal times', () => {
    const table = tableFromRows([row('a', '1', 5), row('b', '2', 9), row('a', '3', 2), row('a', '4', 5)]);
    expect(rowsOf(table).map((r) => [r.learner, r.item])).toEqual([
      ['a', '3'],
      ['a', '1'],
      ['a', '4'],
      ['b', '2'],
    ]);
  });

  it('keeps a row without a time right behind the row before it', () => {
    const table = tableFromRows([row('a', '1', 5), row('a', '2'), row('a', '3', 2)]);
    expect(rowsOf(table).map((r) => r.item)).toEqual(['3', '1', '2']);
  });

  it('takes a constant time for what it is: unknown', () => {
    const table = tableFromRows([row('a', '2', 0), row('a', '1', 0)]);
    expect([...table.time]).toEqual([Number.NaN, Number.NaN]);
    expect(rowsOf(table).map((r) => r.item)).toEqual(['2', '1']);
  });

  it('gives one skill set per distinct set, whatever the order and repetition in the row', () => {
    const skills = [['x', 'y'], ['y', 'x', 'x'], ['y'], []];
    const table = tableFromRows(skills.map((list) => ({ ...row('a', 'i'), skills: list })));
    expect([...table.skillSet]).toEqual([0, 0, 1, 2]);
    expect(table.skillSets).toEqual([[0, 1], [1], []]);
  });

  it('agrees with a plain stable sort of objects on any input', () => {
    const anyRow = fc.record({
      learner: fc.constantFrom('a', 'b', 'c'),
      item: fc.string({ maxLength: 3 }),
      skills: fc.constant(['s']),
      correct: fc.boolean(),
      time: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 60 }), (rows) => {
        const first = [...new Set(rows.map((r) => r.learner))];
        const expected = first.flatMap((learner) =>
          rows.filter((r) => r.learner === learner).sort((a, b) => a.time - b.time),
        );
        const constant = rows.length > 1 && rows.every((r) => r.time === rows[0].time);
        const actual = rowsOf(tableFromRows(rows));
        expect(actual).toEqual(expected.map((r) => (constant ? { ...r, time: Number.NaN } : r)));
      }),
    );
  });

  it('stays usable after build and grows past its capacity', () => {
    const builder = createInteractionTableBuilder(1);
    for (let i = 0; i < 40; i++) builder.append(row('a', `${i}`, i));
    const first = builder.build();
    builder.append(row('a', '40', 40));
    expect([first.rows, builder.build().rows]).toEqual([40, 41]);
  });
});

describe('optional columns', () => {
  const said = (learner: string, time: number, more: Partial<InteractionRow> = {}): InteractionRow => ({
    ...row(learner, 'i', time),
    ...more,
  });

  it('are absent where no row has them, and follow their rows where one has', () => {
    expect(Object.keys(tableFromRows([said('a', 1)]))).not.toContain('duration');
    const table = tableFromRows([said('a', 3, { duration: 7 }), said('b', 1), said('a', 2, { hints: 1 })]);
    expect([table.duration, table.hints].map((column) => [...(column ?? [])])).toEqual([
      [Number.NaN, 7, Number.NaN],
      [1, Number.NaN, Number.NaN],
    ]);
    expect(table.selfReport).toBeUndefined();
  });

  it('stay with their rows through growth, selection and concatenation', () => {
    const rows = Array.from({ length: 50 }, (_, k) => said(`l${k % 5}`, k, k % 3 === 0 ? { duration: k } : {}));
    const table = tableFromRows(rows);
    const odd = selectLearners(table, (_, index) => index % 2 === 1);
    const even = selectLearners(table, (_, index) => index % 2 === 0);
    for (const part of [table, odd, concatTables([tableFromRows([said('x', 1)]), odd, even])]) {
      for (let r = 0; r < part.rows; r++) {
        if (part.learners[part.learner[r]] === 'x') continue;
        expect(part.duration?.[r]).toBe(part.time[r] % 3 === 0 ? part.time[r] : Number.NaN);
      }
    }
  });

  it.each([
    { values: [0, 0.4, 1], expected: [0, 0.4, 1] },
    { values: [1, 3, 5], expected: [0, 0.5, 1] },
    { values: [0, 3, 10], expected: [0, 0.3, 1] },
    { values: [20, 80, Number.NaN], expected: [0.2, 0.8, Number.NaN] },
    { values: [1, 2, 4000], expected: [Number.NaN, Number.NaN, Number.NaN] },
  ])('bring self-reports $values to one scale', ({ values, expected }) => {
    const table = tableFromRows(values.map((selfReport, k) => said('a', k, { selfReport })));
    expect([...(table.selfReport ?? [])]).toEqual(expected);
  });
});

describe('parts and unions of tables', () => {
  const rows = Array.from({ length: 60 }, (_, i) => row(`l${i % 10}`, `i${i % 7}`, i));
  const table = tableFromRows(rows);

  it('splits without a common learner and loses no row', () => {
    const { train, test } = splitByLearner(table, 0.3, createRandom(1));
    expect(commonLearners(train, test)).toEqual([]);
    expect([train.rows, test.rows]).toEqual([42, 18]);
    expect(() => splitByLearner(table, 1, createRandom(1))).toThrow(/expected a test share between 0 and 1, got 1/);
  });

  it('concatenates tables with different labels back to the whole', () => {
    const other = tableFromRows([row('l3', 'new', 3.5)]);
    const odd = selectLearners(table, (_, index) => index % 2 === 1);
    const even = selectLearners(table, (_, index) => index % 2 === 0);
    const whole = concatTables([odd, other, even]);
    const sorted = (list: readonly InteractionRow[]) =>
      [...list].sort((a, b) => a.learner.localeCompare(b.learner) || (a.time ?? 0) - (b.time ?? 0));
    expect(sorted(rowsOf(whole))).toEqual(sorted([...rows, row('l3', 'new', 3.5)]));
    expect(commonLearners(table, other)).toEqual(['l3']);
  });

  it('lists the rows of each learner in time order even where learners are interleaved', () => {
    const interleaved = { ...table, learner: Int32Array.from(table.learner, (_, r) => r % 10) };
    const { start, rows: grouped } = rowsByLearner(interleaved);
    expect([...grouped.subarray(start[4], start[5])]).toEqual([4, 14, 24, 34, 44, 54]);
  });
});
