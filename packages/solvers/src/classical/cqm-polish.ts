/**
 * Descent to a local minimum of the feasible set by all flips, one-for-one swaps and, where there are not too many,
 * two-for-one and one-for-two swaps: what an annealing run leaves undone in its last sweeps. Deterministic.
 */
import type { Steps } from '@qurriculum/kernels';
import type { CqmState } from './cqm-state.ts';

/** Three-flip neighbourhoods above this many triples are left out: a pass takes some 5 ns a triple. */
const TRIPLE_LIMIT = 2e5;

/** Swaps that one step looks at. */
const STEP_SWAPS = 2 ** 16;

/** Descends from a feasible assignment in steps; it stays feasible, and its energy never rises. */
export function* polish(state: CqmState): Steps<void> {
  const { values, field, pair, activity, low, high, columnStart, columnRow, columnValue } = state;
  const shift = new Float64Array(activity.length);
  const size = values.length;
  const ones = new Int32Array(size);
  const zeros = new Int32Array(size);
  const fitting = new Int32Array(size);
  let onesCount = 0;
  let zerosCount = 0;
  let looked = 0;
  const margin = 1e-10 * Math.max(1, Math.abs(state.energy()));

  function split(): void {
    onesCount = 0;
    zerosCount = 0;
    for (let i = 0; i < size; i++) {
      if (values[i] === 1) ones[onesCount++] = i;
      else zeros[zerosCount++] = i;
    }
  }

  function lean(i: number): void {
    const step = 1 - 2 * values[i];
    for (let k = columnStart[i]; k < columnStart[i + 1]; k++) shift[columnRow[k]] += step * columnValue[k];
  }

  /** Whether i's rows are kept under the shifts, which are taken off on the way. */
  function settles(i: number): boolean {
    let kept = true;
    for (let k = columnStart[i]; k < columnStart[i + 1]; k++) {
      const r = columnRow[k];
      const value = activity[r] + shift[r];
      // A row shifted by 0 is kept as it was: also one that several flips share and the first has settled.
      if (shift[r] !== 0 && (value > high[r] || value < low[r])) kept = false;
      shift[r] = 0;
    }
    return kept;
  }

  /** Whether flipping these variables (-1 stands for none) keeps every row. */
  function fits(a: number, b: number, c: number): boolean {
    lean(a);
    if (b >= 0) lean(b);
    if (c >= 0) lean(c);
    const first = settles(a);
    const second = b < 0 || settles(b);
    const third = c < 0 || settles(c);
    return first && second && third;
  }

  function tryFlips(a: number, b: number, c: number): boolean {
    if (!fits(a, b, c)) return false;
    state.flip(a);
    if (b >= 0) state.flip(b);
    if (c >= 0) state.flip(c);
    return true;
  }

  /** To be asked before so many swaps are looked at. */
  function isStepOver(swaps: number): boolean {
    looked += swaps;
    if (looked <= STEP_SWAPS) return false;
    looked = 0;
    return true;
  }

  function* flipsAndSwaps(): Steps<boolean> {
    for (let i = 0; i < size; i++) if ((1 - 2 * values[i]) * field[i] < -margin && tryFlips(i, -1, -1)) return true;
    for (let a = 0; a < onesCount; a++) {
      const out = ones[a];
      if (isStepOver(zerosCount)) yield;
      for (let b = 0; b < zerosCount; b++) {
        const into = zeros[b];
        if (field[into] - field[out] - pair(out, into) < -margin && tryFlips(out, into, -1)) return true;
      }
    }
    return false;
  }

  /** One out and two in, of those that would fit alone. */
  function* twoForOne(): Steps<boolean> {
    for (let a = 0; a < onesCount; a++) {
      const out = ones[a];
      if (isStepOver((zerosCount * (zerosCount + 1)) / 2)) yield;
      let count = 0;
      for (let b = 0; b < zerosCount; b++) if (fits(out, zeros[b], -1)) fitting[count++] = zeros[b];
      for (let b = 0; b < count; b++) {
        const one = fitting[b];
        const first = field[one] - field[out] - pair(out, one);
        for (let c = b + 1; c < count; c++) {
          const other = fitting[c];
          const delta = first + field[other] - pair(out, other) + pair(one, other);
          if (delta < -margin && tryFlips(out, one, other)) return true;
        }
      }
    }
    return false;
  }

  /** Two out and one in. */
  function* oneForTwo(): Steps<boolean> {
    for (let b = 0; b < zerosCount; b++) {
      const into = zeros[b];
      if (isStepOver((onesCount * onesCount) / 2)) yield;
      for (let a = 0; a < onesCount; a++) {
        const first = field[into] - field[ones[a]] - pair(ones[a], into);
        for (let c = a + 1; c < onesCount; c++) {
          const delta = first - field[ones[c]] - pair(ones[c], into) + pair(ones[a], ones[c]);
          if (delta < -margin && tryFlips(into, ones[a], ones[c])) return true;
        }
      }
    }
    return false;
  }

  split();
  const triples = (onesCount * zerosCount * (onesCount + zerosCount)) / 2;
  while ((yield* flipsAndSwaps()) || (triples <= TRIPLE_LIMIT && ((yield* oneForTwo()) || (yield* twoForOne())))) {
    split();
  }
}
