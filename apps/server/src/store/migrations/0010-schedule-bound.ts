/** What plans of a course's schedule, as it is, can be worth at the most: worked out beside people's changes. */
import { type Kysely, sql } from 'kysely';

const statements = [
  `CREATE TABLE schedule_bound (
    course_id integer PRIMARY KEY REFERENCES course ON DELETE CASCADE,
    wanted text NOT NULL,
    state_key text,
    bound double precision
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
