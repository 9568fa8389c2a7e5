/** Analyses of a course's exercises, and which misconceptions its learners seem to hold. */
import { type Kysely, sql } from 'kysely';

const statements = [
  `CREATE TABLE item_analysis (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    job_id uuid,
    run_id uuid REFERENCES run ON DELETE SET NULL,
    body jsonb,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX item_analysis_course ON item_analysis (course_id, id DESC)`,
  // Kept apart from the body: what is said of a person goes when the person goes.
  `CREATE TABLE learner_misconception (
    analysis_id integer NOT NULL REFERENCES item_analysis ON DELETE CASCADE,
    learner_id integer NOT NULL REFERENCES learner ON DELETE CASCADE,
    misconception text NOT NULL,
    probability real NOT NULL,
    met integer NOT NULL,
    shown integer NOT NULL,
    PRIMARY KEY (analysis_id, learner_id, misconception)
  )`,
  `CREATE INDEX learner_misconception_learner ON learner_misconception (learner_id)`,
  `CREATE INDEX exercise_answered ON exercise (learner_id, item_id, answered_at DESC) WHERE answered_at IS NOT NULL`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
