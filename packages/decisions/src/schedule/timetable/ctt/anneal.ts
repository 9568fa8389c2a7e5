/**
 * Simulated annealing of course timetables (after Bellio, Ceschia, Di Gaspero, Schaerf and Urli 2016, "Feature-based tuning
 * of simulated annealing applied to the curriculum-based course timetabling problem", Computers & Operations Research 65):
 * a lecture goes to a cell of period and room, what lies there comes to its cell. Pairs in conflict are allowed at a price;
 * the other hard rules are never broken. Metropolis' rule, exp(-change / temperature), from a table, since changes are whole
 * numbers.
 *
 * The price of a conflict follows the search: it rises while there are conflicts and falls while there are none. Conflicts
 * are the way from one feasible plan to the next, but instances differ in what a conflict saves: one price for all froze
 * with conflicts on comp05, or kept the search from moving on the others.
 */
import { createRandom, type Random } from '@qurriculum/random';
import type { TimetableBest, TimetableRun } from '../search/run.ts';
import type { CttArrays } from './arrays.ts';
import { createCttBoard } from './board.ts';
import { createCttProposals } from './proposals.ts';
import { startPeriods } from './start.ts';

/** Temperatures between which the run goes geometrically, each with the share of the run at which it is reached. */
const COOLING = [
  { share: 0, temperature: 15 },
  // Hot enough to forget the start, which is soon done.
  { share: 0.08, temperature: 3 },
  // Terms of 5 and 2 points freeze on the way, those of 1 point at its end.
  { share: 0.96, temperature: 0.1 },
  { share: 1, temperature: 0.03 },
];

const FIRST_PRICE = 40;
const LEAST_PRICE = 6;
const MOST_PRICE = 100;
/** How fast the price rises and falls, as exponents per whole run; from HELD on it does not fall. */
const RISE = 30;
const FALL = 20;
const HELD = 0.5;

const SLICE_MOVES = 16_384;
/** Changes for the worse from here on are never accepted; at the hottest one in 10 million would be. */
const LEVELS = 256;

/**
 * Run number `number` of a seed; null where the instance has no plan, because some lecture finds no period.
 * Its plan: period * rooms + room of each lecture.
 */
export function openCttRun(arrays: CttArrays, seed: number, number: number): TimetableRun | null {
  const random = createRandom(seed).fork('ctt', number);
  const period = startPeriods(arrays, random);
  if (!period) return null;
  const taken = new Int32Array(arrays.periods);
  const room = period.map((at) => taken[at]++);
  return createRun(arrays, period, room, random);
}

function createRun(arrays: CttArrays, period: Int32Array, room: Int32Array, random: Random): TimetableRun {
  const board = createCttBoard(arrays);
  board.load(period, room);
  const proposals = createCttProposals(arrays, board, random);
  const plan = new Int32Array(arrays.lectures);
  const chance = new Float64Array(LEVELS);
  let price = FIRST_PRICE;
  let before = 0;
  let best = { broken: 0, cost: 0 };
  keep();

  function keep(): void {
    best = { broken: board.conflicts(), cost: board.cost() };
    for (let l = 0; l < plan.length; l++) plan[l] = board.period[l] * arrays.rooms + board.room[l];
  }

  function adaptPrice(share: number): void {
    const step = share - before;
    before = share;
    if (board.conflicts() > 0) price = Math.min(MOST_PRICE, price * Math.exp(RISE * step));
    else if (share < HELD) price = Math.max(LEAST_PRICE, price * Math.exp(-FALL * step));
  }

  function slice(share: number, moves: number): void {
    adaptPrice(share);
    const conflictPrice = Math.round(price);
    const temperature = temperatureAt(share);
    // exp(-20) is one in 500 million; 5 is more than most moves save elsewhere.
    const hopeless = 20 * temperature + 5;
    for (let d = 0; d < LEVELS; d++) chance[d] = 2 ** 31 * Math.exp(-d / temperature);
    for (let m = 0; m < moves; m++) {
      const lecture = proposals.next();
      if (lecture < 0) continue;
      const { toPeriod, toRoom, other } = proposals;
      const conflictChange = board.conflictChange(lecture, toPeriod, other);
      const conflictCost = conflictPrice * conflictChange;
      if (conflictCost > hopeless) continue;
      const costChange = board.costChange(lecture, toPeriod, toRoom, other);
      const change = costChange + conflictCost;
      if (change > 0 && (change >= LEVELS || proposals.draw >= chance[change])) continue;
      board.apply(lecture, toPeriod, toRoom, conflictChange, costChange);
      const broken = board.conflicts();
      if (broken < best.broken || (broken === best.broken && board.cost() < best.cost)) keep();
    }
  }

  return { sliceMoves: SLICE_MOVES, slice, best: (): TimetableBest => ({ ...best, plan }) };
}

function temperatureAt(share: number): number {
  const k = Math.max(
    1,
    COOLING.findIndex((point) => share <= point.share),
  );
  const [from, to] = [COOLING[k - 1], COOLING[k]];
  const part = (share - from.share) / (to.share - from.share);
  return from.temperature * (to.temperature / from.temperature) ** part;
}
