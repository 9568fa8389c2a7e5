/** When somebody can come, as times of the week, over slots of a whole term with its exceptions. */

interface WeekTime {
  readonly time: string;
  readonly slotIds: readonly string[];
}

/** The times of the week at which somebody is there in at least half of the weeks. */
export const usualTimes = (available: readonly string[], times: readonly WeekTime[]): string[] => {
  const there = new Set(available);
  return times
    .filter(({ slotIds }) => slotIds.filter((id) => there.has(id)).length * 2 >= slotIds.length)
    .map(({ time }) => time);
};

/**
 * Slots after the usual times were changed to `wanted`: a time that was added or taken out counts for every week, all
 * others keep their exceptions.
 */
export const withTimes = (
  available: readonly string[],
  times: readonly WeekTime[],
  wanted: readonly string[],
): string[] => {
  const there = new Set(available);
  const before = new Set(usualTimes(available, times));
  const after = new Set(wanted);
  for (const { time, slotIds } of times) {
    if (before.has(time) === after.has(time)) continue;
    for (const id of slotIds) after.has(time) ? there.add(id) : there.delete(id);
  }
  return [...there];
};
