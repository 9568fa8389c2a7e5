/** What can happen to a schedule, as people say it: which fields each kind asks for, the events it stands for, in words. */
import type { ScheduleView } from '../../../api/schedule.ts';
import type { EventBody } from '../../../api/schedule-proposals.ts';
import type { Person } from '../../../app/session.tsx';
import { sayInstant, type Week, weekTimes } from '../calendar/week.ts';

export type EventKind = EventBody['kind'];

interface KindOfEvent {
  readonly kind: EventKind;
  readonly label: string;
  readonly who: 'tutor' | 'learner' | 'room' | null;
  /** `span`: a day, a week or everything; `times`: when somebody is free; `sessions`: a skill and how many. */
  readonly asks: 'span' | 'day' | 'times' | 'sessions' | null;
}

export const KINDS: readonly KindOfEvent[] = [
  { kind: 'tutor-out', label: 'A tutor is ill or away', who: 'tutor', asks: 'span' },
  { kind: 'tutor-gone', label: 'A tutor leaves', who: 'tutor', asks: null },
  { kind: 'learner-out', label: 'A learner is ill or away', who: 'learner', asks: 'span' },
  { kind: 'learner-gone', label: 'A learner leaves', who: 'learner', asks: null },
  { kind: 'learner-added', label: 'A learner joins', who: 'learner', asks: 'times' },
  { kind: 'slot-closed', label: 'A time or a whole day is closed', who: null, asks: 'day' },
  { kind: 'room-closed', label: 'A room is closed', who: 'room', asks: 'span' },
  { kind: 'need-changed', label: 'A learner needs more or fewer sessions', who: 'learner', asks: 'sessions' },
];

/** What was chosen so far. */
export interface EventDraft {
  readonly kind: EventKind;
  /** Tutor's or room's id; a learner's number as text. */
  readonly who: string | null;
  /** The learner who joins: of the course, and not among those who take part. */
  readonly joining: Person | null;
  /** Slots that it is about, as one of the offered spans. */
  readonly span: string | null;
  /** Times of the week, as `weekTimes` names them. */
  readonly times: readonly string[];
  readonly skillId: number | null;
  readonly sessions: number;
}

export interface Span {
  readonly value: string;
  readonly label: string;
  /** Undefined: all of them. */
  readonly slotIds: readonly string[] | undefined;
}

/** Spans of a week: the week, each of its days, each of its slots where `single`, and everything where `all`. */
export const spansOf = (
  setting: ScheduleView,
  week: Week,
  { single, all }: { readonly single: boolean; readonly all: boolean },
): Span[] => {
  const { timeZone } = setting;
  const inOrder = week.slots.toSorted((one, other) => Date.parse(one.start) - Date.parse(other.start));
  const days = Map.groupBy(inOrder, ({ start }) => sayInstant(start, timeZone).split(', ')[0]);
  return [
    ...(single ? [] : [{ value: 'week', label: `The week: ${week.label}`, slotIds: inOrder.map(({ id }) => id) }]),
    ...[...days].map(([day, slots]) => ({ value: day, label: `All of ${day}`, slotIds: slots.map(({ id }) => id) })),
    ...(single
      ? inOrder.map(({ id, start }) => ({ value: `slot ${id}`, label: sayInstant(start, timeZone), slotIds: [id] }))
      : []),
    ...(all ? [{ value: 'all', label: 'The rest of the term', slotIds: undefined }] : []),
  ];
};

/** The events that a draft stands for; null while something is missing. */
export const eventsOf = (draft: EventDraft, setting: ScheduleView, spans: readonly Span[]): EventBody[] | null => {
  const { kind, who, sessions, skillId } = draft;
  const span = spans.find(({ value }) => value === draft.span);
  const slotIds = span?.slotIds === undefined ? undefined : [...span.slotIds];
  if (kind === 'slot-closed') return slotIds?.map((slotId) => ({ kind, slotId })) ?? null;
  if (who === null) return null;
  switch (kind) {
    case 'tutor-gone':
      return [{ kind, tutorId: who }];
    case 'learner-gone':
      return [{ kind, learnerId: Number(who) }];
    case 'tutor-out':
      return span ? [{ kind, tutorId: who, slotIds }] : null;
    case 'learner-out':
      return span ? [{ kind, learnerId: Number(who), slotIds }] : null;
    case 'room-closed':
      return span ? [{ kind, roomId: who, slotIds }] : null;
    case 'need-changed':
      return skillId === null ? null : [{ kind, learnerId: Number(who), skillId, sessions }];
    case 'learner-added': {
      const free = new Set(draft.times);
      const available = weekTimes(setting.slots, setting.timeZone).flatMap(({ time, slotIds: own }) =>
        free.has(time) ? own : [],
      );
      return available.length === 0 ? null : [{ kind, learnerId: Number(who), available }];
    }
  }
};
