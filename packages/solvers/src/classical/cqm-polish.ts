/**
 * Descent to a local minimum of the feasible set by all flips, one-for-one swaps and, where there are not too many,
 * two-for-one and one-for-two swaps: what an annealing run leaves undone in its last sweeps. Deterministic.
 */
import type { CqmState } from './cqm-state.ts';

/** Three-flip neighbourhoods above this many triples are left out: a pass takes some 5 ns a triple. */
const TRIPLE_LIMIT = 2e5;

/** Descends from a feasible assignment; it stays feasible, and its energy never rises. */
export function polish(state: CqmState): void {
  const { values, field, pair } = state;
  const size = values.length;
  const ones = new Int32Array(size);
  const zeros = new Int32Array(size);
  let onesCount = 0;
  let zerosCount = 0;
  const margin = 1e-10 * Math.max(1, Math.abs(state.energy()));

  function split(): void {
    onesCount = 0;
    zerosCount = 0;
    for (let i = 0; i < size; i++) {
      if (values[i] === 1) ones[onesCount++] = i;
      else zeros[zerosCount++] = i;
    }
  }

  /** Flips up to three variables if that keeps every row; -1 stands for none. */
  function tryFlips(a: number, b: number, c: number): boolean {
    state.flip(a);
    if (b >= 0) state.flip(b);
    if (c >= 0) state.flip(c);
    if (state.brokenRows() === 0) return true;
    if (c >= 0) state.flip(c);
    if (b >= 0) state.flip(b);
    state.flip(a);
    return false;
  }

  function flipsAndSwaps(): boolean {
    for (let i = 0; i < size; i++) if ((1 - 2 * values[i]) * field[i] < -margin && tryFlips(i, -1, -1)) return true;
    for (let a = 0; a < onesCount; a++) {
      const out = ones[a];
      for (let b = 0; b < zerosCount; b++) {
        const into = zeros[b];
        if (field[into] - field[out] - pair(out, into) < -margin && tryFlips(out, into, -1)) return true;
      }
    }
    return false;
  }

  /** One out and two in. */
  function twoForOne(): boolean {
    for (let a = 0; a < onesCount; a++) {
      const out = ones[a];
      for (let b = 0; b < zerosCount; b++) {
        const first = field[zeros[b]] - field[out] - pair(out, zeros[b]);
        for (let c = b + 1; c < zerosCount; c++) {
          const delta = first + field[zeros[c]] - pair(out, zeros[c]) + pair(zeros[b], zeros[c]);
          if (delta < -margin && tryFlips(out, zeros[b], zeros[c])) return true;
        }
      }
    }
    return false;
  }

  /** Two out and one in. */
  function oneForTwo(): boolean {
    for (let b = 0; b < zerosCount; b++) {
      const into = zeros[b];
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
  while (flipsAndSwaps() || (triples <= TRIPLE_LIMIT && (oneForTwo() || twoForOne()))) split();
}
