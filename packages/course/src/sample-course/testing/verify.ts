/**
 * A second opinion on the sample course: reads the question as a learner would, from its text alone, and tests the stated
 * answer in floating point with mathjs's own evaluator. Shares nothing with the templates' arithmetic.
 */
import { evaluate } from 'mathjs';
import { expect } from 'vitest';
import { toPlainMath } from '../../answers/plain-math.ts';
import type { Item } from '../../items/item.ts';

type Scope = Readonly<Record<string, number>>;

/** The value of LaTeX or plain notation. */
function value(text: string, scope: Scope = {}): number {
  const plain = toPlainMath(text)
    .replace(/(?<![a-zA-Z])([a-zA-Z])\(/g, '$1*(')
    .replace(/\)([a-zA-Z\d(])/g, ')*$1');
  return Number(evaluate(plain, { ...scope }));
}

/** The pieces between dollar signs; amounts of money are text. */
const formulas = ({ prompt }: Item): string[] =>
  [...prompt.replace(/\\\$/g, '').matchAll(/\$([^$]*)\$/g)].map(([, formula]) => formula);

const wholeNumbers = ({ prompt }: Item): number[] => (prompt.match(/\d+/g) ?? []).map(Number);

/** The stated answer as typed. */
function stated({ answer }: Item): string {
  if (answer.kind === 'numeric') return answer.value;
  if (answer.kind === 'algebraic') return answer.expression;
  throw new Error('stated: expected a number or an expression');
}

const right = (item: Item): number => value(stated(item));
const chosen = (item: Item): string => {
  const { answer, choices } = item;
  if (answer.kind !== 'choice') throw new Error('chosen: expected a choice');
  return choices!.find(({ id }) => id === answer.correct[0])!.text;
};
const near = (a: number, b: number): void => {
  expect(Math.abs(a - b), `${a} and ${b}`).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(a) + Math.abs(b)));
};

/** Left minus right side of an equation. */
const residual = (equation: string, scope: Scope): number => {
  const [left, side] = equation.split('=');
  return value(left, scope) - value(side, scope);
};

const same = (item: Item): void => {
  for (const at of [0.37, 1.83, 2.71]) {
    const scope = { x: at, y: at, a: at, m: at };
    near(value(formulas(item)[0], scope), value(stated(item), scope));
  }
};
const solves =
  (letter = 'x') =>
  (item: Item): void =>
    near(residual(formulas(item).find((formula) => formula.includes('='))!, { [letter]: right(item) }), 0);
const rootsOf = (item: Item): void => {
  const roots = stated(item)
    .split(',')
    .map((root) => value(root));
  expect(new Set(roots).size).toBe(2);
  for (const x of roots) near(residual(formulas(item)[0], { x }), 0);
};
const sameSolutions = (item: Item): void => {
  const holds = (text: string, x: number): boolean => {
    const [, left, sign, side] = /^(.*?)(<=|>=|<|>)(.*)$/.exec(toPlainMath(text))!;
    const difference = value(left, { x }) - value(side, { x });
    return sign[0] === '<'
      ? difference < 0 || (sign === '<=' && difference === 0)
      : difference > 0 || (sign === '>=' && difference === 0);
  };
  for (let x = -30; x <= 30; x += 2.5) expect(holds(stated(item), x)).toBe(holds(formulas(item)[0], x));
};
const pairOf = (text: string): [number, number] => {
  const [x, y] = text.replace(/[()]/g, '').split(',');
  return [value(x), value(y)];
};
const solvesSystem = (item: Item): void => {
  const [x, y] = pairOf(stated(item));
  for (const equation of formulas(item).slice(0, 2)) near(residual(equation, { x, y }), 0);
};
const sideOf = (item: Item): string => stated(item).split('=')[1];
/** Coefficients of a x^2 + b x + c, from three values. */
const quadratic = (text: string): [number, number, number] => {
  const [low, mid, high] = [-1, 0, 1].map((x) => value(text, { x }));
  return [(high + low) / 2 - mid, (high - low) / 2, mid];
};
const bruteForce = (accept: (candidate: number, a: number, b: number) => boolean, fromTop: boolean) => (item: Item) => {
  const [a, b] = wholeNumbers(item);
  const candidates = Array.from({ length: a * b }, (_, k) => (fromTop ? a * b - k : k + 1));
  expect(right(item)).toBe(candidates.find((candidate) => accept(candidate, a, b)));
};

