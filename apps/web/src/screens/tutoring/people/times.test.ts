import { describe, expect, it } from 'vitest';
import { usualTimes, withTimes } from './times.ts';

/** Three weeks of two times a week. */
const TIMES = [
  { time: 'Mon 09:00', slotIds: ['m1', 'm2', 'm3'] },
  { time: 'Tue 10:00', slotIds: ['t1', 't2', 't3'] },
];

describe('times of the week', () => {
  it('are usual where somebody is there in half of the weeks or more', () => {
    expect(usualTimes(['m1', 'm3', 't2'], TIMES)).toEqual(['Mon 09:00']);
    expect(usualTimes([], TIMES)).toEqual([]);
  });

  it('keep the exceptions of times that were not touched', () => {
    expect(withTimes(['m1', 'm3', 't2'], TIMES, ['Mon 09:00', 'Tue 10:00']).sort()).toEqual([
      'm1',
      'm3',
      't1',
      't2',
      't3',
    ]);
    expect(withTimes(['m1', 'm3', 't2'], TIMES, []).sort()).toEqual(['t2']);
    expect(withTimes(['m1', 'm3', 't2'], TIMES, ['Mon 09:00']).sort()).toEqual(['m1', 'm3', 't2']);
  });
});
