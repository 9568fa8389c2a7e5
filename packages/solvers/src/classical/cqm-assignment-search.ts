/**
 * Large neighbourhood search of assignments that never leaves the feasible set (Shaw 1998; ejection chains of any shape,
 * as in Yagiura, Ibaraki and Glover, "An ejection chain approach for the generalized assignment problem", INFORMS
 * Journal on Computing 16, 2004, but found by exact search): a few places give up some of their jobs, which are put
 * back in the best other way (`cqm-assignment-tree.ts`).
 *
 * Cycles of calls cool from a temperature to 0: at temperature T a call may end dearer by an exponential draw of mean T.
 * Which temperature is best differs by instance from 0.4 to 30 times the mean regret, so that cycles try a ladder of
 * them and go on with those that did well. Same random stream, same sequence.
 */
import type { Random } from '@qurriculum/random';
import type { AssignmentModel } from './cqm-assignment.ts';
import type { AssignmentPrices } from './cqm-assignment-prices.ts';
import { meanRegret } from './cqm-assignment-start.ts';
import { createAssignmentTree } from './cqm-assignment-tree.ts';

export interface AssignmentSearch {
  /** One neighbourhood. */
  step(): void;
  /** The best so far, an option per job, and its cost (offset left out). */
  readonly best: Int32Array;
  bestCost(): number;
  /** Tree nodes so far. */
  nodes(): number;
}

/** Jobs put back at once: at most, and at first. How many a tree can take within its nodes is learned on the way. */
const MOST_JOBS = 64;
const FIRST_JOBS = 16;
const NODE_LIMIT = 2000;
/** Places opened at once, at most (and at least two). Up to 7 were worse on d20100 and d40400. */
const MOST_PLACES = 20;
/** How much a tree that ran out of nodes, or needed few, changes the number of jobs for next time. */
const FEWER_JOBS = 1;
const MORE_JOBS = 0.5;
/** A tree that needed less than this share of its nodes could have taken more jobs. */
const SMALL_TREE = 0.1;
/** Temperatures over the mean regret. */
const LADDER = [0.4, 2, 8, 30];
/** Calls in a first cycle, and how much longer each round of cycles is than the one before. */
const FIRST_CYCLE = 400;
const GROWTH = 1.6;

