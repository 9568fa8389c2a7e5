/**
 * What is in people's calendars from publication to publication. A session keeps its entry where it is moved to another
 * time of the same tutor with some of its learners, so that calendars move it (RFC 5545, 3.8.4.7 and 3.8.7.4: the same UID,
 * a higher SEQUENCE). A learner's part keeps its UID in the learner's own calendar into another tutor's session too. Who or
 * what left stays on record as cancelled, because their calendars must be told.
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
  /** The same for ever; absent from entries of before sessions kept theirs: then it is that of their place. */
  readonly id?: string;
  readonly sequence: number;
  readonly cancelled: boolean;
  readonly modified: string;
  readonly formerLearners: readonly string[];
  readonly formerRooms: readonly string[];
  /** UIDs of learners who came from another session: their calendars go on with that one's. */
  readonly cameAs?: Readonly<Record<string, string>>;
}

interface Entry extends CalendarEntry {
  readonly id: string;
}

type Place = Pick<CalendarSession, 'tutor' | 'slot'>;

const placeOf = ({ tutor, slot }: Place): string => JSON.stringify([tutor, slot]);
const idAt = ({ tutor, slot }: Place): string => `${encodeURIComponent(slot)}.${encodeURIComponent(tutor)}`;
const identified = (entry: CalendarEntry): Entry => ({ ...entry, id: entry.id ?? idAt(entry) });
const uidOf = ({ id, cameAs }: Entry, learner: string): string => cameAs?.[learner] ?? id;

/** `id`, or with a number behind a mark that no id has where that is taken. */
function unused(id: string, taken: ReadonlySet<string>, mark: '/' | '+'): string {
  let free = id;
  for (let k = 2; taken.has(free); k++) free = `${id}${mark}${k}`;
  return free;
}

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
  const known = previous.map(identified);
  const continued = continuedBy(known, sessions);
  // Above every sequence there is: a UID that goes over to another entry must not fall behind its own.
  const change = { sequence: 1 + Math.max(-1, ...known.map(({ sequence }) => sequence)), modified: at };
  const kept = known.map((entry) => {
    const session = continued.get(entry.id);
    if (session !== undefined) return changed(entry, session, change);
    return entry.cancelled ? entry : { ...entry, ...change, cancelled: true };
  });
  const placed = new Set(continued.values());
  const ids = new Set(known.map(({ id }) => id));
  const added = sessions
    .filter((session) => !placed.has(session))
    .map((session): Entry => {
      const id = unused(idAt(session), ids, '/');
      ids.add(id);
      return {
        ...{ ...session, id, sequence: 0, cancelled: false, modified: at },
        ...{ formerLearners: [], formerRooms: [] },
      };
    });
  return withUids(known, [...kept, ...added], change);
}

type Change = Pick<CalendarEntry, 'sequence' | 'modified'>;

/** The session that each entry stands for from now on: at its place, moved, or held again after it was cancelled. */
function continuedBy(known: readonly Entry[], sessions: readonly CalendarSession[]): Map<string, CalendarSession> {
  const continued = new Map<string, CalendarSession>();
  const placed = new Set<CalendarSession>();
  const take = (entry: Entry | undefined, session: CalendarSession): void => {
    if (entry === undefined || continued.has(entry.id) || placed.has(session)) return;
    continued.set(entry.id, session);
    placed.add(session);
  };
  const atPlace = (cancelled: boolean): Map<string, Entry> =>
    new Map(known.filter((entry) => entry.cancelled === cancelled).map((entry) => [placeOf(entry), entry]));
  const [held, gone] = [atPlace(false), atPlace(true)];
  for (const session of sessions) take(held.get(placeOf(session)), session);
  const moving = known.filter((entry) => !entry.cancelled && !continued.has(entry.id));
  const coming = sessions.filter((session) => !placed.has(session));
  for (const [entry, session] of movesBetween(moving, coming)) take(entry, session);
  for (const session of sessions) take(gone.get(placeOf(session)), session);
  return continued;
}

/** Sessions of one tutor and skill with learners in common: most of them first, then the nearest in time. */
function movesBetween(moving: readonly Entry[], coming: readonly CalendarSession[]): [Entry, CalendarSession][] {
  const pairs = moving.flatMap((entry) =>
    coming
      .filter(({ tutor, skill }) => tutor === entry.tutor && skill === entry.skill)
      .map((session) => ({
        ...{ entry, session },
        shared: session.learners.filter((learner) => entry.learners.includes(learner)).length,
        distance: Math.abs(Date.parse(session.start) - Date.parse(entry.start)),
      })),
  );
  return pairs
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || a.distance - b.distance)
    .map(({ entry, session }) => [entry, session]);
}

