/** Problem files that people bring to the solvers, and what each solver made of them. */
import { type Kysely, sql } from 'kysely';

const statements = [
  // The text itself: a worker process on another machine reads it too, and it goes with its row.
  `CREATE TABLE problem_file (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL,
    format text NOT NULL,
    sha256 text NOT NULL,
    bytes integer NOT NULL,
    content text NOT NULL,
    facts jsonb NOT NULL,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE problem_run (
    id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    file_id integer NOT NULL REFERENCES problem_file ON DELETE CASCADE,
    job_id uuid,
    options jsonb NOT NULL,
    target double precision,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX problem_run_file ON problem_run (file_id)`,
  // One row a solve: live while it runs, run_id when it has ended.
  `CREATE TABLE problem_solve (
    problem_run_id integer NOT NULL REFERENCES problem_run ON DELETE CASCADE,
    position integer NOT NULL,
    solver text NOT NULL,
    repeat integer NOT NULL,
    seed integer NOT NULL,
    live jsonb,
    run_id uuid REFERENCES run ON DELETE SET NULL,
    PRIMARY KEY (problem_run_id, position)
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
