/**
 * Moves that the annealing tries: a lecture and the cell that it goes to. Most go to a period at random; where just one
 * lecture there is in conflict with it, that one is taken as its partner in a swap, as the shortest of Kempe's chains would
 * have it: picked blindly among the rooms it would be met once in twenty times.
 */
import type { Random } from '@qurriculum/random';
import type { CttArrays } from './arrays.ts';
import type { CttBoard } from './board.ts';

/** Kinds of moves, as limits out of 256: another room of the period, another period of the room, another period; else another lecture's cell. */
const SAME_PERIOD = 26;
const SAME_ROOM = 52;
const ANY_PERIOD = 218;

/** Random words drawn at once. */
const DRAWS = 4096;

/** A whole number below the bound from a random word. */
const below = (word: number, bound: number): number => (word * bound * 2 ** -32) | 0;

export interface CttProposals {
  toPeriod: number;
  toRoom: number;
  /** What lies there, or -1. */
  other: number;
  /** 31 random bits, by which the move is accepted. */
  draw: number;
  /** Draws a move: answers its lecture and sets the rest, or answers -1 where it is none. */
  next(): number;
}

export function createCttProposals(arrays: CttArrays, board: CttBoard, random: Random): CttProposals {
  const { courses, lectures, rooms, periods, lectureCourse, open, openStart, openList, rivals } = arrays;
  const { period, room, cell, rivalCount } = board;
  const draws = new Uint32Array(DRAWS);
  let drawn = DRAWS;

  /** The room of the period's only lecture that is in conflict with the course. */
  function rivalRoom(course: number, at: number, otherwise: number): number {
    for (let r = 0; r < rooms; r++) {
      const there = cell[at * rooms + r];
      if (there >= 0 && rivals[course * courses + lectureCourse[there]] === 1) return r;
    }
    return otherwise;
  }

  /** The first free room of the period from one on, or that one. */
  function freeRoom(at: number, from: number): number {
    for (let k = 0; k < rooms; k++) {
      const r = from + k < rooms ? from + k : from + k - rooms;
      if (cell[at * rooms + r] < 0) return r;
    }
    return from;
  }

  /** A room in another period: that of the only rival, a free one, or any. */
  function chooseRoom(course: number, at: number, any: number, wantsFree: boolean): number {
    const count = rivalCount[course * periods + at];
    if (count === 1) return rivalRoom(course, at, any);
    return count === 0 && wantsFree ? freeRoom(at, any) : any;
  }

  function next(): number {
    if (drawn + 4 > DRAWS) {
      for (let k = 0; k < DRAWS; k++) draws[k] = random.nextUint32();
      drawn = 0;
    }
    const at = drawn;
    drawn += 4;
    // The low bits choose the kind, the high ones the lecture.
    const kind = draws[at] & 255;
    const lecture = below(draws[at], lectures);
    const course = lectureCourse[lecture];
    let toPeriod = period[lecture];
    let toRoom = room[lecture];
    if (kind >= ANY_PERIOD) {
      const target = below(draws[at + 1], lectures);
      toPeriod = period[target];
      toRoom = room[target];
      if (open[course * periods + toPeriod] === 0) return -1;
    } else if (kind < SAME_PERIOD) toRoom = below(draws[at + 2], rooms);
    else {
      const start = openStart[course];
      toPeriod = openList[start + below(draws[at + 1], openStart[course + 1] - start)];
      if (toPeriod === period[lecture]) return -1;
      if (kind >= SAME_ROOM) toRoom = chooseRoom(course, toPeriod, below(draws[at + 2], rooms), (kind & 1) === 1);
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
    move.draw = draws[at + 3] >>> 1;
    return lecture;
  }

  const move: CttProposals = { toPeriod: 0, toRoom: 0, other: -1, draw: 0, next };
  return move;
}
