/** A course's prerequisites, each of which a person can switch off and on; the decision is kept with who made it. */
import { describeCycle } from '@qurriculum/course';
import { type Kysely, sql } from 'kysely';
import { notFound, Problem } from '../../http/problem.ts';
import type { Database } from '../../store/database.ts';
import type { Transaction } from '../../store/store.ts';
import type { PrerequisiteEstimateView, PrerequisiteView } from './schema.ts';

/** Every pair once, however many data sets name it: as planning reads it, given before estimated, hard before soft. */
export async function listPrerequisites(db: Kysely<Database>, courseId: number): Promise<PrerequisiteView[]> {
  const rows = await db
    .selectFrom('prerequisite')
    .innerJoin('skill as source_skill', 'source_skill.id', 'prerequisite.from_skill')
    .innerJoin('skill as target_skill', 'target_skill.id', 'prerequisite.to_skill')
    .select(['from_skill', 'to_skill', 'strength', 'source', 'confidence', 'enabled', 'decided_by'])
    .select(['source_skill.key as from_key', 'source_skill.name as from_name'])
    .select(['target_skill.key as to_key', 'target_skill.name as to_name'])
    .distinctOn(['from_skill', 'to_skill'])
    .where('prerequisite.course_id', '=', courseId)
    .orderBy('from_skill')
    .orderBy('to_skill')
    .orderBy('enabled', 'desc')
    .orderBy('source', 'desc')
    .orderBy('strength', 'asc')
    .execute();
  return rows.map((row) => ({
    from: { id: row.from_skill, key: row.from_key, name: row.from_name },
    to: { id: row.to_skill, key: row.to_key, name: row.to_name },
    ...{ strength: row.strength, source: row.source, confidence: row.confidence },
    ...{ enabled: row.enabled, decidedBy: row.decided_by },
  }));
}

/** From the data set that holds the course's estimated prerequisites, which is there even when none were found. */
export async function readPrerequisiteEstimate(
  db: Kysely<Database>,
  courseId: number,
): Promise<PrerequisiteEstimateView> {
  const row = await db
    .selectFrom('dataset')
    .select([
      sql<number>`(detail ->> 'skills')::int`.as('skills'),
      sql<number>`(detail ->> 'testedPairs')::int`.as('testedPairs'),
    ])
    .where('course_id', '=', courseId)
    .where('kind', '=', 'graph')
    .where('status', '=', 'ready')
    .where(sql<boolean>`detail ->> 'estimated' = 'true'`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

export interface PrerequisiteDecision {
  readonly courseId: number;
  readonly from: number;
  readonly to: number;
  readonly enabled: boolean;
  readonly by: string;
}

/** Switches a pair in every data set that names it. Refuses what is not there, and what would close a cycle. */
export async function decidePrerequisite({ db }: Transaction, decision: PrerequisiteDecision): Promise<void> {
  const { courseId, from, to, enabled, by } = decision;
  // Two decisions at once could each be fine and together close a cycle: the course's row makes them take turns.
  await db.selectFrom('course').select('id').where('id', '=', courseId).forUpdate().execute();
  if (enabled) await refuseCycle(db, decision);
  const changed = await db
    .updateTable('prerequisite')
    .set({ enabled, decided_by: by })
    .where('course_id', '=', courseId)
    .where('from_skill', '=', from)
    .where('to_skill', '=', to)
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) throw notFound('prerequisite', `${from} -> ${to}`);
}

async function refuseCycle(db: Kysely<Database>, { courseId, from, to }: PrerequisiteDecision): Promise<void> {
  const rows = await db
    .selectFrom('prerequisite')
    .select(['from_skill', 'to_skill'])
    .where('course_id', '=', courseId)
    .where('enabled', '=', true)
    .execute();
  const cycle = chain(rows, to, from);
  if (cycle === null) return;
  const { rows: names } = await sql<{ id: number; name: string }>`
    SELECT id, name FROM skill WHERE id = ANY (${`{${cycle.join(',')}}`}::int[])`.execute(db);
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  const named = describeCycle(cycle.map((id) => nameOf.get(id) ?? String(id)));
  throw new Problem(
    'conflict',
    `prerequisite: expected one that closes no cycle, got ${named}; switch off another prerequisite of this cycle first.`,
  );
}

/** Skills from `start` to `end` along prerequisites, both included; null where there is no way. */
function chain(
  edges: readonly { readonly from_skill: number; readonly to_skill: number }[],
  start: number,
  end: number,
): number[] | null {
  const next = Map.groupBy(edges, ({ from_skill }) => from_skill);
  const cameFrom = new Map<number, number | null>([[start, null]]);
  // A Map's keys are visited in the order they were added, those added on the way included: breadth first.
  for (const skill of cameFrom.keys()) {
    if (skill === end) break;
    for (const { to_skill } of next.get(skill) ?? []) if (!cameFrom.has(to_skill)) cameFrom.set(to_skill, skill);
  }
  if (!cameFrom.has(end)) return null;
  const way: number[] = [];
  for (let at: number | null = end; at !== null; at = cameFrom.get(at) ?? null) way.unshift(at);
  return way;
}