function changed(entry: Entry, session: CalendarSession, change: Change): Entry {
  const same =
    !entry.cancelled &&
    entry.slot === session.slot &&
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
    ...{ ...rest, ...session, ...change },
    ...{ cancelled: false, formerRooms: [...rooms] },
    formerLearners: [...new Set([...entry.formerLearners, ...entry.learners])].filter((learner) => !now.has(learner)),
  };
}

interface Part {
  readonly id: string;
  readonly learner: string;
  readonly start: string;
}

/** Parts of learners in sessions of one list that they have no part in by another, by learner and skill, in order of time. */
function partsOnlyIn(entries: readonly Entry[], others: ReadonlyMap<string, Entry>): Map<string, Part[]> {
  const parts = entries
    .filter(({ cancelled }) => !cancelled)
    .flatMap(({ id, learners, skill, start }) => {
      const other = others.get(id);
      const isNew = (learner: string): boolean =>
        other === undefined || other.cancelled || !other.learners.includes(learner);
      return learners.filter(isNew).map((learner) => ({ id, learner, skill, start }));
    })
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
  return Map.groupBy(parts, ({ learner, skill }) => JSON.stringify([learner, skill]));
}

/** What a learner loses and gets of one skill is one part that moved: its UID goes along. */
function withUids(known: readonly Entry[], next: readonly Entry[], change: Change): Entry[] {
  const before = new Map(known.map((entry) => [entry.id, entry]));
  const after = new Map(next.map((entry) => [entry.id, entry]));
  const lost = partsOnlyIn(known, after);
  const came = partsOnlyIn(next, before);
  const fresh: Part[] = [];
  const put = (id: string, edit: (entry: Entry) => Entry): void => {
    const entry = after.get(id);
    if (entry !== undefined) after.set(id, edit(entry));
  };
  for (const [key, parts] of came) {
    const from = lost.get(key) ?? [];
    for (const [k, part] of parts.entries()) {
      const { learner } = part;
      const source = before.get(from[k]?.id ?? '');
      if (source === undefined) {
        fresh.push(part);
        continue;
      }

      put(source.id, (entry) => withoutLearner(entry, learner));
      put(part.id, (entry) => ({ ...calledBy(entry, learner, uidOf(source, learner)), ...change }));
    }
  }
  for (const { id, learner } of fresh) {
    const others = [...after.values()].filter(
      (entry) => entry.id !== id && [...entry.learners, ...entry.formerLearners].includes(learner),
    );
    const taken = new Set(others.map((entry) => uidOf(entry, learner)));
    put(id, (entry) => calledBy(entry, learner, unused(uidOf(entry, learner), taken, '+')));
  }
  return [...after.values()];
}

function calledBy(entry: Entry, learner: string, uid: string): Entry {
  if (uidOf(entry, learner) === uid) return entry;
  return { ...entry, cameAs: { ...entry.cameAs, [learner]: uid } };
}

function withoutLearner(entry: Entry, learner: string): Entry {
  const { [learner]: _, ...cameAs } = entry.cameAs ?? {};
  const others = (list: readonly string[]): string[] => list.filter((other) => other !== learner);
  return { ...entry, learners: others(entry.learners), formerLearners: others(entry.formerLearners), cameAs };
}

/** An entry as one calendar shows it. */
export interface CalendarItem extends CalendarEntry {
  /** The same for ever, and of this entry only, within that calendar. */
  readonly uid: string;
}

/** What one calendar shows: the entries of a tutor, learner or room; those they are no longer part of as cancelled. */
export function entriesOf(
  entries: readonly CalendarEntry[],
  kind: 'tutor' | 'learner' | 'room',
  id: string,
): CalendarItem[] {
  return entries.map(identified).flatMap((entry) => {
    const { isIn, was } =
      kind === 'tutor'
        ? { isIn: entry.tutor === id, was: false }
        : kind === 'learner'
          ? { isIn: entry.learners.includes(id), was: entry.formerLearners.includes(id) }
          : { isIn: entry.room === id, was: entry.formerRooms.includes(id) };
    const item = { ...entry, uid: kind === 'learner' ? uidOf(entry, id) : entry.id };
    if (isIn) return [item];
    return was ? [{ ...item, cancelled: true }] : [];
  });
}
