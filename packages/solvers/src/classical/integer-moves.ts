/**
 * Moves along lines of the integer lattice for models whose integers have wide ranges. A direction has a few variables:
 * one or two drawn, and others that keep the equations (and at times rows that stand at their bound) as they are,
 *
 *   sum_i a_ri d_i = 0,   all d_i whole.
 *
 * Along it the energy is a parabola, so the step comes from the distribution at the temperature itself (heat bath; Geman &
 * Geman 1984, "Stochastic relaxation, Gibbs distributions, and the Bayesian restoration of images", section V): around the
 * vertex t* = -slope / (2 curve) with deviation sqrt(T / (2 curve)), from the better end where there is no vertex. Steps
 * of thousands are as easy as steps of one.
 */
import type { Random } from '@qurriculum/random';
import type { Direction, IntegerState } from './integer-state.ts';

/** Variables in one direction at most. */
const MOST_VARIABLES = 4;
/** Share of directions that begin with two variables, and of rows at their bound that are kept as they are. */
const PAIR_SHARE = 0.4;
const KEEP_SHARE = 0.5;
/** Steps of a second variable that is drawn. */
const MOST_STEP = 3;
/** Steps longer than this would leave every range. */
const LONGEST_STEP = 1e6;

export interface IntegerMoves {
  /** So many lines at this temperature. The state must be feasible and stays so. */
  sweep(random: Random, proposals: number, temperature: number, onBetter: () => void): void;
  /** So many lines, each walked to its best point. */
  descend(random: Random, proposals: number): void;
}

/** The moves of a state. `best` is asked for before `onBetter` is called. */
export function createIntegerMoves(state: IntegerState, best: () => number): IntegerMoves {
  const direction = createDirection();
  const lines = createLines(state, direction);

  function step(random: Random, temperature: number): void {
    if (!lines.draw(random)) return;
    const [from, to] = lines.range();
    if (from === 0 && to === 0) return;
    const { slope, curve } = state.line(direction);
    const t = temperature > 0 ? drawn(random, slope, curve, from, to, temperature) : lowest(slope, curve, from, to);
    if (t !== 0) state.move(direction, t, slope * t + curve * t * t);
  }

  return {
    sweep(random, proposals, temperature, onBetter) {
      const gain = 1e-12 * Math.max(1, Math.abs(best()));
      for (let proposal = 0; proposal < proposals; proposal++) {
        step(random, temperature);
        if (state.energy() < best() - gain) onBetter();
      }
    },
    descend(random, proposals) {
      for (let proposal = 0; proposal < proposals; proposal++) step(random, 0);
    },
  };
}

function createDirection(): Direction {
  return { count: 0, variables: new Int32Array(MOST_VARIABLES), steps: new Float64Array(MOST_VARIABLES) };
}

interface Lines {
  /** Draws a direction; false when it would need too many variables. */
  draw(random: Random): boolean;
  /** Least and greatest number of steps that stay within bounds and rows: at most 0 and at least 0. */
  range(): readonly [number, number];
}

