/** Strand 11: factoring polynomials. */
import { between, gcd, nonzero, poly, tex, times, until } from '../notation.ts';
import type { Strand } from '../write.ts';
import { expressionItem } from '../write.ts';

const pair = (p: number, q: number): string => `(${poly([1, p])})(${poly([1, q])})`;

export const factoring: Strand = {
  domain: 'Factoring',
  skills: [
    {
      id: 'factor-common-factor',
      name: 'Factor out the greatest common factor',
      description: 'Undo a distribution.',
      minutes: 20,
      needs: ['multiply-by-monomial', 'greatest-common-factor'],
      make: (random) => {
        const g = between(random, 2, 9);
        const [a, b] = until(
          () => [between(random, 2, 7), nonzero(random, -9, 9)],
          ([p, q]) => gcd(p, q) === 1,
        );
        return expressionItem({
          ask: `Factor completely: $${tex(poly([g * a, g * b, 0]))}$`,
          answer: `${g}x(${poly([a, b])})`,
          form: 'factored',
          wrong: [
            [`${g}x(${poly([a, g * b])})`, 'leaves-term-undivided'],
            [`${g}(${poly([a, b, 0])})`, 'incomplete-factor'],
          ],
          steps: [
            `Both terms share the number $${g}$ and the letter $x$.`,
            `$${g}x \\cdot ${a}x$ and $${g}x \\cdot (${b})$ give the terms.`,
            `$${g}x(${tex(poly([a, b]))})$.`,
          ],
          hints: ['Which number divides both terms?', 'Is there a letter in both terms too?'],
        });
      },
    },
    {
      id: 'factor-trinomials',
      name: 'Factor trinomials',
      description: 'Two numbers with a given sum and product.',
      minutes: 25,
      needs: ['multiply-binomials'],
      helps: ['factor-common-factor'],
      make: (random) => {
        const [p, q] = until(
          () => [nonzero(random, -9, 9), nonzero(random, -9, 9)],
          ([a, b]) => a < b && a + b !== 0 && a * b !== 1,
        );
        return expressionItem({
          ask: `Factor: $${tex(poly([1, p + q, p * q]))}$`,
          answer: pair(p, q),
          form: 'factored',
          wrong: [
            [pair(-p, -q), 'signs-of-factors'],
            [pair(p + q, p * q), 'swaps-sum-and-product'],
          ],
          steps: [
            `Two numbers with product $${p * q}$ and sum $${p + q}$: $${p}$ and $${q}$.`,
            `$${tex(pair(p, q))}$.`,
          ],
          hints: [`Which pairs of numbers multiply to $${p * q}$?`, `Which of them add to $${p + q}$?`],
        });
      },
    },
    {
      id: 'factor-leading-coefficient',
      name: 'Factor trinomials with a leading coefficient',
      description: 'Place the numbers so that the middle term fits.',
      minutes: 30,
      needs: ['factor-trinomials'],
      make: (random) => {
        const [a, b, d] = until(
          () => [random.pick([2, 3, 5]), nonzero(random, -7, 7), nonzero(random, -7, 7)],
          ([p, q, s]) => gcd(p, q) === 1 && q !== s && p * s + q !== 0 && gcd(p, s) === 1 && p * q + s !== p * s + q,
        );
        const answer = `(${poly([a, b])})(${poly([1, d])})`;
        return expressionItem({
          ask: `Factor: $${tex(poly([a, a * d + b, b * d]))}$`,
          answer,
          form: 'factored',
          wrong: [
            [`(${poly([a, d])})(${poly([1, b])})`, 'misplaces-constants'],
            [`(${poly([a, -b])})(${poly([1, -d])})`, 'signs-of-factors'],
          ],
          steps: [
            `First terms: $${a}x$ and $x$. Last terms multiply to $${b * d}$.`,
            `Try $${b}$ and $${d}$: outer $${times(a * d, 'x')}$ and inner $${times(b, 'x')}$ add to $${times(a * d + b, 'x')}$.`,
            `$${tex(answer)}$.`,
          ],
          hints: [`Start with $(${a}x \\;\\;)(x \\;\\;)$.`, 'Try both places for each pair of last terms.'],
        });
      },
    },
    {
      id: 'factor-difference-of-squares',
      name: 'Factor differences of squares',
      description: 'A sum times a difference.',
      minutes: 15,
      needs: ['sum-times-difference'],
      helps: ['factor-common-factor'],
      make: (random) => {
        const [a, b] = until(
          () => [between(random, 2, 9), between(random, 1, 12)],
          ([p, q]) => gcd(p, q) === 1,
        );
        return expressionItem({
          ask: `Factor: $${tex(poly([a * a, 0, -b * b]))}$`,
          answer: `(${poly([a, b])})(${poly([a, -b])})`,
          form: 'factored',
          wrong: [
            [`(${poly([a, -b])})^2`, 'square-of-difference'],
            [`(${poly([a * a, b])})(${poly([a * a, -b])})`, 'takes-out-square'],
          ],
          steps: [`$${a * a}x^2 = (${a}x)^2$ and $${b * b} = ${b}^2$.`, `$(${poly([a, b])})(${poly([a, -b])})$.`],
          hints: ['Both terms are squares.', `The square of what is $${a * a}x^2$?`],
        });
      },
    },
    {
      id: 'factor-perfect-squares',
      name: 'Factor perfect square trinomials',
      description: 'Recognise the square of a binomial.',
      minutes: 15,
      needs: ['square-of-binomial', 'factor-trinomials'],
      make: (random) => {
        const a = until(
          () => nonzero(random, -12, 12),
          (value) => Math.abs(value) > 1,
        );
        return expressionItem({
          ask: `Factor: $${tex(poly([1, 2 * a, a * a]))}$`,
          answer: `(${poly([1, a])})^2`,
          form: 'factored',
          wrong: [
            [`(${poly([1, -a])})^2`, 'signs-of-factors'],
            [pair(a, -a), 'square-of-difference'],
            [`(${poly([1, 2 * a])})^2`, 'forgets-to-halve'],
          ],
          steps: [
            `$${a * a} = ${Math.abs(a)}^2$, and twice $${Math.abs(a)}x$ is the size of the middle term.`,
            `The middle term is ${a > 0 ? 'positive' : 'negative'}: $(${tex(poly([1, a]))})^2$.`,
          ],
          hints: ['First and last term are squares.', 'Check that the middle term is twice the product.'],
        });
      },
    },
  ],
};
