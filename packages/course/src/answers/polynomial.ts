/**
 * Polynomials with exact integer coefficients in variables and roots. An exponent counts parts of 420, so that roots of order
 * 2 to 7 are exact; roots of primes are variables of their own, reduced as soon as they reach a whole power.
 * Products of different prime roots are linearly independent over the rationals (A. S. Besicovitch, On the linear
 * independence of fractional powers of integers, J. London Math. Soc. 15, 1940), so a polynomial without terms is the only
 * one that is zero, and equality is decided, not guessed. Variables under a root count as non-negative.
 */
import { UnreadableAnswer } from './errors.ts';

/** One whole power, in the unit of exponents. */
export const WHOLE = 420;

/** Largest total degree, number of terms, bits of a coefficient and term products of one answer: far above any task. */
const LIMITS = { degree: 120, terms: 300, bits: 2000, work: 50_000 };

/** Variable name, or prime number as text -> exponent in that unit, ascending by name, never zero. */
type Exponents = ReadonlyMap<string, number>;

export interface Term {
  readonly coefficient: bigint;
  readonly exponents: Exponents;
}

/** Terms by their exponents written out; no coefficient is zero. */
export type Polynomial = ReadonlyMap<string, Term>;

/** Work that may still be done, so that a hostile answer cannot hang the checker. */
export interface Budget {
  left: number;
}

export const createBudget = (): Budget => ({ left: LIMITS.work });

export function constant(value: bigint): Polynomial {
  return fromTerms([{ coefficient: value, exponents: new Map() }]);
}

export function variable(name: string): Polynomial {
  return fromTerms([{ coefficient: 1n, exponents: new Map([[name, WHOLE]]) }]);
}

export function fromTerms(terms: Iterable<Term>): Polynomial {
  const sum = new Map<string, Term>();
  for (const { coefficient, exponents } of terms) {
    const key = [...exponents].map(([name, power]) => `${name}^${power}`).join(' ');
    const total = (sum.get(key)?.coefficient ?? 0n) + coefficient;
    if (total === 0n) sum.delete(key);
    else sum.set(key, { coefficient: total, exponents });
    refuseHuge(total, exponents);
  }
  if (sum.size > LIMITS.terms) throw tooComplicated();
  return sum;
}

export function add(a: Polynomial, b: Polynomial): Polynomial {
  return fromTerms([...a.values(), ...b.values()]);
}

export function scale(a: Polynomial, factor: bigint): Polynomial {
  return fromTerms(
    Array.from(a.values(), ({ coefficient, exponents }) => ({ coefficient: coefficient * factor, exponents })),
  );
}

export function multiply(a: Polynomial, b: Polynomial, budget: Budget): Polynomial {
  budget.left -= a.size * b.size;
  if (budget.left < 0) throw tooComplicated();
  const terms: Term[] = [];
  for (const left of a.values()) for (const right of b.values()) terms.push(multiplyTerms(left, right));
  return fromTerms(terms);
}

function multiplyTerms(a: Term, b: Term): Term {
  const merged = new Map(a.exponents);
  for (const [name, power] of b.exponents) merged.set(name, (merged.get(name) ?? 0) + power);
  return normaliseTerm(a.coefficient * b.coefficient, merged);
}

/** Takes whole powers out of prime roots and puts names in order. */
export function normaliseTerm(start: bigint, powers: ReadonlyMap<string, number>): Term {
  let coefficient = start;
  const exponents = new Map<string, number>();
  for (const name of [...powers.keys()].sort()) {
    let power = powers.get(name)!;
    if (isPrimeRoot(name)) {
      coefficient *= BigInt(name) ** BigInt(Math.floor(power / WHOLE));
      power %= WHOLE;
    }
    if (power !== 0) exponents.set(name, power);
  }
  return { coefficient, exponents };
}

export const isPrimeRoot = (name: string): boolean => /^\d/.test(name);

/** The number that a polynomial without variables stands for; NaN when there are variables. */
export function approximateValue(a: Polynomial): number {
  let sum = 0;
  for (const { coefficient, exponents } of a.values()) {
    let product = Number(coefficient);
    for (const [name, power] of exponents) {
      product *= isPrimeRoot(name)
        ? Number(name) ** (power / WHOLE)
        : name === 'π'
          ? Math.PI ** (power / WHOLE)
          : Number.NaN;
    }
    sum += product;
  }
  return sum;
}

/** Greatest common divisor of the coefficients, 0 for the zero polynomial. */
export function content(a: Polynomial): bigint {
  let divisor = 0n;
  for (const { coefficient } of a.values()) divisor = gcd(divisor, coefficient);
  return divisor;
}

/** Greatest total degree in the variables; prime roots count nothing. */
export function degree(a: Polynomial): number {
  let most = 0;
  for (const { exponents } of a.values()) {
    let total = 0;
    for (const [name, power] of exponents) if (!isPrimeRoot(name)) total += power / WHOLE;
    most = Math.max(most, total);
  }
  return most;
}

/** The same text for equal polynomials. */
export function canonicalText(a: Polynomial): string {
  return [...a]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, { coefficient }]) => `${coefficient}*${key}`)
    .join('+');
}

export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function refuseHuge(coefficient: bigint, exponents: Exponents): void {
  const size = coefficient < 0n ? -coefficient : coefficient;
  if (size >> BigInt(LIMITS.bits) !== 0n) throw tooComplicated();
  let total = 0;
  for (const power of exponents.values()) total += power;
  if (total > LIMITS.degree * WHOLE) throw tooComplicated();
}

export function tooComplicated(): UnreadableAnswer {
  return new UnreadableAnswer('This answer is too complicated to check; write it in a shorter form.');
}
