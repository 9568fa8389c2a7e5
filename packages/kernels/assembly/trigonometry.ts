/**
 * Sine and cosine of two angles at once: Cody-Waite reduction to [-pi/4, pi/4] and the minimax polynomials of fdlibm
 * (k_sin.c, k_cos.c, Sun Microsystems 1993). src/trigonometry.ts holds the same steps in the same order: Math.sin is
 * not specified to the bit, so engines would disagree.
 */

/** 1.5 * 2^52: adding it leaves the nearest integer in the low bits of the significand. */
const ROUNDING: f64 = 6755399441055744.0;
const TWO_OVER_PI: f64 = 0.6366197723675814;
/** pi / 2 in three parts; the first two have 33 bits, so their products with small integers are exact. */
const HALF_PI_1: f64 = 1.5707963267341256;
const HALF_PI_2: f64 = 6.077100506303966e-11;
const HALF_PI_3: f64 = 2.0222662487959506e-21;

// @ts-ignore: decorator
@inline
function sinePolynomial(r: v128, z: v128): v128 {
  let p = f64x2.splat(1.58969099521155e-10);
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-2.5050760253406863e-8));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.7557313707070068e-6));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.0001984126982985795));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.00833333333332249));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.16666666666666632));
  return f64x2.add(r, f64x2.mul(f64x2.mul(z, r), p));
}

// @ts-ignore: decorator
@inline
function cosinePolynomial(z: v128): v128 {
  let p = f64x2.splat(-1.1359647557788195e-11);
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.087572321298175e-9));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-2.7557314351390663e-7));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(2.480158728947673e-5));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.001388888888887411));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.0416666666666666));
  const half = f64x2.mul(f64x2.splat(0.5), z);
  const head = f64x2.sub(f64x2.splat(1), half);
  const rest = f64x2.sub(f64x2.sub(f64x2.splat(1), head), half);
  return f64x2.add(head, f64x2.add(rest, f64x2.mul(f64x2.mul(z, z), p)));
}

/** The reduced angle; the quadrant is in the two lowest bits of the rounded product. */
// @ts-ignore: decorator
@inline
export function reducedAngle(angle: v128, rounded: v128): v128 {
  const turns = f64x2.sub(rounded, f64x2.splat(ROUNDING));
  const first = f64x2.sub(angle, f64x2.mul(turns, f64x2.splat(HALF_PI_1)));
  const second = f64x2.sub(first, f64x2.mul(turns, f64x2.splat(HALF_PI_2)));
  return f64x2.sub(second, f64x2.mul(turns, f64x2.splat(HALF_PI_3)));
}

// @ts-ignore: decorator
@inline
export function roundedQuarters(angle: v128): v128 {
  return f64x2.add(f64x2.mul(angle, f64x2.splat(TWO_OVER_PI)), f64x2.splat(ROUNDING));
}

/** Cosine of both lanes, given the reduced angle and the rounded product. */
// @ts-ignore: decorator
@inline
export function cosine(reduced: v128, rounded: v128): v128 {
  const z = f64x2.mul(reduced, reduced);
  const odd = i64x2.eq(v128.and(rounded, i64x2.splat(1)), i64x2.splat(1));
  const value = v128.bitselect(sinePolynomial(reduced, z), cosinePolynomial(z), odd);
  // Negative in quadrants 1 and 2.
  const sign = i64x2.shl(v128.and(i64x2.add(rounded, i64x2.splat(1)), i64x2.splat(2)), 62);
  return v128.xor(value, sign);
}

/** Sine of both lanes. */
// @ts-ignore: decorator
@inline
export function sine(reduced: v128, rounded: v128): v128 {
  const z = f64x2.mul(reduced, reduced);
  const odd = i64x2.eq(v128.and(rounded, i64x2.splat(1)), i64x2.splat(1));
  const value = v128.bitselect(cosinePolynomial(z), sinePolynomial(reduced, z), odd);
  // Negative in quadrants 2 and 3.
  const sign = i64x2.shl(v128.and(rounded, i64x2.splat(2)), 62);
  return v128.xor(value, sign);
}
