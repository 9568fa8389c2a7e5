/** First answers out of the store: the exercises answered most, a sample of learners, and never a table of everybody. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { LEAST_ANSWERS, LEAST_OF_LEARNER, MOST_ITEMS, MOST_LEARNERS } from './limits.ts';

export interface AnalysedItemRow {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly template: boolean;
  /** Names of its skills. */
  readonly skills: readonly string[];
}

export interface FirstAnswers {
  readonly items: readonly AnalysedItemRow[];
  /** Learner ids, ascending. */
  readonly learners: readonly number[];
  /** Lines "learner item right", tab separated. */
  readonly chunks: Uint8Array[];
  readonly itemsInRecords: number;
  readonly learnersInRecords: number;
}

/** Learners whose answers are read by one query: the embedded database holds a result in memory. */
const LEARNERS_AT_ONCE = 500;

export async function readFirstAnswers(store: Store, course: number, signal: AbortSignal): Promise<FirstAnswers> {
  const { db } = store;
  const counted = await countItems(db, course);
  const chosen = counted.filter(({ learners }) => learners >= LEAST_ANSWERS).slice(0, MOST_ITEMS);
  const ids = chosen.map(({ id }) => id);
  const learners = ids.length === 0 ? [] : await sampleLearners(db, course, ids);
  const chunks: Uint8Array[] = [];
  for (let from = 0; from < learners.length; from += LEARNERS_AT_ONCE) {
    signal.throwIfAborted();
    const some = learners.slice(from, from + LEARNERS_AT_ONCE);
    const query = `SELECT DISTINCT ON (learner_id, item_id) learner_id, item_id, correct::int FROM interaction
      WHERE course_id = ${Math.trunc(course)} AND item_id IN (${ids.join(',')}) AND learner_id IN (${some.join(',')})
      ORDER BY learner_id, item_id, sequence, id`;
    for await (const chunk of store.copyOut(query)) chunks.push(chunk);
  }
  return {
    ...{ learners, chunks, items: await describeItems(db, ids), itemsInRecords: counted.length },
    learnersInRecords: await countLearners(db, course),
  };
}

/** Exercises by the number of learners who answered them, most first. */
async function countItems(db: Kysely<Database>, course: number): Promise<{ id: number; learners: number }[]> {
  const { rows } = await sql<{ id: number; learners: number }>`SELECT item_id AS id,
      count(DISTINCT learner_id)::int AS learners
    FROM interaction WHERE course_id = ${course} AND item_id IS NOT NULL
    GROUP BY item_id ORDER BY learners DESC, item_id`.execute(db);
  return rows;
}

async function countLearners(db: Kysely<Database>, course: number): Promise<number> {
  const { rows } = await sql<{ learners: number }>`SELECT count(*)::int AS learners FROM learner
    WHERE course_id = ${course}`.execute(db);
  return rows[0].learners;
}

/** By a hash of the id: the same ones each time, and no matter when they came. */
async function sampleLearners(db: Kysely<Database>, course: number, items: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`SELECT learner_id AS id FROM interaction
    WHERE course_id = ${course} AND item_id = ANY(${`{${items.join(',')}}`}::int[])
    GROUP BY learner_id HAVING count(DISTINCT item_id) >= ${LEAST_OF_LEARNER}
    ORDER BY md5(learner_id::text) LIMIT ${MOST_LEARNERS}`.execute(db);
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}

/** Exercises by id, in that order, with the names of their skills. An exercise without a name takes its skills'. */
export async function describeItems(db: Kysely<Database>, ids: readonly number[]): Promise<AnalysedItemRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Omit<AnalysedItemRow, 'name'> & { name: string | null }>`
    SELECT item.id, item.key, item.name, item.template,
      coalesce(array_agg(skill.name ORDER BY skill.position, skill.id) FILTER (WHERE skill.id IS NOT NULL), '{}') AS skills
    FROM item LEFT JOIN item_skill ON item_skill.item_id = item.id LEFT JOIN skill ON skill.id = item_skill.skill_id
    WHERE item.id = ANY(${`{${ids.join(',')}}`}::int[]) GROUP BY item.id`.execute(db);
  const byId = new Map(rows.map((row) => [row.id, { ...row, name: row.name ?? nameOf(row) }]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** A template is as good as its skill's name; other exercises of the same skill are told apart by their key. */
function nameOf({ key, template, skills }: Pick<AnalysedItemRow, 'key' | 'template' | 'skills'>): string {
  const skill = skills.join(', ');
  return template && skill !== '' ? skill : skill === '' ? key : `${skill} (${key})`;
}