/** Starts from options that fit. */
export function createAssignmentSearch(
  model: AssignmentModel,
  prices: AssignmentPrices,
  start: Int32Array,
  random: Random,
): AssignmentSearch {
  const { jobs, places, optionStart, place, cost, weight, capacity, step: costStep } = model;
  const { reduced } = prices;
  const tree = createAssignmentTree(model, prices, MOST_JOBS);
  const regret = meanRegret(model, reduced);
  const options = start.slice();
  const best = start.slice();
  const load = new Float64Array(places);
  const open = new Uint8Array(places);
  const room = new Float64Array(places);
  const list = new Int32Array(MOST_JOBS);
  const candidates = new Int32Array(jobs);
  const appeal = new Float64Array(jobs);
  const smallest = costStep;
  /** Jobs to free for each number of places. */
  const sizes = new Float64Array(MOST_PLACES + 1).fill(FIRST_JOBS);
  let aim = 2;
  let energy = 0;
  let bestEnergy = Number.POSITIVE_INFINITY;

  function take(from: Int32Array): void {
    options.set(from);
    load.fill(0);
    energy = 0;
    for (const o of options) {
      load[place[o]] += weight[o];
      energy += cost[o];
    }
  }

  /** Opens a few places, half of them linked through a job. */
  function openPlaces(): void {
    open.fill(0);
    let count = 0;
    const add = (p: number): void => {
      open[p] = 1;
      count++;
    };
    add(place[options[random.integer(jobs)]]);
    aim = Math.min(places, 2 + random.integer(MOST_PLACES - 1));
    for (let tries = 0; count < aim && tries < 8 * aim; tries++) {
      const p = random.next() < 0.5 ? linkedPlace() : random.integer(places);
      if (p >= 0 && open[p] === 0) add(p);
    }
    open[places - 1] = 1;
  }

  /** A place that a random job of an open place would also like: a cheap option of three drawn. */
  function linkedPlace(): number {
    let j = -1;
    for (let tries = 0; tries < 20 && j < 0; tries++) {
      const drawn = random.integer(jobs);
      if (open[place[options[drawn]]] !== 0) j = drawn;
    }
    if (j < 0) return -1;
    let chosen = -1;
    for (let draw = 0; draw < 4; draw++) {
      const o = optionStart[j] + random.integer(optionStart[j + 1] - optionStart[j]);
      if (open[place[o]] === 0 && (chosen < 0 || reduced[o] < reduced[chosen])) chosen = o;
    }
    return chosen < 0 ? -1 : place[chosen];
  }

  /** Jobs of open places with the least noised regret of moving to another open place; returns how many. */
  function freeJobs(): number {
    let count = 0;
    for (let j = 0; j < jobs; j++) {
      const now = options[j];
      if (open[place[now]] === 0) continue;
      let least = Number.POSITIVE_INFINITY;
      for (let o = optionStart[j]; o < optionStart[j + 1]; o++) {
        if (o !== now && open[place[o]] !== 0 && reduced[o] < least) least = reduced[o];
      }
      if (least === Number.POSITIVE_INFINITY) continue;
      appeal[j] = least - reduced[now] - regret * Math.log(1 - random.next());
      candidates[count++] = j;
    }
    const free = candidates.subarray(0, count).sort((a, b) => appeal[a] - appeal[b] || a - b);
    const taken = Math.min(count, Math.floor(sizes[aim]));
    for (let k = 0; k < taken; k++) list[k] = free[k];
    // Jobs whose choice matters most are decided first.
    list.subarray(0, taken).sort((a, b) => appeal[b] - appeal[a] || a - b);
    return taken;
  }

  function tryOnce(noise: number): void {
    openPlaces();
    const count = freeJobs();
    if (count < 2) return;
    let held = 0;
    for (let p = 0; p < places; p++) room[p] = capacity[p] - load[p];
    for (let k = 0; k < count; k++) {
      const o = options[list[k]];
      room[place[o]] += weight[o];
      held += cost[o];
    }
    const limit = noise > 0 || random.next() < 2 / 3 ? held + noise : held - (smallest || 1e-9 * Math.abs(held));
    const before = tree.nodes();
    const sum = tree.search(list, count, open, room, options, limit, NODE_LIMIT);
    const used = tree.nodes() - before;
    if (used > NODE_LIMIT) sizes[aim] = Math.max(4, sizes[aim] - FEWER_JOBS);
    else if (used < SMALL_TREE * NODE_LIMIT && count === Math.floor(sizes[aim])) {
      sizes[aim] = Math.min(MOST_JOBS, sizes[aim] + MORE_JOBS);
    }
    if (sum === null) return;
    for (let k = 0; k < count; k++) move(list[k], tree.found[k]);
    energy += sum - held;
    if (energy < bestEnergy - (smallest ? smallest / 2 : 1e-9 * Math.abs(bestEnergy))) remember();
  }

  function move(j: number, o: number): void {
    const old = options[j];
    load[place[old]] -= weight[old];
    load[place[o]] += weight[o];
    options[j] = o;
  }

  function remember(): void {
    take(options);
    best.set(options);
    bestEnergy = energy;
  }

  const cycle = { temperature: 0, calls: 0, done: 0 };
  const schedule = createLadder(LADDER.length, FIRST_CYCLE, GROWTH);
  function nextCycle(): void {
    const next = schedule.next();
    cycle.temperature = LADDER[next.rung] * regret;
    cycle.calls = next.calls;
    cycle.done = 0;
    take(best);
  }

  take(start);
  remember();
  nextCycle();
  return {
    best,
    bestCost: () => bestEnergy,
    nodes: tree.nodes,
    step() {
      if (cycle.done === cycle.calls) {
        schedule.finished(energy);
        nextCycle();
      }
      const temperature = cycle.temperature * (1 - cycle.done++ / cycle.calls);
      if (energy > bestEnergy + 6 * cycle.temperature + 2 * smallest) take(best);
      tryOnce(-temperature * Math.log(1 - random.next()));
    },
  };
}

/**
 * Rounds of cycles, each round longer by `growth`: all rungs at first, then the better half of them by the cost at the
 * end of their last cycle, then the best and its neighbours for good.
 */
function createLadder(rungs: number, firstCycle: number, growth: number) {
  const scores = new Float64Array(rungs).fill(Number.POSITIVE_INFINITY);
  let queue = Array.from({ length: rungs }, (_, rung) => rung);
  let round = 0;
  let running = 0;
  return {
    next(): { readonly rung: number; readonly calls: number } {
      if (queue.length === 0) {
        round++;
        const order = Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b] || a - b);
        queue = order.slice(0, round === 1 ? Math.ceil(rungs / 2) + 1 : 2);
      }
      running = queue.shift() as number;
      return { rung: running, calls: Math.round(firstCycle * growth ** round) };
    },
    finished(cost: number): void {
      scores[running] = cost;
    },
  };
}
