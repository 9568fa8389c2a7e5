/**
 * A course's schedule in the store. One row, one version: whoever writes names the version that was on screen, and is
 * refused with what changed meanwhile where it is not the newest. So two people never overwrite each other unawares.
 */
import type {
  ScheduleAssignment,
  ScheduleRules,
  ScheduleSlot,
  ScheduleTerms,
  ScheduleWeights,
} from '@qurriculum/decisions';
import type { Kysely } from 'kysely';
import { Problem } from '../http/problem.ts';
import type {
  LearnerSetting,
  ResourceSetting,
  RoomSetting,
  TutorSetting,
} from '../resources/schedules/setting-schema.ts';
import type { Database } from '../store/database.ts';
import type { Store, Transaction } from '../store/store.ts';

type Db = Kysely<Database>;

export interface StoredPin {
  readonly id: string;
  readonly learnerId: number;
  readonly skillId: number;
  readonly tutorId?: string;
  readonly slotId?: string;
  readonly roomId?: string;
  readonly reason?: string;
  readonly byPerson: string;
  readonly at: string;
}

export interface StoredSetting {
  readonly timeZone: string;
  readonly slots: readonly ScheduleSlot[];
  readonly rules: ScheduleRules;
  readonly weights: ScheduleWeights;
  readonly loadFairness: 'range' | 'squares';
  readonly tutors: readonly TutorSetting[];
  readonly rooms: readonly RoomSetting[];
  readonly resources: readonly ResourceSetting[];
  readonly pins: readonly StoredPin[];
}

/** Demand that a plan does not meet, with learners and skills by number. */
export interface StoredUnmet {
  readonly learnerId: number;
  readonly skillId: number;
  readonly wanted: number;
  readonly met: number;
  readonly reason: string;
  readonly fixes: readonly string[];
}

export interface StoredPlan {
  /** Ids of `ScheduleState`, see keys.ts. */
  readonly assignments: readonly ScheduleAssignment[];
  readonly objective: number;
  readonly terms: ScheduleTerms;
  /** Proved: no plan is worth more. Null after changes by hand, and where nothing is proved. */
  readonly bound: number | null;
  /** `boundKey` of the state for which the bound was proved; null where there is none. */
  readonly boundFor: string | null;
  readonly unmet: readonly StoredUnmet[];
  readonly runId: string | null;
  readonly updatedBy: string;
  readonly updatedAt: string;
  /** Number of the publication that says the same, or null once it was changed. */
  readonly publishedAs: number | null;
}

export interface StoredSchedule {
  readonly courseId: number;
  readonly version: number;
  readonly setting: StoredSetting;
  readonly plan: StoredPlan | null;
}

/**
 * What a course starts with. Weights in points of mastery: a session brings some 10 to 25, so two sessions on one day (2)
 * or one more tutor (3) give way to learning, and settle what is as good. A changed session (3) must bring something.
 */
export const firstSetting: StoredSetting = {
  timeZone: 'UTC',
  slots: [],
  rules: { mostPerDay: 2, bufferMinutes: 0 },
  weights: { gain: 1, cost: 1, continuity: 3, load: 0.1, access: 1, spread: 2, change: 3 },
  loadFairness: 'squares',
  tutors: [],
  rooms: [],
  resources: [],
  pins: [],
};

/** The schedule as it is; version 0 with nothing in it before anybody touched it. */
export async function readSchedule(db: Db, courseId: number): Promise<StoredSchedule> {
  const row = await db.selectFrom('schedule').selectAll().where('course_id', '=', courseId).executeTakeFirst();
  return toSchedule(courseId, row);
}

interface ScheduleRow {
  readonly version: number;
  readonly setting: unknown;
  readonly plan: unknown;
}

function toSchedule(courseId: number, row: ScheduleRow | undefined): StoredSchedule {
  if (row === undefined) return { courseId, version: 0, setting: firstSetting, plan: null };
  const { version, setting, plan } = row;
  return { courseId, version, setting: setting as StoredSetting, plan: plan as StoredPlan | null };
}

export interface PublishedPlan {
  readonly number: number;
  readonly name: string;
  readonly publishedAt: string;
  readonly plan: StoredPlan;
}

