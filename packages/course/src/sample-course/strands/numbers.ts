/** Strand 1: whole numbers and integers. */
import { between, gcd, inBrackets, lcm, nonzero, sign, until } from '../notation.ts';
import type { Strand } from '../write.ts';
import { numberItem } from '../write.ts';

export const numbers: Strand = {
  domain: 'Numbers',
  skills: [
    {
      id: 'multiply-whole',
      name: 'Multiply whole numbers',
      description: 'Multiply a two-digit number by a one-digit number.',
      minutes: 15,
      needs: [],
      make: (random) => {
        const [tens, ones, by] = until(
          () => [between(random, 1, 9), between(random, 2, 9), between(random, 3, 9)],
          ([, o, b]) => o * b >= 10,
        );
        const a = tens * 10 + ones;
        return numberItem({
          ask: `Work out $${a} \\times ${by}$.`,
          answer: a * by,
          wrong: [
            [tens * by * 10 + ((ones * by) % 10), 'drops-carry'],
            [a + by, 'adds-instead'],
            [a * by - a, 'table-slip'],
          ],
          steps: [
            `Split $${a}$ into $${tens * 10} + ${ones}$.`,
            `$${tens * 10} \\times ${by} = ${tens * 10 * by}$ and $${ones} \\times ${by} = ${ones * by}$.`,
            `$${tens * 10 * by} + ${ones * by} = ${a * by}$.`,
          ],
          hints: ['Split the first number into tens and ones.', `First work out $${tens * 10} \\times ${by}$.`],
        });
      },
    },
    {
      id: 'divide-whole',
      name: 'Divide whole numbers',
      description: 'Divide by a one- or two-digit number without remainder.',
      minutes: 15,
      needs: ['multiply-whole'],
      make: (random) => {
        const by = between(random, 3, 12);
        const answer = between(random, 4, 25);
        return numberItem({
          ask: `Work out $${by * answer} \\div ${by}$.`,
          answer,
          wrong: [
            [by * answer - by, 'subtracts-instead'],
            [answer + 1, 'table-slip'],
          ],
          steps: [
            `Ask: $${by}$ times what gives $${by * answer}$?`,
            `$${by} \\times ${answer} = ${by * answer}$, so the answer is $${answer}$.`,
          ],
          hints: [
            'Dividing asks how often one number fits into the other.',
            `Start from $${by} \\times 10 = ${by * 10}$.`,
          ],
        });
      },
    },
    {
      id: 'greatest-common-factor',
      name: 'Find the greatest common factor',
      description: 'The greatest number that divides two numbers.',
      minutes: 15,
      needs: ['divide-whole'],
      make: (random) => {
        const shared = random.pick([4, 6, 8, 9, 10, 12, 15]);
        const [m, n] = until(
          () => [between(random, 2, 7), between(random, 2, 7)],
          ([a, b]) => a < b && gcd(a, b) === 1,
        );
        const smallest = shared % 2 === 0 ? 2 : 3;
        return numberItem({
          ask: `What is the greatest common factor of $${shared * m}$ and $${shared * n}$?`,
          answer: shared,
          wrong: [
            [shared / smallest, 'stops-at-common-factor'],
            [shared * m * n, 'gcf-lcm-mixup'],
          ],
          steps: [
            `$${shared * m} = ${shared} \\times ${m}$ and $${shared * n} = ${shared} \\times ${n}$.`,
            `$${m}$ and $${n}$ share no factor but 1, so $${shared}$ is the greatest common factor.`,
          ],
          hints: [
            'List the numbers that divide the smaller one.',
            'Which of them, from the greatest down, divides the other one too?',
          ],
        });
      },
    },
    {
      id: 'least-common-multiple',
      name: 'Find the least common multiple',
      description: 'The smallest number that two numbers divide.',
      minutes: 15,
      needs: ['multiply-whole'],
      helps: ['greatest-common-factor'],
      make: (random) => {
        const [a, b] = until(
          () => [between(random, 4, 15), between(random, 4, 15)],
          ([m, n]) => m < n && gcd(m, n) > 1 && n % m !== 0,
        );
        const answer = lcm(a, b);
        return numberItem({
          ask: `What is the least common multiple of $${a}$ and $${b}$?`,
          answer,
          wrong: [
            [a * b, 'multiplies-for-lcm'],
            [gcd(a, b), 'gcf-lcm-mixup'],
          ],
          steps: [
            `Multiples of $${b}$: $${b}, ${2 * b}, ${3 * b}, \\ldots$`,
            `The first one that $${a}$ divides is $${answer} = ${answer / b} \\times ${b} = ${answer / a} \\times ${a}$.`,
          ],
          hints: [`Write down multiples of the larger number, $${b}$.`, `Stop at the first one that $${a}$ divides.`],
        });
      },
    },
    {
      id: 'absolute-value',
      name: 'Find absolute values',
      description: 'The distance of a number from zero.',
      minutes: 10,
      needs: [],
      make: (random) => {
        const a = between(random, 1, 12);
        const b = a + between(random, 2, 15);
        return numberItem({
          ask: `Work out $|${a} - ${b}|$.`,
          answer: b - a,
          wrong: [
            [a - b, 'ignores-bars'],
            [a + b, 'bars-each-part'],
          ],
          steps: [`Between the bars: $${a} - ${b} = ${a - b}$.`, `The distance of $${a - b}$ from 0 is $${b - a}$.`],
          hints: ['Work out what stands between the bars first.', 'The bars ask for a distance from 0.'],
        });
      },
    },
    {
      id: 'add-integers',
      name: 'Add integers',
      description: 'Add numbers with different signs.',
      minutes: 20,
      needs: ['absolute-value'],
      make: (random) => {
        const s = sign(random);
        const [a, b] = until(
          () => [s * between(random, 2, 15), -s * between(random, 2, 15)],
          ([x, y]) => x + y !== 0,
        );
        const [larger, smaller] = Math.abs(a) > Math.abs(b) ? [a, b] : [b, a];
        return numberItem({
          ask: `Work out $${a} + ${inBrackets(b)}$.`,
          answer: a + b,
          wrong: [
            [-(a + b), 'wrong-sign'],
            [Math.sign(larger) * (Math.abs(a) + Math.abs(b)), 'adds-sizes'],
          ],
          steps: [
            'The signs differ, so take the difference of the sizes.',
            `$${Math.abs(larger)} - ${Math.abs(smaller)} = ${Math.abs(a + b)}$.`,
            `The larger size belongs to $${larger}$, so the answer is $${a + b}$.`,
          ],
          hints: [
            'Picture a number line and start at the first number.',
            'Different signs: find the difference of the sizes.',
          ],
        });
      },
    },
    {
      id: 'subtract-integers',
      name: 'Subtract integers',
      description: 'Subtract a negative number by adding its opposite.',
      minutes: 20,
      needs: ['add-integers'],
      make: (random) => {
        const b = -between(random, 2, 12);
        const a = until(
          () => nonzero(random, -12, 12),
          (value) => value !== b,
        );
        return numberItem({
          ask: `Work out $${a} - (${b})$.`,
          answer: a - b,
          wrong: [
            [a + b, 'double-minus'],
            [b - a, 'wrong-sign'],
          ],
          steps: [`Taking away $${b}$ is adding $${-b}$.`, `$${a} + ${-b} = ${a - b}$.`],
          hints: ['Two minus signs meet here.', `Rewrite the subtraction as adding the opposite of $${b}$.`],
        });
      },
    },
    {
      id: 'multiply-integers',
      name: 'Multiply integers',
      description: 'Multiply numbers with signs.',
      minutes: 15,
      needs: ['multiply-whole', 'absolute-value'],
      make: (random) => {
        const a = -between(random, 2, 12);
        const b = sign(random) * between(random, 3, 12);
        return numberItem({
          ask: `Work out $${a} \\times ${inBrackets(b)}$.`,
          answer: a * b,
          wrong: [
            [-a * b, 'sign-of-product'],
            [a + b, 'adds-instead'],
          ],
          steps: [
            `Sizes: $${-a} \\times ${Math.abs(b)} = ${Math.abs(a * b)}$.`,
            b < 0
              ? 'The signs are equal, so the product is positive.'
              : 'The signs differ, so the product is negative.',
            `The answer is $${a * b}$.`,
          ],
          hints: ['Multiply the sizes first.', 'Then decide the sign: equal signs give plus, different signs minus.'],
        });
      },
    },
    {
      id: 'divide-integers',
      name: 'Divide integers',
      description: 'Divide numbers with signs.',
      minutes: 15,
      needs: ['divide-whole', 'multiply-integers'],
      make: (random) => {
        const by = -between(random, 2, 12);
        const answer = sign(random) * between(random, 3, 12);
        return numberItem({
          ask: `Work out $${by * answer} \\div (${by})$.`,
          answer,
          wrong: [
            [-answer, 'sign-of-product'],
            [by * answer - by, 'subtracts-instead'],
          ],
          steps: [
            `Sizes: $${Math.abs(by * answer)} \\div ${-by} = ${Math.abs(answer)}$.`,
            answer > 0
              ? 'The signs are equal, so the result is positive.'
              : 'The signs differ, so the result is negative.',
            `The answer is $${answer}$.`,
          ],
          hints: ['Divide the sizes first.', 'Signs work as in multiplication.'],
        });
      },
    },
  ],
};
