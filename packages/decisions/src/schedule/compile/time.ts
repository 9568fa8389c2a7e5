/** Slots as numbers: days and weeks in the state's zone, what overlaps, and what is too near for one person. */
import type { ScheduleModel } from '../model.ts';
import type { ScheduleState } from '../types.ts';
import { createTimeZone, dayOfWall, weekOfDay } from '../zoned-time.ts';
import { toRows } from './rows.ts';

type TimePart = Pick<
  ScheduleModel,
  'slotDay' | 'slotWeek' | 'days' | 'weeks' | 'nearStart' | 'near' | 'nearMinutes' | 'runningStart' | 'running'
>;

/** Numbers in order of first use after sorting: distinct values from 0. */
function ranks(values: readonly number[]): { readonly rank: Int32Array; readonly count: number } {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  const place = new Map(distinct.map((value, k) => [value, k]));
  return { rank: Int32Array.from(values, (value) => place.get(value) as number), count: distinct.length };
}

/** Days and weeks without slots are not counted. `longestTravel`: minutes between the farthest sites, the buffer included. */
export function compileTime(state: ScheduleState, longestTravel: number): TimePart {
  const zone = createTimeZone(state.timeZone);
  const start = state.slots.map((slot) => Date.parse(slot.start));
  const end = state.slots.map((slot) => Date.parse(slot.end));
  const onDay = start.map((instant) => dayOfWall(zone.wallMinutes(instant)));
  const day = ranks(onDay);
  const week = ranks(onDay.map(weekOfDay));
  const buffer = state.rules?.bufferMinutes ?? 0;
  const order = start.map((_, s) => s).sort((a, b) => start[a] - start[b] || a - b);
  const near: { readonly slot: number; readonly minutes: number }[][] = start.map(() => []);
  const running: number[][] = start.map(() => []);
  for (const [k, a] of order.entries()) {
    for (let next = k + 1; next < order.length; next++) {
      const b = order[next];
      const minutes = (start[b] - end[a]) / 60_000;
      if (minutes >= longestTravel) break;
      // The same person can do both only where the sites are near enough.
      const allowed = minutes < buffer || minutes < 0 ? -1 : minutes;
      near[a].push({ slot: b, minutes: allowed });
      near[b].push({ slot: a, minutes: allowed });
      if (minutes < 0) running[b].push(a);
      if (start[a] === start[b]) running[a].push(b);
    }
  }
  const nearRows = toRows(near.map((list) => list.map(({ slot }) => slot)));
  const runningRows = toRows(running);
  return {
    ...{ slotDay: day.rank, days: day.count, slotWeek: week.rank, weeks: week.count },
    ...{ nearStart: nearRows.start, near: nearRows.entries },
    nearMinutes: Float64Array.from(near.flatMap((list) => list.map(({ minutes }) => minutes))),
    ...(runningRows.entries.length > 0 ? { runningStart: runningRows.start, running: runningRows.entries } : {}),
  };
}
