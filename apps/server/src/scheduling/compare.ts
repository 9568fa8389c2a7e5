/** Two plans side by side: which sessions are no longer as they were, and for whom. */
import type { ScheduleAssignment } from '@qurriculum/decisions';
import type { ChangeOfSession } from '../resources/schedules/schema.ts';
import { namedPart, namedPlace, type ScheduleNames } from './names.ts';

export interface SessionChange {
  readonly was: ScheduleAssignment | null;
  readonly is: ScheduleAssignment | null;
}

const meeting = ({ learner, skill, tutor, slot }: ScheduleAssignment): string =>
  JSON.stringify([learner, skill, tutor, slot]);
const exactly = (assignment: ScheduleAssignment): string => `${meeting(assignment)} ${assignment.room ?? ''}`;
const part = ({ learner, skill }: ScheduleAssignment): string => JSON.stringify([learner, skill]);

/**
 * Every session of a learner that differs. What a learner loses and gets of one skill is told as one change: first the same
 * meeting in another room, then in order of `order`.
 */
export function changesBetween(
  before: readonly ScheduleAssignment[],
  after: readonly ScheduleAssignment[],
  order: (slot: string) => number,
): SessionChange[] {
  const [gone, come] = [without(before, after, exactly), without(after, before, exactly)];
  const changes: SessionChange[] = [];
  const movedRoom = new Map(come.map((assignment) => [meeting(assignment), assignment]));
  const taken = new Set<ScheduleAssignment>();
  const left = gone.filter((was) => {
    const is = movedRoom.get(meeting(was));
    if (is === undefined || taken.has(is)) return true;
    taken.add(is);
    changes.push({ was, is });
    return false;
  });
  const byTime = (a: ScheduleAssignment, b: ScheduleAssignment): number => order(a.slot) - order(b.slot);
  const came = Map.groupBy(come.filter((assignment) => !taken.has(assignment)).sort(byTime), part);
  for (const was of left.sort(byTime)) changes.push({ was, is: came.get(part(was))?.shift() ?? null });
  for (const rest of came.values()) for (const is of rest) changes.push({ was: null, is });
  return changes;
}

/** Those of `list` that are not in `other`, counted: the same twice is there twice. */
function without(
  list: readonly ScheduleAssignment[],
  other: readonly ScheduleAssignment[],
  keyOf: (assignment: ScheduleAssignment) => string,
): ScheduleAssignment[] {
  const counts = new Map<string, number>();
  for (const assignment of other) counts.set(keyOf(assignment), (counts.get(keyOf(assignment)) ?? 0) + 1);
  return list.filter((assignment) => {
    const count = counts.get(keyOf(assignment)) ?? 0;
    if (count > 0) counts.set(keyOf(assignment), count - 1);
    return count === 0;
  });
}

export function viewChange(names: ScheduleNames, { was, is }: SessionChange): ChangeOfSession {
  return {
    ...namedPart(names, (was ?? is) as ScheduleAssignment),
    was: was && namedPlace(names, was),
    is: is && namedPlace(names, is),
  };
}

/** Changes as a list for people, by time. */
export function viewChanges(
  names: ScheduleNames,
  before: readonly ScheduleAssignment[],
  after: readonly ScheduleAssignment[],
): ChangeOfSession[] {
  return changesBetween(before, after, (slot) => Date.parse(names.slot(slot).start)).map((change) =>
    viewChange(names, change),
  );
}
