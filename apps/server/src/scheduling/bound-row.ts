/** The bound of a schedule as it is: beside the plan, since nobody decided it and no version counts it. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';

/** What plans of a state can be worth at the most, worked out beside people's changes. */
export interface StoredBound {
  /** `stateKey` of the state that somebody looked at last. */
  readonly wanted: string;
  /** `stateKey` of the state that `bound` holds for; null before the first. */
  readonly stateKey: string | null;
  readonly bound: number | null;
}

export async function readBound(db: Kysely<Database>, courseId: number): Promise<StoredBound | null> {
  const row = await db
    .selectFrom('schedule_bound')
    .select(['wanted', 'state_key as stateKey', 'bound'])
    .where('course_id', '=', courseId)
    .executeTakeFirst();
  return row ?? null;
}
