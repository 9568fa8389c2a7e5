/** A learner's answers as fitted models walk through them: what follows from one more is found by going over all. */
import type { TracedInteraction } from '@qurriculum/learner';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/database.ts';

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
export async function learnerHistory(
  db: Kysely<Database>,
  learnerId: number,
  skillIds: readonly number[] = [],
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
