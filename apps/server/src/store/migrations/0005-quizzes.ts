/** Short adaptive quizzes: what was asked of whom, what came of it, and how often each item has been asked. */
import { type Kysely, sql } from 'kysely';

const statements = [
  `CREATE TABLE quiz (
    id uuid PRIMARY KEY,
    learner_id integer NOT NULL REFERENCES learner ON DELETE CASCADE,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'stopped')),
    setup jsonb NOT NULL,
    result jsonb,
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
  )`,
  // A learner has one at a time, whatever two browsers ask for at once.
  `CREATE UNIQUE INDEX quiz_open ON quiz (learner_id) WHERE state = 'open'`,
  `CREATE INDEX quiz_learner ON quiz (learner_id, started_at DESC)`,
  `CREATE TABLE quiz_question (
    quiz_id uuid NOT NULL REFERENCES quiz ON DELETE CASCADE,
    position smallint NOT NULL,
    bank integer NOT NULL,
    item_id integer NOT NULL REFERENCES item ON DELETE CASCADE,
    body jsonb NOT NULL,
    why jsonb NOT NULL,
    issued_at timestamptz NOT NULL DEFAULT now(),
    answered_at timestamptz,
    response text,
    correct boolean,
    misconception text,
    seconds real,
    PRIMARY KEY (quiz_id, position)
  )`,
  `CREATE INDEX quiz_question_item ON quiz_question (item_id)`,
  // Counted as they are asked: counting the questions of all quizzes would take longer with each one.
  `CREATE TABLE quiz_tally (
    course_id integer PRIMARY KEY REFERENCES course ON DELETE CASCADE,
    quizzes integer NOT NULL
  )`,
  `CREATE TABLE quiz_exposure (
    item_id integer PRIMARY KEY REFERENCES item ON DELETE CASCADE,
    quizzes integer NOT NULL
  )`,
  // A plan asks when the course was last practised: the end of this index, for each of its skills.
  `DROP INDEX mastery_skill`,
  `CREATE INDEX mastery_skill ON mastery (skill_id, last_at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
