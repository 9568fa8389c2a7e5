/** Strand 4: powers, order of operations and algebraic expressions. */
import { between, inBrackets, nonzero, poly, tex, times, until } from '../notation.ts';
import type { Strand } from '../write.ts';
import { expressionItem, numberItem } from '../write.ts';

export const expressions: Strand = {
  domain: 'Expressions',
  skills: [
    {
      id: 'evaluate-powers',
      name: 'Evaluate powers',
      description: 'A power is a repeated product.',
      minutes: 10,
      needs: ['multiply-whole'],
      make: (random) => {
        const [base, power] = until(
          () => [between(random, 2, 9), between(random, 2, 4)],
          ([b, n]) => b ** n <= 700 && b ** n !== n ** b && b ** n !== b * n,
        );
        const factors = Array.from({ length: power }, () => base).join(' \\times ');
        return numberItem({
          ask: `Work out $${base}^{${power}}$.`,
          answer: base ** power,
          wrong: [
            [base * power, 'multiplies-exponent'],
            [power ** base, 'swaps-base'],
          ],
          steps: [`$${base}^{${power}} = ${factors}$.`, `That is $${base ** power}$.`],
          hints: ['The small number counts factors.', `Write $${base}$ as a factor $${power}$ times.`],
        });
      },
    },
    {
      id: 'order-of-operations',
      name: 'Use the order of operations',
      description: 'Multiplication before addition and subtraction.',
      minutes: 15,
      needs: ['multiply-whole'],
      helps: ['subtract-integers'],
      make: (random) => {
        const [b, c, d] = [between(random, 2, 9), between(random, 2, 9), between(random, 2, 9)];
        const a = b * c + d + between(random, 1, 20);
        return numberItem({
          ask: `Work out $${a} - ${b} \\times ${c} + ${d}$.`,
          answer: a - b * c + d,
          wrong: [
            [(a - b) * c + d, 'left-to-right'],
            [a - (b * c + d), 'adds-before-subtracts'],
          ],
          steps: [
            `Multiply first: $${b} \\times ${c} = ${b * c}$.`,
            `Then from left to right: $${a} - ${b * c} = ${a - b * c}$.`,
            `$${a - b * c} + ${d} = ${a - b * c + d}$.`,
          ],
          hints: ['Which operation comes first?', 'After multiplying, go from left to right.'],
        });
      },
    },
    {
      id: 'order-with-grouping',
      name: 'Use the order of operations with brackets and powers',
      description: 'Brackets, then powers, then products, then sums.',
      minutes: 20,
      needs: ['order-of-operations', 'evaluate-powers'],
      make: (random) => {
        const [a, b, c, d] = [
          between(random, 2, 5),
          between(random, 1, 5),
          between(random, 1, 5),
          between(random, 1, 20),
        ];
        const square = (b + c) ** 2;
        return numberItem({
          ask: `Work out $${a}(${b} + ${c})^2 - ${d}$.`,
          answer: a * square - d,
          wrong: [
            [a * (b * b + c * c) - d, 'squares-each-part'],
            [(a * (b + c)) ** 2 - d, 'multiplies-before-power'],
          ],
          steps: [
            `Brackets: $${b} + ${c} = ${b + c}$.`,
            `Power: $${b + c}^2 = ${square}$.`,
            `Product and difference: $${a} \\times ${square} - ${d} = ${a * square - d}$.`,
          ],
          hints: ['Start inside the brackets.', 'The power comes before the multiplication.'],
        });
      },
    },
    {
      id: 'evaluate-expressions',
      name: 'Evaluate expressions',
      description: 'Put a number in for a letter.',
      minutes: 15,
      needs: ['order-with-grouping', 'multiply-integers', 'add-integers'],
      make: (random) => {
        const [a, b, k] = [between(random, 2, 5), between(random, 2, 9), -between(random, 2, 6)];
        const answer = a * k * k + b * k;
        return numberItem({
          ask: `Evaluate $${a}x^2 + ${b}x$ for $x = ${k}$.`,
          answer,
          wrong: [
            [-a * k * k + b * k, 'negative-square'],
            [a * k * k - b * k, 'drops-sign'],
          ],
          steps: [
            `Put brackets around the number: $${a}(${k})^2 + ${b}(${k})$.`,
            `$(${k})^2 = ${k * k}$, so this is $${a * k * k} - ${-b * k}$.`,
            `The value is $${answer}$.`,
          ],
          hints: ['Write brackets wherever the letter stands, and put the number in.', `What is $(${k})^2$?`],
        });
      },
    },
    {
      id: 'translate-words',
      name: 'Translate words into expressions',
      description: 'Write an expression for a description.',
      minutes: 15,
      needs: ['order-of-operations'],
      make: (random) => {
        const [a, b] = [between(random, 2, 15), between(random, 2, 9)];
        const grouped = random.chance(0.5);
        return expressionItem({
          ask: grouped
            ? `Write an expression: $${b}$ times the sum of a number $n$ and $${a}$.`
            : `Write an expression: $${a}$ less than $${b}$ times a number $n$.`,
          answer: grouped ? `${b}(n+${a})` : `${b}n-${a}`,
          wrong: grouped
            ? [
                [`${b}n+${a}`, 'forgets-grouping'],
                [`n+${a * b}`, 'multiplies-before-power'],
              ]
            : [
                [`${a}-${b}n`, 'reverses-less-than'],
                [`${b}(n-${a})`, 'forgets-grouping'],
              ],
          steps: grouped
            ? [
                `The sum of $n$ and $${a}$ is $n + ${a}$.`,
                `All of it is multiplied by $${b}$, so it needs brackets: $${b}(n + ${a})$.`,
              ]
            : [`$${b}$ times a number is $${b}n$.`, `$${a}$ less than that is $${b}n - ${a}$.`],
          hints: grouped
            ? ['What is multiplied: the number, or the sum?', 'Write the sum in brackets.']
            : ['What is the starting amount, from which something is taken?', `Start with $${b}n$.`],
        });
      },
    },
    {
      id: 'combine-like-terms',
      name: 'Combine like terms',
      description: 'Count terms of one kind together.',
      minutes: 15,
      needs: ['add-integers'],
      helps: ['evaluate-expressions'],
      make: (random) => {
        const [a, b, c, d] = until(
          () => [between(random, 2, 9), nonzero(random, -9, 9), between(random, 2, 9), nonzero(random, -9, 9)],
          ([, q, , s]) => q + s !== 0,
        );
        return expressionItem({
          ask: `Simplify $${tex(`${poly([a, b])}+${poly([c, d])}`)}$.`,
          answer: poly([a + c, b + d]),
          form: 'expanded',
          wrong: [
            [poly([a + b + c + d, 0]), 'combines-unlike'],
            [poly([a + c, 0, b + d]), 'adds-exponents-of-like-terms'],
          ],
          steps: [
            `Terms with $x$: $${a}x + ${c}x = ${a + c}x$.`,
            `Numbers: $${b} + ${inBrackets(d)} = ${b + d}$.`,
            `Together: $${tex(poly([a + c, b + d]))}$.`,
          ],
          hints: ['Which terms are of one kind?', `Add the terms with $x$ first.`],
        });
      },
    },
    {
      id: 'distribute',
      name: 'Distribute a factor',
      description: 'Multiply each term in a bracket.',
      minutes: 15,
      needs: ['multiply-whole'],
      helps: ['translate-words', 'order-of-operations'],
      make: (random) => {
        const [a, b, c] = [between(random, 2, 9), between(random, 1, 9), between(random, 2, 9)];
        return expressionItem({
          ask: `Multiply out $${a}(${poly([b, c])})$.`,
          answer: poly([a * b, a * c]),
          form: 'expanded',
          wrong: [
            [poly([a * b, c]), 'distributes-first-only'],
            [poly([a + b, a + c]), 'adds-instead-of-distributing'],
          ],
          steps: [
            `$${a} \\times ${times(b, 'x')} = ${a * b}x$ and $${a} \\times ${c} = ${a * c}$.`,
            `The result is $${tex(poly([a * b, a * c]))}$.`,
          ],
          hints: ['The factor belongs to every term in the bracket.', `What is $${a} \\times ${c}$?`],
        });
      },
    },
    {
      id: 'distribute-negative',
      name: 'Distribute a negative factor',
      description: 'Multiply each term in a bracket by a negative number.',
      minutes: 15,
      needs: ['distribute', 'multiply-integers'],
      make: (random) => {
        const [a, b, c] = [between(random, 2, 9), between(random, 1, 9), between(random, 2, 9)];
        return expressionItem({
          ask: `Multiply out $-${a}(${poly([b, -c])})$.`,
          answer: poly([-a * b, a * c]),
          form: 'expanded',
          wrong: [
            [poly([-a * b, -a * c]), 'sign-of-last-term'],
            [poly([-a * b, -c]), 'distributes-first-only'],
          ],
          steps: [
            `$-${a} \\times ${times(b, 'x')} = -${a * b}x$.`,
            `$-${a} \\times (-${c}) = ${a * c}$: minus times minus is plus.`,
            `The result is $${tex(poly([-a * b, a * c]))}$.`,
          ],
          hints: ['Take the minus sign along to every term.', `What is $-${a} \\times (-${c})$?`],
        });
      },
    },
    {
      id: 'simplify-expressions',
      name: 'Simplify expressions',
      description: 'Multiply out, then combine like terms.',
      minutes: 20,
      needs: ['distribute', 'combine-like-terms'],
      helps: ['distribute-negative'],
      make: (random) => {
        const [a, b, c, d] = [
          between(random, 2, 7),
          between(random, 2, 9),
          between(random, 2, 9),
          between(random, 1, 9),
        ];
        return expressionItem({
          ask: `Simplify $${a}(x + ${b}) + ${c}x + ${d}$.`,
          answer: poly([a + c, a * b + d]),
          form: 'expanded',
          wrong: [
            [poly([a + c, b + d]), 'distributes-first-only'],
            [poly([a + a * b + c + d, 0]), 'combines-unlike'],
          ],
          steps: [
            `Multiply out: $${a}x + ${a * b} + ${c}x + ${d}$.`,
            `Terms with $x$: $${a + c}x$. Numbers: $${a * b + d}$.`,
            `Together: $${tex(poly([a + c, a * b + d]))}$.`,
          ],
          hints: ['Multiply out the bracket first.', 'Then combine terms of one kind.'],
        });
      },
    },
  ],
};
