/**
 * Kempe chains (as in Lu, Hao and Glover 2011, "Neighborhood analysis: a case study on curriculum-based course timetabling",
 * Journal of Heuristics 17): a lecture changes to another period, the lectures there that are in conflict with it come to its
 * own, those in conflict with them go the other way, and so on until nobody is in the way. No chain brings a new conflict.
 */
import type { CttArrays } from './arrays.ts';
import type { CttBoard } from './board.ts';

/** Longer chains turn so much over that they are hardly ever accepted. */
const MOST_MEMBERS = 8;

export interface CttChains {
  /** Makes the chain of a lecture; false where there is none that fits. */
  make(lecture: number, toPeriod: number): boolean;
  /** What the chain made last has changed. */
  conflictChange: number;
  costChange: number;
  /** Takes it back. */
  undo(): void;
}

export function createCttChains(arrays: CttArrays, board: CttBoard): CttChains {
  const { courses, lectures, rooms, periods, lectureCourse, open, rivals } = arrays;
  const { period, room, cell, rivalCount } = board;
  const members = new Int32Array(MOST_MEMBERS);
  const leaving = new Int32Array(MOST_MEMBERS);
  const coming = new Int32Array(MOST_MEMBERS);
  /** Number of the chain that each lecture was last in. */
  const mark = new Int32Array(lectures);
  const steps = new Int32Array(5 * MOST_MEMBERS);
  let stepCount = 0;
  let chain = 0;

  /** Members of the chain, or 0 where it is too long, pointless, or some member cannot be held in its other period. */
  function collect(lecture: number, from: number, to: number): number {
    chain++;
    members[0] = lecture;
    mark[lecture] = chain;
    let count = 1;
    for (let k = 0; k < count; k++) {
      const course = lectureCourse[members[k]];
      const there = period[members[k]] === from ? to : from;
      if (open[course * periods + there] === 0) return 0;
      if (rivalCount[course * periods + there] === 0) continue;
      for (let r = 0; r < rooms; r++) {
        const other = cell[there * rooms + r];
        if (other < 0) continue;
        // Two lectures of one course would change places, for nothing.
        if (lectureCourse[other] === course) return 0;
        if (mark[other] === chain || rivals[course * courses + lectureCourse[other]] === 0) continue;
        if (count === MOST_MEMBERS) return 0;
        members[count++] = other;
        mark[other] = chain;
      }
    }
    return count;
  }

  function step(lecture: number, toPeriod: number, toRoom: number): void {
    const other = cell[toPeriod * rooms + toRoom];
    const conflictChange = board.conflictChange(lecture, toPeriod, other);
    const costChange = board.costChange(lecture, toPeriod, toRoom, other);
    steps.set([lecture, period[lecture], room[lecture], conflictChange, costChange], 5 * stepCount++);
    board.apply(lecture, toPeriod, toRoom, conflictChange, costChange);
    chains.conflictChange += conflictChange;
    chains.costChange += costChange;
  }

  function freeRoom(at: number): number {
    for (let r = 0; r < rooms; r++) if (cell[at * rooms + r] < 0) return r;
    return -1;
  }

  function make(lecture: number, to: number): boolean {
    const from = period[lecture];
    const count = collect(lecture, from, to);
    if (count === 0) return false;
    let out = 0;
    let back = 0;
    for (let k = 0; k < count; k++) {
      if (period[members[k]] === from) leaving[out++] = members[k];
      else coming[back++] = members[k];
    }
    stepCount = 0;
    chains.conflictChange = 0;
    chains.costChange = 0;
    const pairs = Math.min(out, back);
    for (let k = 0; k < pairs; k++) step(leaving[k], to, room[coming[k]]);
    for (let k = pairs; k < out + back - pairs; k++) {
      const target = out > back ? to : from;
      const free = freeRoom(target);
      if (free < 0) {
        undo();
        return false;
      }
      step(out > back ? leaving[k] : coming[k], target, free);
    }
    return true;
  }

  function undo(): void {
    while (stepCount > 0) {
      const at = 5 * --stepCount;
      board.apply(steps[at], steps[at + 1], steps[at + 2], -steps[at + 3], -steps[at + 4]);
    }
  }

  const chains: CttChains = { make, undo, conflictChange: 0, costChange: 0 };
  return chains;
}
