/**
 * A bound for putting some jobs back into some places, and for every way of having started to: the choice rows are
 * relaxed with a worth u_e per job, so that each place becomes a 0/1 knapsack of its own, solved exactly by Bellman's
 * recursion (Jörnsten and Näsberg, "A new Lagrangian relaxation approach to the generalized assignment problem", EJOR
 * 27, 1986; Posta, Ferland and Michelon, "An exact method with variable fixing for solving the generalized assignment
 * problem", Computational Optimization and Applications 52, 2012):
 *
 *   cost >= sum_e u_e + sum_i table_i(0, room_i)
 *   table_i(e, c) = min(table_i(e + 1, c), c_ei - u_e + table_i(e + 1, c - w_ei))
 *
 * The worths are raised by a subgradient: 1 - (how many places take the job). They begin where the bound is that of priced
 * capacities; how a place can be filled exactly is what it adds.
 */
import type { AssignmentModel } from './cqm-assignment.ts';
import type { AssignmentPrices } from './cqm-assignment-prices.ts';

export interface AssignmentKnapsacks {
  /** Takes over jobs `list[0..count)` and the places marked in `open`; false when a job has no option that fits. */
  load(list: Int32Array, count: number, open: Uint8Array, room: Float64Array): boolean;
  /** Raises the worths; options that cannot be part of an assignment of at most `limit` are dropped. Returns the bound. */
  raise(limit: number): number;
  /** Open places that any of the jobs may take, by the numbers used below. */
  places(): number;
  /** Options of job e: optionStart[e] to optionStart[e + 1] ... */
  readonly optionStart: Int32Array;
  /** ... as numbered in the model, ... */
  readonly option: Int32Array;
  /** ... their place, ... */
  readonly place: Int32Array;
  /** ... their cost; infinite when dropped, ... */
  readonly cost: Float64Array;
  /** ... their weight, and that in the units of the place's table, rounded down. */
  readonly weight: Float64Array;
  readonly units: Int32Array;
  /** Room of each place, exact, and in units at most what all jobs there would use. */
  readonly room: Float64Array;
  readonly unitRoom: Int32Array;
  /** The worths. */
  readonly worth: Float64Array;
  /** table_i(e, units): the least cost less worth of jobs e and later in place i. */
  table(i: number, e: number, units: number): number;
}

/** Columns of a table at most; larger rooms, and weights that are not whole, are counted in coarser units. */
const MOST_UNITS = 1024;
/** Subgradient steps: with 20, d20100 ended a little better in the same time and d40400 a little worse. */
const STEPS = 10;
/** Steps without a better bound before the step is halved. */
const PATIENCE = 2;

