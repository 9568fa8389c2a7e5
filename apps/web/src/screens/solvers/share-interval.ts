/** Interval of a share, by Wilson (1927): right for few cases and for shares of 0 and 1, too. */

/** Two-sided 95 % point of the normal distribution. */
const Z = 1.959964;

/**
 * centre = (p + z^2 / 2n) / (1 + z^2 / n), half = z sqrt(p (1 - p) / n + z^2 / 4n^2) / (1 + z^2 / n),
 * for a share p of n cases; null where there are no cases.
 */
export const shareInterval = (share: number, cases: number): { mean: number; low: number; high: number } | null => {
  if (cases === 0) return null;
  const spread = Z ** 2 / cases;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (Z * Math.sqrt((share * (1 - share)) / cases + spread / (4 * cases))) / (1 + spread);
  return { mean: share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
};
