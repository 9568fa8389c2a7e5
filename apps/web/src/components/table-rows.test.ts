import { describe, expect, it } from 'vitest';
import { findRows, sortRows } from './table-rows.ts';

describe('table rows', () => {
  it('sorts numbers in texts as numbers and keeps what is missing last both ways', () => {
    const rows = ['item 10', null, 'item 2'];
    expect(sortRows(rows, (row) => row, false)).toEqual(['item 2', 'item 10', null]);
    expect(sortRows(rows, (row) => row, true)).toEqual(['item 10', 'item 2', null]);
    expect(sortRows([2, Number.NaN, 1], (row) => row, true)).toEqual([2, 1, Number.NaN]);
  });

  it('finds rows by all words in any order', () => {
    const rows = ['Adding fractions', 'Adding integers', 'Multiplying fractions'];
    expect(findRows(rows, 'fractions add', (row) => row)).toEqual(['Adding fractions']);
    expect(findRows(rows, '  ', (row) => row)).toBe(rows);
  });
});
