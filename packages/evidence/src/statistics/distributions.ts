/**
 * The normal and Student's t distribution: distribution functions and quantiles to about 1e-13 relative. Sources:
 * Abramowitz & Stegun, Handbook of Mathematical Functions (A&S), chapter 26; NIST Digital Library of Mathematical
 * Functions (DLMF), chapters 5 and 8.
 */
import { EvidenceError } from '../errors.ts';

/** phi(z) = exp(-z^2 / 2) / sqrt(2 pi). */
const normalDensity = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/**
 * P(Z <= z) for Z standard normal.
 *
 *   |z| <= 3: 1/2 + phi(z) (z + z^3 / 3 + z^5 / (3 5) + ...)                        (A&S 26.2.11)
 *   beyond:   upper tail phi(z) / (z + 1 / (z + 2 / (z + 3 / ...)))                 (A&S 26.2.14)
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  const distance = Math.abs(z);
  if (distance <= 3) {
    let term = z;
    let sum = z;
    for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
      term *= (z * z) / odd;
      sum += term;
    }
    return 0.5 + normalDensity(z) * sum;
  }
  let fraction = distance;
  // 80 levels settle the continued fraction to double precision from z = 3 on.
  for (let level = 80; level >= 1; level--) fraction = distance + level / fraction;
  const tail = distance === Infinity ? 0 : normalDensity(distance) / fraction;
  return z > 0 ? 1 - tail : tail;
}

/**
 * The z with P(Z <= z) = p, for p in (0, 1): the start of A&S 26.2.23 (error below 4.5e-4), then Halley steps, which
 * treble the digits each.
 */
export function normalQuantile(p: number): number {
  requireProbability('normalQuantile', p);
  if (p > 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  let z =
    -t + (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
  for (let step = 0; step < 3; step++) {
    const newton = (normalCdf(z) - p) / normalDensity(z);
    z -= newton / (1 + (z * newton) / 2);
  }
  return z;
}

/**
 * P(T <= t) for Student's t with `df` > 0 degrees of freedom.
 *
 *   P(T > t) = I_x(df / 2, 1 / 2) / 2,  x = df / (df + t^2),  t >= 0                  (A&S 26.7.1)
 */
export function studentCdf(t: number, df: number): number {
  const tail = 0.5 * incompleteBeta(df / (df + t * t), df / 2, 0.5);
  return t > 0 ? 1 - tail : tail;
}

/**
 * The t with P(T <= t) = p. Newton's method from the normal quantile: it lies between 0 and the root, where the
 * distribution function is concave, so that every step approaches the root from the same side.
 */
export function studentQuantile(p: number, df: number): number {
  requireProbability('studentQuantile', p);
  if (!(df > 0)) {
    throw new EvidenceError(
      'invalid-option',
      `studentQuantile: expected df > 0, got ${df}; pass n - 1 of n >= 2 values.`,
    );
  }
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentQuantile(1 - p, df);
  const logScale = logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * Math.log(df * Math.PI);
  let t = normalQuantile(p);
  for (let step = 0; step < 200; step++) {
    const density = Math.exp(logScale - ((df + 1) / 2) * Math.log1p((t * t) / df));
    const change = (p - studentCdf(t, df)) / density;
    t += change;
    if (Math.abs(change) <= 1e-14 * t) break;
  }
  return t;
}

/**
 * ln Gamma(x) for x > 0: Stirling's series (DLMF 5.11.1) after moving x above 10 by Gamma(x + 1) = x Gamma(x); the
 * coefficients are B_2k / (2k (2k - 1)).
 */
export function logGamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < 10; y++) shift += Math.log(y);
  const square = y * y;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / y;
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/**
 * Regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22) in Lentz's form; the
 * reflection I_x(a, b) = 1 - I_{1-x}(b, a) keeps to the side where it converges fast.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x) - Math.log(a),
  );
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1), tiny);
  let value = d;
  for (let m = 1; m < 1000; m++) {
    let change = 1;
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const coefficient of [even, odd]) {
      d = 1 / nonZero(1 + coefficient * d, tiny);
      c = nonZero(1 + coefficient / c, tiny);
      change = c * d;
      value *= change;
    }
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return front * value;
}

const nonZero = (value: number, tiny: number): number => (Math.abs(value) < tiny ? tiny : value);

function requireProbability(caller: string, p: number): void {
  if (!(p > 0 && p < 1)) {
    throw new EvidenceError('invalid-option', `${caller}: expected a probability between 0 and 1, got ${p}; pass one.`);
  }
}
