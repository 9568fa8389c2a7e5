/** A plan as one person's or room's calendar: which sessions, in which words, where one could go, and the move that it is. */
import type {
  ScheduleLearnerView,
  ScheduleMove,
  SchedulePlanView,
  ScheduleView,
  SessionView,
} from '../../../api/schedule.ts';
import type { CalendarSession, PlaceHint } from './sessions.ts';

export type SubjectKind = 'tutor' | 'learner' | 'room';

/** Whom a calendar is about; learners by their number as text. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
}

/** What a plan is read with: people and rooms by id, sessions by slot. */
export interface PlanIndex {
  readonly plan: SchedulePlanView;
  readonly tutors: ReadonlyMap<string, ScheduleView['tutors'][number]>;
  readonly rooms: ReadonlyMap<string, ScheduleView['rooms'][number]>;
  readonly learners: ReadonlyMap<number, ScheduleLearnerView>;
  readonly bySlot: ReadonlyMap<string, readonly SessionView[]>;
  /** Seats of the published plan as `seatKey` writes them; null where nothing is published. */
  readonly published: ReadonlySet<string> | null;
}

export const seatKey = (session: SessionView, learnerId: number): string =>
  JSON.stringify([learnerId, session.skill.id, session.tutorId, session.slotId]);

export const indexPlan = (
  setting: ScheduleView,
  plan: SchedulePlanView,
  learners: readonly ScheduleLearnerView[],
  published: readonly SessionView[] | null,
): PlanIndex => ({
  plan,
  tutors: new Map(setting.tutors.map((tutor) => [tutor.id, tutor])),
  rooms: new Map(setting.rooms.map((room) => [room.id, room])),
  learners: new Map(learners.map((learner) => [learner.learnerId, learner])),
  bySlot: Map.groupBy(plan.sessions, ({ slotId }) => slotId),
  published:
    published &&
    new Set(published.flatMap((session) => session.members.map(({ learnerId }) => seatKey(session, learnerId)))),
});

/** Key of a session in the calendar: known beforehand for a place that it is moved to. */
export const sessionKey = ({ tutorId, slotId }: Pick<SessionView, 'tutorId' | 'slotId'>): string =>
  JSON.stringify([tutorId, slotId]);

/** Who of a kind takes part in a session. */
const idsOf = (session: SessionView, kind: SubjectKind): string[] => {
  if (kind === 'tutor') return [session.tutorId];
  if (kind === 'room') return session.roomId === null ? [] : [session.roomId];
  return session.members.map(memberKey);
};

export const sessionsOf = (plan: Pick<SchedulePlanView, 'sessions'>, { kind, id }: Subject): SessionView[] =>
  plan.sessions.filter((session) => idsOf(session, kind).includes(id));

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Whose calendars there are, by name, each with how many sessions. */
export const subjectsOf = (index: PlanIndex, kind: SubjectKind): Choice[] => {
  const names: (readonly [string, string])[] =
    kind === 'tutor'
      ? [...index.tutors.values()].map(({ id, name }) => [id, name])
      : kind === 'room'
        ? [...index.rooms.values()].map(({ id, name }) => [id, name])
        : [...index.learners.values()].map(({ learnerId, name }) => [String(learnerId), name]);
  const counts = new Map<string, number>();
  for (const id of index.plan.sessions.flatMap((session) => idsOf(session, kind))) {
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return names
    .map(([value, name]) => ({ value, label: `${name} (${counts.get(value) ?? 0})`, name }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }))
    .map(({ value, label }) => ({ value, label }));
};

/** Whose calendar is shown at first: by name the first with a session in these slots, else the first of all. */
export const firstSubject = (index: PlanIndex, kind: SubjectKind, slotIds: readonly string[]): string | undefined => {
  const busy = new Set(slotIds.flatMap((id) => index.bySlot.get(id) ?? []).flatMap((session) => idsOf(session, kind)));
  const choices = subjectsOf(index, kind);
  return (choices.find(({ value }) => busy.has(value)) ?? choices[0])?.value;
};

export const nameOf = (index: PlanIndex, { kind, id }: Subject): string => {
  if (kind === 'tutor') return index.tutors.get(id)?.name ?? id;
  return (kind === 'room' ? index.rooms.get(id)?.name : index.learners.get(Number(id))?.name) ?? id;
};

const memberKey = ({ learnerId }: SessionView['members'][number]): string => String(learnerId);

/** Longest list of names that a block of a calendar shows. */
const NAMES = 2;

