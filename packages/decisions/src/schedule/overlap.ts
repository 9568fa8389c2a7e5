/** Slots that overlap in time, as a model tells of them. */
import type { ScheduleModel } from './model.ts';

/** Slots whose sessions are going on when slot s starts: s itself, and those that still run. */
export function goingOn({ runningStart, running }: ScheduleModel, slot: number): number[] {
  if (runningStart === undefined || running === undefined) return [slot];
  return [slot, ...running.subarray(runningStart[slot], runningStart[slot + 1])];
}
