import fc from 'fast-check';
import { evaluate } from 'mathjs';
import { describe, expect, it } from 'vitest';
import type { AlgebraicForm, AnswerSpec } from '../items/answer-spec.ts';
import { AnswerSpecError, answerSpecProblem, checkAnswer } from './check-answer.ts';

const algebra = (expression: string, form?: AlgebraicForm): AnswerSpec => ({ kind: 'algebraic', expression, form });
const number = (value: string, more = {}): AnswerSpec => ({ kind: 'numeric', value, ...more });
const right = (spec: AnswerSpec, response: string): boolean => checkAnswer(spec, response).correct;

describe('numeric answers', () => {
  it.each<[string, string[], { unit?: string }?]>([
    [
      '3/4',
      ['3/4', '0.75', '.75', ' 3 / 4 ', '6/8', '\\frac{3}{4}', '$$\\frac{3}{4}$$', 'x = 3/4', '75%', '-3/-4', '¾'],
    ],
    ['-2', ['-2', '−2', '–2', ' - 2', '$-2$', 'x=-2', '-2.', '-4/2', '-2.0']],
    ['11/4', ['2 3/4', '2\\frac{3}{4}', '2¾', '11/4', '2.75']],
    ['48300', ['48,300', '48300', '4.83*10^4', '4.83\\times 10^4', '4.83\\times{10}^4', '$48,300', '\\$48,300']],
    ['5*sqrt(2)', ['5sqrt(2)', '5√2', 'sqrt(50)', '5\\sqrt{2}', '10/√2']],
    ['45', ['45', '45 %', '45%'], { unit: '%' }],
    ['12', ['12', '12 cm', '12cm', '12 CM'], { unit: 'cm' }],
  ])('takes %s however it is typed', (value, responses, more = {}) => {
    for (const response of responses)
      expect([response, checkAnswer(number(value, more), response)]).toEqual([response, { correct: true }]);
  });

  it('compares exactly without a tolerance and inclusively with one', () => {
    expect(right(number('1/3'), '0.333333333')).toBe(false);
    expect(right(number('0.86', { tolerance: 0.005 }), '6/7')).toBe(true);
    expect(right(number('0.86', { tolerance: 0.005 }), '0.865')).toBe(true);
    expect(right(number('0.86', { tolerance: 0.005 }), '0.8651')).toBe(false);
  });

  it('wants one number unless told otherwise', () => {
    expect(checkAnswer(number('14'), '6+8')).toMatchObject({ correct: false, formMissing: true });
    expect(checkAnswer(number('8'), '2^3')).toMatchObject({ correct: false, formMissing: true });
    expect(right(number('14', { form: 'any' }), '6+8')).toBe(true);
  });

  it('asks for lowest terms where the task does', () => {
    const spec = number('3/4', { form: 'lowest-terms', distractors: [{ response: '6/8', misconception: 'half-way' }] });
    expect(right(spec, '3/4')).toBe(true);
    expect(right(spec, '-3/-4')).toBe(true);
    expect(checkAnswer(spec, '9/12')).toMatchObject({ correct: false, formMissing: true });
    expect(checkAnswer(spec, '6/8')).toMatchObject({ correct: false, misconception: 'half-way' });
    expect(right(number('5', { form: 'lowest-terms' }), '5/1')).toBe(false);
  });

  it('names the misconception of a distractor', () => {
    const spec = number('5/6', {
      distractors: [{ response: '2/5', misconception: 'adds-tops-and-bottoms', feedback: 'No.' }],
    });
    expect(checkAnswer(spec, '0.4')).toEqual({
      correct: false,
      misconception: 'adds-tops-and-bottoms',
      feedback: 'No.',
    });
    expect(checkAnswer(spec, '1/6')).toEqual({ correct: false });
  });

  it.each([
    '',
    '   ',
    'abcde',
    '3//4',
    '1/0',
    'x+1',
    '(2',
    '{2',
    '2)',
    '\\foo{2}',
    '5+',
    '1.2.3',
    '\u0000',
    '|3',
    '(1,2)',
    '1e999',
  ])('asks again for %j', (response) => {
    const check = checkAnswer(number('2'), response);
    expect(check.correct).toBe(false);
    expect(check.problem, JSON.stringify(check)).toBeTruthy();
  });
});

