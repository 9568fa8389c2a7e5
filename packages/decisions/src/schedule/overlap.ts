/** Slots that overlap in time, as a model tells of them. */
import type { ScheduleModel } from './model.ts';

/** Slots whose sessions are going on when slot s starts: s itself, and those that still run. */
export function goingOn({ runningStart, running }: ScheduleModel, slot: number): number[] {
  if (runningStart === undefined || running === undefined) return [slot];
  return [slot, ...running.subarray(runningStart[slot], runningStart[slot + 1])];
}

/** Of each slot the others that it overlaps with. */
export function overlappingSlots(model: ScheduleModel): number[][] {
  const overlapping = Array.from({ length: model.slots }, () => new Set<number>());
  for (const [slot, others] of overlapping.entries()) {
    for (const other of goingOn(model, slot)) {
      if (other === slot) continue;
      others.add(other);
      overlapping[other].add(slot);
    }
  }
  return overlapping.map((others) => [...others]);
}
