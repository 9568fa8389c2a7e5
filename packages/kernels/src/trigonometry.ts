/**
 * Sine and cosine, the same bits on every engine (Math.sin is left to the engine by ECMA-262, 21.3.2): Cody-Waite
 * reduction to [-pi/4, pi/4] and the minimax polynomials of fdlibm (k_sin.c, k_cos.c, Sun Microsystems 1993).
 * assembly/trigonometry.ts holds the same steps in the same order.
 */

/** 1.5 * 2^52: adding and subtracting it rounds to the nearest integer, ties to even. */
const ROUNDING = 6755399441055744;
const TWO_OVER_PI = 0.6366197723675814;
/** pi / 2 in three parts; the first two have 33 bits, so their products with small integers are exact. */
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487959506e-21;

/**
 * Writes the cosine and the sine of an angle in radians to out[0] and out[1]. Absolute error below 2e-16 for
 * |angle| <= 1e6; beyond that it grows in proportion to the angle.
 */
export function cosineAndSine(angle: number, out: Float64Array): void {
  const turns = angle * TWO_OVER_PI + ROUNDING - ROUNDING;
  const r = angle - turns * HALF_PI_1 - turns * HALF_PI_2 - turns * HALF_PI_3;
  const z = r * r;
  const sine = sinePolynomial(r, z);
  const cosine = cosinePolynomial(z);
  const quadrant = turns & 3;
  const odd = (quadrant & 1) === 1;
  const c = odd ? sine : cosine;
  const s = odd ? cosine : sine;
  out[0] = quadrant === 1 || quadrant === 2 ? -c : c;
  out[1] = quadrant >= 2 ? -s : s;
}

function sinePolynomial(r: number, z: number): number {
  let p = 1.58969099521155e-10;
  p = p * z + -2.5050760253406863e-8;
  p = p * z + 2.7557313707070068e-6;
  p = p * z + -0.0001984126982985795;
  p = p * z + 0.00833333333332249;
  p = p * z + -0.16666666666666632;
  return r + z * r * p;
}

function cosinePolynomial(z: number): number {
  let p = -1.1359647557788195e-11;
  p = p * z + 2.087572321298175e-9;
  p = p * z + -2.7557314351390663e-7;
  p = p * z + 2.480158728947673e-5;
  p = p * z + -0.001388888888887411;
  p = p * z + 0.0416666666666666;
  const half = 0.5 * z;
  const head = 1 - half;
  return head + (1 - head - half + z * z * p);
}