describe('algebraic answers', () => {
  it.each([
    ['4x+12', ['4x+12', '12 + 4*x', '4(x+3)', '$$4x+12$$', '4\\left(x+3\\right)', '(x+3)4', '4·x + 12', '2(2x+6)']],
    ['x p+3p', ['xp+3p', 'p(x+3)', '(x+3) p', 'px + 3p']],
    ['-8y^3-6y^2+10y', ['-8y^3-6y^2+10y', '-2y(4y^2+3y-5)', '−8y³ − 6y² + 10y', '10y-6y**2-8y**3']],
    ['(x^2-1)/(x-1)', ['x+1', '(x+1)(x-1)/(x-1)', '1+x']],
    ['1/(x+1)+1/(x-1)', ['2x/(x^2-1)', '\\frac{2x}{x^2-1}', '2x/((x-1)(x+1))']],
    ['x^(-2)', ['1/x^2', '\\frac{1}{x^2}', 'x^{-2}', 'x⁻²']],
    ['sqrt(27)/6', ['sqrt(3)/2', '\\frac{\\sqrt{3}}{2}', '√3/2', '3/(2√3)', '0.5√3']],
    ['sqrt(18x^2 y)', ['3x√y*√2', '3x sqrt(2y)', '3\\sqrt{2y}x']],
    ['x^(3/2)', ['x sqrt(x)', '\\sqrt{x^3}', 'x^{\\frac{3}{2}}', 'sqrt(x)^3']],
    ['nthRoot(-8,3)', ['-2', '\\sqrt[3]{-8}']],
    ['1/(1+sqrt(2))', ['sqrt(2)-1', '√2 − 1']],
    ['y=2x+1', ['y=2x+1', '2x+1=y', 'y-2x=1', '2y=4x+2', '2x - y + 1 = 0']],
    ['y=4/x', ['y=\\frac{4}{x}', 'xy=4']],
    ['x<3', ['x<3', '3>x', '2x<6', '-x>-3', 'x-3<0']],
    ['x>=-1/2', ['x \\geq -\\frac{1}{2}', 'x≥-0.5', '-0.5<=x', '2x+1>=0', 'x=>-1/2']],
    ['-1<x, x<=3', ['-1<x<=3', 'x>-1 and x<=3', '3>=x>-1']],
    ['(2,-1)', ['(2,-1)', '( 2 , −1 )', '2, -1', '$$(2,-1)$$', '\\left(2,-1\\right)', '(4/2, -1)']],
    ['-2, 3', ['3, -2', 'x=3 or x=-2', '-2 and 3', '{3,-2}', 'x=-2, x=3', '3;-2']],
    ['1+sqrt(2), 1-sqrt(2)', ['1±√2', '1\\pm\\sqrt{2}', '1-sqrt(2) or 1+sqrt(2)', 'x = 1 ± sqrt(2)']],
    ['b=-1.63', ['-1.63', 'b=-1.63', '-163/100']],
    ['4', ['x = 4', '4 = x', 'x=8/2']],
    ['π r^2', ['\\pi r^2', 'πr²', 'r*r*π']],
    ['(-∞, 3]', ['(-\\infty,3]', '(-∞;3]']],
  ])('takes every spelling of %s', (expression, responses) => {
    for (const response of responses)
      expect([response, checkAnswer(algebra(expression), response)]).toEqual([response, { correct: true }]);
  });

  it.each([
    ['4x+12', ['4x+3', '4x+12y', 'x+12', '4x-12', '4x^2+12', 'y=5', '4, 12']],
    ['y=2x+1', ['y=2x', '2x+1', 'y<2x+1', 'x=2y+1']],
    ['x<3', ['x>3', 'x<=3', 'x=3', '-x<-3', '3']],
    ['(2,-1)', ['(-1,2)', '[2,-1]', '(2,-1,0)', '2', '2,1']],
    ['-2, 3', ['3', '-2', '-2, -2', '-2, 3, 3', '2, -3']],
    ['sqrt(x)', ['x', 'x^2', 'x/2']],
    ['(-∞, 3]', ['(-∞, 3)', '(3, -∞]']],
  ])('refuses what is not %s', (expression, responses) => {
    for (const response of responses)
      expect([response, checkAnswer(algebra(expression), response)]).toEqual([response, { correct: false }]);
  });

  it('understands named parts of a pair in any order', () => {
    const spec: AnswerSpec = { kind: 'algebraic', expression: '(2,-1)', parts: ['x', 'y'] };
    for (const response of ['x=2, y=-1', 'y=-1 and x=2', '(2,-1)', '(x=2,y=-1)'])
      expect(right(spec, response)).toBe(true);
    expect(right(spec, 'x=-1, y=2')).toBe(false);
  });

  it('never runs, hangs on or chokes on hostile input', () => {
    for (const response of [
      'import("fs")',
      'f(x)=x',
      'x=1;while(true){}',
      '[1,2,3]',
      'cos(x)',
      'a.constructor',
      '"a"',
      '9^9^9^9',
      '9^(9^9)',
      '(a+b+c+d+f+g)^40',
      `${'('.repeat(140)}x${')'.repeat(140)}`,
      '('.repeat(300),
      '-'.repeat(299) + 1,
      'x'.repeat(300),
      'x+'.repeat(149) + 1,
      `${'(a+b+c)*(d+f+g)*'.repeat(18)}1`,
      `${'(a+b+c+d+f+g+h)^9*'.repeat(16)}1`,
      'sqrt(999999999999999)',
      'nthRoot(2,9)',
      'sqrt(-4)',
      '1'.repeat(200),
      '1'.repeat(400),
      '\\frac{1}{',
      '{{{{',
      'x_{12}',
      '±±±±±±±±1',
      '1<2<3<4',
      '(1,(2,(3,4)))',
      'x^y',
      '__proto__',
      'constructor(1)',
    ]) {
      const check = checkAnswer(algebra('x+1'), response);
      expect([response, check.correct]).toEqual([response, false]);
    }
  });

  it('answers arbitrary text without throwing', () => {
    const piece = fc.constantFrom(...'xy019+-*/^()=<>,.{}[]|\\±√²½ ', '\\frac', '\\sqrt', 'sqrt(', 'or ', '$');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 25 }).map((parts) => parts.join('')),
        ),
        (text) => {
          for (const spec of [algebra('2x+y'), number('3/4'), algebra('(1,2)'), algebra('x<1, y')]) {
            expect(typeof checkAnswer(spec, text).correct).toBe('boolean');
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('agrees with floating-point evaluation by mathjs on random expressions', () => {
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('x', 'y', '2', '3', '-1', '0.5'),
        fc
          .tuple(tie('expression'), fc.constantFrom('+', '-', '*'), tie('expression'))
          .map(([a, o, b]) => `((${a})${o}(${b}))`),
        fc.tuple(tie('expression'), fc.constantFrom('x+4', 'y+5', '7')).map(([a, b]) => `((${a})/(${b}))`),
        tie('expression').map((a) => `(${a})^2`),
      ),
    }));
    const points = [
      { x: 1.25, y: 0.375 },
      { x: -0.6875, y: 2.1875 },
      { x: 3.40625, y: -1.09375 },
    ];
    const differ = (a: string, b: string): boolean =>
      points.some((point) => {
        const [p, q] = [evaluate(a, { ...point }), evaluate(b, { ...point })] as number[];
        return Math.abs(p - q) > 1e-7 * (1 + Math.abs(p) + Math.abs(q));
      });
    fc.assert(
      fc.property(
        expression,
        expression,
        fc.constantFrom('0', 'x-x', '(x+1)^2-x^2-2x-1', 'y/7', '1/(x+4)-1/(x+4)'),
        (a, b, c) => {
          for (const other of [b, `${a}+${c}`, `(${a})*(x+4)/(x+4)`]) {
            const check = checkAnswer(algebra(a), other);
            if (check.problem === undefined) expect([other, check.correct]).toEqual([other, !differ(a, other)]);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('forms', () => {
  it.each<[AlgebraicForm, string, string[], string[]]>([
    ['expanded', '4x+12', ['4x+12', '12+4x', '12+x*4'], ['4(x+3)', '2x+2x+12', '4x+10+2']],
    ['expanded', 'x^2-9', ['x^2-9', '-9+x²'], ['(x-3)(x+3)', 'x*x-9', 'x^2+3x-3x-9']],
    ['factored', '(x+2)(x+3)', ['(x+2)(x+3)', '(3+x)(x+2)', '(-x-2)(-x-3)'], ['x^2+5x+6', 'x(x+5)+6', '2(x/2+1)(x+3)']],
    ['factored', '6x(x+2)', ['6x(x+2)', '6(x+2)x', '3*2x(x+2)'], ['3x(2x+4)', 'x(6x+12)', '6(x^2+2x)']],
    ['factored', '(x-4)^2', ['(x-4)^2', '(x-4)(x-4)', '(4-x)^2'], ['x^2-8x+16']],
    [
      'lowest-terms',
      '(x+1)/(x-2)',
      ['(x+1)/(x-2)', '(-x-1)/(2-x)'],
      ['(2x+2)/(2x-4)', '(x+1)(x+5)/((x-2)(x+5))', '(x^2-1)/((x-1)(x-2))'],
    ],
    ['lowest-terms', '2x/3', ['2x/3', '(2/3)x', '2/3 x'], ['4x/6', '(2x^2)/(3x)']],
    ['simplest-radical', '5sqrt(2)', ['5sqrt(2)', '√2*5'], ['sqrt(50)', '10/sqrt(2)', '2√2+3√2', '5*sqrt(4)/sqrt(2)']],
    [
      'simplest-radical',
      'sqrt(6)/3',
      ['sqrt(6)/3', '\\frac{\\sqrt{6}}{3}'],
      ['sqrt(2/3)', 'sqrt(2)/sqrt(3)', 'sqrt(2)sqrt(3)/3', '2√6/6'],
    ],
    ['solved', 'y=2x+1', ['y=2x+1', '2x+1=y'], ['y-2x=1', '2y=4x+2']],
    ['solved', 'x<3', ['x<3', '3>x'], ['2x<6', 'x-3<0']],
  ])('%s: %s', (form, expression, good, lacking) => {
    for (const response of good)
      expect([response, checkAnswer(algebra(expression, form), response)]).toEqual([response, { correct: true }]);
    for (const response of lacking) {
      const check = checkAnswer(algebra(expression, form), response);
      expect([response, check.correct, check.formMissing, Boolean(check.feedback)]).toEqual([
        response,
        false,
        true,
        true,
      ]);
      expect([response, right(algebra(expression), response)]).toEqual([response, true]);
    }
  });
});

describe('words and choices', () => {
  it('compares words without regard to case, spacing and dashes', () => {
    const spec: AnswerSpec = {
      kind: 'exact',
      accepted: ['No Solution', 'none'],
      distractors: [{ response: 'All numbers', misconception: 'm' }],
    };
    for (const response of ['no solution', '  NO   solution. ', 'none']) expect(right(spec, response)).toBe(true);
    expect(checkAnswer(spec, 'all  numbers')).toEqual({ correct: false, misconception: 'm' });
    expect(checkAnswer(spec, 'no')).toEqual({ correct: false });
  });

  it('wants all right choices and no other', () => {
    const spec: AnswerSpec = {
      kind: 'choice',
      correct: ['a', 'c'],
      distractors: [{ response: 'b', misconception: 'm' }],
    };
    expect(checkAnswer(spec, ['c', 'a'])).toEqual({ correct: true });
    expect(checkAnswer(spec, 'a, c')).toEqual({ correct: true });
    expect(checkAnswer(spec, ['a'])).toEqual({ correct: false });
    expect(checkAnswer(spec, ['a', 'b', 'c'])).toEqual({ correct: false, misconception: 'm' });
    expect(checkAnswer(spec, []).problem).toBeTruthy();
  });
});

describe('specifications', () => {
  it('tells an unusable one before and while it is used', () => {
    expect(answerSpecProblem(algebra('x^y'))).toBeTruthy();
    expect(answerSpecProblem(number('abc'))).toBeTruthy();
    expect(answerSpecProblem({ kind: 'choice', correct: [] })).toBeTruthy();
    expect(answerSpecProblem({ kind: 'exact', accepted: [' '] })).toBeTruthy();
    expect(answerSpecProblem(algebra('2x+1'))).toBeNull();
    expect(() => checkAnswer(number('x x'), '3')).toThrow(AnswerSpecError);
  });
});
