/** Which of a need's sessions keeps which pin: a matching by augmenting paths (Kuhn 1955), so that no pin is left out needlessly. */
import type { ScheduleAssignment, SchedulePin, ScheduleState } from '../types.ts';
import type { ScheduleRequest } from './options.ts';

/** Whether a session is what a pin asks for. */
export function keepsPin(pin: SchedulePin, { tutor, slot, room }: ScheduleAssignment): boolean {
  return (pin.tutor ?? tutor) === tutor && (pin.slot ?? slot) === slot && (pin.room ?? room) === room;
}

/** Pairs of a request (position in the list, all of one need) and a session: pins first, the rest as far as it is asked for. */
export function matchPins(
  { pins = [] }: ScheduleState,
  requests: readonly ScheduleRequest[],
  sessions: readonly ScheduleAssignment[],
): (readonly [request: number, session: ScheduleAssignment])[] {
  const pinned = requests.flatMap(({ pin }, r) => (pin < 0 ? [] : [r]));
  const keptBy = new Map<ScheduleAssignment, number>();
  const place = (r: number, tried: Set<ScheduleAssignment>): boolean =>
    sessions.some((session) => {
      if (tried.has(session) || !keepsPin(pins[requests[r].pin], session)) return false;
      tried.add(session);
      const before = keptBy.get(session);
      if (before !== undefined && !place(before, tried)) return false;
      keptBy.set(session, r);
      return true;
    });
  for (const r of pinned) place(r, new Set());
  const rest = requests.findIndex(({ pin }) => pin < 0);
  const free = sessions.filter((session) => !keptBy.has(session));
  return [
    ...[...keptBy].map(([session, r]) => [r, session] as const),
    ...(rest < 0 ? [] : free.slice(0, requests[rest].sessions).map((session) => [rest, session] as const)),
  ];
}
