/** Strand 3: ratio, rate and percent. */
import { between, frac, gcd, tex, until } from '../notation.ts';
import type { Strand } from '../write.ts';
import { numberItem } from '../write.ts';

const MIXTURES = [
  ['cups of flour', 'cups of milk'],
  ['red beads', 'blue beads'],
  ['students', 'teachers'],
  ['parts of cement', 'parts of sand'],
] as const;

const RATES = [
  (total: number, units: number) =>
    `A train travels ${total} km in ${units} hours at a steady speed. How many km does it travel in one hour?`,
  (total: number, units: number) => `${units} equal boxes hold ${total} pencils. How many pencils does one box hold?`,
  (total: number, units: number) =>
    `A pump moves ${total} litres in ${units} minutes. How many litres does it move in one minute?`,
] as const;

export const ratio: Strand = {
  domain: 'Ratio and percent',
  skills: [
    {
      id: 'write-ratios',
      name: 'Write ratios',
      description: 'Write a ratio as a fraction in lowest terms.',
      minutes: 10,
      needs: ['simplify-fractions'],
      make: (random) => {
        const [a, b] = until(
          () => [between(random, 1, 9), between(random, 1, 9)],
          ([m, n]) => m !== n && gcd(m, n) === 1,
        );
        const k = between(random, 2, 6);
        const [first, second] = random.pick(MIXTURES);
        return numberItem({
          ask: `There are ${a * k} ${first} and ${b * k} ${second}. Write the ratio of ${first} to ${second} as a fraction in lowest terms.`,
          answer: frac(a, b),
          form: 'lowest-terms',
          wrong: [
            [frac(b, a), 'ratio-order'],
            [`${a * k}/${b * k}`, 'stops-simplifying'],
          ],
          steps: [
            `The first quantity goes on top: $\\frac{${a * k}}{${b * k}}$.`,
            `Divide both by $${k}$: $${tex(frac(a, b))}$.`,
          ],
          hints: ['The quantity named first goes on top.', 'Then simplify the fraction.'],
        });
      },
    },
    {
      id: 'unit-rates',
      name: 'Find unit rates',
      description: 'How much for one.',
      minutes: 15,
      needs: ['divide-whole'],
      helps: ['write-ratios'],
      make: (random) => {
        const units = between(random, 3, 12);
        const rate = between(random, 4, 60);
        return numberItem({
          ask: random.pick(RATES)(units * rate, units),
          answer: rate,
          wrong: [
            [units * units * rate, 'multiplies-for-rate'],
            [frac(1, rate), 'inverts-rate'],
          ],
          steps: ['For one, divide the total by the number of units.', `$${units * rate} \\div ${units} = ${rate}$.`],
          hints: [
            'Is the amount for one larger or smaller than the total?',
            `Share $${units * rate}$ equally among $${units}$.`,
          ],
        });
      },
    },
    {
      id: 'solve-proportions',
      name: 'Solve proportions',
      description: 'Find the missing number in two equal ratios.',
      minutes: 20,
      needs: ['equivalent-fractions', 'divide-whole'],
      helps: ['unit-rates'],
      make: (random) => {
        const [c, d] = until(
          () => [between(random, 2, 9), between(random, 2, 9)],
          ([m, n]) => gcd(m, n) === 1,
        );
        const k = between(random, 2, 9);
        return numberItem({
          ask: `Find $x$: $\\frac{x}{${d * k}} = \\frac{${c}}{${d}}$`,
          answer: c * k,
          wrong: [
            [c + d * k - d, 'additive-proportion'],
            [frac(d * k * d, c), 'cross-multiplies-wrong'],
          ],
          steps: [
            `Multiply crosswise: $${d}x = ${c} \\times ${d * k}$.`,
            `$x = \\frac{${c * d * k}}{${d}} = ${c * k}$.`,
          ],
          hints: [`How does the bottom change from $${d}$ to $${d * k}$?`, 'The top is multiplied by the same number.'],
        });
      },
    },
    {
      id: 'percent-of-number',
      name: 'Find a percent of a number',
      description: 'Take a share of a whole.',
      minutes: 15,
      needs: ['multiply-fractions'],
      helps: ['solve-proportions'],
      make: (random) => {
        const percent = random.pick([5, 10, 15, 20, 30, 35, 40, 45, 60, 70, 80]);
        const number = 20 * between(random, 2, 15);
        const answer = (percent * number) / 100;
        return numberItem({
          ask: `What is $${percent}\\%$ of $${number}$?`,
          answer,
          wrong: [
            [(percent * number) / 10, 'percent-place-value'],
            [number - percent, 'subtracts-percent'],
          ],
          steps: [
            `$${percent}\\% = \\frac{${percent}}{100}$.`,
            `$\\frac{${percent}}{100} \\times ${number} = ${answer}$.`,
          ],
          hints: ['Percent means out of a hundred.', `What is $1\\%$ of $${number}$?`],
        });
      },
    },
    {
      id: 'percent-change',
      name: 'Find a percent change',
      description: 'Compare a change with the starting value.',
      minutes: 20,
      needs: ['percent-of-number'],
      helps: ['subtract-fractions'],
      make: (random) => {
        const percent = random.pick([10, 20, 25, 30, 40, 50, 60, 75]);
        const before = 20 * between(random, 2, 12);
        const change = (before * percent) / 100;
        const rises = random.chance(0.5);
        const after = rises ? before + change : before - change;
        return numberItem({
          ask: `A price ${rises ? 'rises' : 'falls'} from \\$${before} to \\$${after}. By how many percent does it ${rises ? 'rise' : 'fall'}?`,
          answer: percent,
          unit: '%',
          wrong: [
            [change, 'difference-as-percent'],
            [frac(change * 100, after), 'wrong-base'],
          ],
          steps: [
            `The change is $${change}$.`,
            `Compared with the old price: $\\frac{${change}}{${before}} = \\frac{${percent}}{100}$.`,
            `That is $${percent}\\%$.`,
          ],
          hints: ['How large is the change?', `Which part of the old price, $${before}$, is that?`],
        });
      },
    },
  ],
};
