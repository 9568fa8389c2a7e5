/**
 * An answer given in the app as a row of `interaction`, with what a data set keeps beside its rows, in one statement: each
 * message to the embedded database's thread and back takes longer than what it asks for, and somebody waits.
 */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../store/database.ts';

export interface NewAnswer {
  readonly dataset: number;
  readonly course: number;
  readonly learner: number;
  readonly item: number;
  readonly correct: boolean;
  /** Unique among the data set's rows. */
  readonly externalId: string;
  /** Time the answer took; null where unknown. */
  readonly seconds: number | null;
  readonly hints: number;
}

/** Stores the answer and gives the ids of the skills that its item asks for, ascending. */
export async function storeInteraction(db: Kysely<Database>, answer: NewAnswer): Promise<number[]> {
  const { dataset, course, learner, item, correct, externalId, seconds, hints } = answer;
  const { rows } = await sql<{ skills: number[] }>`
    WITH asked AS (
      SELECT coalesce(array_agg(skill_id ORDER BY skill_id), '{}') AS skills FROM item_skill WHERE item_id = ${item}
    ), mentioned_learner AS (
      INSERT INTO dataset_learner (dataset_id, learner_id) VALUES (${dataset}, ${learner}) ON CONFLICT DO NOTHING
    ), mentioned_item AS (
      INSERT INTO dataset_item (dataset_id, item_id) VALUES (${dataset}, ${item}) ON CONFLICT DO NOTHING
    ), mentioned_skills AS (
      INSERT INTO dataset_skill (dataset_id, skill_id) SELECT ${dataset}::integer, unnest(skills) FROM asked
      ON CONFLICT DO NOTHING
    ), used_set AS (
      INSERT INTO skill_set (course_id, skills) SELECT ${course}::integer, skills FROM asked
      ON CONFLICT ON CONSTRAINT skill_set_skills DO UPDATE SET skills = excluded.skills RETURNING id
    ), answered AS (
      INSERT INTO interaction (dataset_id, course_id, learner_id, item_id, skill_set_id, correct, at, sequence, source,
        external_id, seconds, hints)
      SELECT ${dataset}::integer, ${course}::integer, ${learner}::integer, ${item}::integer, used_set.id,
        ${correct}::boolean, ${new Date()}::timestamptz, ${Date.now()}::bigint, 'practice', ${externalId}::text,
        ${seconds}::real, ${hints}::smallint
      FROM used_set
    ), counted AS (
      UPDATE dataset SET rows = rows + 1 WHERE id = ${dataset}
    )
    SELECT skills FROM asked`.execute(db);
  return rows[0].skills;
}
