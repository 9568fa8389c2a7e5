/**
 * Data sets: one imported file each, with its provenance, or the answers given in the app (`practice`). Skills, items
 * and learners belong to the course, not to a data set; `dataset_skill`, `dataset_item` and `dataset_learner` say which
 * data sets mention them. A data set is removed whole, and with it what no other data set mentions.
 */
import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import { attachInteractions, createInteractionTable, dropInteractions } from './interactions.ts';
import type { Transaction } from './store.ts';

export type Entity = 'skill' | 'item' | 'learner';

/** What a removal took away. */
export interface Removal {
  readonly interactions: number;
  readonly skills: number;
  readonly items: number;
  readonly learners: number;
  readonly prerequisites: number;
  /** Learners who stay, but whose mastery rested on the removed records and has to be computed again. */
  readonly learnersToUpdate: readonly number[];
}

const ENTITIES: readonly Entity[] = ['skill', 'item', 'learner'];

/** Ids per statement when rows are named one by one: keeps a statement's parameters small. */
const MENTION_BATCH = 10_000;

/** Notes that a data set mentions these skills, items or learners; what is noted already stays. */
export async function recordMentions(
  db: Kysely<Database>,
  dataset: number,
  entity: Entity,
  ids: readonly number[],
): Promise<void> {
  const table = sql.table(`dataset_${entity}`);
  const column = sql.ref(`${entity}_id`);
  for (let start = 0; start < ids.length; start += MENTION_BATCH) {
    const batch = ids.slice(start, start + MENTION_BATCH);
    await sql`INSERT INTO ${table} (dataset_id, ${column})
      SELECT ${dataset}::integer, id FROM unnest(${batch}::integer[]) AS id ON CONFLICT DO NOTHING`.execute(db);
  }
}

/** The course's data set of answers given in the app, made at the first of them. */
export async function practiceDataset(transaction: Transaction, course: number): Promise<number> {
  const { db } = transaction;
  const existing = () =>
    db
      .selectFrom('dataset')
      .select('id')
      .where('course_id', '=', course)
      .where('kind', '=', 'practice')
      .where('status', '<>', 'removed')
      .executeTakeFirst();
  const found = await existing();
  if (found) return found.id;
  const made = await db
    .insertInto('dataset')
    .values({ course_id: course, kind: 'practice', name: 'Practice in the app', status: 'ready' })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  // Somebody else made it between the two statements; by the time the insert gives up, it is committed.
  if (!made) return (await existing())!.id;
  await createInteractionTable(db, made.id);
  await attachInteractions(db, made.id);
  return made.id;
}

/**
 * Removes a data set whole. Its row stays, marked as removed, as the record that it was there. Estimates that rested on
 * it go too: the course's models, mastery of learners in it, and their plans.
 */
export async function removeDataset(transaction: Transaction, dataset: number, removedBy: string): Promise<Removal> {
  const { db } = transaction;
  const { course_id: course } = await db
    .updateTable('dataset')
    .set({ status: 'removed', removed_at: sql`now()`, removed_by: removedBy })
    .where('id', '=', dataset)
    .returning('course_id')
    .executeTakeFirstOrThrow();

  const { count } = await db
    .selectFrom('interaction')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('dataset_id', '=', dataset)
    .executeTakeFirstOrThrow();
  await dropInteractions(db, dataset);
  const prerequisites = await db.deleteFrom('prerequisite').where('dataset_id', '=', dataset).executeTakeFirst();
  const affected = await affectedLearners(db, dataset);

  const removed: Record<Entity, number> = { skill: 0, item: 0, learner: 0 };
  for (const entity of ENTITIES) removed[entity] = await removeUnmentioned(db, dataset, course, entity);
  await removeBrokenSkillSets(db, course);
  if (count > 0) await discardEstimates(db, course, affected);

  const staying = await existingLearners(db, affected);
  return {
    interactions: Number(count),
    skills: removed.skill,
    items: removed.item,
    learners: removed.learner,
    prerequisites: Number(prerequisites.numDeletedRows),
    learnersToUpdate: staying,
  };
}

async function affectedLearners(db: Kysely<Database>, dataset: number): Promise<number[]> {
  const rows = await db.selectFrom('dataset_learner').select('learner_id').where('dataset_id', '=', dataset).execute();
  return rows.map((row) => row.learner_id);
}

async function existingLearners(db: Kysely<Database>, ids: readonly number[]): Promise<number[]> {
  const rows = await sql<{ id: number }>`SELECT id FROM learner WHERE id = ANY(${ids}::integer[]) ORDER BY id`.execute(
    db,
  );
  return rows.rows.map((row) => row.id);
}

/** Deletes the data set's mentions, then what nobody mentions any more. */
async function removeUnmentioned(db: Kysely<Database>, dataset: number, course: number, entity: Entity) {
  const mentions = sql.table(`dataset_${entity}`);
  const column = sql.ref(`${entity}_id`);
  const { rows } = await sql<{ id: number }>`
    DELETE FROM ${sql.table(entity)} AS entity
    WHERE course_id = ${course}
      AND EXISTS (SELECT 1 FROM ${mentions} WHERE ${column} = entity.id AND dataset_id = ${dataset})
      AND NOT EXISTS (SELECT 1 FROM ${mentions} WHERE ${column} = entity.id AND dataset_id <> ${dataset})
    RETURNING id
  `.execute(db);
  const gone = rows.map((row) => row.id);
  if (entity !== 'item') {
    await sql`DELETE FROM mastery WHERE ${column} = ANY(${gone}::integer[])`.execute(db);
    await sql`DELETE FROM skill_memory WHERE ${column} = ANY(${gone}::integer[])`.execute(db);
  }
  await sql`DELETE FROM ${mentions} WHERE dataset_id = ${dataset}`.execute(db);
  return gone.length;
}

/** Sets that name a skill which is gone: only removed interactions can have used them. */
async function removeBrokenSkillSets(db: Kysely<Database>, course: number): Promise<void> {
  await sql`DELETE FROM skill_set WHERE course_id = ${course}
    AND NOT skills <@ (SELECT coalesce(array_agg(id), '{}') FROM skill WHERE course_id = ${course})`.execute(db);
}

async function discardEstimates(db: Kysely<Database>, course: number, learners: readonly number[]): Promise<void> {
  await db.deleteFrom('model').where('course_id', '=', course).execute();
  await db.deleteFrom('memory_model').where('course_id', '=', course).execute();
  await db.deleteFrom('engagement_fit').where('course_id', '=', course).execute();
  await sql`DELETE FROM engagement WHERE learner_id = ANY(${learners}::integer[])`.execute(db);
  await sql`DELETE FROM mastery WHERE learner_id = ANY(${learners}::integer[])`.execute(db);
  await sql`DELETE FROM skill_memory WHERE learner_id = ANY(${learners}::integer[])`.execute(db);
  await sql`UPDATE plan SET superseded = true WHERE learner_id = ANY(${learners}::integer[])`.execute(db);
}
