/** What learners say of how an answer went, how engaged each seems, and the fitted model that says so. */
import { type Kysely, sql } from 'kysely';

const statements = [
  // 0 to 1; null where nothing was said.
  'ALTER TABLE interaction ADD COLUMN self_report real',
  `CREATE TABLE engagement (
    learner_id integer PRIMARY KEY REFERENCES learner ON DELETE CASCADE,
    body jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE engagement_fit (
    course_id integer PRIMARY KEY REFERENCES course ON DELETE CASCADE,
    run_id uuid NOT NULL REFERENCES run ON DELETE CASCADE,
    note text NOT NULL,
    body jsonb NOT NULL,
    fitted_at timestamptz NOT NULL DEFAULT now()
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
