/** Hard rules of sessions: who may share one, where it is held, and what it uses. */
import type { Violation } from '../../decision.ts';
import { scheduleRules } from '../weights.ts';
import { type Facts, isOpen, missingFeatures, type Session } from './facts.ts';

const quote = (id: string): string => JSON.stringify(id);

export function sessionViolations(facts: Facts, sessions: readonly Session[]): Violation[] {
  return [
    ...sessions.flatMap((session) => [...checkGroup(facts, session), ...checkRoom(facts, session)]),
    ...checkRoomsTaken(sessions),
    ...checkResources(facts, sessions),
  ];
}

const nameOf = ({ tutor, slot }: Session): string => `The session of tutor ${quote(tutor.id)} in ${quote(slot.id)}`;

function checkGroup({ state }: Facts, session: Session): Violation[] {
  const { tutor, members } = session;
  if (members.length === 1) return [];
  const { groupShare, levelWidth } = scheduleRules(state);
  const violations: Violation[] = [];
  const most = Math.min(tutor.groupSize ?? 1, groupShare.length);
  if (members.length > most) {
    const message = `${nameOf(session)} has ${members.length} learners, ${most} are the most.`;
    violations.push({ rule: 'group-size', message });
  }
  const levels = members.flatMap(({ need }) => (need.level === undefined ? [] : [need.level]));
  const width = Math.max(...levels) - Math.min(...levels);
  if (width > levelWidth + 1e-9) {
    const message = `${nameOf(session)} has levels ${width.toFixed(2)} apart, ${levelWidth} is the most.`;
    violations.push({ rule: 'levels', message });
  }
  const alone = members.filter(({ learner }) => learner.company === 'alone');
  for (const { learner } of alone) {
    violations.push({
      rule: 'alone',
      message: `${quote(learner.id)} is to be taught alone: ${nameOf(session)} has others.`,
    });
  }
  for (const { learner } of members) {
    for (const other of members) {
      if (!learner.apart?.includes(other.learner.id)) continue;
      const message = `${quote(learner.id)} and ${quote(other.learner.id)} may not share a session.`;
      violations.push({ rule: 'apart', message });
    }
  }
  return violations;
}

function checkRoom({ state }: Facts, session: Session): Violation[] {
  const { room, slot, members, tutor } = session;
  if ((state.rooms ?? []).length === 0) return [];
  if (room === undefined) return [{ rule: 'room', message: `${nameOf(session)} has no room.` }];
  const violations: Violation[] = [];
  if (!isOpen(room, slot.id)) {
    violations.push({ rule: 'room-closed', message: `Room ${quote(room.id)} cannot be used in ${quote(slot.id)}.` });
  }
  if (members.length > room.seats) {
    const message = `Room ${quote(room.id)} seats ${room.seats}: ${nameOf(session)} has ${members.length} learners.`;
    violations.push({ rule: 'seats', message });
  }
  const missing = missingFeatures(room, [tutor, ...members.map(({ learner }) => learner)]);
  if (missing.length > 0) {
    const message = `Room ${quote(room.id)} lacks ${missing.join(', ')} for ${nameOf(session).toLowerCase()}.`;
    violations.push({ rule: 'features', message });
  }
  return violations;
}

const overlap = (a: Session, b: Session): boolean => a.slot.from < b.slot.to && b.slot.from < a.slot.to;

function checkRoomsTaken(sessions: readonly Session[]): Violation[] {
  const inOrder = sessions.filter(({ room }) => room !== undefined).sort((a, b) => a.slot.from - b.slot.from);
  return inOrder.flatMap((session, k) => {
    const rest = inOrder.slice(k + 1, firstAfter(inOrder, session.slot.to));
    return rest
      .filter((other) => other.room === session.room && overlap(session, other))
      .map((other) => ({
        rule: 'room-taken',
        message: `Room ${quote(session.room?.id ?? '')} would hold two sessions at once: ${quote(session.slot.id)} and ${quote(other.slot.id)}.`,
      }));
  });
}

/** How many of the sessions, in order of start, start before an instant. */
function firstAfter(inOrder: readonly Session[], instant: number): number {
  let [low, high] = [0, inOrder.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (inOrder[middle].slot.from < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Uses are highest when some session starts. */
function checkResources({ state }: Facts, sessions: readonly Session[]): Violation[] {
  return (state.resources ?? []).flatMap(({ id, quantity, skills }) => {
    const users = sessions.filter(({ skill }) => skills.includes(skill));
    const starts = new Map(users.map(({ slot }) => [slot.from, slot]));
    return [...starts.values()].flatMap((slot): Violation[] => {
      const now = users.filter((other) => other.slot.from <= slot.from && slot.from < other.slot.to);
      const used = now.reduce((sum, { members }) => sum + members.length, 0);
      if (used <= quantity) return [];
      return [
        { rule: 'resource', message: `${quote(id)}: ${used} are in use in ${quote(slot.id)}, there are ${quantity}.` },
      ];
    });
  });
}
