/** How the sample course writes numbers and expressions: plain text for answers, LaTeX of it for prompts. */
import type { Random } from '@qurriculum/random';

/** An integer from low to high, both included. */
export const between = (random: Random, low: number, high: number): number => low + random.integer(high - low + 1);

/** An integer from low to high, both included, and not 0. */
export const nonzero = (random: Random, low: number, high: number): number =>
  until(
    () => between(random, low, high),
    (value) => value !== 0,
  );

/** -1 or 1. */
export const sign = (random: Random): -1 | 1 => (random.chance(0.5) ? 1 : -1);

/** Draws until one is acceptable. Drafts accept a good share of their draws; a thousand misses mean a mistake in one. */
export function until<T>(draw: () => T, accept: (value: T) => boolean): T {
  for (let tries = 0; tries < 1000; tries++) {
    const value = draw();
    if (accept(value)) return value;
  }
  throw new Error('until: expected an acceptable draw within 1,000 tries, got none; loosen the condition.');
}

export function gcd(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : gcd(b, a % b);
}

export const lcm = (a: number, b: number): number => Math.abs(a * b) / gcd(a, b);

/** top/bottom in lowest terms: '3/4', '-2/3', '5'. */
export function frac(top: number, bottom: number): string {
  const divisor = gcd(top, bottom) * Math.sign(bottom);
  const [a, b] = [top / divisor, bottom / divisor];
  return b === 1 ? String(a + 0) : `${a}/${b}`;
}

/** A polynomial from its coefficients, the highest power first: [1, -5, 6] is 'x^2-5x+6'. */
export function poly(coefficients: readonly number[], letter = 'x'): string {
  let text = '';
  for (const [k, coefficient] of coefficients.entries()) {
    if (coefficient === 0) continue;
    const power = coefficients.length - 1 - k;
    const letters = power === 0 ? '' : power === 1 ? letter : `${letter}^${power}`;
    const size = Math.abs(coefficient) === 1 && power > 0 ? '' : String(Math.abs(coefficient));
    text += `${coefficient < 0 ? '-' : text === '' ? '' : '+'}${size}${letters}`;
  }
  return text === '' ? '0' : text;
}

/** k times something: '3x', '-x', 'x'. */
export const times = (k: number, letters: string): string =>
  k === 1 ? letters : k === -1 ? `-${letters}` : `${k}${letters}`;

/** A line through slope and intercept given as fractions: 'y=2/3x-1'. */
export function line([top, bottom]: readonly [number, number], [start, under]: readonly [number, number]): string {
  const slope = frac(top, bottom);
  const first = top === 0 ? '' : slope === '1' ? 'x' : slope === '-1' ? '-x' : `${slope}x`;
  const last = start === 0 && top !== 0 ? '' : frac(start, under);
  return `y=${first}${first !== '' && last !== '' && !last.startsWith('-') ? '+' : ''}${last}`;
}

/** Negative numbers in brackets, for use after a sign. */
export const inBrackets = (value: number): string => (value < 0 ? `(${value})` : String(value));

/** LaTeX of the plain notation above. */
export function tex(plain: string | number): string {
  return String(plain)
    .replace(/sqrt\(([^()]*)\)/g, '\\sqrt{$1}')
    .replace(/\^\(([^()]*)\)/g, '^{$1}')
    .replace(/\^(\d+)/g, '^{$1}')
    .replace(/\(([^()]*)\)\/\(([^()]*)\)/g, '\\frac{$1}{$2}')
    .replace(/\(([^()]*)\)\/(\d+|[a-z])/g, '\\frac{$1}{$2}')
    .replace(/(\d*[a-zA-Z]?(?:\\sqrt\{[^{}]*\})?)\/(\d+|[a-zA-Z])/g, (whole, top: string, bottom: string) =>
      top === '' ? whole : `\\frac{${top}}{${bottom}}`,
    )
    .replace(/<=/g, ' \\le ')
    .replace(/>=/g, ' \\ge ')
    .replace(/([=<>])/g, ' $1 ')
    .replace(/([\w})])([+-])(?=[\w\\(])/g, '$1 $2 ')
    .replace(/,\s*/g, ', ');
}
