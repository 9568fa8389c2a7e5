/** Imports with their reports, comparisons of solvers, who was made champion and why, and minutes per learner. */
import { type Kysely, sql } from 'kysely';

const statements = [
  `CREATE TABLE import (
    id uuid PRIMARY KEY,
    course_id integer REFERENCES course ON DELETE SET NULL,
    options jsonb NOT NULL,
    files jsonb NOT NULL DEFAULT '[]',
    rejects jsonb NOT NULL DEFAULT '[]',
    job_id uuid,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE comparison (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    job_id uuid,
    run_id uuid REFERENCES run ON DELETE SET NULL,
    options jsonb NOT NULL,
    body jsonb,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX comparison_course ON comparison (course_id, id DESC)`,
  // The newest row of a course is in force; the older ones say who decided what, when and why.
  `CREATE TABLE champion (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    solver text NOT NULL,
    reason text NOT NULL,
    by_person text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX champion_course ON champion (course_id, id DESC)`,
  `ALTER TABLE learner ADD COLUMN minutes_per_session real`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
