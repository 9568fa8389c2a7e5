/** The last exercises of the sample's simulated learners, as rows: where misconceptions can be looked for. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { defineTask } from '../compute/tasks.ts';
import type { JobContext } from '../jobs/definition.ts';
import { copyRow } from '../store/copy-text.ts';
import type { run as runPractice, SimulatedAnswer } from './sample-practice-task.ts';

const practiceTask = defineTask<typeof runPractice>(new URL('./sample-practice-task.ts', import.meta.url));

/** Answers of each learner that were given as exercises: the newest. */
const LAST_ANSWERS = 16;

const columns = [
  ...['id', 'learner_id', 'item_id', 'seed', 'body', 'issued_at', 'answered_at', 'response', 'correct'],
  'misconception',
] as const;

/** Stores them once. The answers themselves are in the sample's records already: mastery does not change. */
export async function storeSamplePractice(
  { store, compute, signal }: JobContext,
  course: number,
  seed: number,
): Promise<void> {
  const { rows: there } = await sql`SELECT 1 FROM exercise JOIN learner ON learner.id = learner_id
    WHERE course_id = ${course} AND simulated LIMIT 1`.execute(store.db);
  if (there.length > 0) return;
  const { rows } = await sql<SimulatedAnswer>`SELECT learner_id AS learner, item.key AS item, correct,
      extract(epoch FROM at)::float8 AS time
    FROM (SELECT *, row_number() OVER (PARTITION BY learner_id ORDER BY sequence DESC) AS place FROM interaction
      WHERE course_id = ${course} AND source = 'simulated' AND at IS NOT NULL) AS newest
    JOIN item ON item.id = item_id WHERE place <= ${LAST_ANSWERS} ORDER BY learner_id, sequence`.execute(store.db);
  const exercises = await compute.run(practiceTask, { answers: rows, seed }, { signal });
  const skills = await skillsOfItems(store.db, course);
  const lines = exercises.map(({ learner, item, seed: own, generated, time, response, correct, misconception }) => {
    const { id, ...skill } = skills.get(item) as { id: number; skill: unknown };
    const body = JSON.stringify({ item: generated, source: 'template', ...skill });
    const at = new Date(1000 * time);
    return copyRow([
      ...[randomUUID(), learner, id, own, body, at, at, JSON.stringify(response), correct],
      misconception,
    ]);
  });
  await store.transaction(({ copyIn }) => copyIn('exercise', [...columns], lines));
}

/** By item key: the item's id, and the skill as an exercise keeps it. */
async function skillsOfItems(db: JobContext['store']['db'], course: number) {
  const rows = await db
    .selectFrom('item')
    .innerJoin('item_skill', 'item_skill.item_id', 'item.id')
    .innerJoin('skill', 'skill.id', 'item_skill.skill_id')
    .select(['item.id', 'item.key', 'skill.id as skill_id', 'skill.key as skill_key', 'skill.name as skill_name'])
    .where('item.course_id', '=', course)
    .execute();
  return new Map(
    rows.map((row) => [row.key, { id: row.id, skill: { id: row.skill_id, key: row.skill_key, name: row.skill_name } }]),
  );
}
