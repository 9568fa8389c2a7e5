/** Tutoring schedules of courses: what they are made from, working plan, changes, proposals, publications, feeds, webhooks. */
import { type Kysely, sql } from 'kysely';

const statements = [
  `CREATE TABLE schedule (
    course_id integer PRIMARY KEY REFERENCES course ON DELETE CASCADE,
    version integer NOT NULL DEFAULT 0,
    setting jsonb NOT NULL,
    plan jsonb
  )`,
  // Kept apart from the setting: what is said of a person goes when the person goes.
  `CREATE TABLE schedule_learner (
    learner_id integer PRIMARY KEY REFERENCES learner ON DELETE CASCADE,
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    body jsonb NOT NULL
  )`,
  `CREATE INDEX schedule_learner_course ON schedule_learner (course_id)`,
  `CREATE TABLE schedule_change (
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    version integer NOT NULL,
    text text NOT NULL,
    by_person text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (course_id, version)
  )`,
  `CREATE TABLE schedule_proposal (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('plan', 'repair')),
    version integer NOT NULL,
    body jsonb NOT NULL,
    by_person text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    accepted_at timestamptz
  )`,
  `CREATE INDEX schedule_proposal_course ON schedule_proposal (course_id, id DESC)`,
  `CREATE TABLE schedule_published (
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    number integer NOT NULL,
    name text NOT NULL,
    note text,
    approved_by text NOT NULL,
    version integer NOT NULL,
    body jsonb NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (course_id, number)
  )`,
  `CREATE TABLE schedule_calendar (
    course_id integer PRIMARY KEY REFERENCES course ON DELETE CASCADE,
    body jsonb NOT NULL
  )`,
  `CREATE TABLE schedule_roster (
    course_id integer PRIMARY KEY REFERENCES course ON DELETE CASCADE,
    body jsonb NOT NULL
  )`,
  `CREATE TABLE schedule_feed (
    token text PRIMARY KEY,
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('tutor', 'learner', 'room')),
    subject text NOT NULL,
    renewed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT schedule_feed_subject UNIQUE (course_id, kind, subject)
  )`,
  `CREATE TABLE webhook (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    url text NOT NULL,
    secret text NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX webhook_course ON webhook (course_id)`,
  `CREATE TABLE webhook_delivery (
    id uuid PRIMARY KEY,
    webhook_id integer NOT NULL REFERENCES webhook ON DELETE CASCADE,
    event text NOT NULL,
    body text NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
    attempts integer NOT NULL DEFAULT 0,
    status integer,
    error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_at timestamptz
  )`,
  `CREATE INDEX webhook_delivery_webhook ON webhook_delivery (webhook_id, created_at DESC)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
