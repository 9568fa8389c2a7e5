/**
 * One learner's mastery after an answer: the course's newest fitted model goes through the learner's own answers again.
 * Histories are short, and so what is shown after an answer is exactly what the next fit's walk would show.
 */
import { type Estimate, type FittedTracingModel, type TracedInteraction, tracingModel } from '@qurriculum/learner';
import { type Kysely, sql } from 'kysely';
import { toReal } from '../store/copy-text.ts';
import type { Database } from '../store/database.ts';
import { courseNeighbours } from './course-neighbours.ts';
import { newestModel } from './newest-model.ts';

type Db = Kysely<Database>;

export interface MasteryChange {
  readonly skillId: number;
  readonly before: Estimate;
  readonly after: Estimate;
}

/**
 * Fitted models by the run that made them: a body never changes, and reading one from its JSON takes longer than all else
 * that an answer asks for (a hybrid's is megabytes). No more than a few, for servers with many courses.
 */
const fits = new Map<string, FittedTracingModel>();
const MOST_FITS = 4;

/** The newest fitted model of a course, or null before the first fit. */
export async function newestFit(db: Db, courseId: number): Promise<FittedTracingModel | null> {
  const newest = await newestModel(db, courseId).select(['id', 'run_id', 'name']).executeTakeFirst();
  if (newest === undefined) return null;
  const kept = fits.get(newest.run_id ?? '');
  if (kept !== undefined) return kept;
  const row = await db.selectFrom('model').select('body').where('id', '=', newest.id).executeTakeFirst();
  if (row === undefined) return null;
  const fitted = tracingModel(newest.name, { neighbours: await courseNeighbours(db, courseId) }).fromJSON(row.body);
  if (newest.run_id !== null) fits.set(newest.run_id, fitted);
  for (const run of [...fits.keys()].slice(0, -MOST_FITS)) fits.delete(run);
  return fitted;
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
  const { keyOf, history } = await loadHistory(db, learnerId, skillIds);
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

/** Item, ids of the skills, right or not, seconds since 1970, seconds it took, hints, self-report. */
type HistoryRow = readonly [
  string,
  readonly number[],
  boolean,
  number | null,
  number | null,
  number | null,
  number | null,
];

/** A learner's answers in order, and the keys of their skills and of the given ones. */
async function loadHistory(
  db: Db,
  learnerId: number,
  skillIds: readonly number[],
): Promise<{ keyOf: ReadonlyMap<number, string>; history: TracedInteraction[] }> {
  // As one value: hundreds of rows, each a message of its own from the embedded database, take three times as long.
  const { rows } = await sql<{ answers: string }>`
    SELECT coalesce(json_agg(json_build_array(coalesce(interaction.item_id, 0)::text, skill_set.skills,
      interaction.correct, extract(epoch FROM interaction.at), interaction.seconds, interaction.hints,
      interaction.self_report) ORDER BY interaction.sequence, interaction.id), '[]')::text AS answers
    FROM interaction JOIN skill_set ON skill_set.id = interaction.skill_set_id
    WHERE interaction.learner_id = ${learnerId}`.execute(db);
  const answers = JSON.parse(rows[0].answers) as HistoryRow[];
  const ids = [...new Set([...skillIds, ...answers.flatMap(([, skills]) => skills)])];
  const named = await sql<{ id: number; key: string }>`
    SELECT id, key FROM skill WHERE id = ANY(${ids}::integer[])`.execute(db);
  const keyOf = new Map(named.rows.map((skill) => [skill.id, skill.key]));
  const known = (value: number | null): number => value ?? Number.NaN;
  const history = answers.map(
    ([item, skills, correct, time, seconds, hints, selfReport]): TracedInteraction => ({
      ...{ item, correct, time: known(time), duration: known(seconds), hints: known(hints) },
      selfReport: known(selfReport),
      skills: skills.flatMap((id) => keyOf.get(id) ?? []),
    }),
  );
  return { keyOf, history };
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