function createLines(state: IntegerState, direction: Direction): Lines {
  const { values, lower, upper, activity, low, high, rowStart, rowColumn, rowValue } = state;
  const { columnStart, columnRow, columnValue, pairStart, pairColumn } = state;
  const size = values.length;
  /** By row, what a step adds to it; rows that the direction touches. */
  const change = new Float64Array(activity.length);
  const touched: number[] = [];
  const seen = new Uint8Array(activity.length);

  function add(variable: number, steps: number): void {
    direction.variables[direction.count] = variable;
    direction.steps[direction.count++] = steps;
    for (let k = columnStart[variable]; k < columnStart[variable + 1]; k++) {
      const r = columnRow[k];
      if (seen[r] === 0) {
        seen[r] = 1;
        touched.push(r);
      }
      change[r] += steps * columnValue[k];
    }
  }

  function clear(): void {
    for (const r of touched) change[r] = seen[r] = 0;
    touched.length = 0;
    direction.count = 0;
  }

  function has(variable: number): boolean {
    for (let m = 0; m < direction.count; m++) if (direction.variables[m] === variable) return true;
    return false;
  }

  /** Another variable of one of its rows or products, else any. */
  function partner(random: Random, i: number): number {
    const rows = columnStart[i + 1] - columnStart[i];
    const pairs = pairStart[i + 1] - pairStart[i];
    if (rows + pairs === 0) return random.integer(size);
    const k = random.integer(rows + pairs);
    if (k < pairs) return pairColumn[pairStart[i] + k];
    const r = columnRow[columnStart[i] + k - pairs];
    return rowColumn[rowStart[r] + random.integer(rowStart[r + 1] - rowStart[r])];
  }

  /** A row that the direction must keep and does not, or -1. A row that a step would break is kept at times. */
  function unkept(random: Random, kept: readonly number[]): number {
    for (const r of touched) {
      if (Math.abs(change[r]) < 1e-9) continue;
      if (high[r] - low[r] < Math.abs(change[r]) || kept.includes(r)) return r;
      const room = Math.min(high[r] - activity[r], activity[r] - low[r]);
      if (room < Math.abs(change[r]) && random.chance(KEEP_SHARE)) return r;
    }
    return -1;
  }

  /** Takes one more variable of row r in, so that its sum stays: all steps times a_rj / g, and -sum / g of j. */
  function keep(random: Random, r: number): boolean {
    const k = rowStart[r] + random.integer(rowStart[r + 1] - rowStart[r]);
    const j = rowColumn[k];
    if (has(j)) return false;
    const ratio = wholeRatio(-change[r], rowValue[k]);
    if (ratio === null) return false;
    const [steps, factor] = ratio;
    for (let m = 0; m < direction.count; m++) direction.steps[m] *= factor;
    for (const row of touched) change[row] *= factor;
    if (Math.abs(steps) > LONGEST_STEP || Math.abs(direction.steps[0]) > LONGEST_STEP) return false;
    add(j, steps);
    return true;
  }

  return {
    draw(random) {
      clear();
      const first = random.integer(size);
      add(first, 1);
      if (random.chance(PAIR_SHARE)) {
        const second = partner(random, first);
        const steps = 1 + random.integer(MOST_STEP);
        if (second !== first) add(second, random.chance(0.5) ? steps : -steps);
      }
      const kept: number[] = [];
      for (;;) {
        const r = unkept(random, kept);
        if (r < 0) return true;
        if (direction.count === MOST_VARIABLES || !keep(random, r)) return false;
        kept.push(r);
      }
    },
    range() {
      let from = Number.NEGATIVE_INFINITY;
      let to = Number.POSITIVE_INFINITY;
      const limit = (value: number, step: number, least: number, most: number): void => {
        const [a, b] = [(least - value) / step, (most - value) / step];
        from = Math.max(from, Math.min(a, b));
        to = Math.min(to, Math.max(a, b));
      };
      for (let m = 0; m < direction.count; m++) {
        const i = direction.variables[m];
        limit(values[i], direction.steps[m], lower[i], upper[i]);
      }
      for (const r of touched) if (Math.abs(change[r]) >= 1e-9) limit(activity[r], change[r], low[r], high[r]);
      return [Math.min(0, Math.ceil(from)), Math.max(0, Math.floor(to))];
    },
  };
}

/** [p, q] with p / q = a / b, both whole and q > 0; null where that is not found for real numbers. */
function wholeRatio(a: number, b: number): readonly [number, number] | null {
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b)) {
    const ratio = a / b;
    return Math.abs(ratio - Math.round(ratio)) < 1e-9 ? [Math.round(ratio), 1] : null;
  }
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y > 0) [x, y] = [y, x % y];
  return [(Math.sign(b) * a) / x, Math.abs(b) / x];
}

/** The best whole t of slope t + curve t^2 within a range. */
function lowest(slope: number, curve: number, from: number, to: number): number {
  const value = (t: number): number => slope * t + curve * t * t;
  let best = value(from) < value(to) ? from : to;
  if (curve > 0) {
    const vertex = Math.floor(-slope / (2 * curve));
    for (const t of [vertex, vertex + 1]) if (t >= from && t <= to && value(t) < value(best)) best = t;
  }
  // Equal energies: stay.
  return value(best) < 0 ? best : 0;
}

/** A whole t within a range by its weight exp(-(slope t + curve t^2) / T), near enough; uphill ends by Metropolis. */
function drawn(random: Random, slope: number, curve: number, from: number, to: number, temperature: number): number {
  const within = (t: number): number => Math.max(from, Math.min(to, t));
  if (curve > 0) {
    const deviation = Math.sqrt(temperature / (2 * curve));
    return within(Math.round(-slope / (2 * curve) + deviation * normal(random)));
  }
  if (curve === 0) {
    if (slope === 0) return from + random.integer(to - from + 1);
    const back = Math.floor((-Math.log(1 - random.next()) * temperature) / Math.abs(slope));
    return within(slope > 0 ? from + back : to - back);
  }
  const t = random.chance(0.5) ? from : to;
  const rise = slope * t + curve * t * t;
  return rise <= 0 || random.next() < Math.exp(-rise / temperature) ? t : 0;
}

/** Box & Muller 1958. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
