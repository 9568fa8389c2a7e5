/** Answers given in practice, with the misconception that each betrayed, and what each exercise could have betrayed. */
import type { Item } from '@qurriculum/course';
import { generateItem } from '@qurriculum/course';
import { type Kysely, sql } from 'kysely';
import { templates } from '../planning/templates.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { MOST_PRACTISING, OCCASIONS } from './limits.ts';

export interface PractisedItem {
  readonly id: number;
  /** Skill ids. */
  readonly skills: readonly number[];
  /** Misconceptions that wrong answers to it can show. */
  readonly misconceptions: readonly string[];
}

export interface PracticeAnswers {
  readonly items: readonly PractisedItem[];
  /** Lines "learner item occasion right misconception", tab separated; occasion 1 is the latest, \N no misconception. */
  readonly chunks: Uint8Array[];
}

/** Which distractors a template has depends on its numbers: so many draws show nearly all of them. */
const DRAWS = 12;

export async function readPractice(store: Store, course: number): Promise<PracticeAnswers> {
  const { db } = store;
  const learners = await practisingLearners(db, course);
  const chunks: Uint8Array[] = [];
  if (learners.length > 0) {
    const query = `SELECT learner_id, item_id, occasion, correct::int, misconception FROM (
        SELECT learner_id, item_id, correct, misconception,
          row_number() OVER (PARTITION BY learner_id, item_id ORDER BY answered_at DESC, id) AS occasion
        FROM exercise WHERE answered_at IS NOT NULL AND learner_id IN (${learners.join(',')})) AS answered
      WHERE occasion <= ${OCCASIONS} ORDER BY learner_id, item_id, occasion`;
    for await (const chunk of store.copyOut(query)) chunks.push(chunk);
  }
  return { items: await practisedItems(db, course), chunks };
}

/** Those who answered last. */
async function practisingLearners(db: Kysely<Database>, course: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`SELECT exercise.learner_id AS id FROM exercise
    JOIN learner ON learner.id = exercise.learner_id
    WHERE learner.course_id = ${course} AND exercise.answered_at IS NOT NULL
    GROUP BY exercise.learner_id ORDER BY max(exercise.answered_at) DESC, id LIMIT ${MOST_PRACTISING}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Exercises of the course that were answered in practice and can show a misconception. */
async function practisedItems(db: Kysely<Database>, course: number): Promise<PractisedItem[]> {
  const { rows } = await sql<{
    id: number;
    key: string;
    template: boolean;
    body: unknown;
    skills: number[];
    seen: string[] | null;
  }>`SELECT item.id, item.key, item.template, item.body,
      (SELECT coalesce(array_agg(skill_id ORDER BY skill_id), '{}') FROM item_skill WHERE item_id = item.id) AS skills,
      array_agg(DISTINCT exercise.misconception) FILTER (WHERE exercise.misconception IS NOT NULL) AS seen
    FROM exercise JOIN item ON item.id = exercise.item_id
    WHERE item.course_id = ${course} AND exercise.answered_at IS NOT NULL GROUP BY item.id ORDER BY item.id`.execute(
    db,
  );
  return rows.flatMap(({ id, key, template, body, skills, seen }) => {
    const designed = template ? templateDistractors(key) : distractorsOf(body as Item | null);
    const misconceptions = [...new Set([...designed, ...(seen ?? [])])].sort();
    return misconceptions.length === 0 || skills.length === 0 ? [] : [{ id, skills, misconceptions }];
  });
}

function templateDistractors(key: string): string[] {
  const template = templates.get(key);
  if (template === undefined) return [];
  return Array.from({ length: DRAWS }, (_, seed) => distractorsOf(generateItem(template, seed))).flat();
}

const distractorsOf = (item: Item | null): string[] =>
  (item?.answer?.distractors ?? []).map(({ misconception }) => misconception);
