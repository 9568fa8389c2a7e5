/** Evaluations of tracing models on a course's own records, who chose which model and why, and groups of learners. */
import { type Kysely, sql } from 'kysely';

const statements = [
  `CREATE TABLE model_evaluation (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    job_id uuid,
    run_id uuid REFERENCES run ON DELETE SET NULL,
    options jsonb NOT NULL,
    body jsonb,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX model_evaluation_course ON model_evaluation (course_id, id DESC)`,
  // The newest row of a course is in force; the older ones say who decided what, when and why.
  `CREATE TABLE model_choice (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    model text NOT NULL,
    reason text NOT NULL,
    by_person text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX model_choice_course ON model_choice (course_id, id DESC)`,
  `ALTER TABLE learner ADD COLUMN group_label text`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
