import { describe, expect, it } from 'vitest';
import { nearNames, nearOr } from './near.ts';

describe('nearNames', () => {
  it.each([
    ['ada', ['Bo', 'Ada Byron', 'Adam', 'Una'], ['Ada Byron', 'Adam']],
    // One letter replaced, one put in, one taken out; two are too many for five letters.
    ['maria', ['Marja', 'Mariaa', 'Maia', 'Maxxa'], ['Mariaa', 'Maia', 'Marja']],
    ['u1', [], []],
    ['u1', ['u2', 'v2', ''], ['u2']],
  ])('%s among %j: %j', (typed, names, near) => {
    expect(nearNames(typed, names)).toEqual(near);
  });

  it('names five at the most, each once', () => {
    const names = Array.from({ length: 20 }, (_, k) => `u${k % 10}`);
    expect(nearNames('u', names)).toEqual(['u0', 'u1', 'u2', 'u3', 'u4']);
    expect(nearOr('u', names.slice(0, 2), 'look again')).toBe('near are "u0", "u1"');
    expect(nearOr('xyz', names, 'look again')).toBe('look again');
  });
});
