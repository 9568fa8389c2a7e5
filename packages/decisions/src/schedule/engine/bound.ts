/**
 * An upper bound on every choice's objective, and prices, by Lagrangian relaxation (Fisher, "The Lagrangian relaxation
 * method", Management Science 27, 1981). Prices stand for what couples people: p per cell (one session at a time), q per
 * tutor (most sessions), a and b per tutor (most and least load, each summing to the weight of `range`), r per slot
 * (rooms). A session then costs C = cellCost + p + q + a - b + r, and each request is solved by itself:
 *
 *   bound = sum p + sum q most + sum r rooms + sum over requests of the best of
 *           sum of (bonus + max over k of (share[k] gain - C / k)) - continuity / requests of the learner per tutor
 *
 * A session of k learners costs each a k-th part and leaves each share[k] of the gain, so no plan is worth more. Squares
 * are bounded from below by their tangents: sum (L - mean)^2 >= sum (2 y L - y^2) for every y with sum 0, and likewise
 * for access. What is left out (near slots, days and weeks, resources, spread, least loads) only lowers the optimum.
 *
 * Deflected subgradient with Polyak's step (Camerini, Fratta and Maffioli, Mathematical Programming Study 3, 1975).
 */
import { runSteps, type Steps } from '@qurriculum/problems';
import type { EngineClock } from './clock.ts';
import type { ScheduleLayout } from './layout.ts';
import { createRelaxation, type Relaxation, rangeWeight, squaresWeight } from './relaxation.ts';

export interface SchedulePrices {
  /** No choice that keeps the hard rules is worth more. */
  readonly bound: number;
  /** The same, not rounded where all terms are whole. */
  readonly exactBound: number;
  /** Of each option, at these prices: bonus + gain - C, shared as is best. */
  readonly reduced: Float64Array;
  /** p of each cell, q + a - b of each tutor (with the tangent of the squares), r of each slot. */
  readonly cell: Float64Array;
  readonly tutor: Float64Array;
  readonly slot: Float64Array;
  /** Best value of each request by itself. */
  readonly request: Float64Array;
}

const ITERATIONS = 4000;
/** How much of the last direction is kept. */
const DEFLECTION = 0.8;
/**
 * Steps aim that far below a value, as a share of it; anew when a value has come that near to the aim. Below nothing, what an
 * empty plan is worth, only pins lead, and without end where they cannot be met.
 */
const AIM = 0.1;
const NEAR = 0.03;
/** Iterations without a better bound before steps shrink, by how much, and where that ends. */
const PATIENCE = 12;
const SHRINK = 0.6;
const SMALLEST = 2e-5;
/** Below this the last direction is all that is left of a pressure that is gone. */
const SMALLEST_SQUARE = 1e-6;
/** Prices of most and least load move slower: all sessions of a tutor press on them. */
const LOAD_STEP = 0.2;
/** Weight of the newest answer in the tangents of squares. */
const TANGENT_STEP = 0.02;
/** Values of options in all: some seconds. */
const MOST_VALUES = 6e8;
/** Options looked at between two turns of the caller's clock: some milliseconds. */
const TURN_OPTIONS = 2 ** 19;

const PARTS = ['cell', 'most', 'high', 'low', 'room', 'loadTangent', 'accessTangent'] as const;

export interface PriceOptions {
  /** Iterations at most. */
  readonly iterations?: number;
  /** Asked between steps: true ends the iterations. What was found by then holds. */
  readonly stop?: () => boolean;
}

/** Prices of nothing: options are worth what they are, and the bound is what everybody would have alone. */
export function unpriced(layout: ScheduleLayout): SchedulePrices {
  return runSteps(priceSchedule(layout, { iterations: 0 }));
}

/** Computes prices and the bound, in steps; deterministic. */
export function* priceSchedule(layout: ScheduleLayout, options: PriceOptions = {}): Steps<SchedulePrices> {
  const relaxation = createRelaxation(layout);
  const { prices, reduced, request, tutorPrice } = relaxation;
  const best = structuredClone(prices);
  const mover = createMover(layout, relaxation);
  const perTurn = Math.max(1, Math.floor(TURN_OPTIONS / (1 + reduced.length)));
  const limit = options.iterations ?? Math.min(ITERATIONS, Math.ceil(MOST_VALUES / (1 + reduced.length)));
  let bound = Number.POSITIVE_INFINITY;
  let target = 0;
  let [size, stalled] = [1, 0];
  for (let iteration = 0; iteration < limit && size > SMALLEST; iteration++) {
    if (iteration % perTurn === perTurn - 1) {
      if (options.stop?.()) break;
      yield;
    }
    const value = relaxation.evaluate();
    if (iteration === 0 || (value > 0 && value - target < NEAR * value))
      target = value - AIM * Math.max(1e-6, Math.abs(value));
    if (value < bound - 1e-9 * Math.abs(value)) {
      bound = value;
      for (const part of PARTS) best[part].set(prices[part]);
      stalled = 0;
    } else if (++stalled >= PATIENCE) {
      size *= SHRINK;
      stalled = 0;
    }
    if (!mover(size * Math.max(0, value - target))) break;
  }
  for (const part of PARTS) prices[part].set(best[part]);
  const exactBound = relaxation.evaluate();
  return {
    bound: layout.whole ? Math.floor(exactBound + 1e-6) : exactBound,
    exactBound,
    reduced,
    cell: prices.cell,
    tutor: tutorPrice,
    slot: prices.room,
    request,
  };
}

