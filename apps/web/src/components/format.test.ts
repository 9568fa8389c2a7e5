import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatInterval, formatNumber, plural } from './format.ts';

describe('format', () => {
  it('shows the digits that a reader can use', () => {
    expect(formatNumber(1590)).toBe('1,590');
    expect(formatNumber(0.73214)).toBe('0.732');
    expect(formatNumber(47.25)).toBe('47.3');
    expect(formatNumber(0.4849, { unit: '%' })).toBe('48 %');
    expect(formatNumber(Number.NaN)).toBe('–');
  });

  it('gives both ends of an interval the same decimals', () => {
    expect(formatInterval({ low: 8.5, high: 12.25 })).toBe('8.5 to 12.25');
    expect(formatInterval({ low: 0.6, high: 0.81 }, { unit: '%' })).toBe('60 to 81 %');
  });

  it('says durations in the unit that fits', () => {
    expect(formatDuration(0.1234)).toBe('123 ms');
    expect(formatDuration(3.25)).toBe('3.3 s');
    expect(formatDuration(200)).toBe('3 min 20 s');
    expect(formatDuration(7500)).toBe('2 h 5 min');
  });

  it('says sizes of files', () => {
    expect([0, 999, 1500, 2_340_000].map(formatBytes)).toEqual(['0 bytes', '999 bytes', '1.5 kB', '2.3 MB']);
  });

  it('counts in the singular and the plural', () => {
    expect(plural(1, 'skill')).toBe('1 skill');
    expect(plural(1200, 'reply', 'replies')).toBe('1,200 replies');
  });
});
