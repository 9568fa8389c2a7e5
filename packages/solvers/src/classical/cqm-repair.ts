/**
 * From any assignment towards a feasible one: focused search in the manner of WalkSAT (Selman, Kautz and Cohen 1994) on
 * linear rows, with weights on rows that stay broken (Morris, "The breakout method", AAAI 1993). Then a greedy fill.
 */
import type { Steps } from '@qurriculum/kernels';
import type { Random } from '@qurriculum/random';
import type { CqmState } from './cqm-state.ts';

/** Share of steps that take a random variable of the broken row instead of the best: WalkSAT's usual noise is .3 to .5. */
const NOISE = 0.25;

export interface Repair {
  /** Flips until no row is broken or `flips` are done; true when feasible. In steps. */
  run(random: Random, flips: number): Steps<boolean>;
  /** Adds (or drops) variables while that lowers the energy and breaks nothing, best ratio first, with noise from 0. In steps. */
  fill(random: Random, noise: number): Steps<void>;
}

/** Up to so many variables without rows the best flip is looked for each time, which takes time of the second order. */
const BEST_FIRST = 1000;
const MOST_PASSES = 1000;
/** Entries and variables that one step looks at. */
const STEP_LOOKS = 2 ** 17;

/** The repair moves on a state. */
export function createRepair(state: CqmState): Repair {
  const { values, field, activity, low, high, rowStart, rowColumn, rowValue } = state;
  const { columnStart, columnRow, columnValue, pairStart } = state;
  const rows = activity.length;
  const weight = new Float64Array(rows);
  const scale = new Float64Array(rows);
  for (let r = 0; r < rows; r++) {
    let largest = 0;
    for (let k = rowStart[r]; k < rowStart[r + 1]; k++) largest = Math.max(largest, Math.abs(rowValue[k]));
    scale[r] = largest > 0 ? 1 / largest : 1;
  }

  function excess(r: number, value: number): number {
    if (value > high[r]) return value - high[r];
    return value < low[r] ? low[r] - value : 0;
  }

  /** Change of the weighted excess when i flips. */
  function cost(i: number): number {
    const step = 1 - 2 * values[i];
    let sum = 0;
    for (let k = columnStart[i]; k < columnStart[i + 1]; k++) {
      const r = columnRow[k];
      sum += weight[r] * scale[r] * (excess(r, activity[r] + step * columnValue[k]) - excess(r, activity[r]));
    }
    return sum;
  }

  /** A random broken row. */
  function pickBroken(random: Random): number {
    let left = Math.floor(random.next() * state.brokenRows());
    for (let r = 0; r < rows; r++) {
      if (activity[r] >= low[r] && activity[r] <= high[r]) continue;
      if (left-- === 0) return r;
    }
    return -1;
  }

  function* run(random: Random, flips: number): Steps<boolean> {
    weight.fill(1);
    let last = -1;
    let looks = 0;
    for (let step = 0; step < flips && state.brokenRows() > 0; step++) {
      const r = pickBroken(random);
      looks += rows + rowStart[r + 1] - rowStart[r];
      if (looks > STEP_LOOKS) {
        yield;
        looks = 0;
      }
      const wanted = activity[r] > high[r] ? -1 : 1;
      const noisy = random.next() < NOISE;
      let chosen = -1;
      let bestCost = Number.POSITIVE_INFINITY;
      let bestDelta = Number.POSITIVE_INFINITY;
      let seen = 0;
      for (let k = rowStart[r]; k < rowStart[r + 1]; k++) {
        const i = rowColumn[k];
        const direction = 1 - 2 * values[i];
        if (direction * rowValue[k] * wanted <= 0 || i === last) continue;
        seen++;
        if (noisy) {
          if (random.next() * seen < 1) chosen = i;
          continue;
        }
        const broken = cost(i);
        const delta = direction * field[i];
        if (broken < bestCost || (broken === bestCost && delta < bestDelta)) {
          bestCost = broken;
          bestDelta = delta;
          chosen = i;
        }
      }
      if (!noisy && bestCost >= 0) weight[r] += 1;
      last = chosen;
      if (chosen >= 0) state.flip(chosen);
    }
    return state.brokenRows() === 0;
  }

  /** Share of the room left in its rows that a flip of i takes up; infinite when it breaks one. */
  function crowding(i: number): number {
    const step = 1 - 2 * values[i];
    let share = 0;
    for (let k = columnStart[i]; k < columnStart[i + 1]; k++) {
      const r = columnRow[k];
      const change = step * columnValue[k];
      const room = change > 0 ? high[r] - activity[r] : activity[r] - low[r];
      if (Math.abs(change) > room) return Number.POSITIVE_INFINITY;
      if (room < Number.POSITIVE_INFINITY) share += Math.abs(change) / room;
    }
    return share;
  }

  /** Without rows no flip stands in another's way but by the objective: improving flips as they come. */
  function* descend(random: Random, noise: number): Steps<void> {
    let looks = 0;
    for (let pass = 0, moved = true; moved; pass++) {
      moved = false;
      for (let i = 0; i < values.length; i++) {
        if ((1 - 2 * values[i]) * field[i] >= 0) continue;
        moved = true;
        if (pass === 0 && random.chance(noise)) continue;
        state.flip(i);
        looks += pairStart[i + 1] - pairStart[i];
        if (looks > STEP_LOOKS) {
          yield;
          looks = 0;
        }
      }
      yield;
      // Sums of real numbers may round to a gain of next to nothing for ever.
      if (pass === MOST_PASSES) return;
    }
  }

  function* fill(random: Random, noise: number): Steps<void> {
    if (state.activity.length === 0 && values.length > BEST_FIRST) {
      yield* descend(random, noise);
      return;
    }
    const guards = Math.max(1, Math.floor(STEP_LOOKS / values.length));
    for (let guard = 0; guard < 4 * values.length; guard++) {
      if (guard % guards === guards - 1) yield;
      let best = -1;
      let bestScore = 0;
      for (let i = 0; i < values.length; i++) {
        const delta = (1 - 2 * values[i]) * field[i];
        if (delta >= 0) continue;
        const share = crowding(i);
        if (share === Number.POSITIVE_INFINITY) continue;
        const score = (-delta / (0.1 + share)) * (1 - noise * random.next());
        if (score > bestScore) {
          bestScore = score;
          best = i;
        }
      }
      if (best < 0) return;
      state.flip(best);
    }
  }

  return { run, fill };
}
