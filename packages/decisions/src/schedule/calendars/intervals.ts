/** Stretches of time, and the slots that lie in them. */
import type { ScheduleSlot } from '../types.ts';

/** Milliseconds since 1970; `end` is not part of it. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** The same time as few intervals in order; what overlaps or touches becomes one. */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of [...intervals].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (end <= start) continue;
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/**
 * Slots in which somebody is free: `busy` intervals leave those that meet none of them, `free` ones those that lie in one
 * of them whole. Intervals may overlap.
 */
export function freeSlots(
  slots: readonly ScheduleSlot[],
  intervals: readonly Interval[],
  means: 'busy' | 'free',
): string[] {
  const merged = mergeIntervals(intervals);
  return slots
    .filter(({ start, end }) => {
      const [from, to] = [Date.parse(start), Date.parse(end)];
      // The last interval that begins before the slot ends is the only one that can hold it, or else the last that meets it.
      const at = lastBefore(merged, to);
      if (at < 0) return means === 'busy';
      return means === 'busy' ? merged[at].end <= from : merged[at].start <= from && merged[at].end >= to;
    })
    .map(({ id }) => id);
}

/** Index of the last interval with start < time, or -1. */
function lastBefore(merged: readonly Interval[], time: number): number {
  let [low, high] = [0, merged.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (merged[middle].start < time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
