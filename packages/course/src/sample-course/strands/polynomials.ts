/** Strand 10: polynomials. */
import { between, nonzero, poly, tex, times, until } from '../notation.ts';
import type { Strand } from '../write.ts';
import { expressionItem } from '../write.ts';

export const polynomials: Strand = {
  domain: 'Polynomials',
  skills: [
    {
      id: 'add-polynomials',
      name: 'Add polynomials',
      description: 'Combine like terms of two polynomials.',
      minutes: 15,
      needs: ['combine-like-terms'],
      helps: ['product-of-powers'],
      make: (random) => {
        const [a, b, c, d, e, f] = until(
          () => [
            between(random, 1, 9),
            nonzero(random, -9, 9),
            nonzero(random, -9, 9),
            between(random, 1, 9),
            nonzero(random, -9, 9),
            nonzero(random, -9, 9),
          ],
          ([, q, r, , t, u]) => q + t !== 0 && r + u !== 0,
        );
        const answer = poly([a + d, b + e, c + f]);
        return expressionItem({
          ask: `Add: $(${tex(poly([a, b, c]))}) + (${tex(poly([d, e, f]))})$`,
          answer,
          form: 'expanded',
          wrong: [
            [poly([a + d, 0, b + e, 0, c + f]), 'adds-exponents-of-like-terms'],
            [poly([a + b + d + e, 0, c + f]), 'combines-unlike'],
          ],
          steps: [
            `Squares: $${a + d}x^2$. Terms with $x$: $${times(b + e, 'x')}$. Numbers: $${c + f}$.`,
            `$${tex(answer)}$.`,
          ],
          hints: ['Combine terms of one kind.', 'The powers stay as they are.'],
        });
      },
    },
    {
      id: 'subtract-polynomials',
      name: 'Subtract polynomials',
      description: 'Change every sign, then add.',
      minutes: 15,
      needs: ['add-polynomials', 'distribute-negative'],
      make: (random) => {
        const [a, d] = until(
          () => [between(random, 2, 9), between(random, 1, 9)],
          ([p, q]) => p !== q,
        );
        const [b, c, e, f] = until(
          () => [nonzero(random, -9, 9), nonzero(random, -9, 9), nonzero(random, -9, 9), nonzero(random, -9, 9)],
          ([q, r, t, u]) => q !== t && r !== u,
        );
        const answer = poly([a - d, b - e, c - f]);
        return expressionItem({
          ask: `Subtract: $(${tex(poly([a, b, c]))}) - (${tex(poly([d, e, f]))})$`,
          answer,
          form: 'expanded',
          wrong: [
            [poly([a - d, b + e, c + f]), 'subtracts-first-only'],
            [poly([a + d, b + e, c + f]), 'drops-sign'],
          ],
          steps: [
            `Change all signs of the second: $${tex(poly([a, b, c]))} ${tex(poly([-d, -e, -f])).replace(/^-/, '- ')}$.`,
            `Combine like terms: $${tex(answer)}$.`,
          ],
          hints: [
            'The minus sign belongs to the whole second bracket.',
            'Write the second polynomial with every sign changed.',
          ],
        });
      },
    },
    {
      id: 'multiply-by-monomial',
      name: 'Multiply a polynomial by a monomial',
      description: 'Distribute a factor with a letter.',
      minutes: 15,
      needs: ['distribute', 'product-of-powers'],
      make: (random) => {
        const [a, b, c, d] = [
          between(random, 2, 7),
          between(random, 2, 7),
          nonzero(random, -9, 9),
          nonzero(random, -9, 9),
        ];
        const answer = poly([a * b, a * c, a * d, 0]);
        return expressionItem({
          ask: `Multiply out $${a}x(${tex(poly([b, c, d]))})$.`,
          answer,
          form: 'expanded',
          wrong: [
            [poly([a * b, c, d]).replace('x^2', 'x^3'), 'distributes-first-only'],
            [poly([a * b, a * c, a * d]), 'keeps-exponent'],
          ],
          steps: [
            `$${a}x \\cdot ${times(b, 'x^2')} = ${a * b}x^3$, $${a}x \\cdot ${times(c, 'x')} = ${a * c}x^2$, $${a}x \\cdot (${d}) = ${a * d}x$.`,
            `$${tex(answer)}$.`,
          ],
          hints: [`Multiply each term by $${a}x$.`, '$x$ times $x^2$ is $x^3$.'],
        });
      },
    },
    {
      id: 'multiply-binomials',
      name: 'Multiply binomials',
      description: 'Four products, then combine.',
      minutes: 20,
      needs: ['multiply-by-monomial', 'simplify-expressions'],
      helps: ['multiply-integers'],
      make: (random) => {
        const [p, q] = until(
          () => [nonzero(random, -9, 9), nonzero(random, -9, 9)],
          ([a, b]) => a + b !== 0 && a * b !== a + b && a !== b,
        );
        const answer = poly([1, p + q, p * q]);
        return expressionItem({
          ask: `Multiply out $(${tex(poly([1, p]))})(${tex(poly([1, q]))})$.`,
          answer,
          form: 'expanded',
          wrong: [
            [poly([1, 0, p * q]), 'first-and-last-only'],
            [poly([1, p + q, p + q]), 'adds-constants'],
          ],
          steps: [
            `Four products: $x^2$, $${times(q, 'x')}$, $${times(p, 'x')}$ and $${p * q}$.`,
            `Combine the middle ones: $${times(p + q, 'x')}$.`,
            `$${tex(answer)}$.`,
          ],
          hints: ['Each term of the first bracket meets each term of the second.', 'There are four products.'],
        });
      },
    },
    {
      id: 'square-of-binomial',
      name: 'Square a binomial',
      description: 'Square, double product, square.',
      minutes: 15,
      needs: ['multiply-binomials'],
      make: (random) => {
        const a = until(
          () => nonzero(random, -12, 12),
          (value) => Math.abs(value) > 1,
        );
        const answer = poly([1, 2 * a, a * a]);
        return expressionItem({
          ask: `Multiply out $(${tex(poly([1, a]))})^2$.`,
          answer,
          form: 'expanded',
          wrong: [
            [poly([1, 0, a * a]), 'squares-each-part'],
            [poly([1, a, a * a]), 'forgets-double'],
          ],
          steps: [
            `$(${tex(poly([1, a]))})(${tex(poly([1, a]))})$ has the middle products $${times(a, 'x')}$ and $${times(a, 'x')}$.`,
            `$${tex(answer)}$.`,
          ],
          hints: ['Write the square as a product of two brackets.', 'There are two middle products.'],
        });
      },
    },
    {
      id: 'sum-times-difference',
      name: 'Multiply a sum by a difference',
      description: 'The middle terms cancel.',
      minutes: 10,
      needs: ['multiply-binomials'],
      helps: ['square-of-binomial'],
      make: (random) => {
        const [a, b] = [between(random, 2, 7), between(random, 2, 9)];
        const answer = poly([a * a, 0, -b * b]);
        return expressionItem({
          ask: `Multiply out $(${a}x + ${b})(${a}x - ${b})$.`,
          answer,
          form: 'expanded',
          wrong: [
            [poly([a * a, 0, b * b]), 'sign-of-last-term'],
            [poly([a, 0, -b * b]), 'power-misses-coefficient'],
          ],
          steps: [
            `The middle products $-${a * b}x$ and $+${a * b}x$ cancel.`,
            `$(${a}x)^2 - ${b}^2 = ${tex(answer)}$.`,
          ],
          hints: ['Write down all four products.', 'What happens to the two middle ones?'],
        });
      },
    },
  ],
};
