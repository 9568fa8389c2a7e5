/**
 * One learner's mastery after an answer: the course's newest fitted model goes through the learner's own answers again.
 * Histories are short, and so what is shown after an answer is exactly what the next fit's walk would show.
 */
import { type Estimate, type FittedTracingModel, type TracedInteraction, tracingModel } from '@qurriculum/learner';
import type { Kysely } from 'kysely';
import { toReal } from '../store/copy-text.ts';
import type { Database } from '../store/database.ts';
import { courseNeighbours } from './course-neighbours.ts';
import { createKeptFits } from './kept-fits.ts';
import { learnerHistory } from './learner-history.ts';
import { newestModel } from './newest-model.ts';

type Db = Kysely<Database>;

export interface MasteryChange {
  readonly skillId: number;
  readonly before: Estimate;
  readonly after: Estimate;
}

const fits = createKeptFits<FittedTracingModel>();

/** The newest fitted model of a course, or null before the first fit. */
export async function newestFit(db: Db, courseId: number): Promise<FittedTracingModel | null> {
  const newest = await newestModel(db, courseId).select(['id', 'run_id', 'name']).executeTakeFirst();
  if (newest === undefined) return null;
  return fits(newest.run_id, async () => {
    const row = await db.selectFrom('model').select('body').where('id', '=', newest.id).executeTakeFirst();
    if (row === undefined) return null;
    return tracingModel(newest.name, { neighbours: await courseNeighbours(db, courseId) }).fromJSON(row.body);
  });
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
  const { keyOf, history } = await learnerHistory(db, learnerId, skillIds);
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

async function storeMastery(
  db: Db,
  learnerId: number,
  { skillId, after }: MasteryChange,
  history: readonly TracedInteraction[],
  key: string,
): Promise<void> {
  const own = history.filter((answer) => answer.skills.includes(key));
  const values = {
    ...{ mean: toReal(after.mean), low: toReal(after.low), high: toReal(after.high) },
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
