/** Strand 13: rational expressions and equations. */
import { between, frac, nonzero, poly, tex, until } from '../notation.ts';
import type { Strand } from '../write.ts';
import { expressionItem, numberItem } from '../write.ts';

export const rationalExpressions: Strand = {
  domain: 'Rational expressions',
  skills: [
    {
      id: 'undefined-values',
      name: 'Find where a rational expression is undefined',
      description: 'The bottom must not be zero.',
      minutes: 10,
      needs: ['one-step-addition-equations'],
      helps: ['zero-product'],
      make: (random) => {
        const [a, b] = until(
          () => [nonzero(random, -12, 12), nonzero(random, -12, 12)],
          ([p, q]) => Math.abs(p) !== Math.abs(q),
        );
        return numberItem({
          ask: `For which $x$ is $\\frac{${tex(poly([1, a]))}}{${tex(poly([1, b]))}}$ undefined?`,
          answer: -b,
          wrong: [
            [b, 'sign-of-zero'],
            [-a, 'zero-of-top'],
          ],
          steps: [`The bottom is zero when $${tex(poly([1, b]))} = 0$.`, `$x = ${-b}$.`],
          hints: ['What must a denominator never be?', 'Set the bottom equal to zero.'],
        });
      },
    },
    {
      id: 'simplify-rational-expressions',
      name: 'Simplify rational expressions',
      description: 'Factor, then cancel common factors.',
      minutes: 25,
      needs: ['factor-trinomials', 'simplify-fractions'],
      helps: ['quotient-of-powers'],
      make: (random) => {
        const [a, b, c] = until(
          () => [nonzero(random, -7, 7), nonzero(random, -7, 7), nonzero(random, -7, 7)],
          ([p, q, r]) => q !== r && p !== q && p !== r && p + q !== 0 && p + r !== 0,
        );
        const [top, bottom] = [poly([1, a + b, a * b]), poly([1, a + c, a * c])];
        return expressionItem({
          ask: `Simplify $\\frac{${tex(top)}}{${tex(bottom)}}$.`,
          answer: `(${poly([1, b])})/(${poly([1, c])})`,
          form: 'lowest-terms',
          wrong: [
            [`(${poly([a + b, a * b])})/(${poly([a + c, a * c])})`, 'cancels-terms'],
            [frac(b, c), 'cancels-everything'],
          ],
          steps: [
            `Factor: $\\frac{(${tex(poly([1, a]))})(${tex(poly([1, b]))})}{(${tex(poly([1, a]))})(${tex(poly([1, c]))})}$.`,
            `Cancel $${tex(poly([1, a]))}$: $\\frac{${tex(poly([1, b]))}}{${tex(poly([1, c]))}}$.`,
          ],
          hints: ['Factor top and bottom first.', 'Only factors of the whole top and bottom may cancel.'],
        });
      },
    },
    {
      id: 'multiply-rational-expressions',
      name: 'Multiply rational expressions',
      description: 'Multiply, then cancel common factors.',
      minutes: 20,
      needs: ['simplify-rational-expressions', 'multiply-fractions'],
      make: (random) => {
        const [a, p, b] = [between(random, 2, 9), nonzero(random, -9, 9), between(random, 1, 9)];
        const bracket = tex(poly([1, p]));
        return expressionItem({
          ask: `Multiply and simplify: $\\frac{${a}x}{${bracket}} \\cdot \\frac{${bracket}}{x^2}$${b > 5 ? ' ' : ''}`.trim(),
          answer: `${a}/x`,
          form: 'lowest-terms',
          wrong: [
            [`${a}x^3/(${poly([1, p])})^2`, 'flips-when-multiplying'],
            [`${a}`, 'cancels-everything'],
          ],
          steps: [`The factor $${bracket}$ cancels: $\\frac{${a}x}{x^2}$.`, `One $x$ cancels: $\\frac{${a}}{x}$.`],
          hints: ['Write everything over one bar.', 'Which factors stand on top and on the bottom?'],
        });
      },
    },
    {
      id: 'add-rational-like',
      name: 'Add rational expressions with the same denominator',
      description: 'Keep the bottom, add the tops.',
      minutes: 15,
      needs: ['add-like-fractions', 'combine-like-terms'],
      make: (random) => {
        const [a, b, p] = [between(random, 1, 9), between(random, 1, 9), nonzero(random, -9, 9)];
        const bottom = poly([1, p]);
        return expressionItem({
          ask: `Add: $\\frac{${a}}{${tex(bottom)}} + \\frac{${b}}{${tex(bottom)}}$`,
          answer: `${a + b}/(${bottom})`,
          form: 'lowest-terms',
          wrong: [
            [`${a + b}/(${poly([2, 2 * p])})`, 'adds-denominators'],
            [`${a * b}/(${bottom})`, 'multiplies-tops'],
          ].filter(([text]) => text !== `${a + b}/(${bottom})`) as [string, 'adds-denominators' | 'multiplies-tops'][],
          steps: [
            `The bottoms are the same: add the tops, $${a} + ${b} = ${a + b}$.`,
            `$\\frac{${a + b}}{${tex(bottom)}}$.`,
          ],
          hints: ['It works as with numbers.', 'Keep the bottom.'],
        });
      },
    },
    {
      id: 'add-rational-unlike',
      name: 'Add rational expressions with different denominators',
      description: 'Find a common denominator first.',
      minutes: 30,
      needs: ['add-rational-like', 'add-unlike-fractions', 'distribute'],
      helps: ['simplify-rational-expressions'],
      make: (random) => {
        const [a, b, p] = [between(random, 2, 7), between(random, 2, 7), between(random, 2, 9)];
        return expressionItem({
          ask: `Add and write as one fraction: $\\frac{${a}}{x} + \\frac{${b}}{x + ${p}}$`,
          answer: `(${poly([a + b, a * p])})/(x(x+${p}))`,
          form: 'lowest-terms',
          wrong: [
            [`${a + b}/(2x+${p})`, 'adds-denominators'],
            [`${a + b}/(x(x+${p}))`, 'common-denominator-only'],
          ],
          steps: [
            `A common denominator is $x(x + ${p})$.`,
            `$\\frac{${a}(x + ${p}) + ${b}x}{x(x + ${p})}$.`,
            `$\\frac{${tex(poly([a + b, a * p]))}}{x(x + ${p})}$.`,
          ],
          hints: ['Multiply the bottoms to get a common one.', 'What is each top multiplied by?'],
        });
      },
    },
    {
      id: 'rational-equations',
      name: 'Solve rational equations',
      description: 'Multiply crosswise, then solve.',
      minutes: 25,
      needs: ['solve-proportions', 'variables-on-both-sides', 'undefined-values'],
      helps: ['equations-with-fractions'],
      make: (random) => {
        const [a, b, x] = until(
          () => [between(random, 1, 9), between(random, 2, 12), nonzero(random, -9, 9)],
          ([m, n, s]) => n > m && (s * (n - m)) % m === 0,
        );
        const p = (x * (b - a)) / a;
        return numberItem({
          ask: `Solve $\\frac{${a}}{x} = \\frac{${b}}{${tex(poly([1, p]))}}$.`,
          answer: x,
          wrong: [
            [frac(p, b - a), 'distributes-first-only'],
            [frac(a * p, a + b), 'adds-x-terms'],
            [-x, 'wrong-sign'],
          ],
          steps: [
            `Multiply crosswise: $${a}(${tex(poly([1, p]))}) = ${b}x$.`,
            `$${tex(poly([a, a * p]))} = ${b}x$, so $${a * p} = ${tex(poly([b - a, 0]))}$.`,
            `$x = ${x}$, and no denominator is zero there.`,
          ],
          hints: ['Multiply crosswise to get rid of the fractions.', 'Use brackets, and multiply both terms in them.'],
        });
      },
    },
  ],
};
