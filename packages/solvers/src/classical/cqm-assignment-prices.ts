/**
 * Prices of capacity by Lagrangian relaxation (Fisher, "The Lagrangian relaxation method", Management Science 27, 1981):
 *
 *   L(p) = sum_j min_o (c_o + p_place(o) w_o) - sum_place p capacity <= optimum,   p >= 0
 *
 * raised by a deflected subgradient (Camerini, Fratta and Maffioli 1975) with Polyak's step to a level a little above the
 * bound, which moves away while the bound rises and comes closer while it does not. The best prices rank the
 * options: a feasible assignment costs L + sum of reduced-cost excesses + sum of price * unused capacity.
 */
import type { AssignmentModel } from './cqm-assignment.ts';

export interface AssignmentPrices {
  /** A lower bound on the cost of every feasible assignment (offset left out). */
  readonly bound: number;
  /** c_o + p_place(o) w_o of every option. */
  readonly reduced: Float64Array;
  /** One price per place; 0 for the place without a limit. */
  readonly price: Float64Array;
}

/** Enough on published assignment problems for the bound to settle within 0.01 %. */
const ITERATIONS = 2000;
/** How much of the last direction is kept. */
const DEFLECTION = 0.7;
/** Iterations without a better bound before the level comes closer, and by how much; how much a better bound moves it. */
const PATIENCE = 20;
const SHRINK = 0.6;
const GROW = 1.05;
/** The first level, over the size of the bound. */
const FIRST_LEVEL = 0.05;

/** Iterations between two turns of the caller's clock. */
const TURN = 32;

/** Computes prices; deterministic. `turn` is awaited now and then and cuts the iterations when it says true. */
export async function priceCapacity(model: AssignmentModel, turn: () => Promise<boolean>): Promise<AssignmentPrices> {
  const { jobs, places, optionStart, place, cost, weight, capacity } = model;
  const limited = places - 1;
  const price = new Float64Array(places);
  const bestPrice = new Float64Array(places);
  const direction = new Float64Array(places);
  const excess = new Float64Array(places);
  let bound = Number.NEGATIVE_INFINITY;
  let stalled = 0;
  let scale = FIRST_LEVEL;
  for (let iteration = 0; iteration < ITERATIONS && scale > 1e-7; iteration++) {
    if (iteration % TURN === TURN - 1 && (await turn())) break;
    let value = 0;
    for (let p = 0; p < limited; p++) {
      excess[p] = -capacity[p];
      value -= price[p] * capacity[p];
    }
    for (let j = 0; j < jobs; j++) {
      let least = Number.POSITIVE_INFINITY;
      let chosen = 0;
      for (let o = optionStart[j]; o < optionStart[j + 1]; o++) {
        const reduced = cost[o] + price[place[o]] * weight[o];
        if (reduced < least) {
          least = reduced;
          chosen = o;
        }
      }
      value += least;
      excess[place[chosen]] += weight[chosen];
    }
    if (value > bound + 1e-9 * Math.abs(value)) {
      bound = value;
      bestPrice.set(price);
      stalled = 0;
      scale *= GROW;
    } else if (++stalled >= PATIENCE) {
      scale *= SHRINK;
      stalled = 0;
      price.set(bestPrice);
      direction.fill(0);
      continue;
    }
    let square = 0;
    for (let p = 0; p < limited; p++) {
      direction[p] = excess[p] + DEFLECTION * direction[p];
      if (price[p] === 0 && direction[p] < 0) direction[p] = 0;
      square += direction[p] * direction[p];
    }
    if (square === 0) break;
    const length = (bound - value + scale * Math.max(1, Math.abs(bound))) / square;
    for (let p = 0; p < limited; p++) price[p] = Math.max(0, price[p] + length * direction[p]);
  }
  const reduced = cost.map((c, o) => c + bestPrice[place[o]] * weight[o]);
  return { bound, reduced, price: bestPrice };
}
