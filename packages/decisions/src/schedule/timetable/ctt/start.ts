/**
 * Where the search starts: every lecture in a period in which its course is available, at most one per room and period.
 * Periods are given by augmenting paths (Kuhn's method for matchings), so that a start is found wherever there is one.
 */
import type { Random } from '@qurriculum/random';
import type { CttArrays } from './arrays.ts';

/** Period of each lecture; null where some lecture cannot have one, whatever the others do. */
export function startPeriods(arrays: CttArrays, random: Random): Int32Array | null {
  const { lectures, rooms, periods, lectureCourse, openStart, openList } = arrays;
  const period = new Int32Array(lectures).fill(-1);
  const held: number[][] = Array.from({ length: periods }, () => []);
  const place = (lecture: number, seen: Uint8Array): boolean => {
    const course = lectureCourse[lecture];
    const choices = random.shuffle(Array.from(openList.subarray(openStart[course], openStart[course + 1])));
    const free = choices.find((at) => held[at].length < rooms);
    if (free !== undefined) {
      held[free].push(lecture);
      period[lecture] = free;
      return true;
    }
    for (const at of choices) {
      if (seen[at] === 1) continue;
      seen[at] = 1;
      for (const [k, other] of held[at].entries()) {
        if (!place(other, seen)) continue;
        held[at][k] = lecture;
        period[lecture] = at;
        return true;
      }
    }
    return false;
  };
  for (const lecture of random.shuffle([...Array(lectures).keys()])) {
    if (!place(lecture, new Uint8Array(periods))) return null;
  }
  return period;
}
