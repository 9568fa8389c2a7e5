/** Strand 5: linear equations in one variable. */
import { between, frac, nonzero, poly, tex, times, until } from '../notation.ts';
import type { Strand } from '../write.ts';
import { choiceItem, expressionItem, numberItem } from '../write.ts';

const TRIPS = [
  (fixed: number, each: number, total: number) =>
    `A taxi costs \\$${fixed} plus \\$${each} for each km. A trip cost \\$${total}. How many km was it?`,
  (fixed: number, each: number, total: number) =>
    `A gym charges \\$${fixed} to join and \\$${each} a month. Someone has paid \\$${total} so far. For how many months?`,
  (fixed: number, each: number, total: number) =>
    `A tank holds ${fixed} litres and fills at ${each} litres a minute. After how many minutes does it hold ${total} litres?`,
] as const;

const [NONE, ONE, ALL] = ['No solution', 'Exactly one solution', 'Every number is a solution'];

export const equations: Strand = {
  domain: 'Linear equations',
  skills: [
    {
      id: 'one-step-addition-equations',
      name: 'Solve one-step equations with + or -',
      description: 'Undo an addition or a subtraction.',
      minutes: 10,
      needs: ['subtract-integers'],
      make: (random) => {
        const [x, a] = [between(random, -12, 15), nonzero(random, -15, 15)];
        return numberItem({
          ask: `Solve $${tex(poly([1, a]))} = ${x + a}$.`,
          answer: x,
          wrong: [
            [x + 2 * a, 'same-operation'],
            [-x, 'wrong-sign'],
          ],
          steps: [a > 0 ? `Subtract $${a}$ from both sides.` : `Add $${-a}$ to both sides.`, `$x = ${x}$.`],
          hints: [`What was done to $x$?`, 'Undo it on both sides.'],
        });
      },
    },
    {
      id: 'one-step-multiplication-equations',
      name: 'Solve one-step equations with a factor',
      description: 'Undo a multiplication.',
      minutes: 10,
      needs: ['divide-integers'],
      make: (random) => {
        const a = until(
          () => nonzero(random, -9, 9),
          (value) => Math.abs(value) > 1,
        );
        const x = nonzero(random, -12, 12);
        return numberItem({
          ask: `Solve $${a}x = ${a * x}$.`,
          answer: x,
          wrong: [
            [a * x - a, 'subtracts-coefficient'],
            [a * a * x, 'same-operation'],
          ],
          steps: [`Divide both sides by $${a}$.`, `$x = ${x}$.`],
          hints: [`$x$ was multiplied by $${a}$.`, 'What undoes a multiplication?'],
        });
      },
    },
    {
      id: 'two-step-equations',
      name: 'Solve two-step equations',
      description: 'Undo an addition, then a multiplication.',
      minutes: 20,
      needs: ['one-step-addition-equations', 'one-step-multiplication-equations'],
      make: (random) => {
        const [a, b, x] = [between(random, 2, 9), nonzero(random, -15, 15), nonzero(random, -9, 9)];
        const c = a * x + b;
        return numberItem({
          ask: `Solve $${tex(poly([a, b]))} = ${c}$.`,
          answer: x,
          wrong: [
            [frac(c + b, a), 'same-operation'],
            [a * x, 'stops-early'],
          ],
          steps: [
            b > 0
              ? `Subtract $${b}$ from both sides: $${a}x = ${a * x}$.`
              : `Add $${-b}$ to both sides: $${a}x = ${a * x}$.`,
            `Divide both sides by $${a}$: $x = ${x}$.`,
          ],
          hints: ['Which operation was done last? Undo that first.', `After that, divide by $${a}$.`],
        });
      },
    },
    {
      id: 'equations-with-brackets',
      name: 'Solve equations with brackets',
      description: 'Multiply out or divide, then solve.',
      minutes: 20,
      needs: ['two-step-equations', 'distribute'],
      make: (random) => {
        const [a, b, x] = [between(random, 2, 9), nonzero(random, -9, 9), nonzero(random, -9, 9)];
        const c = a * (x + b);
        return numberItem({
          ask: `Solve $${a}(${tex(poly([1, b]))}) = ${c}$.`,
          answer: x,
          wrong: [
            [frac(c - b, a), 'distributes-first-only'],
            [x + 2 * b, 'same-operation'],
          ],
          steps: [`Multiply out: $${tex(poly([a, a * b]))} = ${c}$.`, `$${a}x = ${c - a * b}$.`, `$x = ${x}$.`],
          hints: ['Multiply out the bracket first.', `Both terms in the bracket are multiplied by $${a}$.`],
        });
      },
    },
    {
      id: 'variables-on-both-sides',
      name: 'Solve equations with the variable on both sides',
      description: 'Bring the variable to one side.',
      minutes: 25,
      needs: ['two-step-equations', 'combine-like-terms'],
      helps: ['equations-with-brackets'],
      make: (random) => {
        const [a, c] = until(
          () => [between(random, 2, 9), between(random, 2, 9)],
          ([p, q]) => p > q,
        );
        const [b, x] = [nonzero(random, -12, 12), nonzero(random, -9, 9)];
        const d = (a - c) * x + b;
        return numberItem({
          ask: `Solve $${tex(poly([a, b]))} = ${tex(poly([c, d]))}$.`,
          answer: x,
          wrong: [
            [frac(d - b, a + c), 'adds-x-terms'],
            [frac(d + b, a - c), 'same-operation'],
          ],
          steps: [
            `Subtract $${c}x$ from both sides: $${tex(poly([a - c, b]))} = ${d}$.`,
            `Then $${tex(poly([a - c, 0]))} = ${d - b}$.`,
            `$x = ${x}$.`,
          ],
          hints: ['Get all terms with $x$ on one side.', `Subtract $${c}x$ from both sides.`],
        });
      },
    },
    {
      id: 'equations-with-fractions',
      name: 'Solve equations with fractions',
      description: 'Undo a division.',
      minutes: 20,
      needs: ['two-step-equations', 'multiply-fractions'],
      make: (random) => {
        const [a, b, q] = [between(random, 2, 9), nonzero(random, -9, 9), nonzero(random, -9, 9)];
        const c = q + b;
        return numberItem({
          ask: `Solve $\\frac{x}{${a}} ${b < 0 ? '-' : '+'} ${Math.abs(b)} = ${c}$.`,
          answer: a * q,
          wrong: [
            [frac(q, a), 'divides-instead'],
            [a * c - b, 'clears-first-term-only'],
          ],
          steps: [
            b > 0 ? `Subtract $${b}$: $\\frac{x}{${a}} = ${q}$.` : `Add $${-b}$: $\\frac{x}{${a}} = ${q}$.`,
            `Multiply both sides by $${a}$: $x = ${a * q}$.`,
          ],
          hints: ['Get the fraction alone first.', `What undoes a division by $${a}$?`],
        });
      },
    },
    {
      id: 'number-of-solutions',
      name: 'Tell how many solutions an equation has',
      description: 'None, one, or every number.',
      minutes: 15,
      needs: ['variables-on-both-sides'],
      helps: ['equations-with-brackets'],
      make: (random) => {
        const [a, b, kind] = [between(random, 2, 9), nonzero(random, -9, 9), random.integer(3)];
        const answer = [NONE, ONE, ALL][kind];
        const d = kind === 0 ? a * b + nonzero(random, -5, 5) : a * b;
        const c = kind === 1 ? a + nonzero(random, 1, 4) : a;
        const left = kind === 1 ? `${times(c - a, 'x')} = 0` : `${a * b} = ${d}`;
        return choiceItem(random, {
          ask: `How many solutions does $${a}(${tex(poly([1, b]))}) = ${tex(poly([c, d]))}$ have?`,
          answer,
          wrong: [
            [NONE, kind === 1 ? 'zero-is-no-solution' : 'identity-mixup'],
            [ONE, 'always-one-solution'],
            [ALL, 'identity-mixup'],
          ],
          steps: [
            `Multiply out: $${tex(poly([a, a * b]))} = ${tex(poly([c, d]))}$.`,
            `Subtract $${a}x$${kind === 1 ? ` and $${a * b}$` : ''} from both sides: $${left}$.`,
            kind === 0
              ? 'This is never true: no solution.'
              : kind === 1
                ? 'So $x = 0$: exactly one solution.'
                : 'This is always true: every number is a solution.',
          ],
          hints: [
            'Multiply out, then bring the terms with $x$ to one side.',
            'What is left when $x$ drops out: something true, or something false?',
          ],
        });
      },
    },
    {
      id: 'solve-for-a-variable',
      name: 'Solve a formula for a variable',
      description: 'Get one letter alone.',
      minutes: 20,
      needs: ['two-step-equations'],
      helps: ['equations-with-fractions'],
      make: (random) => {
        const [k, b] = [between(random, 2, 9), between(random, 1, 15)];
        const [target, other] = random.pick([
          ['x', 'y'],
          ['t', 'd'],
          ['n', 'C'],
          ['w', 'P'],
        ]);
        return expressionItem({
          ask: `Solve $${other} = ${k}${target} + ${b}$ for $${target}$.`,
          answer: `${target}=(${other}-${b})/${k}`,
          form: 'solved',
          wrong: [
            [`${target}=${other}/${k}-${b}`, 'clears-first-term-only'],
            [`${target}=(${other}+${b})/${k}`, 'same-operation'],
            [`${target}=${other}-${b}-${k}`, 'subtracts-coefficient'],
          ],
          steps: [
            `Subtract $${b}$: $${other} - ${b} = ${k}${target}$.`,
            `Divide by $${k}$: $${target} = \\frac{${other} - ${b}}{${k}}$.`,
          ],
          hints: [`Treat $${other}$ like a number.`, `Undo the addition of $${b}$ first.`],
        });
      },
    },
    {
      id: 'equation-word-problems',
      name: 'Set up and solve equations from words',
      description: 'A fixed part and so much each.',
      minutes: 25,
      needs: ['two-step-equations', 'translate-words'],
      helps: ['unit-rates'],
      make: (random) => {
        const [fixed, each, count] = [between(random, 3, 30), between(random, 2, 9), between(random, 3, 20)];
        const total = fixed + each * count;
        return numberItem({
          ask: random.pick(TRIPS)(fixed, each, total),
          answer: count,
          wrong: [
            [frac(total, each), 'ignores-fixed-part'],
            [total - fixed, 'stops-early'],
            [frac(total + fixed, each), 'same-operation'],
          ],
          steps: [
            `Call the number $n$: $${fixed} + ${each}n = ${total}$.`,
            `Subtract $${fixed}$: $${each}n = ${total - fixed}$.`,
            `Divide by $${each}$: $n = ${count}$.`,
          ],
          hints: ['Which part is fixed, and which comes again and again?', 'Take the fixed part away first.'],
        });
      },
    },
  ],
};
