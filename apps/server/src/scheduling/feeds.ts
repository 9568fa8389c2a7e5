/** Calendars of tutors, learners and rooms under addresses that cannot be guessed. Whoever has the address reads it: renew it where it got about. */
import { randomBytes, randomUUID } from 'node:crypto';
import { type CalendarEntry, entriesOf, type FeedEvent, writeCalendar } from '@qurriculum/decisions';
import type { Kysely } from 'kysely';
import { orNotFound } from '../http/problem.ts';
import type { FeedView } from '../resources/schedules/service-schema.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { type LearnerRow, readLearners, readSchedule, type StoredSetting } from './rows.ts';

type Db = Kysely<Database>;
type FeedKind = FeedView['kind'];

export interface CalendarRow {
  /** Makes UIDs unlike those of any other installation. */
  readonly scope: string;
  readonly entries: readonly CalendarEntry[];
}

export async function readCalendarRow(db: Db, courseId: number): Promise<CalendarRow> {
  const row = await db
    .selectFrom('schedule_calendar')
    .select('body')
    .where('course_id', '=', courseId)
    .executeTakeFirst();
  return row === undefined ? { scope: randomUUID(), entries: [] } : (row.body as unknown as CalendarRow);
}

export async function writeCalendarRow(db: Db, courseId: number, calendar: CalendarRow): Promise<void> {
  const body = JSON.stringify(calendar);
  await db
    .insertInto('schedule_calendar')
    .values({ course_id: courseId, body })
    .onConflict((conflict) => conflict.column('course_id').doUpdateSet({ body }))
    .execute();
}

/** 24 bytes: nobody tries 2^192 addresses. */
const newToken = (): string => randomBytes(24).toString('base64url');

interface Subject {
  readonly kind: FeedKind;
  readonly id: string;
  readonly name: string;
}

function subjectsOf({ tutors, rooms }: StoredSetting, learners: readonly LearnerRow[]): Subject[] {
  return [
    ...tutors.map(({ id, name }) => ({ kind: 'tutor' as const, id, name })),
    ...learners.map(({ learnerId, name }) => ({ kind: 'learner' as const, id: String(learnerId), name })),
    ...rooms.map(({ id, name }) => ({ kind: 'room' as const, id, name })),
  ];
}

/** Every calendar of a course; addresses are made as soon as they are asked for. */
export function listFeeds(store: Store, courseId: number): Promise<FeedView[]> {
  return store.transaction(async ({ db }) => {
    const subjects = subjectsOf((await readSchedule(db, courseId)).setting, await readLearners(db, courseId));
    const { entries } = await readCalendarRow(db, courseId);
    const known = await db.selectFrom('schedule_feed').selectAll().where('course_id', '=', courseId).execute();
    const feeds = new Map(known.map((row) => [`${row.kind} ${row.subject}`, row]));
    const missing = subjects.filter(({ kind, id }) => !feeds.has(`${kind} ${id}`));
    if (missing.length > 0) {
      const rows = missing.map(({ kind, id }) => ({ token: newToken(), course_id: courseId, kind, subject: id }));
      // Two people who open the list at once make them once.
      const conflict = 'schedule_feed_subject';
      await db
        .insertInto('schedule_feed')
        .values(rows)
        .onConflict((on) => on.constraint(conflict).doNothing())
        .execute();
      const made = await db.selectFrom('schedule_feed').selectAll().where('course_id', '=', courseId).execute();
      for (const row of made) feeds.set(`${row.kind} ${row.subject}`, row);
    }
    return subjects.flatMap(({ kind, id, name }) => {
      const row = feeds.get(`${kind} ${id}`);
      if (row === undefined) return [];
      const events = entriesOf(entries, kind, id).filter(({ cancelled }) => !cancelled).length;
      return [{ kind, id, name, path: pathOf(row.token), renewedAt: new Date(row.renewed_at).toISOString(), events }];
    });
  });
}

const pathOf = (token: string): string => `/api/feeds/${token}.ics`;

/** A new address for one calendar; the old one is gone at once. */
export async function renewFeed(store: Store, courseId: number, kind: FeedKind, id: string): Promise<string> {
  const row = await store.db
    .updateTable('schedule_feed')
    .set({ token: newToken(), renewed_at: new Date() })
    .where('course_id', '=', courseId)
    .where('kind', '=', kind)
    .where('subject', '=', id)
    .returning('token')
    .executeTakeFirst();
  return pathOf(orNotFound(row, `calendar of ${kind}`, id).token);
}

/** The calendar's text. @throws Problem `not-found` for an address that is not, or no longer, one. */
export async function readFeed(db: Db, token: string): Promise<string> {
  const feed = orNotFound(
    await db.selectFrom('schedule_feed').selectAll().where('token', '=', token).executeTakeFirst(),
    'calendar',
    'this address',
  );
  const { course_id: courseId, kind, subject } = feed;
  const { setting } = await readSchedule(db, courseId);
  const learners = await readLearners(db, courseId);
  const { scope, entries } = await readCalendarRow(db, courseId);
  const skills = await db.selectFrom('skill').select(['id', 'name']).where('course_id', '=', courseId).execute();
  const nameIn = (rows: readonly { readonly id: string; readonly name: string }[], id: string): string =>
    rows.find((row) => row.id === id)?.name ?? id;
  const skillNames = new Map(skills.map(({ id, name }) => [String(id), name]));
  const learnerNames = new Map(learners.map(({ learnerId, name }) => [String(learnerId), name]));
  const events = entriesOf(entries, kind, subject).map((entry): FeedEvent => {
    const { tutor, uid, skill, room, learners: members, start, end, sequence, cancelled, modified } = entry;
    const who = nameIn(setting.tutors, tutor);
    // What a learner's calendar says stays between tutor and learner: no names of others.
    const others = kind === 'learner' ? [] : members.map((id) => learnerNames.get(id) ?? `Learner ${id}`);
    return {
      uid: `${uid}.${courseId}@${scope}`,
      ...{ start, end, sequence, cancelled, modified },
      summary: `${skillNames.get(skill) ?? 'Tutoring'}${kind === 'tutor' ? '' : ` with ${who}`}`,
      ...(room !== undefined && { location: nameIn(setting.rooms, room) }),
      ...(others.length > 0 && { description: others.join('\n') }),
    };
  });
  const name = subjectsOf(setting, learners).find((one) => one.kind === kind && one.id === subject)?.name ?? 'Tutoring';
  return writeCalendar(events, { name });
}
