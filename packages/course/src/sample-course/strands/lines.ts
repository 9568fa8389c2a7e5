/** Strand 7: coordinates, slope and lines. */
import type { Random } from '@qurriculum/random';
import { between, frac, gcd, line, nonzero, poly, sign, tex, until } from '../notation.ts';
import type { Strand } from '../write.ts';
import { expressionItem, numberItem } from '../write.ts';

/** Two points that differ in both coordinates; the slope is not its own reciprocal. */
function twoPoints(random: Random, whole: boolean): [number, number, number, number] {
  return until(
    () => [between(random, -6, 6), between(random, -9, 9), between(random, -6, 6), between(random, -9, 9)],
    ([p, q, r, s]) => p !== r && q !== s && Math.abs(p - r) !== Math.abs(q - s) && (!whole || (s - q) % (r - p) === 0),
  );
}

export const lines: Strand = {
  domain: 'Lines',
  skills: [
    {
      id: 'plot-points',
      name: 'Name points by coordinates',
      description: 'Find a point by going left or right, then up or down.',
      minutes: 10,
      needs: ['absolute-value'],
      make: (random) => {
        const [x, y] = until(
          () => [-between(random, 1, 9), sign(random) * between(random, 1, 9)],
          ([a, b]) => Math.abs(a) !== Math.abs(b),
        );
        return expressionItem({
          ask: `Start at the origin and go ${-x} to the left and ${Math.abs(y)} ${y > 0 ? 'up' : 'down'}. At which point are you? Write it as $(x, y)$.`,
          answer: `(${x},${y})`,
          parts: ['x', 'y'],
          wrong: [
            [`(${y},${x})`, 'swaps-coordinates'],
            [`(${-x},${y})`, 'drops-sign'],
          ],
          steps: [
            `Left is negative: $x = ${x}$.`,
            `${y > 0 ? 'Up is positive' : 'Down is negative'}: $y = ${y}$.`,
            `The point is $(${x}, ${y})$.`,
          ],
          hints: ['The first number is for left and right.', 'Left and down are negative.'],
        });
      },
    },
    {
      id: 'points-on-a-line',
      name: 'Find points on a line',
      description: 'Put x into the equation of a line.',
      minutes: 15,
      needs: ['evaluate-expressions', 'plot-points'],
      make: (random) => {
        const [a, b, k] = [between(random, 2, 7), nonzero(random, -9, 9), -between(random, 1, 6)];
        return numberItem({
          ask: `On the line $y = ${tex(poly([a, b]))}$, what is $y$ when $x = ${k}$?`,
          answer: a * k + b,
          wrong: [
            [-a * k + b, 'drops-sign'],
            [a * (k + b), 'adds-before-multiplying'],
          ],
          steps: [
            `Put $x = ${k}$ in: $y = ${a}(${k}) ${b < 0 ? '-' : '+'} ${Math.abs(b)}$.`,
            `$y = ${a * k} ${b < 0 ? '-' : '+'} ${Math.abs(b)} = ${a * k + b}$.`,
          ],
          hints: [`Put $${k}$ in brackets in the place of $x$.`, 'Multiply before you add.'],
        });
      },
    },
    {
      id: 'slope-from-points',
      name: 'Find the slope through two points',
      description: 'Change of y over change of x.',
      minutes: 20,
      needs: ['plot-points', 'subtract-integers', 'simplify-fractions'],
      make: (random) => {
        const [p, q, r, s] = twoPoints(random, false);
        return numberItem({
          ask: `What is the slope of the line through $(${p}, ${q})$ and $(${r}, ${s})$?`,
          answer: frac(s - q, r - p),
          wrong: [
            [frac(r - p, s - q), 'run-over-rise'],
            [frac(q - s, r - p), 'mixes-point-order'],
          ],
          steps: [
            `Change of $y$: $${s} - (${q}) = ${s - q}$.`,
            `Change of $x$: $${r} - (${p}) = ${r - p}$.`,
            `Slope: $${tex(frac(s - q, r - p))}$.`,
          ],
          hints: [
            'How much does $y$ change from the first point to the second?',
            'Divide by the change of $x$, in the same order.',
          ],
        });
      },
    },
    {
      id: 'slope-intercept-form',
      name: 'Read slope and intercept',
      description: 'Read a line from y = mx + b.',
      minutes: 10,
      needs: ['points-on-a-line'],
      helps: ['slope-from-points'],
      make: (random) => {
        const [m, b] = until(
          () => [nonzero(random, -9, 9), nonzero(random, -9, 9)],
          ([p, q]) => Math.abs(p) !== Math.abs(q) && Math.abs(p) > 1,
        );
        const slope = random.chance(0.5);
        return numberItem({
          ask: `What is the ${slope ? 'slope' : '$y$-intercept'} of the line $y = ${b} ${m < 0 ? '-' : '+'} ${Math.abs(m)}x$?`,
          answer: slope ? m : b,
          wrong: [
            [slope ? b : m, 'slope-intercept-mixup'],
            [slope ? -m : -b, 'wrong-sign'],
          ],
          steps: [
            `Write it as $y = ${tex(poly([m, b]))}$.`,
            slope ? `The slope multiplies $x$: it is $${m}$.` : `At $x = 0$ only $${b}$ is left.`,
          ],
          hints: [
            'Put the term with $x$ first.',
            slope ? 'The slope is the number that multiplies $x$.' : 'The $y$-intercept is the value at $x = 0$.',
          ],
        });
      },
    },
    {
      id: 'intercepts',
      name: 'Find intercepts',
      description: 'Where a line meets the axes.',
      minutes: 15,
      needs: ['points-on-a-line', 'one-step-multiplication-equations'],
      make: (random) => {
        const [a, b] = until(
          () => [between(random, 2, 9), between(random, 2, 9)],
          ([p, q]) => p !== q,
        );
        const x = nonzero(random, -6, 6);
        const c = a * x;
        return numberItem({
          ask: `At which $x$ does the line $${a}x + ${b}y = ${c}$ meet the $x$-axis?`,
          answer: x,
          wrong: [
            [frac(c, b), 'confuses-intercepts'],
            [-x, 'wrong-sign'],
          ],
          steps: ['On the $x$-axis, $y = 0$.', `$${a}x = ${c}$, so $x = ${x}$.`],
          hints: ['Which coordinate is zero on the $x$-axis?', `Put $y = 0$ into the equation.`],
        });
      },
    },
    {
      id: 'slope-from-equation',
      name: 'Find the slope from any equation of a line',
      description: 'Solve for y, then read the slope.',
      minutes: 20,
      needs: ['slope-intercept-form', 'solve-for-a-variable'],
      make: (random) => {
        const [a, b, c] = [between(random, 2, 9), between(random, 2, 9), nonzero(random, -20, 20)];
        return numberItem({
          ask: `What is the slope of the line $${a}x + ${b}y = ${c}$?`,
          answer: frac(-a, b),
          wrong: [
            [a, 'reads-unsolved'],
            [frac(a, b), 'drops-sign'],
          ],
          steps: [
            `Subtract $${a}x$: $${b}y = -${a}x ${c < 0 ? '-' : '+'} ${Math.abs(c)}$.`,
            `Divide by $${b}$: the factor of $x$ is $${tex(frac(-a, b))}$.`,
          ],
          hints: ['Get $y$ alone first.', 'The slope is then the number with $x$.'],
        });
      },
    },
    {
      id: 'line-from-point-and-slope',
      name: 'Write a line through a point with a given slope',
      description: 'Find the intercept from a point.',
      minutes: 25,
      needs: ['slope-intercept-form', 'two-step-equations'],
      make: (random) => {
        const [m, p, q] = until(
          () => [nonzero(random, -5, 5), nonzero(random, -5, 5), nonzero(random, -9, 9)],
          ([a, b, c]) => Math.abs(a) > 1 && c - a * b !== 0,
        );
        return expressionItem({
          ask: `Write the equation of the line with slope $${m}$ through $(${p}, ${q})$. Answer with $y = \\ldots$`,
          answer: line([m, 1], [q - m * p, 1]),
          form: 'solved',
          wrong: [
            [line([m, 1], [q, 1]), 'point-as-intercept'],
            [line([m, 1], [q + m * p, 1]), 'same-operation'],
          ],
          steps: [
            `Put the point into $y = ${m}x + b$: $${q} = ${m}(${p}) + b$.`,
            `$b = ${q - m * p}$.`,
            `$${tex(line([m, 1], [q - m * p, 1]))}$.`,
          ],
          hints: [`The line is $y = ${m}x + b$ for some $b$.`, 'The point has to satisfy the equation.'],
        });
      },
    },
    {
      id: 'line-from-two-points',
      name: 'Write a line through two points',
      description: 'Find the slope, then the intercept.',
      minutes: 25,
      needs: ['slope-from-points', 'line-from-point-and-slope'],
      make: (random) => {
        const [p, q, r, s] = until(
          () => twoPoints(random, true),
          ([a]) => a !== 0,
        );
        const m = (s - q) / (r - p);
        return expressionItem({
          ask: `Write the equation of the line through $(${p}, ${q})$ and $(${r}, ${s})$. Answer with $y = \\ldots$`,
          answer: line([m, 1], [q - m * p, 1]),
          form: 'solved',
          wrong: [
            [line([m, 1], [q, 1]), 'point-as-intercept'],
            [line([1, m], [q * m - p, m]), 'run-over-rise'],
          ],
          steps: [
            `Slope: $\\frac{${s} - (${q})}{${r} - (${p})} = ${m}$.`,
            `Intercept: $b = ${q} - (${m})(${p}) = ${q - m * p}$.`,
            `$${tex(line([m, 1], [q - m * p, 1]))}$.`,
          ],
          hints: ['Find the slope first.', 'Then put one of the points in to find the intercept.'],
        });
      },
    },
    {
      id: 'parallel-and-perpendicular',
      name: 'Find slopes of perpendicular lines',
      description: 'Turn the slope over and change its sign.',
      minutes: 15,
      needs: ['slope-intercept-form'],
      helps: ['divide-fractions'],
      make: (random) => {
        const [a, b] = until(
          () => [between(random, 1, 9), between(random, 2, 9)],
          ([p, q]) => p !== q && gcd(p, q) === 1,
        );
        const [s, c] = [sign(random), nonzero(random, -9, 9)];
        return numberItem({
          ask: `What is the slope of a line perpendicular to $${tex(line([s * a, b], [c, 1]))}$?`,
          answer: frac(-s * b, a),
          wrong: [
            [frac(s * a, b), 'same-slope-for-perpendicular'],
            [frac(s * b, a), 'only-flips-slope'],
            [frac(-s * a, b), 'only-negates-slope'],
          ],
          steps: [
            `The slope of the line is $${tex(frac(s * a, b))}$.`,
            `Turn it over and change the sign: $${tex(frac(-s * b, a))}$.`,
          ],
          hints: ['First read the slope of the given line.', 'Two things happen to the slope of a perpendicular line.'],
        });
      },
    },
  ],
};
