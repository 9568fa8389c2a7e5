/**
 * The best that one request can have by itself at given values of its options: the subproblem of the bound. At most `most`
 * options in different slots, less `charge` per distinct tutor. Exact for one session and for two; above, any choice of
 * two tutors or more is charged for two only, which keeps it an upper bound.
 */

export interface RequestSubproblem {
  /**
   * The best value over options from `from` to `to` (in order of tutor, then slot). Leaves the options taken in `taken`.
   * `forced`: at least one must be taken.
   */
  solve(from: number, to: number, most: number, charge: number, forced: boolean): number;
  /** The options of the last answer. */
  readonly taken: Int32Array;
  count(): number;
}

/** `value`: of every option, read at each call; `longest`: the largest `most`. */
export function createSubproblem(
  value: Float64Array,
  optionTutor: Int32Array,
  optionSlot: Int32Array,
  slots: number,
  longest: number,
): RequestSubproblem {
  const taken = new Int32Array(Math.max(1, longest));
  const top = new Int32Array(Math.max(1, longest));
  const slotBest = new Int32Array(slots);
  const slotValue = new Float64Array(slots);
  let takenCount = 0;
  let topCount = 0;

  /** Keeps the `most` best options in `top`, best first. */
  function offer(option: number, most: number): void {
    let k = topCount;
    if (k === most) {
      if (value[top[k - 1]] >= value[option]) return;
      k--;
    } else topCount++;
    for (; k > 0 && value[top[k - 1]] < value[option]; k--) top[k] = top[k - 1];
    top[k] = option;
  }

  /** Sum of the top options that are worth taking, the first in any case. */
  function worth(): number {
    let sum = value[top[0]];
    for (let k = 1; k < topCount && value[top[k]] > 0; k++) sum += value[top[k]];
    return sum;
  }

  function keep(): void {
    taken[0] = top[0];
    takenCount = 1;
    while (takenCount < topCount && value[top[takenCount]] > 0) {
      taken[takenCount] = top[takenCount];
      takenCount++;
    }
  }

  function solveOne(from: number, to: number, charge: number, forced: boolean): number {
    let best = Number.NEGATIVE_INFINITY;
    let option = -1;
    for (let o = from; o < to; o++) {
      if (value[o] > best) {
        best = value[o];
        option = o;
      }
    }
    if (best - charge <= 0 && !forced) return 0;
    taken[0] = option;
    takenCount = 1;
    return best - charge;
  }

  /** `solve` for two sessions, in one pass over the options and one over the slots: nine of ten requests want one or two. */
  function solveTwo(from: number, to: number, charge: number): number {
    let best = 0;
    slotValue.fill(0);
    for (let o = from; o < to; ) {
      const tutor = optionTutor[o];
      let [first, second] = [0, 0];
      let [firstOption, secondOption] = [-1, -1];
      for (; o < to && optionTutor[o] === tutor; o++) {
        const own = value[o];
        if (own <= 0) continue;
        const slot = optionSlot[o];
        if (own > slotValue[slot]) {
          slotValue[slot] = own;
          slotBest[slot] = o;
        }
        if (own > first) {
          second = first;
          secondOption = firstOption;
          first = own;
          firstOption = o;
        } else if (own > second) {
          second = own;
          secondOption = o;
        }
      }
      if (first + second - charge > best) {
        best = first + second - charge;
        take(firstOption, secondOption);
      }
    }
    let [first, second] = [-1, -1];
    for (let s = 0; s < slots; s++) {
      if (slotValue[s] <= 0) continue;
      if (first < 0 || slotValue[s] > slotValue[first]) {
        second = first;
        first = s;
      } else if (second < 0 || slotValue[s] > slotValue[second]) second = s;
    }
    if (second >= 0 && slotValue[first] + slotValue[second] - 2 * charge > best) {
      best = slotValue[first] + slotValue[second] - 2 * charge;
      take(slotBest[first], slotBest[second]);
    }
    return best;
  }

  function take(first: number, second: number): void {
    taken[0] = first;
    taken[1] = second;
    takenCount = second < 0 ? 1 : 2;
  }

  function solve(from: number, to: number, most: number, charge: number, forced: boolean): number {
    takenCount = 0;
    if (from === to || most === 0) return 0;
    if (most === 1) return solveOne(from, to, charge, forced);
    if (most === 2 && !forced) return solveTwo(from, to, charge);
    slotBest.fill(-1);
    let best = forced ? Number.NEGATIVE_INFINITY : 0;
    topCount = 0;
    for (let o = from; o < to; o++) {
      if (forced || value[o] > 0) offer(o, most);
      if (o + 1 < to && optionTutor[o + 1] === optionTutor[o]) continue;
      if (topCount > 0 && worth() - charge > best) {
        best = worth() - charge;
        keep();
      }
      topCount = 0;
    }
    for (let o = from; o < to; o++) {
      const there = slotBest[optionSlot[o]];
      if (there < 0 || value[o] > value[there]) slotBest[optionSlot[o]] = o;
    }
    for (let o = from; o < to; o++) {
      if (slotBest[optionSlot[o]] !== o) continue;
      if (forced || value[o] > 0) offer(o, most);
    }
    if (topCount > 1 && worth() - 2 * charge > best) {
      best = worth() - 2 * charge;
      keep();
    }
    return best;
  }

  return { solve, taken, count: () => takenCount };
}
