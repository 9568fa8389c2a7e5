/**
 * The job table: what people see of jobs. pg-boss decides who runs what and when; every change of state here is one
 * statement that names the attempt it comes from, so that an attempt which was overtaken can no longer change anything.
 */
import type { Json } from '@qurriculum/evidence';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Database } from '../store/database.ts';
import type { JobState } from '../store/tables/jobs.ts';

export interface Job {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly courseId: number | null;
  readonly requestedBy: string | null;
  readonly state: JobState;
  /** 0 to 1; null while nothing is known. */
  readonly progress: number | null;
  readonly message: string | null;
  readonly attempt: number;
  readonly cancelRequested: boolean;
  readonly result: Json;
  readonly error: JobFailure | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface JobFailure {
  /** Stable, for programs. */
  readonly code: string;
  /** For people. */
  readonly message: string;
}

export const activeStates: readonly JobState[] = ['queued', 'running', 'retrying'];

type JobRow = Selectable<Database['job']>;

export function toJob(row: JobRow): Job {
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    courseId: row.course_id,
    requestedBy: row.requested_by,
    state: row.state,
    progress: row.progress,
    message: row.message,
    attempt: row.attempt,
    cancelRequested: row.cancel_requested,
    result: row.result,
    error: row.error,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

export function selectJob(db: Kysely<Database>, id: string): Promise<JobRow | undefined> {
  return db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The id of a course's newest job of a kind that has not ended, or null. */
export async function activeJobOf(db: Kysely<Database>, courseId: number, name: string): Promise<string | null> {
  const row = await db
    .selectFrom('job')
    .select('id')
    .where('name', '=', name)
    .where('course_id', '=', courseId)
    .where('state', 'in', activeStates)
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Takes the job for a new attempt; undefined where it has ended already. */
export function claimJob(db: Kysely<Database>, id: string): Promise<JobRow | undefined> {
  return db
    .updateTable('job')
    .set((set) => ({
      state: 'running',
      attempt: set('attempt', '+', 1),
      progress: null,
      message: null,
      started_at: sql`coalesce(started_at, now())`,
      updated_at: sql`now()`,
    }))
    .where('id', '=', id)
    .where('state', 'in', activeStates)
    .returningAll()
    .executeTakeFirst();
}

/** Stores progress; true where somebody has asked to cancel, null where this attempt no longer holds the job. */
export async function reportProgress(
  db: Kysely<Database>,
  held: { readonly id: string; readonly attempt: number },
  progress: number | null,
  message: string | null,
): Promise<boolean | null> {
  const row = await db
    .updateTable('job')
    .set({ progress, message, updated_at: sql`now()` })
    .where('id', '=', held.id)
    .where('attempt', '=', held.attempt)
    .where('state', '=', 'running')
    .returning('cancel_requested')
    .executeTakeFirst();
  return row === undefined ? null : row.cancel_requested;
}

export type Ending =
  | { readonly state: 'done'; readonly result: Json }
  | { readonly state: 'failed'; readonly error: JobFailure }
  | { readonly state: 'cancelled' }
  /** Back into the queue: the process is stopping, or the database was lost. */
  | { readonly state: 'retrying'; readonly countAttempt: boolean };

/** Ends an attempt; false where it no longer holds the job, or a job to be marked as done was cancelled meanwhile. */
export async function endAttempt(
  db: Kysely<Database>,
  held: { readonly id: string; readonly attempt: number },
  ending: Ending,
): Promise<boolean> {
  const isOver = ending.state !== 'retrying';
  let update = db
    .updateTable('job')
    .set({
      state: ending.state,
      result: 'result' in ending ? JSON.stringify(ending.result ?? null) : null,
      error: 'error' in ending ? JSON.stringify(ending.error) : null,
      finished_at: isOver ? sql<Date>`now()` : null,
      updated_at: sql<Date>`now()`,
    })
    .where('id', '=', held.id)
    .where('attempt', '=', held.attempt)
    .where('state', '=', 'running');
  if (ending.state === 'done') update = update.set({ progress: 1 }).where('cancel_requested', '=', false);
  if (ending.state === 'retrying' && !ending.countAttempt) update = update.set({ attempt: held.attempt - 1 });
  const { numUpdatedRows } = await update.executeTakeFirst();
  return numUpdatedRows === 1n;
}
