/**
 * Few different costs (integer weights) mean few different phases: a table of them is cheaper than a sine and a cosine
 * for every amplitude. Open addressing on the bits of the costs; gives up as soon as there are too many.
 */

/** Cosines and sines of 2^12 costs are 64 KiB, about what a first-level cache and its neighbour hold. */
export const MOST_DISTINCT_COSTS = 4096;
const SLOTS = MOST_DISTINCT_COSTS * 4;

/**
 * Writes for each cost its place among the distinct ones, in order of first appearance. Returns the distinct costs, or
 * null (and `index` half written) when there are more than 4,096 or when a table would not pay.
 */
export function indexDistinctCosts(costs: Float64Array, index: Uint16Array): Float64Array | null {
  // A table entry costs as much as two amplitudes, so a table must be used several times to pay.
  const most = Math.min(MOST_DISTINCT_COSTS, costs.length >> 2);
  const words = new Uint32Array(costs.buffer, costs.byteOffset, costs.length * 2);
  const slots = new Int16Array(SLOTS).fill(-1);
  const distinct = new Float64Array(most);
  let count = 0;
  for (let x = 0; x < costs.length; x++) {
    const cost = costs[x];
    let slot = (Math.imul(words[2 * x] ^ Math.imul(words[2 * x + 1], 0x85ebca6b), 0x9e3779b1) >>> 18) % SLOTS;
    while (slots[slot] >= 0 && !Object.is(distinct[slots[slot]], cost)) slot = (slot + 1) % SLOTS;
    if (slots[slot] < 0) {
      if (count === most) return null;
      distinct[count] = cost;
      slots[slot] = count++;
    }
    index[x] = slots[slot];
  }
  return distinct.slice(0, count);
}
