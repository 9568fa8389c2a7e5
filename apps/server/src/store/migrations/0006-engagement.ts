/** What learners say of their own effort, and how engaged each seems, with the run that estimated it. */
import { type Kysely, sql } from 'kysely';

const statements = [
  // 0 to 1; null where nothing was said.
  'ALTER TABLE interaction ADD COLUMN self_report real',
  // No foreign key to the run, as `mastery` has none: estimates are replaced whole by every fit.
  `CREATE TABLE engagement (
    learner_id integer PRIMARY KEY REFERENCES learner ON DELETE CASCADE,
    run_id uuid,
    body jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
