/** Strand 6: linear inequalities in one variable. */
import { between, frac, nonzero, poly, tex, until } from '../notation.ts';
import type { Strand } from '../write.ts';
import { expressionItem } from '../write.ts';

const SIGNS = ['<', '>', '<=', '>='] as const;
type Sign = (typeof SIGNS)[number];
const TURNED: Readonly<Record<Sign, Sign>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

export const inequalities: Strand = {
  domain: 'Inequalities',
  skills: [
    {
      id: 'one-step-inequalities',
      name: 'Solve one-step inequalities',
      description: 'Undo an addition or subtraction in an inequality.',
      minutes: 15,
      needs: ['one-step-addition-equations'],
      make: (random) => {
        const [a, end, s] = [nonzero(random, -12, 12), between(random, -12, 12), random.pick(SIGNS)];
        return expressionItem({
          ask: `Solve $${tex(`${poly([1, a])}${s}${end + a}`)}$ for $x$.`,
          answer: `x${s}${end}`,
          form: 'solved',
          wrong: [
            [`x${s}${end + 2 * a}`, 'same-operation'],
            [`x${TURNED[s]}${end}`, 'flips-needlessly'],
          ],
          steps: [
            a > 0 ? `Subtract $${a}$ from both sides.` : `Add $${-a}$ to both sides.`,
            `$${tex(`x${s}${end}`)}$. The sign stays as it is.`,
          ],
          hints: ['Work as with an equation.', 'Adding or subtracting leaves the sign as it is.'],
        });
      },
    },
    {
      id: 'inequalities-with-negatives',
      name: 'Solve inequalities with a negative factor',
      description: 'Turn the sign when dividing by a negative number.',
      minutes: 20,
      needs: ['one-step-inequalities', 'one-step-multiplication-equations'],
      make: (random) => {
        const [a, end, s] = [between(random, 2, 9), nonzero(random, -9, 9), random.pick(SIGNS)];
        return expressionItem({
          ask: `Solve $${tex(`-${a}x${s}${-a * end}`)}$ for $x$.`,
          answer: `x${TURNED[s]}${end}`,
          form: 'solved',
          wrong: [
            [`x${s}${end}`, 'forgets-flip'],
            [`x${TURNED[s]}${-end}`, 'drops-sign'],
          ],
          steps: [
            `Divide both sides by $-${a}$.`,
            'Dividing by a negative number turns the sign around.',
            `$${tex(`x${TURNED[s]}${end}`)}$.`,
          ],
          hints: [`Divide both sides by $-${a}$.`, 'What happens to the sign when you divide by a negative number?'],
        });
      },
    },
    {
      id: 'multi-step-inequalities',
      name: 'Solve multi-step inequalities',
      description: 'Several steps, with the variable on both sides.',
      minutes: 25,
      needs: ['inequalities-with-negatives', 'variables-on-both-sides'],
      make: (random) => {
        const [a, c] = until(
          () => [between(random, 2, 9), between(random, 2, 9)],
          ([p, q]) => p < q,
        );
        const [b, end, s] = [nonzero(random, -9, 9), nonzero(random, -8, 8), random.pick(SIGNS)];
        const d = b + (a - c) * end;
        return expressionItem({
          ask: `Solve $${tex(`${poly([a, b])}${s}${poly([c, d])}`)}$ for $x$.`,
          answer: `x${TURNED[s]}${end}`,
          form: 'solved',
          wrong: [
            [`x${s}${end}`, 'forgets-flip'],
            [`x${s}${frac(d - b, a + c)}`, 'adds-x-terms'],
          ],
          steps: [
            `Subtract $${c}x$ and ${b < 0 ? `add $${-b}$` : `subtract $${b}$`}: $${tex(`${poly([a - c, 0])}${s}${d - b}`)}$.`,
            `Divide by $${a - c}$ and turn the sign around: $${tex(`x${TURNED[s]}${end}`)}$.`,
          ],
          hints: [
            'Bring the terms with $x$ to the left and the numbers to the right.',
            'The factor of $x$ is negative now.',
          ],
        });
      },
    },
  ],
};
