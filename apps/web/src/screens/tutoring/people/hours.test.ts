import { describe, expect, it } from 'vitest';
import { newKey } from '../forms/keys.ts';
import { readTimes } from './hours.ts';

describe('hours as people type them', () => {
  it('are pairs of times', () => {
    expect(readTimes('9:00-9:45, 10:00 – 10:45;')).toEqual([
      ['09:00', '09:45'],
      ['10:00', '10:45'],
    ]);
    expect(readTimes('')).toEqual([]);
  });

  it.each(['9-10', '09:00-08:00', '09:00-09:60', '24:00-25:00', '09:00-09:45, soon'])('are none in %s', (text) => {
    expect(readTimes(text)).toEqual([]);
  });
});

describe('ids of people who are typed in', () => {
  it('are readable and unlike all others', () => {
    expect(newKey('Ms Núñez', [])).toBe('ms-nunez');
    expect(newKey('Ms Núñez', ['ms-nunez', 'ms-nunez-2'])).toBe('ms-nunez-3');
    expect(newKey('!!', [])).toBe('one');
  });
});
