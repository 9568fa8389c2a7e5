/** Strand 8: systems of two linear equations. */
import { between, frac, nonzero, poly, tex, times, until } from '../notation.ts';
import type { Strand } from '../write.ts';
import { choiceItem, expressionItem, numberItem } from '../write.ts';

const SALES = [
  ['adult tickets', 'child tickets'],
  ['large pots', 'small pots'],
  ['notebooks', 'pens'],
] as const;

const [NONE, ONE, ALL] = ['No solution', 'Exactly one solution', 'Infinitely many solutions'];

export const systems: Strand = {
  domain: 'Systems of equations',
  skills: [
    {
      id: 'systems-by-substitution',
      name: 'Solve systems by substitution',
      description: 'Put one equation into the other.',
      minutes: 30,
      needs: ['equations-with-brackets', 'points-on-a-line'],
      helps: ['simplify-expressions', 'variables-on-both-sides'],
      make: (random) => {
        const [a, b, c, d, x] = until(
          () => [
            between(random, 1, 4),
            nonzero(random, -6, 6),
            between(random, 1, 5),
            between(random, 2, 4),
            nonzero(random, -5, 5),
          ],
          ([m, n, , , p]) => m * p + n !== p,
        );
        const y = a * x + b;
        const total = c * x + d * y;
        const [slipTop, slipBottom] = [total - b, c + d * a];
        return expressionItem({
          ask: `Solve the system $y = ${tex(poly([a, b]))}$ and $${times(c, 'x')} + ${d}y = ${total}$. Write the solution as $(x, y)$.`,
          answer: `(${x},${y})`,
          parts: ['x', 'y'],
          wrong: [
            [`(${y},${x})`, 'swaps-coordinates'],
            [
              `(${frac(slipTop, slipBottom)},${frac(a * slipTop + b * slipBottom, slipBottom)})`,
              'distributes-first-only',
            ],
          ],
          steps: [
            `Put the first into the second: $${times(c, 'x')} + ${d}(${tex(poly([a, b]))}) = ${total}$.`,
            `$${tex(poly([c + d * a, d * b]))} = ${total}$, so $x = ${x}$.`,
            `$y = ${a === 1 ? '' : a}(${x}) ${b < 0 ? '-' : '+'} ${Math.abs(b)} = ${y}$.`,
          ],
          hints: [
            'The first equation says what $y$ is: put that into the second.',
            'Use brackets, and multiply every term in them.',
          ],
        });
      },
    },
    {
      id: 'systems-by-elimination',
      name: 'Solve systems by elimination',
      description: 'Add the equations so that one unknown drops out.',
      minutes: 30,
      needs: ['two-step-equations', 'combine-like-terms', 'plot-points'],
      helps: ['systems-by-substitution'],
      make: (random) => {
        const [a, b, c, x, y] = until(
          () => [
            between(random, 1, 6),
            between(random, 2, 6),
            between(random, 1, 6),
            nonzero(random, -6, 6),
            nonzero(random, -6, 6),
          ],
          ([, , , p, q]) => p !== q,
        );
        const [e, f] = [a * x + b * y, c * x - b * y];
        return expressionItem({
          ask: `Solve the system $${times(a, 'x')} + ${b}y = ${e}$ and $${times(c, 'x')} - ${b}y = ${f}$. Write the solution as $(x, y)$.`,
          answer: `(${x},${y})`,
          parts: ['x', 'y'],
          wrong: [
            [`(${y},${x})`, 'swaps-coordinates'],
            [`(${x},${-y})`, 'sign-of-second-unknown'],
          ],
          steps: [
            `Add the equations: $${a + c}x = ${e + f}$, so $x = ${x}$.`,
            `Put it into the first: $${b}y = ${e} - (${a * x}) = ${b * y}$.`,
            `$y = ${y}$.`,
          ],
          hints: [
            `What happens to the terms with $y$ when you add the equations?`,
            'Put the first result into one of the equations.',
          ],
        });
      },
    },
    {
      id: 'number-of-solutions-of-systems',
      name: 'Tell how many solutions a system has',
      description: 'Crossing, parallel or identical lines.',
      minutes: 15,
      needs: ['slope-from-equation'],
      helps: ['systems-by-substitution', 'number-of-solutions'],
      make: (random) => {
        const [m, b, k, kind] = [
          nonzero(random, -6, 6),
          nonzero(random, -9, 9),
          between(random, 2, 5),
          random.integer(3),
        ];
        const other = kind === 1 ? m + nonzero(random, 1, 4) : m;
        const end = kind === 0 ? b + nonzero(random, 1, 5) : b;
        const answer = [NONE, ONE, ALL][kind];
        return choiceItem(random, {
          ask: `How many solutions does the system $y = ${tex(poly([m, b]))}$ and $${k}y = ${tex(poly([k * other, k * end]))}$ have?`,
          answer,
          wrong: [
            [NONE, 'parallel-mixup'],
            [ONE, 'always-one-solution'],
            [ALL, 'parallel-mixup'],
          ],
          steps: [
            `Divide the second by $${k}$: $y = ${tex(poly([other, end]))}$.`,
            kind === 1
              ? `The slopes $${m}$ and $${other}$ differ: the lines cross once.`
              : kind === 0
                ? 'Same slope, different intercepts: the lines never meet.'
                : 'Both equations describe the same line.',
          ],
          hints: ['Write both equations with $y$ alone.', 'Compare the slopes, then the intercepts.'],
        });
      },
    },
    {
      id: 'system-word-problems',
      name: 'Set up and solve systems from words',
      description: 'Two kinds, their number and their price.',
      minutes: 30,
      needs: ['systems-by-elimination', 'equation-word-problems'],
      make: (random) => {
        const [first, second] = random.pick(SALES);
        const [a, b, m, n] = until(
          () => [between(random, 5, 15), between(random, 1, 9), between(random, 3, 30), between(random, 3, 30)],
          ([p, q, r, s]) => p > q && r !== s,
        );
        const total = a * m + b * n;
        return numberItem({
          ask: `A shop sells ${first} at \\$${a} each and ${second} at \\$${b} each. It sold ${m + n} pieces for \\$${total} in all. How many ${first} did it sell?`,
          answer: m,
          wrong: [
            [n, 'answers-other-unknown'],
            [frac(total, a + b), 'averages-prices'],
          ],
          steps: [
            `Call the numbers $m$ and $n$: $m + n = ${m + n}$ and $${a}m + ${times(b, 'n')} = ${total}$.`,
            `With $n = ${m + n} - m$: $${a}m + ${b === 1 ? '' : b}(${m + n} - m) = ${total}$.`,
            `$${a - b === 1 ? '' : a - b}m = ${total - b * (m + n)}$, so $m = ${m}$.`,
          ],
          hints: [
            'Write one equation for the number of pieces and one for the money.',
            'Express one number by the other.',
          ],
        });
      },
    },
  ],
};
