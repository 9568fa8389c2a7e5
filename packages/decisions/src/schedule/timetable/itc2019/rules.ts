/** What the distributions of ITC-2019 mean, kind by kind, as the competition's description of its format states them. */
import type { GroupKind, ItcProblem, ItcTime, PairKind } from './problem.ts';

/** A class as it is held; `room` is an index, -1 without. */
export interface Held extends ItcTime {
  readonly room: number;
}

/** Slots to walk between two rooms. */
export type Travel = (from: number, to: number) => number;

/** Slots to walk between rooms, the same both ways; none without a room. */
export function travelBetween({ rooms }: ItcProblem): Travel {
  const count = rooms.length;
  const slots = new Int32Array(count * count);
  for (const [from, { travelTo }] of rooms.entries()) {
    for (const [to, value] of travelTo) {
      slots[from * count + to] = value;
      // What the other room says goes before.
      if (!rooms[to].travelTo.has(from)) slots[to * count + from] = value;
    }
  }
  return (from, to) => (from < 0 || to < 0 ? 0 : slots[from * count + to]);
}

const end = ({ start, length }: ItcTime): number => start + length;

/** Whether two times have a day of a week in common. */
const meet = (a: ItcTime, b: ItcTime): boolean => (a.days & b.days) !== 0 && (a.weeks & b.weeks) !== 0;

export function overlap(a: ItcTime, b: ItcTime): boolean {
  return meet(a, b) && b.start < end(a) && a.start < end(b);
}

const isPart = (a: number, b: number): boolean => (a | b) === b || (a | b) === a;

/** Bits are counted from the lowest: the first day or week. */
const first = (bits: number): number => 31 - Math.clz32(bits & -bits);

type PairRule = (a: Held, b: Held, parameter: number, travel: Travel) => boolean;

const PAIR_RULES: Readonly<Record<PairKind, PairRule>> = {
  SameStart: (a, b) => a.start === b.start,
  SameTime: (a, b) => (a.start <= b.start && end(b) <= end(a)) || (b.start <= a.start && end(a) <= end(b)),
  DifferentTime: (a, b) => end(a) <= b.start || end(b) <= a.start,
  SameDays: (a, b) => isPart(a.days, b.days),
  DifferentDays: (a, b) => (a.days & b.days) === 0,
  SameWeeks: (a, b) => isPart(a.weeks, b.weeks),
  DifferentWeeks: (a, b) => (a.weeks & b.weeks) === 0,
  Overlap: overlap,
  NotOverlap: (a, b) => !overlap(a, b),
  SameRoom: (a, b) => a.room === b.room,
  DifferentRoom: (a, b) => a.room !== b.room,
  SameAttendees: (a, b, _, travel) =>
    !meet(a, b) || end(a) + travel(a.room, b.room) <= b.start || end(b) + travel(b.room, a.room) <= a.start,
  Precedence(a, b) {
    if (first(a.weeks) !== first(b.weeks)) return first(a.weeks) < first(b.weeks);
    if (first(a.days) !== first(b.days)) return first(a.days) < first(b.days);
    return end(a) <= b.start;
  },
  WorkDay: (a, b, most) => !meet(a, b) || Math.max(end(a), end(b)) - Math.min(a.start, b.start) <= most,
  MinGap: (a, b, gap) => !meet(a, b) || end(a) + gap <= b.start || end(b) + gap <= a.start,
};

/** Whether two classes, the first listed first, keep the rule. */
export function keepsPair(kind: PairKind, a: Held, b: Held, parameter: number, travel: Travel): boolean {
  return PAIR_RULES[kind](a, b, parameter, travel);
}

/** Whether nobody can attend both: they meet, or what lies between is too short for the way. */
export function areInConflict(a: Held, b: Held, travel: Travel): boolean {
  return !PAIR_RULES.SameAttendees(a, b, 0, travel);
}

/**
 * By how much the classes together go beyond the rule: days over MaxDays; over all days and weeks, slots over MaxDayLoad,
 * blocks beyond what MaxBreaks allows, blocks longer than MaxBlock. 0 where it is kept.
 */
export function groupExcess(
  kind: GroupKind,
  held: readonly Held[],
  parameters: readonly number[],
  extent: { readonly days: number; readonly weeks: number },
): number {
  if (kind === 'MaxDays') {
    const union = held.reduce((bits, { days }) => bits | days, 0);
    return Math.max(0, countBits(union) - parameters[0]);
  }
  let excess = 0;
  for (let week = 0; week < extent.weeks; week++) {
    for (let day = 0; day < extent.days; day++) {
      const together = held.filter(({ days, weeks }) => (days >> day) & 1 & (weeks >> week));
      if (together.length > 0) excess += dayExcess(kind, together, parameters);
    }
  }
  return excess;
}

/** What is counted in days and weeks is averaged over the weeks and rounded down; days of the week are not. */
export function groupCost(kind: GroupKind, penalty: number, excess: number, weeks: number): number {
  return kind === 'MaxDays' ? penalty * excess : Math.floor((penalty * excess) / weeks);
}

function dayExcess(
  kind: Exclude<GroupKind, 'MaxDays'>,
  held: readonly ItcTime[],
  parameters: readonly number[],
): number {
  if (kind === 'MaxDayLoad') {
    return Math.max(0, held.reduce((sum, { length }) => sum + length, 0) - parameters[0]);
  }
  const blocks = mergeBlocks(held, parameters[1]);
  if (kind === 'MaxBreaks') return Math.max(0, blocks.length - (parameters[0] + 1));
  // A class by itself is no block, however long it is.
  return blocks.filter(({ classes, from, to }) => classes > 1 && to - from > parameters[0]).length;
}

interface Block {
  readonly from: number;
  to: number;
  classes: number;
}

/** Classes of one day with at most `gap` slots between them stand in one block. */
function mergeBlocks(held: readonly ItcTime[], gap: number): Block[] {
  const blocks: Block[] = [];
  for (const time of [...held].sort((a, b) => a.start - b.start)) {
    const last = blocks.at(-1);
    if (last && last.to + gap >= time.start) {
      last.to = Math.max(last.to, end(time));
      last.classes++;
    } else blocks.push({ from: time.start, to: end(time), classes: 1 });
  }
  return blocks;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
