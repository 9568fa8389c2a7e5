/**
 * One learner's mastery after an answer: the course's newest fitted model goes through the learner's own answers again.
 * Histories are short, and so what is shown after an answer is exactly what the next fit's walk would show.
 */
import { type Estimate, type FittedTracingModel, type TracedInteraction, tracingModel } from '@qurriculum/learner';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/database.ts';
import { newestModel } from './newest-model.ts';

type Db = Kysely<Database>;

export interface MasteryChange {
  readonly skillId: number;
  readonly before: Estimate;
  readonly after: Estimate;
}

/** The newest fitted model of a course, or null before the first fit. */
export async function newestFit(db: Db, courseId: number): Promise<FittedTracingModel | null> {
  const row = await newestModel(db, courseId).select(['name', 'body']).executeTakeFirst();
  return row === undefined ? null : tracingModel(row.name).fromJSON(row.body);
}

/**
 * Re-estimates the given skills after the learner's last answer, which is in the store already, and stores the result.
 * Empty where the course has no fitted model yet.
 */
export async function updateMastery(
  db: Db,
  courseId: number,
  learnerId: number,
  skillIds: readonly number[],
): Promise<MasteryChange[]> {
  const fitted = await newestFit(db, courseId);
  if (fitted === null) return [];
  const skills = await db.selectFrom('skill').select(['id', 'key']).where('course_id', '=', courseId).execute();
  const keyOf = new Map(skills.map((skill) => [skill.id, skill.key]));
  const history = await loadHistory(db, learnerId, keyOf);
  const last = history[history.length - 1];
  let state = fitted.initial();
  for (const answer of history.slice(0, -1)) state = fitted.update(state, answer);
  const after = last === undefined ? state : fitted.update(state, last);
  const changes = skillIds.map((skillId): MasteryChange => {
    const key = keyOf.get(skillId) ?? '';
    return { skillId, before: fitted.mastery(state, key), after: fitted.mastery(after, key) };
  });
  for (const change of changes) await storeMastery(db, learnerId, change, history, keyOf.get(change.skillId) ?? '');
  return changes;
}

interface StoredAnswer {
  readonly item: string;
  readonly skills: number[];
  readonly correct: boolean;
  readonly time: number | null;
  readonly seconds: number | null;
  readonly hints: number | null;
  readonly self_report: number | null;
}

async function loadHistory(
  db: Db,
  learnerId: number,
  keyOf: ReadonlyMap<number, string>,
): Promise<TracedInteraction[]> {
  const { rows } = await sql<StoredAnswer>`
    SELECT coalesce(item.key, '') AS item, skill_set.skills, interaction.correct,
      extract(epoch FROM interaction.at)::float8 AS time, interaction.seconds, interaction.hints,
      interaction.self_report
    FROM interaction JOIN skill_set ON skill_set.id = interaction.skill_set_id
    LEFT JOIN item ON item.id = interaction.item_id
    WHERE interaction.learner_id = ${learnerId} ORDER BY interaction.sequence, interaction.id`.execute(db);
  return rows.map(({ item, skills, correct, time, seconds, hints, self_report }) => ({
    ...{ item, correct, time: time ?? Number.NaN, duration: seconds ?? Number.NaN, hints: hints ?? Number.NaN },
    selfReport: self_report ?? Number.NaN,
    skills: skills.flatMap((id) => keyOf.get(id) ?? []),
  }));
}

async function storeMastery(
  db: Db,
  learnerId: number,
  { skillId, after }: MasteryChange,
  history: readonly TracedInteraction[],
  key: string,
): Promise<void> {
  const own = history.filter((answer) => answer.skills.includes(key));
  const values = {
    ...{ mean: after.mean, low: after.low, high: after.high },
    attempts: own.length,
    correct: own.filter((answer) => answer.correct).length,
    last_at: new Date(),
    updated_at: new Date(),
  };
  await db
    .insertInto('mastery')
    .values({ learner_id: learnerId, skill_id: skillId, ...values })
    .onConflict((conflict) => conflict.columns(['learner_id', 'skill_id']).doUpdateSet(values))
    .execute();
}
