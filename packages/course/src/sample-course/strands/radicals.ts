/** Strand 14: square roots. */
import { between, frac, tex, times, until } from '../notation.ts';
import type { Strand } from '../write.ts';
import { expressionItem, numberItem } from '../write.ts';

const SQUARE_FREE = [2, 3, 5, 6, 7, 10, 11] as const;

export const radicals: Strand = {
  domain: 'Radicals',
  skills: [
    {
      id: 'square-roots',
      name: 'Find square roots',
      description: 'Which number times itself gives this.',
      minutes: 15,
      needs: ['evaluate-powers'],
      helps: ['order-with-grouping'],
      make: (random) => {
        const [a, b, c] = random.pick([
          [3, 4, 5],
          [6, 8, 10],
          [5, 12, 13],
          [9, 12, 15],
          [8, 15, 17],
          [12, 16, 20],
        ]);
        if (random.chance(0.5)) {
          return numberItem({
            ask: `Work out $\\sqrt{${a * a} + ${b * b}}$.`,
            answer: c,
            wrong: [
              [a + b, 'root-of-sum'],
              [frac(c * c, 2), 'halves-instead-of-root'],
            ],
            steps: [
              `Under the root: $${a * a} + ${b * b} = ${c * c}$.`,
              `$${c} \\times ${c} = ${c * c}$, so the root is $${c}$.`,
            ],
            hints: ['Add under the root first.', `Which number times itself is $${c * c}$?`],
          });
        }
        const n = between(random, 3, 20);
        return numberItem({
          ask: `Work out $\\sqrt{${n * n}}$.`,
          answer: n,
          wrong: [
            [frac(n * n, 2), 'halves-instead-of-root'],
            [n ** 4, 'swaps-base'],
          ],
          steps: [
            `Ask: which number times itself is $${n * n}$?`,
            `$${n} \\times ${n} = ${n * n}$, so the root is $${n}$.`,
          ],
          hints: ['The root undoes squaring.', `Try numbers near $${n + 1}$.`],
        });
      },
    },
    {
      id: 'simplify-radicals',
      name: 'Simplify square roots',
      description: 'Take square factors out of the root.',
      minutes: 20,
      needs: ['square-roots', 'greatest-common-factor'],
      make: (random) => {
        const [k, m] = until(
          () => [between(random, 2, 9), random.pick(SQUARE_FREE)],
          ([a, b]) => a !== b,
        );
        return expressionItem({
          ask: `Simplify $\\sqrt{${k * k * m}}$.`,
          answer: `${k}sqrt(${m})`,
          form: 'simplest-radical',
          wrong: [
            [`${k * k}sqrt(${m})`, 'takes-out-square'],
            [`${m}sqrt(${k})`, 'swaps-in-and-out'],
          ],
          steps: [
            `$${k * k * m} = ${k * k} \\times ${m}$, and $${k * k}$ is a square.`,
            `$\\sqrt{${k * k}} \\cdot \\sqrt{${m}} = ${k}\\sqrt{${m}}$.`,
          ],
          hints: ['Find the largest square that divides the number.', `Try $${k * k}$.`],
        });
      },
    },
    {
      id: 'add-radicals',
      name: 'Add square roots',
      description: 'Combine like roots.',
      minutes: 15,
      needs: ['simplify-radicals', 'combine-like-terms'],
      make: (random) => {
        const [a, b, m] = [between(random, 2, 9), between(random, 2, 9), random.pick(SQUARE_FREE)];
        return expressionItem({
          ask: `Simplify $${a}\\sqrt{${m}} + \\sqrt{${b * b * m}}$.`,
          answer: `${a + b}sqrt(${m})`,
          form: 'simplest-radical',
          wrong: [
            [`${a}sqrt(${m + b * b * m})`, 'adds-radicands'],
            [`${a + b * b}sqrt(${m})`, 'takes-out-square'],
          ],
          steps: [
            `$\\sqrt{${b * b * m}} = ${b}\\sqrt{${m}}$.`,
            `$${a}\\sqrt{${m}} + ${b}\\sqrt{${m}} = ${a + b}\\sqrt{${m}}$.`,
          ],
          hints: ['Simplify the second root first.', 'Then count like roots together.'],
        });
      },
    },
    {
      id: 'multiply-radicals',
      name: 'Multiply square roots',
      description: 'Multiply under one root, then simplify.',
      minutes: 15,
      needs: ['simplify-radicals'],
      make: (random) => {
        const [m, k, rest] = until(
          () => [random.pick([2, 3, 5, 7]), between(random, 1, 4), random.pick([2, 3, 5, 7])],
          ([a, , c]) => a !== c,
        );
        const [first, second] = [m, m * k * k * rest];
        const answer = `${times(m * k, `sqrt(${rest})`)}`;
        return expressionItem({
          ask: `Multiply and simplify: $\\sqrt{${first}} \\cdot \\sqrt{${second}}$`,
          answer,
          form: 'simplest-radical',
          wrong: [
            [`sqrt(${first + second})`, 'adds-radicands'],
            [`${m * m * k * k}sqrt(${rest})`, 'takes-out-square'],
          ],
          steps: [
            `$\\sqrt{${first} \\cdot ${second}} = \\sqrt{${first * second}}$.`,
            `$${first * second} = ${m * m * k * k} \\times ${rest}$, so this is $${tex(answer)}$.`,
          ],
          hints: ['Write both under one root.', 'Then look for a square factor.'],
        });
      },
    },
    {
      id: 'rationalise-denominators',
      name: 'Rationalise denominators',
      description: 'Remove a root from the bottom.',
      minutes: 15,
      needs: ['multiply-radicals', 'equivalent-fractions'],
      make: (random) => {
        const m = random.pick(SQUARE_FREE);
        const a = until(
          () => between(random, 2, 12),
          (value) => value !== m,
        );
        const [top, bottom] = frac(a, m).split('/');
        const root = times(Number(top), `sqrt(${m})`);
        const answer = bottom === undefined ? root : `${root}/${bottom}`;
        return expressionItem({
          ask: `Write without a root in the denominator: $\\frac{${a}}{\\sqrt{${m}}}$`,
          answer,
          form: 'simplest-radical',
          wrong: [
            [frac(a, m), 'drops-root'],
            [`${a}sqrt(${m})`, 'multiplies-top-only'],
          ],
          steps: [
            `Multiply top and bottom by $\\sqrt{${m}}$: $\\frac{${a}\\sqrt{${m}}}{${m}}$.`,
            `This is $${tex(answer)}$.`,
          ],
          hints: [`What is $\\sqrt{${m}} \\cdot \\sqrt{${m}}$?`, 'Multiply top and bottom by the same root.'],
        });
      },
    },
  ],
};
