/**
 * Moves that stay feasible: a variable (or two) flips, and where that breaks a row, other variables of the broken row
 * flip back what was too much, up to a few flips in all. That yields plain flips, one-for-one and two-for-one swaps and
 * moves between days or places alike, whatever the rows mean (ejection chains, Glover 1996, kept short).
 */
import type { Steps } from '@qurriculum/kernels';
import type { Random } from '@qurriculum/random';
import type { CqmState } from './cqm-state.ts';

/** Flips in one move at most: two in, two out. */
const MAX_FLIPS = 4;

export interface Moves {
  /** Whether a sweep is one step: then `sweep` is as good as `sweepSteps`, without the cost of steps. */
  readonly oneStep: boolean;
  /** n proposals at this temperature, accepted by Metropolis. The state must be feasible and stays so. */
  sweep(random: Random, temperature: number, onBetter: () => void): void;
  sweepSteps(random: Random, temperature: number, onBetter: () => void): Steps<void>;
}

/** Share of proposals that start with two flips instead of one. */
const PAIR_SHARE = 0.3;
/** Candidates drawn for each compensating flip, of which the cheapest is taken: 1 was worse, 5 too greedy. */
const DRAWS = 3;

/** Entries that the proposals of one step update, were all accepted; a proposal itself costs as much as eight of them. */
const STEP_UPDATES = 2 ** 17;
const PROPOSAL_UPDATES = 8;

/** The move generator of a state. `best` is asked for before `onBetter` is called. */
export function createMoves(state: CqmState, best: () => number): Moves {
  const { values, field, activity, low, high, rowStart, rowColumn, rowValue } = state;
  const { columnStart, columnRow, columnValue, rowOrder, rowOnes } = state;
  const size = values.length;
  const flips = new Int32Array(MAX_FLIPS);
  const rowSign = signsOfRows(state);
  const updates = PROPOSAL_UPDATES + state.pairColumn.length / Math.max(1, size);
  const perStep = Math.max(1, Math.floor(STEP_UPDATES / updates));
  let count = 0;

  function push(i: number): void {
    flips[count++] = i;
    const step = 1 - 2 * values[i];
    for (let k = columnStart[i]; k < columnStart[i + 1]; k++) activity[columnRow[k]] += step * columnValue[k];
  }

  function takeBack(): void {
    for (let m = 0; m < count; m++) {
      const i = flips[m];
      const step = 2 * values[i] - 1;
      for (let k = columnStart[i]; k < columnStart[i + 1]; k++) activity[columnRow[k]] += step * columnValue[k];
    }
  }

  function moved(i: number): boolean {
    for (let m = 0; m < count; m++) if (flips[m] === i) return true;
    return false;
  }

  /** A row that the flips so far break, or -1. Only rows of flipped variables can be. */
  function brokenRow(): number {
    for (let m = 0; m < count; m++) {
      const i = flips[m];
      for (let k = columnStart[i]; k < columnStart[i + 1]; k++) {
        const r = columnRow[k];
        if (activity[r] > high[r] || activity[r] < low[r]) return r;
      }
    }
    return -1;
  }

  /**
   * Another variable of row r whose flip moves the row back: of a few drawn, the one that costs least. In rows of one
   * sign all candidates stand on one side of the border between ones and zeros.
   */
  function pickBack(random: Random, r: number): number {
    const wanted = activity[r] > high[r] ? -1 : 1;
    const oneSign = rowSign[r] !== 0;
    const onesOnly = oneSign && rowSign[r] !== wanted;
    const from = rowStart[r] + (oneSign && !onesOnly ? rowOnes[r] : 0);
    const to = onesOnly ? rowStart[r] + rowOnes[r] : rowStart[r + 1];
    let best = -1;
    let bestCost = Number.POSITIVE_INFINITY;
    for (let draw = Math.min(DRAWS, to - from); draw > 0; draw--) {
      const k = rowOrder[from + Math.floor(random.next() * (to - from))];
      const i = rowColumn[k];
      const step = 1 - 2 * values[i];
      if ((!oneSign && step * rowValue[k] * wanted <= 0) || moved(i)) continue;
      const cost = step * field[i];
      if (cost < bestCost) {
        bestCost = cost;
        best = i;
      }
    }
    return best;
  }

  /** A second variable to flip with i: from one of its rows, else any. */
  function pickPartner(random: Random, i: number): number {
    const degree = columnStart[i + 1] - columnStart[i];
    if (degree === 0) return Math.floor(random.next() * size);
    const r = columnRow[columnStart[i] + Math.floor(random.next() * degree)];
    return rowColumn[rowStart[r] + Math.floor(random.next() * (rowStart[r + 1] - rowStart[r]))];
  }

  /** Flips more until no row is broken; false when that takes too many. */
  function compensate(random: Random): boolean {
    for (;;) {
      const r = brokenRow();
      if (r < 0) return true;
      if (count === MAX_FLIPS) return false;
      const back = pickBack(random, r);
      if (back < 0) return false;
      push(back);
    }
  }

  /** sum_m d_m + sum_{m < l} q_ml step_m step_l, d_m the flip change of each alone. */
  function energyChange(): number {
    let delta = 0;
    for (let m = 0; m < count; m++) {
      const i = flips[m];
      const step = 1 - 2 * values[i];
      delta += step * field[i];
      for (let l = 0; l < m; l++) {
        const j = flips[l];
        delta += step * (1 - 2 * values[j]) * state.pair(i, j);
      }
    }
    return delta;
  }

  function accept(delta: number): void {
    for (let m = 0; m < count; m++) {
      state.toggle(flips[m]);
    }
    state.addEnergy(delta);
  }

  /** What the best energy must be beaten by. */
  const leastGain = (): number => 1e-12 * Math.max(1, Math.abs(best()));

  function* sweepSteps(random: Random, temperature: number, onBetter: () => void): Steps<void> {
    const gain = leastGain();
    for (let done = 0; done < size; done += perStep) {
      if (done > 0) yield;
      propose(random, temperature, Math.min(perStep, size - done), gain, onBetter);
    }
  }

  function propose(random: Random, temperature: number, proposals: number, gain: number, onBetter: () => void): void {
    for (let proposal = 0; proposal < proposals; proposal++) {
      count = 0;
      const i = Math.floor(random.next() * size);
      push(i);
      if (random.next() < PAIR_SHARE) {
        const partner = pickPartner(random, i);
        if (partner !== i) push(partner);
      }
      if (!compensate(random)) {
        takeBack();
        continue;
      }
      const delta = energyChange();
      if (delta > 0 && (temperature === 0 || random.next() >= Math.exp(-delta / temperature))) {
        takeBack();
        continue;
      }
      accept(delta);
      if (state.energy() < best() - gain) onBetter();
    }
  }

  return {
    oneStep: perStep >= size,
    sweep: (random, temperature, onBetter) => propose(random, temperature, size, leastGain(), onBetter),
    sweepSteps,
  };
}

/** 1 or -1 where all coefficients of a row have that sign, else 0. */
function signsOfRows({ rowStart, rowValue, activity }: CqmState): Int8Array {
  return Int8Array.from(activity, (_, r) => {
    const row = rowValue.subarray(rowStart[r], rowStart[r + 1]);
    if (row.every((value) => value > 0)) return 1;
    return row.every((value) => value < 0) ? -1 : 0;
  });
}
