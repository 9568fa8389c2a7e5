/**
 * Quotients of exact polynomials, and when two of them are equal: a/b = c/d exactly when ad - bc = 0.
 */
import { UnreadableAnswer } from './errors.ts';
import type { Budget, Polynomial, Term } from './polynomial.ts';
import {
  add,
  approximateValue,
  canonicalText,
  constant,
  content,
  fromTerms,
  gcd,
  multiply,
  normaliseTerm,
  scale,
  tooComplicated,
  variable,
  WHOLE,
} from './polynomial.ts';

/** numerator / denominator, integer coefficients without a common divisor, the denominator's first one positive. */
export interface RationalExpression {
  readonly numerator: Polynomial;
  readonly denominator: Polynomial;
}

/** Whole powers beyond this make no sense in a task and would only cost time. */
const LARGEST_POWER = 100;
/** Numbers under a root are split into primes by trial division, which is quick up to here. */
const LARGEST_RADICAND = 10n ** 12n;

export function quotient(numerator: Polynomial, denominator: Polynomial): RationalExpression {
  if (denominator.size === 0) throw new UnreadableAnswer('This answer divides by zero; check the denominator.');
  let divisor = gcd(content(numerator), content(denominator));
  if ([...denominator.values()][0].coefficient < 0n) divisor = -divisor;
  if (divisor === 1n) return { numerator, denominator };
  const divide = (a: Polynomial): Polynomial =>
    fromTerms(
      Array.from(a.values(), ({ coefficient, exponents }) => ({ coefficient: coefficient / divisor, exponents })),
    );
  return { numerator: divide(numerator), denominator: divide(denominator) };
}

export const whole = (polynomial: Polynomial): RationalExpression => ({
  numerator: polynomial,
  denominator: constant(1n),
});

export function plus(a: RationalExpression, b: RationalExpression, budget: Budget): RationalExpression {
  return quotient(
    add(multiply(a.numerator, b.denominator, budget), multiply(b.numerator, a.denominator, budget)),
    multiply(a.denominator, b.denominator, budget),
  );
}

export const negate = (a: RationalExpression): RationalExpression => ({
  numerator: scale(a.numerator, -1n),
  denominator: a.denominator,
});

export function times(a: RationalExpression, b: RationalExpression, budget: Budget): RationalExpression {
  return quotient(multiply(a.numerator, b.numerator, budget), multiply(a.denominator, b.denominator, budget));
}

export const reciprocal = (a: RationalExpression): RationalExpression => quotient(a.denominator, a.numerator);

export function isZero(a: RationalExpression): boolean {
  return a.numerator.size === 0;
}

export function equal(a: RationalExpression, b: RationalExpression, budget: Budget): boolean {
  return isZero(plus(a, negate(b), budget));
}

/** The number, exactly rounded only in floating point; NaN when variables are left. */
export function numberOf(a: RationalExpression): number {
  return approximateValue(a.numerator) / approximateValue(a.denominator);
}

/** The fraction, when it is one: no variables, no roots. */
export function fractionOf(a: RationalExpression): { numerator: bigint; denominator: bigint } | null {
  const integer = (p: Polynomial): bigint | null => {
    if (p.size === 0) return 0n;
    const [term, ...more] = p.values();
    return more.length === 0 && term.exponents.size === 0 ? term.coefficient : null;
  };
  const numerator = integer(a.numerator);
  const denominator = integer(a.denominator);
  return numerator === null || denominator === null ? null : { numerator, denominator };
}

/** base ^ (top / bottom). Roots of sums stay closed: equal to themselves only. */
export function power(base: RationalExpression, top: bigint, bottom: bigint, budget: Budget): RationalExpression {
  if (top < 0n) return power(reciprocal(base), -top, bottom, budget);
  if (top > LARGEST_POWER) throw tooComplicated();
  if (BigInt(WHOLE) % bottom !== 0n) {
    throw new UnreadableAnswer(`Roots of order ${bottom} are not understood; use orders 2 to 7.`);
  }
  const root = bottom === 1n ? base : rootOf(base, Number(bottom));
  let result = whole(constant(1n));
  for (let k = 0n; k < top; k++) result = times(result, root, budget);
  return result;
}

function rootOf(base: RationalExpression, order: number): RationalExpression {
  const closed = (): RationalExpression =>
    whole(variable(`root${order}[${canonicalText(base.numerator)}/${canonicalText(base.denominator)}]`));
  if (isZero(base)) return base;
  if (base.numerator.size > 1 || base.denominator.size > 1) return closed();
  const [top] = base.numerator.values();
  const [bottom] = base.denominator.values();
  const shares = [top, bottom].every(({ exponents }) =>
    [...exponents.values()].every((exponent) => exponent % order === 0),
  );
  if (!shares) return closed();
  return quotient(fromTerms([rootOfTerm(top, order)]), fromTerms([rootOfTerm(bottom, order)]));
}

function rootOfTerm({ coefficient, exponents }: Term, order: number): Term {
  if (coefficient < 0n && order % 2 === 0) {
    throw new UnreadableAnswer('This answer has an even root of a negative number, which is not a real number.');
  }
  const sign = coefficient < 0n ? -1n : 1n;
  const powers = new Map<string, number>();
  for (const [name, exponent] of exponents) powers.set(name, exponent / order);
  for (const [prime, count] of primeFactors(coefficient * sign)) {
    powers.set(prime, (powers.get(prime) ?? 0) + (count * WHOLE) / order);
  }
  return normaliseTerm(sign, powers);
}

function primeFactors(value: bigint): Map<string, number> {
  if (value > LARGEST_RADICAND) throw tooComplicated();
  const factors = new Map<string, number>();
  let rest = Number(value);
  for (let p = 2; p * p <= rest; p++) {
    while (rest % p === 0) {
      factors.set(String(p), (factors.get(String(p)) ?? 0) + 1);
      rest /= p;
    }
  }
  if (rest > 1) factors.set(String(rest), (factors.get(String(rest)) ?? 0) + 1);
  return factors;
}
