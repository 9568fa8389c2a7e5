/** Where a search with a proof beside it ends. */

/** Bound and energy count as equal within this part of the energy: less is rounding. */
const ROUNDING = 1e-9;

/** Whether the best feasible energy is proved to be the least: a lower bound has come up to it. */
export function isGapClosed(bound: number | null, energy: number | null): boolean {
  return bound !== null && energy !== null && bound >= energy - ROUNDING * Math.max(1, Math.abs(energy));
}
