/**
 * Simulated annealing of course timetables (after Bellio, Ceschia, Di Gaspero, Schaerf and Urli 2016, "Feature-based tuning
 * of simulated annealing applied to the curriculum-based course timetabling problem", Computers & Operations Research 65):
 * a lecture goes to a cell of period and room, what lies there comes to its cell. Pairs in conflict cost CONFLICT_WEIGHT
 * each; the other hard rules are never broken. Metropolis' rule, exp(-change / temperature), from a table, since changes
 * are whole numbers. The temperature falls geometrically from HOT to COLD over the run.
 */
import { createRandom, type Random } from '@qurriculum/random';
import type { TimetableBest, TimetableRun } from '../search/run.ts';
import type { CttArrays } from './arrays.ts';
import { createCttBoard } from './board.ts';
import { startPeriods } from './start.ts';

/** Tuned on comp03, 07, 13 and 19 with 3e7 moves and two seeds: docs/decisions/0039. */
const HOT = 15;
const COLD = 0.1;
const CONFLICT_WEIGHT = 40;

/** Kinds of moves, as limits out of 256: within the period, within the room, to any cell of an open period; else to another lecture's cell. */
const SAME_PERIOD = 26;
const SAME_ROOM = 77;
const ANY_CELL = 205;

const SLICE_MOVES = 16_384;
/** Random words drawn at once. */
const DRAWS = 4096;
/** Changes for the worse from here on are never accepted; at HOT one in 10 million would be. */
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
  const propose = createProposals(arrays, board, random);
  const plan = new Int32Array(arrays.lectures);
  const chance = new Float64Array(LEVELS);
  let best = { broken: 0, cost: 0 };
  keep();

  function keep(): void {
    best = { broken: board.conflicts(), cost: board.cost() };
    for (let l = 0; l < plan.length; l++) plan[l] = board.period[l] * arrays.rooms + board.room[l];
  }

  function slice(share: number, moves: number): void {
    const temperature = HOT * (COLD / HOT) ** share;
    // A move that brings conflicts to a board without any, beyond what this temperature could bear, is not weighed at all.
    const hopeless = 8 * temperature + 8;
    for (let d = 0; d < LEVELS; d++) chance[d] = 2 ** 32 * Math.exp(-d / temperature);
    for (let m = 0; m < moves; m++) {
      const lecture = propose.next();
      if (lecture < 0) continue;
      const { toPeriod, toRoom, other } = propose;
      const conflictChange = board.conflictChange(lecture, toPeriod, other);
      const conflictCost = CONFLICT_WEIGHT * conflictChange;
      if (conflictCost > hopeless && board.conflicts() === 0) continue;
      const costChange = board.costChange(lecture, toPeriod, toRoom, other);
      const change = costChange + conflictCost;
      if (change > 0 && (change >= LEVELS || propose.draw >= chance[change])) continue;
      board.apply(lecture, toPeriod, toRoom, conflictChange, costChange);
      if (
        change < 0 &&
        board.conflicts() <= best.broken &&
        (board.conflicts() < best.broken || board.cost() < best.cost)
      )
        keep();
    }
  }

  return { sliceMoves: SLICE_MOVES, slice, best: (): TimetableBest => ({ ...best, plan }) };
}

/** Draws moves: `next` answers the lecture to be moved and sets where to, or -1 for a move that cannot be made. */
function createProposals(arrays: CttArrays, { period, room, cell }: ReturnType<typeof createCttBoard>, random: Random) {
  const { lectures, rooms, periods, lectureCourse, open, openStart, openList } = arrays;
  const draws = new Uint32Array(DRAWS);
  let drawn = DRAWS;

  /** A whole number below the bound from a random word. */
  const below = (word: number, bound: number): number => (word * bound * 2 ** -32) | 0;

  const move = {
    toPeriod: 0,
    toRoom: 0,
    /** What lies there, or -1. */
    other: -1,
    /** The random word by which the move is accepted. */
    draw: 0,
    next,
  };

  function next(): number {
    if (drawn + 4 > DRAWS) {
      for (let k = 0; k < DRAWS; k++) draws[k] = random.nextUint32();
      drawn = 0;
    }
    const at = drawn;
    drawn += 4;
    // The low bits choose the kind, the whole word the lecture: far apart enough to be independent of each other.
    const kind = draws[at] & 255;
    const lecture = below(draws[at], lectures);
    const course = lectureCourse[lecture];
    let toPeriod = period[lecture];
    let toRoom = room[lecture];
    if (kind >= ANY_CELL) {
      const target = below(draws[at + 1], lectures);
      toPeriod = period[target];
      toRoom = room[target];
      if (open[course * periods + toPeriod] === 0) return -1;
    } else {
      if (kind >= SAME_PERIOD) {
        const start = openStart[course];
        toPeriod = openList[start + below(draws[at + 1], openStart[course + 1] - start)];
      }
      if (kind < SAME_PERIOD || kind >= SAME_ROOM) toRoom = below(draws[at + 2], rooms);
    }
    const other = cell[toPeriod * rooms + toRoom];
    if (other >= 0) {
      // The lecture itself, or one of its course: nothing would change.
      const second = lectureCourse[other];
      if (second === course || open[second * periods + period[lecture]] === 0) return -1;
    }
    move.toPeriod = toPeriod;
    move.toRoom = toRoom;
    move.other = other;
    move.draw = draws[at + 3];
    return lecture;
  }
  return move;
}
