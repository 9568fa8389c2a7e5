/**
 * Interactions of one data set, as a table of their own that is loaded unseen and then attached to `interaction`:
 *
 *     await createInteractionTable(store.db, dataset);              // nobody reads it yet
 *     await store.copyIn(interactionTable(dataset), columns, rows); // in chunks; the page stays alive
 *     await indexInteractions(store.db, dataset);
 *     await store.transaction((tx) => attachInteractions(tx.db, dataset)); // there whole, at once
 *
 * A process that dies before the last line leaves a table that nobody reads; the next attempt begins with a new one.
 */
import { type Kysely, sql } from 'kysely';
import { copyRow } from './copy-text.ts';
import type { Database } from './database.ts';

/** Columns to give to `copyIn`, in the order of `interactionRow`. */
export const interactionColumns = [
  'dataset_id',
  'course_id',
  'learner_id',
  'item_id',
  'skill_set_id',
  'correct',
  'at',
  'sequence',
  'source',
  'external_id',
  'seconds',
  'hints',
  'self_report',
] as const;

export interface NewInteraction {
  readonly dataset: number;
  readonly course: number;
  readonly learner: number;
  readonly item: number | null;
  readonly skillSet: number;
  readonly correct: boolean;
  /** Null where no time is known. */
  readonly at: Date | null;
  /** Order inside the learner's history. */
  readonly sequence: number;
  readonly source: 'import' | 'practice' | 'simulated';
  readonly externalId: string | null;
  /** Time the answer took; null where unknown. */
  readonly seconds: number | null;
  readonly hints: number | null;
  /** 0 to 1; null where nothing was said. */
  readonly selfReport: number | null;
}

/** One interaction as a row for `copyIn`. */
export function interactionRow(row: NewInteraction): string {
  return copyRow([
    row.dataset,
    row.course,
    row.learner,
    row.item,
    row.skillSet,
    row.correct,
    row.at,
    row.sequence,
    row.source,
    row.externalId,
    row.seconds,
    row.hints,
    row.selfReport,
  ]);
}

/** Name of the table with the interactions of one data set. */
export function interactionTable(dataset: number): string {
  if (!Number.isInteger(dataset)) {
    throw new RangeError(`interactionTable: expected the id of a data set, got ${dataset}; pass a whole number.`);
  }
  return `interaction_${dataset}`;
}

/** Makes the empty, detached table; one that an earlier attempt left is dropped first. */
export async function createInteractionTable(db: Kysely<Database>, dataset: number): Promise<void> {
  await dropInteractions(db, dataset);
  const table = sql.id(interactionTable(dataset));
  await sql`CREATE TABLE ${table} (LIKE interaction INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`.execute(db);
}

/** Indexes as `interaction` has them, made before attaching so that attaching is instant. */
export async function indexInteractions(db: Kysely<Database>, dataset: number): Promise<void> {
  const table = sql.id(interactionTable(dataset));
  await sql`CREATE INDEX ON ${table} (learner_id, sequence)`.execute(db);
  await sql`CREATE UNIQUE INDEX ON ${table} (dataset_id, external_id)`.execute(db);
}

/** Makes the table part of `interaction`. Fails where a row belongs to another data set. */
export async function attachInteractions(db: Kysely<Database>, dataset: number): Promise<void> {
  const table = sql.id(interactionTable(dataset));
  await sql`ALTER TABLE interaction ATTACH PARTITION ${table} FOR VALUES IN (${sql.lit(dataset)})`.execute(db);
  await sql`ANALYZE ${table}`.execute(db);
}

/** Removes the data set's interactions, attached or not. */
export async function dropInteractions(db: Kysely<Database>, dataset: number): Promise<void> {
  await sql`DROP TABLE IF EXISTS ${sql.id(interactionTable(dataset))}`.execute(db);
}