/** The plan that people have in their calendars; null before the first. */
export async function readPublished(db: Db, courseId: number): Promise<PublishedPlan | null> {
  const row = await db
    .selectFrom('schedule_published')
    .select(['number', 'name', 'published_at', 'body'])
    .where('course_id', '=', courseId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const publishedAt = new Date(row.published_at).toISOString();
  return { number: row.number, name: row.name, publishedAt, plan: row.body as unknown as StoredPlan };
}

/** What a change writes, and how it is told to others. */
export interface ScheduleChange<Result> {
  /** One sentence: "Changed the hours of Ana Ruiz.". */
  readonly text: string;
  readonly setting?: StoredSetting;
  readonly plan?: StoredPlan | null;
  readonly result: Result;
}

export interface Writer {
  readonly courseId: number;
  /** Version that was on screen. */
  readonly version: number;
  /** `teacher:Ms Lopez`. */
  readonly person: string;
}

/**
 * Changes a schedule in one transaction. @throws Problem `conflict` where `version` is not the newest; its `errors` tell
 * what changed since, one each.
 */
export function changeSchedule<Result>(
  store: Store,
  writer: Writer,
  work: (current: StoredSchedule, transaction: Transaction) => Promise<ScheduleChange<Result>> | ScheduleChange<Result>,
): Promise<{ readonly version: number; readonly result: Result }> {
  return store.transaction((transaction) => changeWithin(transaction, writer, work));
}

/** The same within a transaction that somebody else began. */
export async function changeWithin<Result>(
  transaction: Transaction,
  { courseId, version, person }: Writer,
  work: (current: StoredSchedule, transaction: Transaction) => Promise<ScheduleChange<Result>> | ScheduleChange<Result>,
): Promise<{ readonly version: number; readonly result: Result }> {
  const { db } = transaction;
  await db
    .insertInto('schedule')
    .values({ course_id: courseId, setting: JSON.stringify(firstSetting) })
    .onConflict((conflict) => conflict.column('course_id').doNothing())
    .execute();
  const row = await db
    .selectFrom('schedule')
    .selectAll()
    .where('course_id', '=', courseId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const current = toSchedule(courseId, row);
  if (current.version !== version) throw await staleVersion(db, courseId, version, current.version);
  const { text, setting, plan, result } = await work(current, transaction);
  const next = current.version + 1;
  await db
    .updateTable('schedule')
    .set({
      version: next,
      ...(setting !== undefined && { setting: JSON.stringify(setting) }),
      ...(plan !== undefined && { plan: plan === null ? null : JSON.stringify(plan) }),
    })
    .where('course_id', '=', courseId)
    .execute();
  await db
    .insertInto('schedule_change')
    .values({ course_id: courseId, version: next, text, by_person: person })
    .execute();
  return { version: next, result };
}

export interface ChangeRow {
  readonly version: number;
  readonly text: string;
  readonly byPerson: string;
  readonly at: string;
}

/** More than anybody reads; older ones are in the history. */
const LISTED_CHANGES = 200;

/** What happened after a version, oldest first. */
export async function changesSince(db: Db, courseId: number, version: number): Promise<ChangeRow[]> {
  const rows = await db
    .selectFrom('schedule_change')
    .selectAll()
    .where('course_id', '=', courseId)
    .where('version', '>', version)
    .orderBy('version', 'desc')
    .limit(LISTED_CHANGES)
    .execute();
  return rows
    .map((row) => ({
      version: row.version,
      text: row.text,
      byPerson: row.by_person,
      at: new Date(row.at).toISOString(),
    }))
    .reverse();
}

/** "teacher:Ms Lopez" as people say it. */
const nameOf = (person: string): string => person.replace(/^[^:]+:/, '');

export const sayChange = ({ text, byPerson, at }: ChangeRow): string =>
  `${at.slice(0, 16).replace('T', ' ')} UTC, ${nameOf(byPerson)}: ${text}`;

/** The refusal of a writer who saw an older version. */
export async function staleVersion(db: Db, courseId: number, asked: number, current: number): Promise<Problem> {
  const changes = await changesSince(db, courseId, asked);
  const errors = changes.map((change) => ({ field: `version.${change.version}`, detail: sayChange(change) }));
  return new Problem(
    'conflict',
    `version: expected ${current}, the newest, got ${asked}; somebody changed the schedule meanwhile. Look at the changes, then do it again.`,
    errors,
  );
}

export interface LearnerRow {
  readonly learnerId: number;
  readonly name: string;
  readonly simulated: boolean;
  readonly group: string | null;
  readonly setting: LearnerSetting;
}

/** Learners who take part, by number. */
export async function readLearners(db: Db, courseId: number): Promise<LearnerRow[]> {
  const rows = await db
    .selectFrom('schedule_learner')
    .innerJoin('learner', 'learner.id', 'schedule_learner.learner_id')
    .select(['learner.id', 'learner.key', 'learner.name', 'learner.simulated', 'learner.group_label', 'body'])
    .where('schedule_learner.course_id', '=', courseId)
    .orderBy('learner.id')
    .execute();
  return rows.map((row) => ({
    learnerId: row.id,
    name: row.name ?? row.key,
    simulated: row.simulated,
    group: row.group_label,
    setting: row.body as unknown as LearnerSetting,
  }));
}

export async function writeLearner(
  db: Db,
  courseId: number,
  learnerId: number,
  setting: LearnerSetting,
): Promise<void> {
  const body = JSON.stringify(setting);
  await db
    .insertInto('schedule_learner')
    .values({ learner_id: learnerId, course_id: courseId, body })
    .onConflict((conflict) => conflict.column('learner_id').doUpdateSet({ body }))
    .execute();
}
