/**
 * The best assignment of a few jobs to a few places, by depth-first branch and bound over options of rising reduced cost:
 *
 *   cost of the rest >= sum of reduced costs so far + least reduced costs of the jobs below - sum of price * room left at the root
 *
 * Buffers are made once; a search allocates nothing.
 */
import type { AssignmentModel } from './cqm-assignment.ts';
import type { AssignmentPrices } from './cqm-assignment-prices.ts';

export interface AssignmentTree {
  /**
   * Looks for an assignment of `list[0..count)` to the places marked in `open` that costs at most `limit`, fits into
   * `room` (per place; restored afterwards) and differs from `current` (an option per job). The best one found within
   * `nodeLimit` nodes goes to `found` (an option per list entry); returns its cost, or null.
   */
  search(
    list: Int32Array,
    count: number,
    open: Uint8Array,
    room: Float64Array,
    current: Int32Array,
    limit: number,
    nodeLimit: number,
  ): number | null;
  readonly found: Int32Array;
  /** Nodes looked at so far, in all searches. */
  nodes(): number;
}

/** A search for at most `most` jobs at a time. */
export function createAssignmentTree(model: AssignmentModel, prices: AssignmentPrices, most: number): AssignmentTree {
  const { optionStart, place, cost, weight, places, step } = model;
  const { reduced, price } = prices;
  // Options by rising reduced cost, once for all searches.
  const sorted = new Int32Array(place.length);
  for (let j = 0; j < model.jobs; j++) {
    const options = Array.from({ length: optionStart[j + 1] - optionStart[j] }, (_, k) => optionStart[j] + k);
    options.sort((a, b) => reduced[a] - reduced[b] || a - b);
    sorted.set(options, optionStart[j]);
  }
  const widest = optionStart.reduce((wide, start, j) => Math.max(wide, start - (optionStart[j - 1] ?? 0)), 0);
  const option = new Int32Array(most * widest);
  const optionPlace = new Int32Array(most * widest);
  const optionWeight = new Float64Array(most * widest);
  const optionReduced = new Float64Array(most * widest);
  const end = new Int32Array(most);
  const pointer = new Int32Array(most);
  const total = new Float64Array(most + 1);
  const below = new Float64Array(most + 1);
  const left = new Float64Array(places);
  const found = new Int32Array(most);
  const smallest = step > 0 ? step : 1e-9;
  let nodes = 0;

  /** Copies the options that are open; false when a job has none that fits. */
  function load(list: Int32Array, count: number, open: Uint8Array, room: Float64Array): boolean {
    for (let d = 0; d < count; d++) {
      const j = list[d];
      let k = d * widest;
      for (let s = optionStart[j]; s < optionStart[j + 1]; s++) {
        const o = sorted[s];
        const p = place[o];
        if (open[p] === 0 || weight[o] > room[p]) continue;
        option[k] = o;
        optionPlace[k] = p;
        optionWeight[k] = weight[o];
        optionReduced[k++] = reduced[o];
      }
      if (k === d * widest) return false;
      end[d] = k;
    }
    below[count] = 0;
    for (let d = count - 1; d >= 0; d--) below[d] = below[d + 1] + optionReduced[d * widest];
    return true;
  }

  /** Cost of the leaf that the pointers show; infinite when it is the current assignment. */
  function leafCost(list: Int32Array, count: number, current: Int32Array): number {
    let sum = 0;
    let same = true;
    for (let d = 0; d < count; d++) {
      const o = option[pointer[d]];
      sum += cost[o];
      if (current[list[d]] !== o) same = false;
    }
    return same ? Number.POSITIVE_INFINITY : sum;
  }

  function search(
    list: Int32Array,
    count: number,
    open: Uint8Array,
    room: Float64Array,
    current: Int32Array,
    limit: number,
    nodeLimit: number,
  ): number | null {
    if (!load(list, count, open, room)) return null;
    let priced = 0;
    for (let p = 0; p < places; p++) {
      left[p] = room[p];
      if (open[p] !== 0 && price[p] > 0) priced += price[p] * room[p];
    }
    let best: number | null = null;
    // Rounding of reduced costs must not cut off an assignment at the limit itself.
    const margin = 1e-7 * smallest + 1e-12 * Math.abs(limit);
    let allowed = limit + priced + margin;
    const last = nodes + nodeLimit;
    let d = 0;
    pointer[0] = 0;
    while (d >= 0) {
      const start = total[d] + below[d + 1];
      let k = pointer[d];
      const stop = end[d];
      while (k < stop && optionWeight[k] > left[optionPlace[k]] && start + optionReduced[k] <= allowed) k++;
      if (k === stop || start + optionReduced[k] > allowed) {
        if (--d >= 0) {
          left[optionPlace[pointer[d]]] += optionWeight[pointer[d]];
          pointer[d]++;
        }
        continue;
      }
      pointer[d] = k;
      if (d === count - 1) {
        const sum = leafCost(list, count, current);
        if (sum <= limit + margin) {
          best = sum;
          for (let e = 0; e < count; e++) found[e] = option[pointer[e]];
          limit = sum - smallest;
          allowed = limit + priced + margin;
        }
        pointer[d]++;
        continue;
      }
      if (++nodes > last) break;
      left[optionPlace[k]] -= optionWeight[k];
      total[d + 1] = total[d] + optionReduced[k];
      d++;
      pointer[d] = d * widest;
    }
    return best;
  }

  return { search, found, nodes: () => nodes };
}
