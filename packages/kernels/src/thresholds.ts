/**
 * Metropolis by thresholds: accept a change that costs dE > 0 when beta dE <= T with T = -ln(u), u uniform. T comes from
 * a table of stratified quantiles, T_k = -ln((k + 1/2) / P), so that nothing transcendental is worked out in a sweep.
 */

/** -ln u for 2^-14 <= u < 1: the threshold that a share u of all draws exceeds. The same bits on every engine. */
export function quantile(u: number): number {
  return -naturalLogarithm(u);
}

/**
 * ln x = e ln 2 + 2 artanh((m - 1) / (m + 1)), x = m 2^e, sqrt(1/2) <= m < sqrt(2). For 2^-14 <= x < 1, error below
 * 4e-16 relative to the result. Math.log is left to the engine by ECMA-262, 21.3.2.
 */
function naturalLogarithm(x: number): number {
  let exponent = 0;
  let mantissa = x;
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    exponent--;
  }
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  // |ratio| <= 0.172: the term of order 23 is below 2^-60 of the first.
  let sum = 0;
  for (let order = 23; order >= 1; order -= 2) sum = sum * square + 1 / order;
  return exponent * Math.LN2 + 2 * ratio * sum;
}