/** Buffers for at most `most` jobs at a time. */
export function createAssignmentKnapsacks(
  model: AssignmentModel,
  { reduced, price }: AssignmentPrices,
  most: number,
): AssignmentKnapsacks {
  const { places } = model;
  const sorted = optionsByPlace(model);
  const whole = model.weight.every(Number.isInteger);
  const widest = model.optionStart.reduce((wide, to, j) => Math.max(wide, to - (model.optionStart[j - 1] ?? 0)), 0);
  const optionStart = new Int32Array(most + 1);
  const option = new Int32Array(most * widest);
  const place = new Int32Array(most * widest);
  const cost = new Float64Array(most * widest);
  const weight = new Float64Array(most * widest);
  const units = new Int32Array(most * widest);
  const room = new Float64Array(places);
  const unitRoom = new Int32Array(places);
  const placePrice = new Float64Array(places);
  const optimum = new Float64Array(places);
  const worth = new Float64Array(most);
  const bestWorth = new Float64Array(most);
  const taken = new Int32Array(most);
  const demand = new Float64Array(places);
  const usable = new Float64Array(places);
  const unit = new Float64Array(places);
  const relaxed = new Float64Array(places);
  const local = new Int32Array(places);
  /** Where the row of place i and job e starts in `pool`; jobs that a place does not want share the next job's row. */
  const row = new Int32Array(places * (most + 1));
  let pool = new Float64Array(1 << 14);
  let count = 0;
  let open = 0;

  function load(list: Int32Array, size: number, isOpen: Uint8Array, roomOf: Float64Array): boolean {
    count = size;
    let at = 0;
    demand.fill(0);
    for (let e = 0; e < count; e++) {
      const j = list[e];
      optionStart[e] = at;
      let least = Number.POSITIVE_INFINITY;
      for (let s = model.optionStart[j]; s < model.optionStart[j + 1]; s++) {
        const o = sorted[s];
        const p = model.place[o];
        if (isOpen[p] === 0 || model.weight[o] > roomOf[p]) continue;
        option[at] = o;
        place[at] = p;
        cost[at] = model.cost[o];
        weight[at] = model.weight[o];
        demand[p] += weight[at++];
        if (reduced[o] < least) least = reduced[o];
      }
      if (at === optionStart[e]) return false;
      // The worths that priced capacities give: their bound is where the steps begin.
      worth[e] = least;
    }
    optionStart[count] = at;
    numberPlaces(isOpen, roomOf, at);
    return true;
  }

  /** Open places get numbers without gaps, and a unit in which their tables count. */
  function numberPlaces(isOpen: Uint8Array, roomOf: Float64Array, options: number): void {
    open = 0;
    for (let p = 0; p < places; p++) {
      if (isOpen[p] === 0) continue;
      local[p] = open;
      placePrice[open] = price[p];
      room[open] = roomOf[p];
      usable[open] = Math.min(roomOf[p], demand[p]);
      unit[open] = (whole && usable[open] <= MOST_UNITS) || usable[open] <= 0 ? 1 : usable[open] / MOST_UNITS;
      // Quotients are rounded: what fills a place to the brim must still fit.
      unitRoom[open] = Math.floor(usable[open] / unit[open] + 1e-6);
      open++;
    }
    for (let k = 0; k < options; k++) {
      place[k] = local[place[k]];
      units[k] = Math.floor(weight[k] / unit[place[k]]);
    }
    const entries = unitRoom.subarray(0, open).reduce((sum, r) => sum + (r + 1) * (count + 1), 0);
    if (pool.length < entries) pool = new Float64Array(2 * entries);
  }

  /** Fills the tables for the worths at hand; returns the bound. */
  function fillTables(): number {
    let sum = 0;
    let used = 0;
    for (let i = 0; i < open; i++) {
      row[i * (most + 1) + count] = used;
      pool.fill(0, used, used + unitRoom[i] + 1);
      used += unitRoom[i] + 1;
    }
    for (let e = count - 1; e >= 0; e--) {
      sum += worth[e];
      for (let i = 0; i < open; i++) row[i * (most + 1) + e] = row[i * (most + 1) + e + 1];
      for (let k = optionStart[e]; k < optionStart[e + 1]; k++) {
        if (cost[k] >= worth[e] || units[k] > unitRoom[place[k]]) continue;
        const i = place[k];
        const next = row[i * (most + 1) + e + 1];
        const fresh = row[i * (most + 1) + e] === next;
        const target = fresh ? used : row[i * (most + 1) + e];
        relax(next, target, cost[k] - worth[e], units[k], unitRoom[i], fresh);
        if (!fresh) continue;
        row[i * (most + 1) + e] = target;
        used += unitRoom[i] + 1;
      }
    }
    for (let i = 0; i < open; i++) {
      optimum[i] = pool[row[i * (most + 1)] + unitRoom[i]];
      sum += optimum[i];
    }
    return sum;
  }

  /** One item of Bellman's recursion: `target` from the row of the next job, for an option of this value and weight. */
  function relax(next: number, target: number, value: number, used: number, top: number, fresh: boolean): void {
    const cells = pool;
    const base = fresh ? next : target;
    if (fresh) for (let c = 0; c < used; c++) cells[target + c] = cells[next + c];
    for (let c = used; c <= top; c++) {
      let least = cells[base + c];
      const having = value + cells[next + c - used];
      if (having < least) least = having;
      cells[target + c] = least;
    }
  }

  /** How many places take each job; returns the squared length of the subgradient. */
  function countTaken(): number {
    taken.fill(0, 0, count);
    for (let i = 0; i < open; i++) {
      let left = unitRoom[i];
      for (let e = 0; e < count; e++) {
        const here = row[i * (most + 1) + e];
        const next = row[i * (most + 1) + e + 1];
        if (here === next || pool[here + left] === pool[next + left]) continue;
        taken[e]++;
        left -= unitsTaken(e, i, pool[here + left], next, left);
      }
    }
    let square = 0;
    for (let e = 0; e < count; e++) square += (1 - taken[e]) ** 2;
    return square;
  }

  /** Units of the option of e that gave `value` in place i. */
  function unitsTaken(e: number, i: number, value: number, next: number, left: number): number {
    for (let k = optionStart[e]; k < optionStart[e + 1]; k++) {
      if (place[k] === i && units[k] <= left && cost[k] - worth[e] + pool[next + left - units[k]] === value) {
        return units[k];
      }
    }
    return 0;
  }

  /**
   * Drops options by reduced cost: with price p, place i cannot do better than -p usable_i + sum min(0, x), where
   * x = c - u + p w; an option of larger x than the gap plus what the optimum of i is above that cannot be taken.
   */
  function dropOptions(gap: number): void {
    for (let i = 0; i < open; i++) relaxed[i] = -placePrice[i] * usable[i];
    const options = optionStart[count];
    for (let e = 0; e < count; e++) {
      for (let k = optionStart[e]; k < optionStart[e + 1]; k++) {
        relaxed[place[k]] += Math.min(0, cost[k] - worth[e] + placePrice[place[k]] * weight[k]);
      }
    }
    for (let e = 0, k = 0; k < options; k++) {
      if (k === optionStart[e + 1]) e++;
      const i = place[k];
      const excess = cost[k] - worth[e] + placePrice[i] * weight[k];
      if (excess > gap + optimum[i] - relaxed[i] + 1e-9 * (1 + Math.abs(gap))) cost[k] = Number.POSITIVE_INFINITY;
    }
  }

  function raise(limit: number): number {
    let best = Number.NEGATIVE_INFINITY;
    let scale = 1;
    let stalled = 0;
    const ahead = model.step > 0 ? model.step : 1e-3 * Math.abs(limit);
    for (let step = 0; ; step++) {
      let bound = fillTables();
      if (bound > best) {
        best = bound;
        bestWorth.set(worth);
        stalled = 0;
        dropOptions(limit - bound);
        if (best > limit) return best;
      } else if (++stalled >= PATIENCE) {
        scale /= 2;
        stalled = 0;
        worth.set(bestWorth);
        bound = fillTables();
      }
      const square = step < STEPS ? countTaken() : 0;
      if (square === 0) break;
      const length = (scale * Math.max(ahead, limit + ahead - bound)) / square;
      for (let e = 0; e < count; e++) worth[e] += length * (1 - taken[e]);
    }
    worth.set(bestWorth);
    fillTables();
    return best;
  }

  return {
    load,
    raise,
    places: () => open,
    optionStart,
    option,
    place,
    cost,
    weight,
    units,
    room,
    unitRoom,
    worth,
    table: (i, e, left) => pool[row[i * (most + 1) + e] + left],
  };
}

/** The options of every job, those of one place side by side. */
function optionsByPlace({ jobs, optionStart, place }: AssignmentModel): Int32Array {
  const order = Int32Array.from(place, (_, o) => o);
  for (let j = 0; j < jobs; j++) {
    order.subarray(optionStart[j], optionStart[j + 1]).sort((a, b) => place[a] - place[b] || a - b);
  }
  return order;
}
