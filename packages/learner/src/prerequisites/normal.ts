/**
 * Upper tail of the standard normal distribution, accurate in relative terms far out, where false-discovery control needs
 * it: the series of Marsaglia 2004 ("Evaluating the normal distribution", J. Stat. Software 11) near 0, Laplace's
 * continued fraction of Mills' ratio beyond.
 */
export function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z > 2.5) {
    // Q(z) = density / (z + 1 / (z + 2 / (z + 3 / ...)))
    let fraction = z;
    for (let k = 60; k >= 1; k--) fraction = z + k / fraction;
    return density / fraction;
  }
  // Phi(z) = 1/2 + density (z + z^3 / 3 + z^5 / (3 5) + ...)
  let term = z;
  let sum = z;
  for (let k = 3; term > 1e-17 * sum; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 - density * sum;
}

/**
 * Adjusted p-values of Benjamini and Hochberg 1995 ("Controlling the false discovery rate"): rejecting where they are at
 * most q keeps the expected share of false rejections at most q.
 */
export function adjustForDiscoveries(pValues: readonly number[]): number[] {
  const order = [...pValues.keys()].sort((a, b) => pValues[b] - pValues[a]);
  const adjusted = new Array<number>(pValues.length);
  let least = 1;
  order.forEach((index, k) => {
    least = Math.min(least, (pValues[index] * pValues.length) / (pValues.length - k));
    adjusted[index] = least;
  });
  return adjusted;
}
