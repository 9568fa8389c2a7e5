/**
 * The best assignment of a few jobs to a few places, by depth-first branch and bound. What the jobs below can cost at
 * least is read off one knapsack table per place (`cqm-assignment-knapsacks.ts`) for the room that is left there:
 *
 *   cost >= sum of costs so far + sum_{e below} u_e + sum_i table_i(e, left_i)
 *
 * Options of a job are tried by that bound. Buffers are made once; a search allocates nothing once they are large enough.
 */
import type { AssignmentModel } from './cqm-assignment.ts';
import { createAssignmentKnapsacks } from './cqm-assignment-knapsacks.ts';
import type { AssignmentPrices } from './cqm-assignment-prices.ts';

export interface AssignmentTree {
  /**
   * Looks for an assignment of `list[0..count)` to the places marked in `open` that costs at most `limit`, fits into
   * `room` (per place) and differs from `current` (an option per job). The best one found within
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
  const knapsacks = createAssignmentKnapsacks(model, prices, most);
  const { optionStart, option, place, cost, weight, units, worth, table } = knapsacks;
  /** Options that may still be taken at each depth, by rising bound, and the one that is. */
  const order = new Int32Array(option.length);
  const bound = new Float64Array(option.length);
  const end = new Int32Array(most);
  const pointer = new Int32Array(most);
  const total = new Float64Array(most + 1);
  const worthFrom = new Float64Array(most + 1);
  const left = new Float64Array(model.places);
  const unitsLeft = new Int32Array(model.places);
  const found = new Int32Array(most);
  const smallest = model.step > 0 ? model.step : 1e-9;
  let nodes = 0;

  /** Lists the options of job d that fit and whose bound is not above `allowed`. */
  function expand(d: number, allowed: number): void {
    const first = optionStart[d];
    let base = total[d] + worthFrom[d + 1];
    for (let i = knapsacks.places() - 1; i >= 0; i--) base += table(i, d + 1, unitsLeft[i]);
    let to = first;
    for (let k = first; k < optionStart[d + 1]; k++) {
      const i = place[k];
      if (weight[k] > left[i] || units[k] > unitsLeft[i] || cost[k] === Number.POSITIVE_INFINITY) continue;
      const b = base + cost[k] + table(i, d + 1, unitsLeft[i] - units[k]) - table(i, d + 1, unitsLeft[i]);
      if (b > allowed) continue;
      let s = to++;
      for (; s > first && bound[s - 1] > b; s--) {
        bound[s] = bound[s - 1];
        order[s] = order[s - 1];
      }
      bound[s] = b;
      order[s] = k;
    }
    end[d] = to;
    pointer[d] = first;
  }

  function move(d: number, sign: number): void {
    const k = order[pointer[d]];
    left[place[k]] += sign * weight[k];
    unitsLeft[place[k]] += sign * units[k];
  }

  /** Whether the leaf that the pointers show is the current assignment. */
  function isCurrent(list: Int32Array, count: number, current: Int32Array): boolean {
    for (let d = 0; d < count; d++) if (option[order[pointer[d]]] !== current[list[d]]) return false;
    return true;
  }

  function begin(count: number): void {
    worthFrom[count] = 0;
    for (let d = count - 1; d >= 0; d--) worthFrom[d] = worthFrom[d + 1] + worth[d];
    for (let i = knapsacks.places() - 1; i >= 0; i--) {
      left[i] = knapsacks.room[i];
      unitsLeft[i] = knapsacks.unitRoom[i];
    }
    total[0] = 0;
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
    if (!knapsacks.load(list, count, open, room)) return null;
    // Rounding of bounds must not cut off an assignment at the limit itself.
    const margin = 1e-7 * smallest + 1e-12 * Math.abs(limit);
    let allowed = limit + margin;
    if (knapsacks.raise(allowed) > allowed) return null;
    begin(count);
    let best: number | null = null;
    const last = nodes + nodeLimit;
    let d = 0;
    expand(0, allowed);
    for (;;) {
      const at = pointer[d];
      if (at === end[d] || bound[at] > allowed) {
        if (--d < 0) break;
        move(d, 1);
        pointer[d]++;
        continue;
      }
      const sum = total[d] + cost[order[at]];
      if (d === count - 1) {
        if (sum <= allowed && !isCurrent(list, count, current)) {
          best = sum;
          for (let e = 0; e < count; e++) found[e] = option[order[pointer[e]]];
          allowed = sum - smallest + margin;
        }
        pointer[d]++;
        continue;
      }
      if (++nodes > last) break;
      move(d, -1);
      total[++d] = sum;
      expand(d, allowed);
    }
    return best;
  }

  return { search, found, nodes: () => nodes };
}
