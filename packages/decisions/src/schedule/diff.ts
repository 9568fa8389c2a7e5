/** What changes between two plans, for the people concerned. */
import type { ScheduleAssignment } from './types.ts';

/** One learner's sessions that are only in the old plan, and only in the new one. */
export interface LearnerChange {
  readonly learner: string;
  readonly was: readonly ScheduleAssignment[];
  readonly now: readonly ScheduleAssignment[];
}

/** Who meets whom when: what people have in their calendars. */
export function meetingKey({ learner, tutor, slot }: Omit<ScheduleAssignment, 'skill'>): string {
  return JSON.stringify([learner, tutor, slot]);
}

/** Sessions of the first list that take place in the second too: same learner, tutor and slot. */
export function keptSessions(
  before: readonly ScheduleAssignment[],
  after: readonly ScheduleAssignment[],
): ScheduleAssignment[] {
  const now = new Set(after.map(meetingKey));
  return before.filter((each) => now.has(meetingKey(each)));
}

/** Learners for whom anything differs (tutor, time, skill or room), in the order of the old plan, then of the new one. */
export function changesOf(
  before: readonly ScheduleAssignment[],
  after: readonly ScheduleAssignment[],
): LearnerChange[] {
  const whole = ({ learner, skill, tutor, slot, room }: ScheduleAssignment): string =>
    JSON.stringify([learner, skill, tutor, slot, room]);
  const missing = (list: readonly ScheduleAssignment[], other: readonly ScheduleAssignment[]): ScheduleAssignment[] => {
    const there = new Set(other.map(whole));
    return list.filter((each) => !there.has(whole(each)));
  };
  const changes = new Map<string, { was: ScheduleAssignment[]; now: ScheduleAssignment[] }>();
  const of = (learner: string) => {
    const found = changes.get(learner) ?? { was: [], now: [] };
    changes.set(learner, found);
    return found;
  };
  for (const each of missing(before, after)) of(each.learner).was.push(each);
  for (const each of missing(after, before)) of(each.learner).now.push(each);
  return [...changes].map(([learner, change]) => ({ learner, ...change }));
}
