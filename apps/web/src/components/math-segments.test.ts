import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mathSegments, sayMath } from './math-segments.ts';

describe('mathSegments', () => {
  it('finds inline and display mathematics', () => {
    expect(mathSegments('Solve $3x + 2 = 8$ for $x$.')).toEqual([
      { kind: 'text', value: 'Solve ' },
      { kind: 'inline', value: '3x + 2 = 8' },
      { kind: 'text', value: ' for ' },
      { kind: 'inline', value: 'x' },
      { kind: 'text', value: '.' },
    ]);
    expect(mathSegments('First:\n$$\\frac{1}{2}$$\nthen')[1]).toEqual({ kind: 'display', value: '\\frac{1}{2}' });
    expect(mathSegments('Factor $$x^2-1$$ now')[1]).toEqual({ kind: 'inline', value: 'x^2-1' });
  });

  it('leaves money alone', () => {
    expect(mathSegments('From $5 to $10 a day')).toEqual([{ kind: 'text', value: 'From $5 to $10 a day' }]);
    expect(mathSegments('It costs \\$3 and $y$')[0]).toEqual({ kind: 'text', value: 'It costs $3 and ' });
  });

  it('says formulas in words where they are only heard', () => {
    expect(sayMath('$\\frac{4}{6}$ of $x^2$')).toBe('4 over 6 of x to the power of 2');
    expect(sayMath('$\\sqrt{2} \\cdot 3$')).toBe('square root of 2 times 3');
    expect(sayMath('only words')).toBe('only words');
  });

  it('loses no character of a text without dollars and never makes an empty piece', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const segments = mathSegments(text);
        expect(segments.every((segment) => segment.kind !== 'text' || segment.value.length > 0)).toBe(true);
        if (!text.includes('$')) expect(segments.map((segment) => segment.value).join('')).toBe(text);
      }),
    );
  });
});
