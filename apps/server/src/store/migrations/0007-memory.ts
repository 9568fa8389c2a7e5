/** What learners still know: weights of the memory model per course, and its state per learner and skill. */
import { type Kysely, sql } from 'kysely';

const statements = [
  // The newest row of a course is in force; earlier ones say what was found when.
  `CREATE TABLE memory_model (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    run_id uuid REFERENCES run ON DELETE SET NULL,
    body jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX memory_model_course ON memory_model (course_id, id DESC)`,
  // No foreign keys, like mastery: it is loaded by COPY, a million rows at a time.
  `CREATE TABLE skill_memory (
    learner_id integer NOT NULL,
    skill_id integer NOT NULL,
    stability double precision NOT NULL,
    difficulty double precision NOT NULL,
    last_at timestamptz NOT NULL,
    answers integer NOT NULL,
    PRIMARY KEY (learner_id, skill_id)
  )`,
  `CREATE INDEX skill_memory_skill ON skill_memory (skill_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
