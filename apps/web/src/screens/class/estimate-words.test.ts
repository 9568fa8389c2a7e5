import { describe, expect, it } from 'vitest';
import { sayEstimate } from './estimate-words.ts';

describe('sayEstimate', () => {
  it.each([
    [0, 115, 8993, 'Estimated from records: 8,993 pairs among 115 skills were compared, and they support no link.'],
    [1, 115, 8993, 'Estimated from records: 8,993 pairs among 115 skills were compared, and they support only 1 link.'],
    [70, 115, 8993, 'Estimated from records: 8,993 pairs among 115 skills were compared, 70 links found.'],
    [0, 3, 0, 'The records cannot tell what comes before what: no two skills'],
  ])('says of %i links among %i skills and %i pairs what they are worth', (links, skills, testedPairs, words) => {
    expect(sayEstimate({ skills, testedPairs }, links).startsWith(words)).toBe(true);
  });

  it('says what to do where the records do not carry a graph, and only there', () => {
    expect(sayEstimate({ skills: 115, testedPairs: 8993 }, 1)).toContain('import a skill graph');
    expect(sayEstimate({ skills: 115, testedPairs: 8993 }, 70)).not.toContain('import a skill graph');
  });
});
