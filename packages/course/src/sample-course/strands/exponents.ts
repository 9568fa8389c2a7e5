/** Strand 9: rules of exponents. */
import { between, frac, tex, until } from '../notation.ts';
import type { Strand } from '../write.ts';
import { expressionItem, numberItem } from '../write.ts';

const power = (letter: string, exponent: number): string => (exponent === 1 ? letter : `${letter}^${exponent}`);

/** Digits of d.dd times ten to the exponent, without floating point. */
function decimal(digits: number, exponent: number): string {
  const text = String(digits);
  const point = 1 + exponent;
  if (point <= 0) return `0.${'0'.repeat(-point)}${text}`;
  return point >= text.length ? text + '0'.repeat(point - text.length) : `${text.slice(0, point)}.${text.slice(point)}`;
}

export const exponents: Strand = {
  domain: 'Exponents',
  skills: [
    {
      id: 'product-of-powers',
      name: 'Multiply powers',
      description: 'Add exponents of one base.',
      minutes: 15,
      needs: ['evaluate-powers'],
      helps: ['combine-like-terms'],
      make: (random) => {
        const [a, b, m, n] = [
          between(random, 2, 7),
          between(random, 2, 7),
          between(random, 2, 7),
          between(random, 3, 8),
        ];
        return expressionItem({
          ask: `Simplify $${a}x^{${m}} \\cdot ${b}x^{${n}}$.`,
          answer: `${a * b}x^${m + n}`,
          form: 'expanded',
          wrong: [
            [`${a * b}x^${m * n}`, 'multiplies-exponents'],
            [`${a + b}x^${m + n}`, 'adds-coefficients'],
          ],
          steps: [
            `Numbers: $${a} \\times ${b} = ${a * b}$.`,
            `Factors $x$: $${m} + ${n} = ${m + n}$ of them.`,
            `$${a * b}x^{${m + n}}$.`,
          ],
          hints: ['Multiply the numbers in front.', 'How many factors $x$ are there altogether?'],
        });
      },
    },
    {
      id: 'quotient-of-powers',
      name: 'Divide powers',
      description: 'Subtract exponents of one base.',
      minutes: 15,
      needs: ['product-of-powers', 'simplify-fractions'],
      make: (random) => {
        const [k, b] = [between(random, 2, 7), between(random, 2, 6)];
        const n = between(random, 2, 5);
        const m = n * between(random, 2, 4);
        return expressionItem({
          ask: `Simplify $\\frac{${k * b}x^{${m}}}{${b}x^{${n}}}$.`,
          answer: `${k}${power('x', m - n)}`,
          form: 'expanded',
          wrong: [
            [`${k}${power('x', m / n)}`, 'divides-exponents'],
            [`${k}${power('x', m + n)}`, 'adds-in-quotient'],
          ],
          steps: [
            `Numbers: $${k * b} \\div ${b} = ${k}$.`,
            `$${n}$ of the $${m}$ factors $x$ cancel: $${m - n}$ are left.`,
            `$${tex(`${k}${power('x', m - n)}`)}$.`,
          ],
          hints: ['Divide the numbers in front.', 'How many factors $x$ cancel?'],
        });
      },
    },
    {
      id: 'power-of-a-power',
      name: 'Raise a power to a power',
      description: 'Multiply exponents.',
      minutes: 10,
      needs: ['product-of-powers'],
      make: (random) => {
        const [m, n] = until(
          () => [between(random, 2, 7), between(random, 2, 5)],
          ([p, q]) => p * q !== p + q,
        );
        const letter = random.pick(['x', 'y', 'a', 'm']);
        return expressionItem({
          ask: `Simplify $(${letter}^{${m}})^{${n}}$.`,
          answer: `${letter}^${m * n}`,
          form: 'expanded',
          wrong: [
            [`${letter}^${m + n}`, 'adds-in-power-of-power'],
            [`${n}${letter}^${m}`, 'multiplies-coefficient-by-exponent'],
          ],
          steps: [
            `$${letter}^{${m}}$ stands $${n}$ times as a factor.`,
            `That makes $${m} \\times ${n} = ${m * n}$ factors: $${letter}^{${m * n}}$.`,
          ],
          hints: [`Write $${letter}^{${m}}$ as a factor $${n}$ times.`, 'How many factors are there altogether?'],
        });
      },
    },
    {
      id: 'power-of-a-product',
      name: 'Raise a product to a power',
      description: 'Each factor is raised to the power.',
      minutes: 15,
      needs: ['power-of-a-power', 'evaluate-powers'],
      make: (random) => {
        const [k, m, n] = until(
          () => [between(random, 2, 5), between(random, 2, 5), between(random, 2, 3)],
          ([a, , c]) => a ** c !== a * c,
        );
        return expressionItem({
          ask: `Simplify $(${k}x^{${m}})^{${n}}$.`,
          answer: `${k ** n}x^${m * n}`,
          form: 'expanded',
          wrong: [
            [`${k}x^${m * n}`, 'power-misses-coefficient'],
            [`${k * n}x^${m * n}`, 'multiplies-coefficient-by-exponent'],
          ],
          steps: [
            `The number: $${k}^{${n}} = ${k ** n}$.`,
            `The letter: $(x^{${m}})^{${n}} = x^{${m * n}}$.`,
            `$${k ** n}x^{${m * n}}$.`,
          ],
          hints: ['The power belongs to every factor in the brackets.', `What is $${k}^{${n}}$?`],
        });
      },
    },
    {
      id: 'negative-exponents',
      name: 'Use negative exponents',
      description: 'One divided by the power.',
      minutes: 15,
      needs: ['quotient-of-powers'],
      make: (random) => {
        const [base, n] = until(
          () => [between(random, 2, 9), between(random, 2, 4)],
          ([b, e]) => b ** e <= 700,
        );
        return numberItem({
          ask: `Write $${base}^{-${n}}$ as a fraction.`,
          answer: frac(1, base ** n),
          wrong: [
            [-(base ** n), 'negative-exponent-negative-number'],
            [base ** n, 'drops-sign'],
            [-base * n, 'multiplies-exponent'],
          ],
          steps: [
            `$${base}^{-${n}} = \\frac{1}{${base}^{${n}}}$.`,
            `$${base}^{${n}} = ${base ** n}$, so this is $${tex(frac(1, base ** n))}$.`,
          ],
          hints: ['A negative exponent puts the power under 1.', `What is $${base}^{${n}}$?`],
        });
      },
    },
    {
      id: 'scientific-notation',
      name: 'Read scientific notation',
      description: 'Powers of ten move the decimal point.',
      minutes: 15,
      needs: ['negative-exponents'],
      make: (random) => {
        const digits = until(
          () => between(random, 101, 999),
          (value) => value % 10 !== 0,
        );
        const exponent = random.chance(0.5) ? between(random, 3, 6) : -between(random, 2, 5);
        const shown = decimal(digits, 0);
        return numberItem({
          ask: `Write $${shown} \\times 10^{${exponent}}$ as an ordinary number.`,
          answer: decimal(digits, exponent),
          wrong: [
            [decimal(digits, -exponent), 'point-wrong-way'],
            [decimal(digits, exponent > 0 ? exponent + 2 : exponent - 1), 'counts-zeros'],
          ],
          steps: [
            exponent > 0
              ? `The exponent is positive: move the point $${exponent}$ places to the right.`
              : `The exponent is negative: move the point $${-exponent}$ places to the left.`,
            `$${decimal(digits, exponent)}$.`,
          ],
          hints: ['Does the number get larger or smaller?', `Move the decimal point $${Math.abs(exponent)}$ places.`],
        });
      },
    },
  ],
};