export const sayNames = (names: readonly string[], most = names.length): string => {
  if (names.length > most) return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
};

/** A session as the calendar of `subject` shows it. */
export const toCalendar = (
  session: SessionView,
  subject: Subject,
  index: Pick<PlanIndex, 'published'>,
): CalendarSession => {
  const others = session.members.filter(
    ({ learnerId }) => subject.kind !== 'learner' || String(learnerId) !== subject.id,
  );
  const names = sayNames(
    others.map(({ name }) => name),
    NAMES,
  );
  const tutor = subject.kind === 'tutor' ? '' : session.tutorName;
  const shown = subject.kind === 'learner' && names !== '' ? `with ${names}` : names;
  return {
    key: sessionKey(session),
    slotId: session.slotId,
    title: session.skill.name,
    people: [tutor, shown].filter((part) => part !== '').join(', '),
    place: subject.kind === 'room' ? '' : (session.roomName ?? ''),
    pinned: session.members.some(({ pin }) => pin !== null),
    changed:
      index.published !== null &&
      session.members.some(({ learnerId }) => !index.published?.has(seatKey(session, learnerId))),
  };
};

/** Slots in which the one whom the calendar is about cannot be there. */
export const awaySlots = (setting: ScheduleView, index: PlanIndex, { kind, id }: Subject): ReadonlySet<string> => {
  const available =
    kind === 'tutor'
      ? index.tutors.get(id)?.available
      : kind === 'room'
        ? index.rooms.get(id)?.available
        : index.learners.get(Number(id))?.available;
  if (!available) return new Set();
  const there = new Set(available);
  return new Set(setting.slots.filter((slot) => !there.has(slot.id)).map((slot) => slot.id));
};

/** Who moves when a session is moved in a calendar: in a learner's own, that learner alone. */
export const movedMembers = (session: SessionView, subject: Subject): readonly SessionView['members'][number][] =>
  subject.kind === 'learner' ? session.members.filter((member) => memberKey(member) === subject.id) : session.members;

/** Obstacles that can be seen without computing anything, in words. */
const obstacles = (session: SessionView, subject: Subject, slotId: string, index: PlanIndex): string[] => {
  const { tutorId, tutorName } = session;
  const found: string[] = [];
  const moved = movedMembers(session, subject);
  if (index.tutors.get(tutorId)?.available.includes(slotId) === false) found.push(`${tutorName} is not available`);
  const away = moved.filter(({ learnerId }) => index.learners.get(learnerId)?.available.includes(slotId) === false);
  if (away.length > 0) {
    found.push(`${sayNames(away.map(({ name }) => name))} ${away.length === 1 ? 'is' : 'are'} not available`);
  }
  for (const other of index.bySlot.get(slotId) ?? []) {
    if (other.tutorId === tutorId) found.push(`${tutorName} teaches ${other.skill.name} then`);
    const busy = other.members.filter(({ learnerId }) => moved.some((member) => member.learnerId === learnerId));
    if (busy.length > 0)
      found.push(`${sayNames(busy.map(({ name }) => name))}: ${other.skill.name} with ${other.tutorName} then`);
  }
  return found;
};

export const hintFor = (session: SessionView, subject: Subject, slotId: string, index: PlanIndex): PlaceHint => {
  if (slotId === session.slotId) return { free: true, words: 'where it is now' };
  const found = obstacles(session, subject, slotId, index);
  return found.length === 0 ? { free: true, words: 'free' } : { free: false, words: found.slice(0, 2).join('; ') };
};

export interface Target {
  readonly tutorId?: string;
  readonly slotId?: string;
  /** Null: the first free one that fits. */
  readonly roomId?: string | null;
}

/** A change of place as the server takes it. Another time without a named room leaves the room to the server. */
export const movesTo = (session: SessionView, subject: Subject, target: Target): ScheduleMove[] => {
  const from = { tutorId: session.tutorId, slotId: session.slotId, roomId: session.roomId };
  const slotId = target.slotId ?? from.slotId;
  const same = slotId === from.slotId && (target.tutorId ?? from.tutorId) === from.tutorId;
  const roomId = target.roomId === undefined ? (same ? from.roomId : null) : target.roomId;
  return movedMembers(session, subject).map(({ learnerId }) => ({
    learnerId,
    skillId: session.skill.id,
    from,
    to: { tutorId: target.tutorId ?? from.tutorId, slotId, roomId },
  }));
};

export const movesAway = (session: SessionView, subject: Subject): ScheduleMove[] =>
  movesTo(session, subject, {}).map((move) => ({ ...move, to: null }));