/** `priceSchedule` until the clock is over, giving up the thread between slices. */
export async function priceInTurns(
  layout: ScheduleLayout,
  clock: EngineClock,
  iterations?: number,
): Promise<SchedulePrices> {
  const steps = priceSchedule(layout, { iterations, stop: clock.over });
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await clock.turn();
  }
}

/** Moves the prices against the last answer, `length` / |direction|^2 far; false where nothing presses on them. */
function createMover(layout: ScheduleLayout, relaxation: Relaxation): (length: number) => boolean {
  const { model, able } = layout;
  const { prices, cells, cellUse, load, slotUse, roomsIn } = relaxation;
  const toCell = new Float64Array(prices.cell.length);
  const toMost = new Float64Array(model.tutors);
  const toHigh = new Float64Array(model.tutors);
  const toRoom = new Float64Array(model.slots);
  const range = rangeWeight(layout);

  /** One part of the direction, where prices may not fall below zero; answers its square. */
  const turn = (to: Float64Array, price: Float64Array, k: number, excess: number): number => {
    const kept = excess + DEFLECTION * to[k];
    to[k] = price[k] === 0 && kept < 0 ? 0 : kept;
    return to[k] * to[k];
  };

  return (length) => {
    let square = 0;
    for (const cell of cells) square += turn(toCell, prices.cell, cell, cellUse[cell] - 1);
    for (let t = 0; t < model.tutors; t++) {
      if (able[t] === 0) continue;
      square += turn(toMost, prices.most, t, load[t] - model.tutorMost[t]);
      if (range === 0) continue;
      toHigh[t] = LOAD_STEP * load[t] + DEFLECTION * toHigh[t];
    }
    if (range > 0) square += 2 * variation(toHigh, able);
    if (roomsIn !== null) {
      for (let s = 0; s < model.slots; s++) square += turn(toRoom, prices.room, s, slotUse[s] - roomsIn[s]);
    }
    moveTangents(layout, relaxation);
    if (square < SMALLEST_SQUARE) return squaresWeight(layout) > 0 || model.access > 0;
    const step = length / square;
    for (const cell of cells) prices.cell[cell] = Math.max(0, prices.cell[cell] + step * toCell[cell]);
    for (let t = 0; t < model.tutors; t++) {
      prices.most[t] = Math.max(0, prices.most[t] + step * toMost[t]);
      prices.high[t] += step * toHigh[t];
      prices.low[t] -= step * toHigh[t];
    }
    if (range > 0) {
      project(prices.high, able, range);
      project(prices.low, able, range);
    }
    if (roomsIn !== null)
      for (let s = 0; s < model.slots; s++) prices.room[s] = Math.max(0, prices.room[s] + step * toRoom[s]);
    return true;
  };
}

/** Sum of squared distances from the mean: what is left of a direction on a simplex. */
function variation(values: Float64Array, able: Uint8Array): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let t = 0; t < values.length; t++) {
    if (able[t] === 0) continue;
    sum += values[t];
    squares += values[t] * values[t];
    count++;
  }
  return Math.max(0, squares - (sum * sum) / Math.max(1, count));
}

/** The nearest point of the simplex { x >= 0, sum x = total } (Held, Wolfe and Crowder 1974), over the able. */
function project(values: Float64Array, able: Uint8Array, total: number): void {
  const sorted = values.filter((_, t) => able[t] === 1).sort();
  let [sum, shift] = [0, 0];
  for (let k = sorted.length - 1, count = 1; k >= 0; k--, count++) {
    sum += sorted[k];
    const next = (sum - total) / count;
    if (next >= sorted[k]) break;
    shift = next;
  }
  for (let t = 0; t < values.length; t++) if (able[t] === 1) values[t] = Math.max(0, values[t] - shift);
}

/** The best tangent of a square touches it at the mean answer: a moving mean of the answers. */
function moveTangents(layout: ScheduleLayout, { prices, load, metBy, metAll }: Relaxation): void {
  const { model, able, ableCount, wantedBy, wantedAll } = layout;
  if (squaresWeight(layout) > 0) {
    let sum = 0;
    for (let t = 0; t < model.tutors; t++) sum += able[t] * load[t];
    for (let t = 0; t < model.tutors; t++) {
      if (able[t] === 1) prices.loadTangent[t] += TANGENT_STEP * (load[t] - sum / ableCount - prices.loadTangent[t]);
    }
  }
  if (model.access === 0) return;
  for (let g = 0; g < model.groups; g++) {
    if (wantedBy[g] === 0) continue;
    const distance = metBy[g] / wantedBy[g] - metAll() / wantedAll;
    prices.accessTangent[g] += TANGENT_STEP * (distance - prices.accessTangent[g]);
  }
}
