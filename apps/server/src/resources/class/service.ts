/** The heat map: learners by skills, a page of learners at a time. */
import { type Kysely, sql } from 'kysely';
import { masteryThreshold } from '../../estimates/threshold.ts';
import type { CourseGraph } from '../../planning/course-graph.ts';
import type { Database } from '../../store/database.ts';
import type { Store } from '../../store/store.ts';
import { type ClassNeeds, findNeeds } from './help.ts';
import type { HeatMapView } from './schema.ts';

export interface HeatMapSearch {
  readonly offset: number;
  readonly limit: number;
  /** 'help': those who need it most first. */
  readonly order: 'name' | 'help';
  readonly subject?: string;
}

/** Gives a course's needs, computed anew only when estimates, goals or prerequisites have changed. */
export type NeedsReader = (store: Store, courseId: number) => Promise<ClassNeeds>;

/** A page and its list of needs ask for the same thing at the same time; one course is kept. */
export function createNeedsReader(): NeedsReader {
  let kept: { readonly key: string; readonly needs: Promise<ClassNeeds> } | null = null;
  return async (store, courseId) => {
    const key = `${courseId} ${await fingerprint(store.db, courseId)}`;
    if (kept?.key !== key) {
      const needs = findNeeds(store, courseId);
      kept = { key, needs };
      needs.catch(() => {
        kept = null;
      });
    }
    return kept.needs;
  };
}

/** Changes with whatever the needs rest on; the date is part of it, since days pass. */
async function fingerprint(db: Kysely<Database>, courseId: number): Promise<string> {
  const { rows } = await sql<{ mark: string }>`SELECT concat_ws(' ',
    (SELECT concat_ws('/', count(*), max(mastery.updated_at), sum(attempts)) FROM mastery
      JOIN learner ON learner.id = mastery.learner_id WHERE course_id = ${courseId}),
    (SELECT concat_ws('/', count(*), sum(from_skill::bigint * to_skill)) FROM prerequisite
      WHERE course_id = ${courseId} AND enabled),
    (SELECT concat_ws('/', count(*), sum(learner_id::bigint * skill_id)) FROM goal
      JOIN skill ON skill.id = goal.skill_id WHERE course_id = ${courseId}),
    (SELECT count(*) FROM skill WHERE course_id = ${courseId}),
    current_date) AS mark`.execute(db);
  return rows[0].mark;
}

/** One page. */
export async function readHeatMap(
  store: Store,
  courseId: number,
  search: HeatMapSearch,
  readNeeds: NeedsReader,
): Promise<HeatMapView> {
  const { db } = store;
  const { course, needs } = await readNeeds(store, courseId);
  const helpOrder = [...new Set(needs.map(({ evidence }) => evidence.learner))];
  const needing = new Set(helpOrder);
  const all = await readColumns(db, course);
  const columns = search.subject === undefined ? all : all.filter(({ subject }) => subject === search.subject);
  const page = await readLearners(db, courseId, search, helpOrder);
  const cells = await readCells(db, page);
  const attempts = await readAttempts(db, page);
  const { total } = await db
    .selectFrom('learner')
    .select(sql<number>`count(*)::int`.as('total'))
    .where('course_id', '=', courseId)
    .executeTakeFirstOrThrow();
  return {
    skills: columns,
    learners: page.map(({ id, key, name, simulated }) => ({
      ...{ id, name: name ?? key, simulated },
      mastery: columns.map((skill) => cells.get(id)?.get(skill.id) ?? null),
      attempts: attempts.get(id) ?? 0,
      needsHelp: needing.has(id),
    })),
    total,
    subjects: [...new Set(all.flatMap(({ subject }) => subject ?? []))].sort(),
    threshold: masteryThreshold,
  };
}

/** Skills that anybody has answered, prerequisites first, with the mean over those who have. */
async function readColumns(
  db: Kysely<Database>,
  { courseId, graph, ids }: CourseGraph,
): Promise<HeatMapView['skills']> {
  const rows = await db
    .selectFrom('mastery')
    .innerJoin('skill', 'skill.id', 'mastery.skill_id')
    .select('skill_id')
    .select(sql<number>`avg(mean)::float8`.as('mean'))
    .where('skill.course_id', '=', courseId)
    .groupBy('skill_id')
    .execute();
  const means = new Map(rows.map((row) => [row.skill_id, row.mean]));
  return [...graph.topologicalOrder].flatMap((number) => {
    const classMean = means.get(ids[number]);
    if (classMean === undefined) return [];
    const { id: key, name, subject } = graph.skills[number];
    return [{ id: ids[number], key, name, subject: subject ?? null, classMean }];
  });
}

type LearnerRow = { id: number; key: string; name: string | null; simulated: boolean };

/** Those in need in their order, then everybody else by name. */
async function readLearners(
  db: Kysely<Database>,
  courseId: number,
  { offset, limit, order }: HeatMapSearch,
  helpOrder: readonly number[],
): Promise<LearnerRow[]> {
  const ranked = `{${(order === 'help' ? helpOrder : []).join(',')}}`;
  return db
    .selectFrom('learner')
    .select(['id', 'key', 'name', 'simulated'])
    .where('course_id', '=', courseId)
    .orderBy(sql`array_position(${ranked}::int[], id) NULLS LAST`)
    .orderBy(sql`lower(coalesce(name, key))`)
    .orderBy('id')
    .offset(offset)
    .limit(limit)
    .execute();
}

async function readCells(db: Kysely<Database>, page: readonly LearnerRow[]): Promise<Map<number, Map<number, number>>> {
  const cells = new Map(page.map(({ id }) => [id, new Map<number, number>()]));
  if (page.length === 0) return cells;
  const rows = await db
    .selectFrom('mastery')
    .select(['learner_id', 'skill_id', 'mean'])
    .where('learner_id', 'in', [...cells.keys()])
    .execute();
  for (const { learner_id, skill_id, mean } of rows) cells.get(learner_id)?.set(skill_id, mean);
  return cells;
}

/** Answers, not answers times skills: an answer on two skills is one attempt of the learner. */
async function readAttempts(db: Kysely<Database>, page: readonly LearnerRow[]): Promise<Map<number, number>> {
  if (page.length === 0) return new Map();
  const rows = await db
    .selectFrom('interaction')
    .select(['learner_id', sql<number>`count(*)::int`.as('attempts')])
    .where(
      'learner_id',
      'in',
      page.map(({ id }) => id),
    )
    .groupBy('learner_id')
    .execute();
  return new Map(rows.map((row) => [row.learner_id, row.attempts]));
}