/** By skill: how its items are tested. */
export const verification: Readonly<Record<string, (item: Item) => void>> = {
  ...Object.fromEntries(
    [
      'multiply-whole divide-whole absolute-value add-integers subtract-integers multiply-integers divide-integers',
      'simplify-fractions add-like-fractions add-unlike-fractions subtract-fractions multiply-fractions divide-fractions',
      'evaluate-powers order-of-operations order-with-grouping combine-like-terms distribute distribute-negative',
      'simplify-expressions product-of-powers quotient-of-powers power-of-a-power power-of-a-product negative-exponents',
      'scientific-notation add-polynomials subtract-polynomials multiply-by-monomial multiply-binomials square-of-binomial',
      'sum-times-difference factor-common-factor factor-trinomials factor-leading-coefficient factor-difference-of-squares',
      'factor-perfect-squares simplify-rational-expressions multiply-rational-expressions add-rational-like',
      'add-rational-unlike square-roots simplify-radicals add-radicals multiply-radicals rationalise-denominators',
    ]
      .flatMap((line) => line.split(' '))
      .map((skill) => [skill, same]),
  ),
  ...Object.fromEntries(
    [
      'solve-proportions one-step-addition-equations one-step-multiplication-equations two-step-equations',
      'equations-with-brackets variables-on-both-sides equations-with-fractions rational-equations',
    ]
      .flatMap((line) => line.split(' '))
      .map((skill) => [skill, solves()]),
  ),
  'equivalent-fractions': solves('n'),
  'greatest-common-factor': bruteForce((candidate, a, b) => a % candidate === 0 && b % candidate === 0, true),
  'least-common-multiple': bruteForce((candidate, a, b) => candidate % a === 0 && candidate % b === 0, false),
  'write-ratios': (item) => {
    const [a, b] = wholeNumbers(item);
    near(right(item), a / b);
  },
  'unit-rates': (item) => {
    const numbers = wholeNumbers(item);
    near(right(item), Math.max(...numbers) / Math.min(...numbers));
  },
  'percent-of-number': (item) => {
    const [percent, number] = wholeNumbers(item);
    near(right(item), (percent / 100) * number);
  },
  'percent-change': (item) => {
    const [before, after] = wholeNumbers(item);
    near(right(item), (100 * Math.abs(after - before)) / before);
  },
  'evaluate-expressions': (item) => {
    const [expression, at] = formulas(item);
    near(right(item), value(expression, { x: value(at.split('=')[1]) }));
  },
  'translate-words': (item) => {
    const [first, second] = wholeNumbers(item);
    const [n, grouped] = [3.7, item.prompt.includes('sum')];
    near(value(stated(item), { n }), grouped ? first * (n + second) : second * n - first);
  },
  'number-of-solutions': (item) => {
    const [one, two] = [1, 2].map((x) => residual(formulas(item)[0], { x }));
    const expected = one !== two ? 'Exactly one solution' : one === 0 ? 'Every number is a solution' : 'No solution';
    expect(chosen(item)).toBe(expected);
  },
  'solve-for-a-variable': (item) => {
    const [formula, target] = formulas(item);
    const [other, side] = formula.split('=');
    near(value(sideOf(item), { [other.trim()]: value(side, { [target]: 4.25 }) }), 4.25);
  },
  'equation-word-problems': (item) => {
    const [fixed, each, total] = wholeNumbers(item);
    near(fixed + each * right(item), total);
  },
  'one-step-inequalities': sameSolutions,
  'inequalities-with-negatives': sameSolutions,
  'multi-step-inequalities': sameSolutions,
  'plot-points': (item) => {
    const [left, vertical] = wholeNumbers(item);
    expect(pairOf(stated(item))).toEqual([-left, item.prompt.includes('up') ? vertical : -vertical]);
  },
  'points-on-a-line': (item) => {
    const [line, , at] = formulas(item);
    near(right(item), value(line.split('=')[1], { x: value(at.split('=')[1]) }));
  },
  'slope-from-points': (item) => {
    const [[p, q], [r, s]] = formulas(item).map(pairOf);
    near(right(item), (s - q) / (r - p));
  },
  'slope-intercept-form': (item) => {
    const line = formulas(item).at(-1)!.split('=')[1];
    const start = value(line, { x: 0 });
    near(right(item), item.prompt.includes('slope') ? value(line, { x: 1 }) - start : start);
  },
  intercepts: (item) =>
    near(residual(formulas(item).find((formula) => formula.includes('='))!, { x: right(item), y: 0 }), 0),
  'slope-from-equation': (item) => {
    const [a, b] = [
      { x: 1, y: 0 },
      { x: 0, y: 1 },
    ].map((point) => residual(formulas(item)[0], point) - residual(formulas(item)[0], { x: 0, y: 0 }));
    near(right(item), -a / b);
  },
  'line-from-point-and-slope': (item) => {
    const [slope, point] = formulas(item);
    const [p, q] = pairOf(point);
    near(value(sideOf(item), { x: p }), q);
    near(value(sideOf(item), { x: p + 1 }) - q, value(slope));
  },
  'line-from-two-points': (item) => {
    for (const [p, q] of formulas(item).slice(0, 2).map(pairOf)) near(value(sideOf(item), { x: p }), q);
  },
  'parallel-and-perpendicular': (item) => {
    const line = formulas(item)[0].split('=')[1];
    near(right(item) * (value(line, { x: 1 }) - value(line, { x: 0 })), -1);
  },
  'systems-by-substitution': solvesSystem,
  'systems-by-elimination': solvesSystem,
  'number-of-solutions-of-systems': (item) => {
    const [first, second] = formulas(item).map((equation) => {
      const at = (x: number, y: number): number => residual(equation, { x, y });
      const end = at(0, 0);
      return { slope: -(at(1, 0) - end) / (at(0, 1) - end), start: -end / (at(0, 1) - end) };
    });
    const parallel = Math.abs(first.slope - second.slope) < 1e-9;
    const equal = Math.abs(first.start - second.start) < 1e-9;
    expect(chosen(item)).toBe(!parallel ? 'Exactly one solution' : equal ? 'Infinitely many solutions' : 'No solution');
  },
  'system-word-problems': (item) => {
    const [a, b, pieces, total] = wholeNumbers(item);
    near(a * right(item) + b * (pieces - right(item)), total);
  },
  'zero-product': rootsOf,
  'quadratics-by-factoring': rootsOf,
  'quadratics-by-square-roots': rootsOf,
  'quadratic-formula': rootsOf,
  'complete-the-square': (item) => {
    const [a, b] = quadratic(formulas(item)[1].replace('c', '0'));
    near(b * b - 4 * a * right(item), 0);
  },
  discriminant: (item) => {
    const [a, b, c] = quadratic(formulas(item)[0].split('=')[0]);
    const discriminant = Math.round(b * b - 4 * a * c);
    expect(chosen(item)).toMatch(discriminant > 0 ? /^Two/ : discriminant === 0 ? /^One/ : /^No/);
  },
  'undefined-values': (item) => expect(Math.abs(value(formulas(item)[1], { x: right(item) }))).toBe(Infinity),
};
