/** Strand 2: fractions. */
import type { Random } from '@qurriculum/random';
import { between, frac, gcd, lcm, tex, until } from '../notation.ts';
import type { Strand } from '../write.ts';
import { numberItem } from '../write.ts';

/** Two proper fractions a/m and b/n in lowest terms, different, with different denominators. */
function twoFractions(random: Random): [a: number, m: number, b: number, n: number] {
  return until(
    () => {
      const [m, n] = [between(random, 2, 9), between(random, 2, 9)];
      return [between(random, 1, m - 1), m, between(random, 1, n - 1), n];
    },
    ([a, m, b, n]) => m !== n && gcd(a, m) === 1 && gcd(b, n) === 1 && a * n !== b * m && a !== b,
  );
}

const fraction = (top: number, bottom: number): string => `\\frac{${top}}{${bottom}}`;

export const fractions: Strand = {
  domain: 'Fractions',
  skills: [
    {
      id: 'equivalent-fractions',
      name: 'Find equivalent fractions',
      description: 'Widen a fraction to a given denominator.',
      minutes: 15,
      needs: ['multiply-whole'],
      make: (random) => {
        const m = between(random, 3, 9);
        const a = between(random, 1, m - 1);
        const k = between(random, 2, 8);
        return numberItem({
          ask: `Which number belongs in place of $n$? $${fraction(a, m)} = \\frac{n}{${m * k}}$`,
          answer: a * k,
          wrong: [
            [a + m * k - m, 'adds-to-both'],
            [k, 'reports-factor'],
          ],
          steps: [
            `$${m} \\times ${k} = ${m * k}$, so the bottom was multiplied by $${k}$.`,
            `Multiply the top by $${k}$ too: $${a} \\times ${k} = ${a * k}$.`,
          ],
          hints: [`What was $${m}$ multiplied by to get $${m * k}$?`, 'Do the same to the top.'],
        });
      },
    },
    {
      id: 'simplify-fractions',
      name: 'Simplify fractions',
      description: 'Write a fraction in lowest terms.',
      minutes: 15,
      needs: ['equivalent-fractions', 'greatest-common-factor'],
      make: (random) => {
        const shared = random.pick([4, 6, 8, 9, 10, 12]);
        const [a, m] = until(
          () => [between(random, 1, 7), between(random, 2, 9)],
          ([top, bottom]) => top < bottom && gcd(top, bottom) === 1,
        );
        const first = shared % 2 === 0 ? 2 : 3;
        const [top, bottom] = [a * shared, m * shared];
        return numberItem({
          ask: `Write $${fraction(top, bottom)}$ in lowest terms.`,
          answer: frac(a, m),
          form: 'lowest-terms',
          wrong: [
            [`${top / first}/${bottom / first}`, 'stops-simplifying'],
            [`${top - first}/${bottom - first}`, 'subtracts-from-both'],
          ],
          steps: [
            `The greatest common factor of $${top}$ and $${bottom}$ is $${shared}$.`,
            `Divide both by $${shared}$: $${fraction(top, bottom)} = ${fraction(a, m)}$.`,
          ],
          hints: ['Find a number that divides top and bottom.', 'Look for the greatest such number.'],
        });
      },
    },
    {
      id: 'add-like-fractions',
      name: 'Add fractions with the same denominator',
      description: 'Count parts of one kind together.',
      minutes: 10,
      needs: [],
      helps: ['simplify-fractions'],
      make: (random) => {
        const m = between(random, 4, 12);
        const [a, b] = [between(random, 1, m - 1), between(random, 1, m - 1)];
        return numberItem({
          ask: `Work out $${fraction(a, m)} + ${fraction(b, m)}$.`,
          answer: frac(a + b, m),
          wrong: [
            [frac(a + b, 2 * m), 'adds-denominators'],
            [frac(a * b, m), 'multiplies-tops'],
          ],
          steps: [
            `The parts are of one kind, so add the tops: $${a} + ${b} = ${a + b}$.`,
            `$${fraction(a + b, m)} = ${tex(frac(a + b, m))}$.`,
          ],
          hints: ['Both fractions count parts of the same size.', 'Keep the bottom and add the tops.'],
        });
      },
    },
    {
      id: 'add-unlike-fractions',
      name: 'Add fractions with different denominators',
      description: 'Find a common denominator, then add.',
      minutes: 25,
      needs: ['add-like-fractions', 'equivalent-fractions', 'least-common-multiple'],
      helps: ['simplify-fractions'],
      make: (random) => {
        const [a, m, b, n] = twoFractions(random);
        const common = lcm(m, n);
        const [wideA, wideB] = [(a * common) / m, (b * common) / n];
        return numberItem({
          ask: `Work out $${fraction(a, m)} + ${fraction(b, n)}$.`,
          answer: frac(wideA + wideB, common),
          wrong: [
            [frac(a + b, m + n), 'adds-denominators'],
            [frac(a + b, common), 'common-denominator-only'],
          ],
          steps: [
            `A common denominator is $${common}$.`,
            `$${fraction(a, m)} = ${fraction(wideA, common)}$ and $${fraction(b, n)} = ${fraction(wideB, common)}$.`,
            `$${fraction(wideA, common)} + ${fraction(wideB, common)} = ${tex(frac(wideA + wideB, common))}$.`,
          ],
          hints: [
            'The parts have different sizes: make them the same first.',
            `Write both fractions with $${common}$ at the bottom.`,
          ],
        });
      },
    },
    {
      id: 'subtract-fractions',
      name: 'Subtract fractions',
      description: 'Subtract fractions with different denominators.',
      minutes: 20,
      needs: ['add-unlike-fractions'],
      helps: ['subtract-integers'],
      make: (random) => {
        const [a, m, b, n] = until(
          () => twoFractions(random),
          ([p, q, r, s]) => p * s > r * q,
        );
        const common = lcm(m, n);
        const [wideA, wideB] = [(a * common) / m, (b * common) / n];
        return numberItem({
          ask: `Work out $${fraction(a, m)} - ${fraction(b, n)}$.`,
          answer: frac(wideA - wideB, common),
          wrong: [
            [frac(a - b, m - n), 'subtracts-denominators'],
            [frac(a - b, common), 'common-denominator-only'],
          ],
          steps: [
            `A common denominator is $${common}$.`,
            `$${fraction(a, m)} = ${fraction(wideA, common)}$ and $${fraction(b, n)} = ${fraction(wideB, common)}$.`,
            `$${fraction(wideA, common)} - ${fraction(wideB, common)} = ${tex(frac(wideA - wideB, common))}$.`,
          ],
          hints: [
            'Make the parts the same size first.',
            `Write both fractions with $${common}$ at the bottom, then subtract the tops.`,
          ],
        });
      },
    },
    {
      id: 'multiply-fractions',
      name: 'Multiply fractions',
      description: 'Top times top, bottom times bottom.',
      minutes: 15,
      needs: ['multiply-whole'],
      helps: ['simplify-fractions'],
      make: (random) => {
        const [a, m, b, n] = twoFractions(random);
        return numberItem({
          ask: `Work out $${fraction(a, m)} \\times ${fraction(b, n)}$.`,
          answer: frac(a * b, m * n),
          wrong: [
            [frac(a * n, m * b), 'flips-when-multiplying'],
            [frac(a * b, m + n), 'adds-denominators'],
          ],
          steps: [
            `Tops: $${a} \\times ${b} = ${a * b}$. Bottoms: $${m} \\times ${n} = ${m * n}$.`,
            `$${fraction(a * b, m * n)} = ${tex(frac(a * b, m * n))}$.`,
          ],
          hints: ['No common denominator is needed here.', 'Multiply the tops, and multiply the bottoms.'],
        });
      },
    },
    {
      id: 'divide-fractions',
      name: 'Divide fractions',
      description: 'Multiply by the second fraction turned over.',
      minutes: 20,
      needs: ['multiply-fractions'],
      make: (random) => {
        const [a, m, b, n] = twoFractions(random);
        return numberItem({
          ask: `Work out $${fraction(a, m)} \\div ${fraction(b, n)}$.`,
          answer: frac(a * n, m * b),
          wrong: [
            [frac(a * b, m * n), 'no-flip'],
            [frac(m * b, a * n), 'flips-first'],
          ],
          steps: [
            `Turn the second fraction over: $${fraction(n, b)}$.`,
            `$${fraction(a, m)} \\times ${fraction(n, b)} = ${fraction(a * n, m * b)} = ${tex(frac(a * n, m * b))}$.`,
          ],
          hints: [
            'A division by a fraction can be turned into a multiplication.',
            'Turn over the fraction that you divide by.',
          ],
        });
      },
    },
  ],
};
