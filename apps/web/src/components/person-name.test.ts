import { describe, expect, it } from 'vitest';
import { sayPerson } from './person-name.ts';

describe('sayPerson', () => {
  it('says who it was without the role that people know anyway', () => {
    expect(sayPerson('teacher:Ms Lopez: maths')).toBe('Ms Lopez: maths');
    expect(sayPerson('learner:12')).toBe('learner 12');
    expect(sayPerson('Ms Lopez')).toBe('Ms Lopez');
  });
});
