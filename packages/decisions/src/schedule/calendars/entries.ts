/**
 * What is in people's calendars from publication to publication. A tutor and a slot are one entry for ever; what changes
 * about it raises its sequence, and who or what left it stays on record, because their calendars must be told.
 */

export interface CalendarSession {
  readonly tutor: string;
  readonly slot: string;
  readonly skill: string;
  readonly room?: string;
  readonly learners: readonly string[];
  /** ISO 8601. */
  readonly start: string;
  readonly end: string;
}

export interface CalendarEntry extends CalendarSession {
  readonly sequence: number;
  readonly cancelled: boolean;
  readonly modified: string;
  readonly formerLearners: readonly string[];
  readonly formerRooms: readonly string[];
}

const keyOf = ({ tutor, slot }: { tutor: string; slot: string }): string => JSON.stringify([tutor, slot]);

/**
 * Entries after a publication.
 *
 * @param at ISO 8601: becomes `modified` of what changed.
 */
export function nextEntries(
  previous: readonly CalendarEntry[],
  sessions: readonly CalendarSession[],
  at: string,
): CalendarEntry[] {
  const held = new Map(sessions.map((session) => [keyOf(session), session]));
  const known = new Set(previous.map(keyOf));
  const kept = previous.map((entry) => {
    const session = held.get(keyOf(entry));
    if (session !== undefined) return changed(entry, session, at);
    if (entry.cancelled) return entry;
    return { ...entry, cancelled: true, sequence: entry.sequence + 1, modified: at };
  });
  const added = sessions
    .filter((session) => !known.has(keyOf(session)))
    .map((session) => ({
      ...session,
      sequence: 0,
      cancelled: false,
      modified: at,
      formerLearners: [],
      formerRooms: [],
    }));
  return [...kept, ...added];
}

function changed(entry: CalendarEntry, session: CalendarSession, at: string): CalendarEntry {
  const same =
    !entry.cancelled &&
    entry.skill === session.skill &&
    entry.room === session.room &&
    entry.start === session.start &&
    entry.end === session.end &&
    [...entry.learners].sort().join('\n') === [...session.learners].sort().join('\n');
  if (same) return entry;
  const now = new Set(session.learners);
  const rooms = new Set([...entry.formerRooms, ...(entry.room === undefined ? [] : [entry.room])]);
  if (session.room !== undefined) rooms.delete(session.room);
  const { room: _, ...rest } = entry;
  return {
    ...rest,
    ...session,
    ...{ sequence: entry.sequence + 1, cancelled: false, modified: at, formerRooms: [...rooms] },
    formerLearners: [...new Set([...entry.formerLearners, ...entry.learners])].filter((learner) => !now.has(learner)),
  };
}

/** What one calendar shows: the entries of a tutor, learner or room; those they are no longer part of as cancelled. */
export function entriesOf(
  entries: readonly CalendarEntry[],
  kind: 'tutor' | 'learner' | 'room',
  id: string,
): CalendarEntry[] {
  return entries.flatMap((entry) => {
    const { isIn, was } =
      kind === 'tutor'
        ? { isIn: entry.tutor === id, was: false }
        : kind === 'learner'
          ? { isIn: entry.learners.includes(id), was: entry.formerLearners.includes(id) }
          : { isIn: entry.room === id, was: entry.formerRooms.includes(id) };
    if (isIn) return [entry];
    return was ? [{ ...entry, cancelled: true }] : [];
  });
}
