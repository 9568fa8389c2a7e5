/** Strand 12: quadratic equations. */
import { between, frac, nonzero, poly, tex, until } from '../notation.ts';
import type { Strand } from '../write.ts';
import { choiceItem, expressionItem, numberItem } from '../write.ts';

const COUNTS = ['No real solution', 'One real solution', 'Two real solutions'] as const;
const isSquare = (value: number): boolean => Number.isInteger(Math.sqrt(value));

export const quadratics: Strand = {
  domain: 'Quadratic equations',
  skills: [
    {
      id: 'zero-product',
      name: 'Use the zero product rule',
      description: 'A product is zero when a factor is.',
      minutes: 15,
      needs: ['one-step-addition-equations', 'multiply-integers'],
      make: (random) => {
        const [p, q] = until(
          () => [nonzero(random, -9, 9), nonzero(random, -9, 9)],
          ([a, b]) => a !== b && a !== -b,
        );
        return expressionItem({
          ask: `Solve $(${tex(poly([1, -p]))})(${tex(poly([1, -q]))}) = 0$. Give both solutions.`,
          answer: `${p}, ${q}`,
          wrong: [
            [`${-p}, ${-q}`, 'sign-of-zero'],
            [String(p * q), 'adds-constants'],
          ],
          steps: [
            'One of the factors has to be zero.',
            `$${tex(poly([1, -p]))} = 0$ gives $x = ${p}$; $${tex(poly([1, -q]))} = 0$ gives $x = ${q}$.`,
          ],
          hints: ['When is a product zero?', 'Set each bracket equal to zero.'],
        });
      },
    },
    {
      id: 'quadratics-by-factoring',
      name: 'Solve quadratics by factoring',
      description: 'Factor, then use the zero product rule.',
      minutes: 25,
      needs: ['zero-product', 'factor-trinomials'],
      make: (random) => {
        const [p, q] = until(
          () => [nonzero(random, -9, 9), nonzero(random, -9, 9)],
          ([a, b]) => a < b && a !== -b && a * b !== -(a + b) && a * b !== a + b,
        );
        return expressionItem({
          ask: `Solve $${tex(poly([1, -(p + q), p * q]))} = 0$. Give both solutions.`,
          answer: `${p}, ${q}`,
          wrong: [
            [`${-p}, ${-q}`, 'sign-of-zero'],
            [`${p + q}, ${p * q}`, 'swaps-sum-and-product'],
          ],
          steps: [`Factor: $(${tex(poly([1, -p]))})(${tex(poly([1, -q]))}) = 0$.`, `$x = ${p}$ or $x = ${q}$.`],
          hints: ['Factor the left side first.', 'Then set each factor equal to zero.'],
        });
      },
    },
    {
      id: 'quadratics-by-square-roots',
      name: 'Solve quadratics by square roots',
      description: 'Undo a square.',
      minutes: 15,
      needs: ['square-roots', 'two-step-equations'],
      make: (random) => {
        const [k, b] = [between(random, 3, 12), nonzero(random, -20, 20)];
        return expressionItem({
          ask: `Solve $${tex(poly([1, 0, b]))} = ${k * k + b}$. Give all solutions.`,
          answer: `${k}, -${k}`,
          wrong: [
            [String(k), 'forgets-negative-root'],
            [`${frac(k * k, 2)}, ${frac(-k * k, 2)}`, 'halves-instead-of-root'],
          ],
          steps: [`$x^2 = ${k * k}$.`, `$x = ${k}$ or $x = -${k}$.`],
          hints: ['Get $x^2$ alone first.', 'How many numbers have this square?'],
        });
      },
    },
    {
      id: 'complete-the-square',
      name: 'Complete the square',
      description: 'Half the middle number, squared.',
      minutes: 20,
      needs: ['factor-perfect-squares'],
      make: (random) => {
        const half = until(
          () => nonzero(random, -12, 12),
          (value) => Math.abs(value) > 2,
        );
        return numberItem({
          ask: `Which number $c$ makes $${tex(poly([1, 2 * half, 0]))} + c$ a perfect square?`,
          answer: half * half,
          wrong: [
            [half, 'forgets-to-square-half'],
            [4 * half * half, 'forgets-to-halve'],
          ],
          steps: [
            `Half of $${2 * half}$ is $${half}$.`,
            `Its square is $${half * half}$: $(${tex(poly([1, half]))})^2$.`,
          ],
          hints: [
            'Think of the square of a binomial: where does the middle term come from?',
            `Halve $${2 * half}$, then square.`,
          ],
        });
      },
    },
    {
      id: 'discriminant',
      name: 'Use the discriminant',
      description: 'How many real solutions a quadratic has.',
      minutes: 15,
      needs: ['evaluate-expressions', 'square-roots'],
      make: (random) => {
        const kind = random.integer(3);
        const [a, b, c] =
          kind === 1
            ? (() => {
                const [m, n] = [between(random, 1, 3), nonzero(random, -4, 4)];
                return [m * m, 2 * m * n, n * n];
              })()
            : until(
                () => [between(random, 1, 4), nonzero(random, -7, 7), nonzero(random, -6, 6)],
                ([p, q, r]) => Math.sign(q * q - 4 * p * r) === kind - 1,
              );
        const value = b * b - 4 * a * c;
        const slip = COUNTS[Math.sign(b * b + 4 * a * c) + 1];
        return choiceItem(random, {
          ask: `How many real solutions does $${tex(poly([a, b, c]))} = 0$ have?`,
          answer: COUNTS[kind],
          wrong: [[slip, 'sign-in-discriminant'], ...COUNTS.map((count) => [count, 'discriminant-count'] as const)],
          steps: [
            `$b^2 - 4ac = ${b * b} - 4 \\cdot ${a} \\cdot (${c}) = ${value}$.`,
            `It is ${value > 0 ? 'positive: two real solutions' : value < 0 ? 'negative: no real solution' : 'zero: one real solution'}.`,
          ],
          hints: ['Work out $b^2 - 4ac$.', 'Is it positive, zero or negative?'],
        });
      },
    },
    {
      id: 'quadratic-formula',
      name: 'Use the quadratic formula',
      description: 'Solve any quadratic equation.',
      minutes: 30,
      needs: ['discriminant', 'simplify-radicals'],
      helps: ['complete-the-square', 'quadratics-by-factoring'],
      make: (random) => {
        const [b, c] = until(
          () => [nonzero(random, -9, 9), nonzero(random, -9, 9)],
          ([p, q]) => p * p - 4 * q > 0 && !isSquare(p * p - 4 * q),
        );
        const root = b * b - 4 * c;
        const slip = b * b + 4 * c;
        const both = (middle: number, under: number): string =>
          `(${middle}+sqrt(${under}))/2, (${middle}-sqrt(${under}))/2`;
        return expressionItem({
          ask: `Solve $${tex(poly([1, b, c]))} = 0$. Give both solutions, with roots.`,
          answer: both(-b, root),
          wrong: [
            [both(b, root), 'sign-of-b'],
            ...(slip > 0 ? [[both(-b, slip), 'sign-in-discriminant'] as const] : []),
          ],
          steps: [
            `$a = 1$, $b = ${b}$, $c = ${c}$.`,
            `Under the root: $${b * b} - 4 \\cdot (${c}) = ${root}$.`,
            `$x = \\frac{${-b} \\pm \\sqrt{${root}}}{2}$.`,
          ],
          hints: ['Read off $a$, $b$ and $c$.', `$x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}$`],
        });
      },
    },
  ],
};
