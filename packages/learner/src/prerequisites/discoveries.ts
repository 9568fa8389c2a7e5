/** Many tests at once: Benjamini and Hochberg 1995, "Controlling the false discovery rate". */

/** The adjusted p-values: rejecting where they are at most q keeps the expected share of false rejections at most q. */
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
