/**
 * The first tables. What each one is for, and how a data set is removed whole, is told in apps/server/README.md.
 *
 * `interaction` is partitioned by data set: a file is loaded into a table that nobody reads yet, and becomes part of
 * `interaction` by one ATTACH, so it is there whole or not at all, and goes by one DROP. It and `mastery` have no foreign
 * keys: each would cost some 12 s per million rows on the embedded database (46 s against 8 s with three, measured).
 */
import { type Kysely, sql } from 'kysely';

const statements = [
  `CREATE TABLE course (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL UNIQUE,
    simulated boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE dataset (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('records', 'graph', 'content', 'sample', 'practice')),
    name text NOT NULL,
    sha256 text,
    bytes bigint,
    rows bigint NOT NULL DEFAULT 0,
    rejected bigint NOT NULL DEFAULT 0,
    mapping jsonb NOT NULL DEFAULT '{}',
    detail jsonb NOT NULL DEFAULT '{}',
    licence text,
    source text,
    simulated boolean NOT NULL DEFAULT false,
    status text NOT NULL DEFAULT 'importing' CHECK (status IN ('importing', 'ready', 'removed')),
    created_at timestamptz NOT NULL DEFAULT now(),
    removed_at timestamptz,
    removed_by text
  )`,
  `CREATE UNIQUE INDEX dataset_same_file ON dataset (course_id, sha256) WHERE status <> 'removed'`,
  `CREATE UNIQUE INDEX dataset_practice ON dataset (course_id) WHERE kind = 'practice' AND status <> 'removed'`,

  `CREATE TABLE skill (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    key text NOT NULL,
    name text NOT NULL,
    subject text,
    domain text,
    description text,
    minutes real,
    position integer NOT NULL DEFAULT 0,
    CONSTRAINT skill_key UNIQUE (course_id, key)
  )`,
  `CREATE TABLE dataset_skill (
    dataset_id integer NOT NULL REFERENCES dataset ON DELETE CASCADE,
    skill_id integer NOT NULL REFERENCES skill ON DELETE CASCADE,
    PRIMARY KEY (skill_id, dataset_id)
  )`,
  `CREATE INDEX dataset_skill_dataset ON dataset_skill (dataset_id)`,
  `CREATE TABLE prerequisite (
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    dataset_id integer NOT NULL REFERENCES dataset ON DELETE CASCADE,
    from_skill integer NOT NULL REFERENCES skill ON DELETE CASCADE,
    to_skill integer NOT NULL REFERENCES skill ON DELETE CASCADE,
    strength text NOT NULL CHECK (strength IN ('hard', 'soft')),
    source text NOT NULL CHECK (source IN ('given', 'estimated')),
    confidence real,
    enabled boolean NOT NULL DEFAULT true,
    decided_by text,
    PRIMARY KEY (dataset_id, from_skill, to_skill)
  )`,
  `CREATE INDEX prerequisite_course ON prerequisite (course_id)`,
  `CREATE INDEX prerequisite_from ON prerequisite (from_skill)`,
  `CREATE INDEX prerequisite_to ON prerequisite (to_skill)`,

  `CREATE TABLE item (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    key text NOT NULL,
    name text,
    body jsonb,
    template boolean NOT NULL DEFAULT false,
    CONSTRAINT item_key UNIQUE (course_id, key)
  )`,
  `CREATE TABLE dataset_item (
    dataset_id integer NOT NULL REFERENCES dataset ON DELETE CASCADE,
    item_id integer NOT NULL REFERENCES item ON DELETE CASCADE,
    PRIMARY KEY (item_id, dataset_id)
  )`,
  `CREATE INDEX dataset_item_dataset ON dataset_item (dataset_id)`,
  `CREATE TABLE item_skill (
    item_id integer NOT NULL REFERENCES item ON DELETE CASCADE,
    skill_id integer NOT NULL REFERENCES skill ON DELETE CASCADE,
    PRIMARY KEY (item_id, skill_id)
  )`,
  `CREATE INDEX item_skill_skill ON item_skill (skill_id)`,

  `CREATE TABLE learner (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    key text NOT NULL,
    name text,
    simulated boolean NOT NULL DEFAULT false,
    CONSTRAINT learner_key UNIQUE (course_id, key)
  )`,
  `CREATE TABLE dataset_learner (
    dataset_id integer NOT NULL REFERENCES dataset ON DELETE CASCADE,
    learner_id integer NOT NULL REFERENCES learner ON DELETE CASCADE,
    PRIMARY KEY (learner_id, dataset_id)
  )`,
  `CREATE INDEX dataset_learner_dataset ON dataset_learner (dataset_id)`,

  `CREATE TABLE skill_set (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    skills integer[] NOT NULL,
    CONSTRAINT skill_set_skills UNIQUE (course_id, skills)
  )`,
  `CREATE SEQUENCE interaction_id`,
  `CREATE TABLE interaction (
    id bigint NOT NULL DEFAULT nextval('interaction_id'),
    dataset_id integer NOT NULL,
    course_id integer NOT NULL,
    learner_id integer NOT NULL,
    item_id integer,
    skill_set_id integer NOT NULL,
    correct boolean NOT NULL,
    at timestamptz,
    sequence bigint NOT NULL,
    source text NOT NULL DEFAULT 'import' CHECK (source IN ('import', 'practice', 'simulated')),
    external_id text,
    seconds real,
    hints smallint
  ) PARTITION BY LIST (dataset_id)`,
  `CREATE INDEX interaction_learner ON interaction (learner_id, sequence)`,
  `CREATE UNIQUE INDEX interaction_external ON interaction (dataset_id, external_id)`,

  `CREATE TABLE run (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    subject text NOT NULL,
    course_id integer REFERENCES course ON DELETE SET NULL,
    learner_id integer REFERENCES learner ON DELETE CASCADE,
    started_at timestamptz NOT NULL,
    record jsonb NOT NULL
  )`,
  `CREATE INDEX run_started ON run (started_at DESC)`,
  `CREATE INDEX run_learner ON run (learner_id)`,
  `CREATE TABLE model (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    course_id integer NOT NULL REFERENCES course ON DELETE CASCADE,
    run_id uuid REFERENCES run ON DELETE SET NULL,
    name text NOT NULL,
    body jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX model_course ON model (course_id, id DESC)`,
  `CREATE TABLE mastery (
    learner_id integer NOT NULL,
    skill_id integer NOT NULL,
    mean real NOT NULL,
    low real NOT NULL,
    high real NOT NULL,
    attempts integer NOT NULL,
    correct integer NOT NULL,
    last_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (learner_id, skill_id)
  )`,
  `CREATE INDEX mastery_skill ON mastery (skill_id)`,

  `CREATE TABLE goal (
    learner_id integer NOT NULL REFERENCES learner ON DELETE CASCADE,
    skill_id integer NOT NULL REFERENCES skill ON DELETE CASCADE,
    by date,
    PRIMARY KEY (learner_id, skill_id)
  )`,
  `CREATE INDEX goal_skill ON goal (skill_id)`,
  `CREATE TABLE plan (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    learner_id integer NOT NULL REFERENCES learner ON DELETE CASCADE,
    run_id uuid REFERENCES run ON DELETE SET NULL,
    body jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    superseded boolean NOT NULL DEFAULT false
  )`,
  `CREATE INDEX plan_learner ON plan (learner_id, id DESC)`,
  `CREATE TABLE override (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    learner_id integer NOT NULL REFERENCES learner ON DELETE CASCADE,
    skill_id integer NOT NULL REFERENCES skill ON DELETE CASCADE,
    action text NOT NULL CHECK (action IN ('skip', 'pin', 'forbid')),
    session integer,
    reason text NOT NULL,
    by_person text NOT NULL,
    by_role text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    withdrawn_at timestamptz
  )`,
  `CREATE INDEX override_learner ON override (learner_id)`,
  `CREATE INDEX override_skill ON override (skill_id)`,
  `CREATE TABLE exercise (
    id uuid PRIMARY KEY,
    learner_id integer NOT NULL REFERENCES learner ON DELETE CASCADE,
    item_id integer NOT NULL REFERENCES item ON DELETE CASCADE,
    seed bigint NOT NULL,
    body jsonb NOT NULL,
    issued_at timestamptz NOT NULL DEFAULT now(),
    answered_at timestamptz,
    response text,
    correct boolean,
    misconception text,
    hints_used integer NOT NULL DEFAULT 0,
    steps_shown integer NOT NULL DEFAULT 0
  )`,
  `CREATE INDEX exercise_learner ON exercise (learner_id, issued_at DESC)`,
  `CREATE INDEX exercise_item ON exercise (item_id)`,

  `CREATE TABLE staff (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    role text NOT NULL CHECK (role IN ('teacher', 'engineer', 'decision maker')),
    name text NOT NULL,
    CONSTRAINT staff_person UNIQUE (role, name)
  )`,
  `CREATE TABLE job (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    title text NOT NULL,
    course_id integer REFERENCES course ON DELETE SET NULL,
    requested_by text,
    payload jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'running', 'retrying', 'done', 'failed', 'cancelled')),
    progress real,
    message text,
    attempt integer NOT NULL DEFAULT 0,
    cancel_requested boolean NOT NULL DEFAULT false,
    result jsonb,
    error jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX job_created ON job (created_at DESC)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
