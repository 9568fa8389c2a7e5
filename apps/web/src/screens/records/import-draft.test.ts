import { describe, expect, it } from 'vitest';
import type { InspectionView } from '../../api/records.ts';
import { columnsOf, type DraftFile, mapOf, notReady } from './import-draft.ts';

const records = (columns: string[], map: InspectionView['map']): DraftFile => ({
  file: new File(['x'], 'records.csv'),
  state: 'looked at',
  error: null,
  inspection: {
    name: 'records.csv',
    bytes: 1,
    kind: 'records',
    format: 'comma-separated records',
    columns,
    map,
    sample: null,
    problem: null,
  },
});

describe('an import that is being prepared', () => {
  it('lists every column once', () => {
    expect(columnsOf([records(['a', 'b'], null), records(['b', 'c'], null)])).toEqual(['a', 'b', 'c']);
  });

  it("puts a person's choice before what was found", () => {
    const files = [records(['user', 'kc', 'ok'], { learner: 'user', skills: 'kc' })];
    expect(mapOf(files, { correct: 'ok', skills: '' })).toEqual({ learner: 'user', skills: '', correct: 'ok' });
  });

  it('says what is missing before it can start', () => {
    const files = [records(['user', 'kc', 'ok'], { learner: 'user' })];
    expect(notReady([], {})).toContain('at least one file');
    expect(notReady(files, mapOf(files, {}))).toBe('Say which column holds: right or wrong, skill or exercise.');
    expect(notReady(files, mapOf(files, { skills: 'kc', correct: 'ok' }))).toBeNull();
    expect(notReady([{ ...files[0], state: 'sending' }], {})).toContain('still being sent');
  });
});
