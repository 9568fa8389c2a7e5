/**
 * Keys of a file (learner, item and skill labels) to ids of the course. Keys that the course does not know yet get ids
 * reserved from the table's sequence, so that bulk rows can be loaded before anybody sees the new rows themselves.
 */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/database.ts';
import type { Entity } from '../store/datasets.ts';

export interface ResolvedKeys {
  /** One id per key, in the order given. */
  readonly ids: Int32Array;
  /** Positions (in the keys given) of those that are new. */
  readonly fresh: readonly number[];
}

/** Keys per statement: keeps parameters small. */
const KEY_BATCH = 10_000;

/** Finds the ids of known keys and reserves ids for the others. Writes nothing that anyone sees. */
export async function resolveKeys(
  db: Kysely<Database>,
  entity: Entity,
  course: number,
  keys: readonly string[],
): Promise<ResolvedKeys> {
  const known = new Map<string, number>();
  for (let start = 0; start < keys.length; start += KEY_BATCH) {
    const batch = keys.slice(start, start + KEY_BATCH);
    const { rows } = await sql<{ id: number; key: string }>`
      SELECT id, key FROM ${sql.table(entity)} WHERE course_id = ${course} AND key = ANY(${batch}::text[])`.execute(db);
    for (const row of rows) known.set(row.key, row.id);
  }
  const fresh = [...keys.keys()].filter((k) => !known.has(keys[k]));
  const reserved = await reserveIds(db, entity, fresh.length);
  const ids = Int32Array.from(keys, (key) => known.get(key) ?? 0);
  fresh.forEach((k, at) => {
    ids[k] = reserved[at];
  });
  return { ids, fresh };
}

/** Takes `count` ids off the sequence of a table's id. */
export async function reserveIds(
  db: Kysely<Database>,
  table: Entity | 'skill_set',
  count: number,
): Promise<readonly number[]> {
  if (count === 0) return [];
  const { rows } = await sql<{ id: string | number }>`
    SELECT nextval(pg_get_serial_sequence(${table}, 'id')) AS id FROM generate_series(1, ${sql.lit(count)})`.execute(
    db,
  );
  return rows.map((row) => Number(row.id));
}
