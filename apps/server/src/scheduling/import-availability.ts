/** When people can come, from a calendar of one of them or a table of many. People whom the file does not name stay as they are. */
import { freeSlots, type Interval, readAvailabilityCsv, readCalendar } from '@qurriculum/decisions';
import type { Kysely } from 'kysely';
import { orNotFound, Problem } from '../http/problem.ts';
import type { ImportReport } from '../resources/schedules/service-schema.ts';
import type { LearnerSetting } from '../resources/schedules/setting-schema.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { asProblem } from './as-problem.ts';
import { changeSchedule, readLearners, readSchedule, type StoredSetting, type Writer, writeLearner } from './rows.ts';

type Kind = 'tutor' | 'learner' | 'room';

export interface AvailabilityImport {
  readonly text: string;
  readonly format: 'ics' | 'csv';
  readonly kind?: Kind;
  readonly id?: string;
  readonly means: 'busy' | 'free';
  readonly preview: boolean;
}

/** What is set for a learner before anybody sets anything. */
export const firstLearner: LearnerSetting = {
  ...{ available: [], priority: 1, languages: [], access: [], company: 'any', apart: [], needs: null },
};

interface Person {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly available: readonly string[];
}

interface Content {
  readonly read: number;
  readonly notes: readonly string[];
  readonly rejects: ImportReport['rejects'];
  readonly hours: readonly { readonly person: Person; readonly available: readonly string[] }[];
}

const LISTED_REJECTS = 100;

export async function importAvailability(
  store: Store,
  writer: Writer,
  asked: AvailabilityImport,
): Promise<ImportReport> {
  const current = await readSchedule(store.db, writer.courseId);
  if (current.setting.slots.length === 0) {
    throw new Problem(
      'unprocessable',
      'availability: expected slots to compare it with, got none; set the slots first.',
    );
  }
  const people = await readPeople(store.db, writer.courseId, current.setting);
  const read = asked.format === 'ics' ? fromCalendar : fromTable;
  const content = asProblem(() => read(current.setting, people, asked));
  const { hours } = content;
  if (asked.preview || hours.length === 0) return reportOf(content, current.version);
  const { version } = await changeSchedule(store, writer, async ({ setting }, { db }) => {
    for (const { person, available } of hours) {
      if (person.kind === 'learner') await setHours(db, writer.courseId, Number(person.id), available);
    }
    const who = hours.length === 1 ? hours[0].person.name : `${hours.length} people and rooms`;
    return { text: `Imported when ${who} can come.`, setting: withHours(setting, hours), result: null };
  });
  return reportOf(content, version);
}

function reportOf({ read, notes, rejects, hours }: Content, version: number): ImportReport {
  const people = hours.map(({ person: { kind, id, name, available: before }, available }) => ({
    ...{ kind, id, name, before: before.length, after: available.length },
  }));
  return {
    ...{ version, read, changed: people.length, rejected: rejects.length, people, notes: [...notes] },
    rejects: rejects.slice(0, LISTED_REJECTS),
  };
}

/** Everybody whom a file may name: tutors, rooms, and all learners of the course. */
async function readPeople(db: Kysely<Database>, courseId: number, setting: StoredSetting): Promise<Person[]> {
  const members = new Map((await readLearners(db, courseId)).map((row) => [row.learnerId, row.setting.available]));
  const learners = await db
    .selectFrom('learner')
    .select(['id', 'key', 'name'])
    .where('course_id', '=', courseId)
    .execute();
  const all = setting.slots.map(({ id }) => id);
  return [
    ...setting.tutors.map(({ id, name, available }) => ({ kind: 'tutor' as const, id, name, available })),
    ...learners.map(({ id, key, name }) => ({
      ...{ kind: 'learner' as const, id: String(id), name: name ?? key, key, available: members.get(id) ?? [] },
    })),
    ...setting.rooms.map(({ id, name, available }) => ({
      kind: 'room' as const,
      id,
      name,
      available: available ?? all,
    })),
  ];
}

/** From the first slot to the last. */
function stretchOf({ slots }: StoredSetting): Interval {
  const [starts, ends] = [slots.map(({ start }) => Date.parse(start)), slots.map(({ end }) => Date.parse(end))];
  return { start: Math.min(...starts), end: Math.max(...ends) };
}

function fromCalendar(
  setting: StoredSetting,
  people: readonly Person[],
  { text, kind, id, means }: AvailabilityImport,
): Content {
  if (kind === undefined || id === undefined) {
    throw new Problem(
      'invalid-request',
      'availability: expected kind and id, whose calendar it is, got none; choose a person or room.',
    );
  }
  const person = orNotFound(
    people.find((one) => one.kind === kind && one.id === id),
    kind,
    id,
  );
  const { timeZone, slots } = setting;
  const { busy, occurrences, notes, rejects } = readCalendar(text, { timeZone, within: stretchOf(setting) });
  return {
    ...{ read: occurrences, notes, hours: [{ person, available: freeSlots(slots, busy, means) }] },
    rejects: rejects.map(({ event, expected, got }) => ({ line: null, expected, got: `${event}: ${got}` })),
  };
}

function fromTable(setting: StoredSetting, people: readonly Person[], { text, kind }: AvailabilityImport): Content {
  const { timeZone, slots } = setting;
  const { rows, lines, rejects } = readAvailabilityCsv(text, { timeZone, within: stretchOf(setting) });
  const unknown: ImportReport['rejects'] = [];
  const hours = rows.flatMap((row) => {
    const person = find(people, row.kind ?? kind, row.who);
    if (person === undefined) {
      unknown.push({ line: row.line, expected: 'the id or name of one tutor, learner or room', got: row.who });
      return [];
    }
    return [{ person, available: freeSlots(slots, row.free, 'free') }];
  });
  return { read: lines, notes: [], hours, rejects: [...rejects, ...unknown] };
}

/** By id or a learner's key, else by a name that only one has. */
function find(
  people: readonly (Person & { readonly key?: string })[],
  kind: Kind | undefined,
  who: string,
): Person | undefined {
  const candidates = people.filter((person) => kind === undefined || person.kind === kind);
  const byId = candidates.find(({ id, key }) => id === who || key === who);
  if (byId !== undefined) return byId;
  const named = candidates.filter(({ name }) => name.toLowerCase() === who.toLowerCase());
  return named.length === 1 ? named[0] : undefined;
}

async function setHours(
  db: Kysely<Database>,
  courseId: number,
  learnerId: number,
  available: readonly string[],
): Promise<void> {
  const row = await db
    .selectFrom('schedule_learner')
    .select('body')
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
  const setting = row === undefined ? firstLearner : (row.body as unknown as LearnerSetting);
  await writeLearner(db, courseId, learnerId, { ...setting, available: [...available] });
}

function withHours(setting: StoredSetting, hours: Content['hours']): StoredSetting {
  const of = (kind: Kind) =>
    new Map(
      hours.filter(({ person }) => person.kind === kind).map(({ person, available }) => [person.id, [...available]]),
    );
  const [tutors, rooms] = [of('tutor'), of('room')];
  return {
    ...setting,
    tutors: setting.tutors.map((tutor) => ({ ...tutor, available: tutors.get(tutor.id) ?? tutor.available })),
    rooms: setting.rooms.map((room) => ({ ...room, available: rooms.get(room.id) ?? room.available })),
  };
}
