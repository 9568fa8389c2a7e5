/** A course's skills and the prerequisites in force, as the graph that planning and screens work on. */
import {
  createSkillGraph,
  type Misconception,
  type Prerequisite,
  type Skill,
  type SkillGraph,
} from '@qurriculum/course';
import type { Json } from '@qurriculum/evidence';
import { type PairRows, pairRows, siblingPairs } from '@qurriculum/learner';
import type { Kysely } from 'kysely';
import type { MaterialDetail } from '../import/store-course.ts';
import type { Database } from '../store/database.ts';
import { pairsById } from './pairs.ts';

export interface CourseGraph {
  readonly courseId: number;
  /** Skill ids in the graph are the course's keys. */
  readonly graph: SkillGraph;
  /** Id in the store of each skill of the graph, and back. */
  readonly ids: Int32Array;
  readonly numberOf: ReadonlyMap<number, number>;
  readonly prerequisitesFrom: 'given' | 'estimated' | 'mixed' | 'none';
  /** As the course names them. */
  readonly confusable: PairRows;
  readonly related: PairRows;
}

export async function loadCourseGraph(db: Kysely<Database>, courseId: number): Promise<CourseGraph> {
  const rows = await db
    .selectFrom('skill')
    .select(['id', 'key', 'name', 'subject', 'domain', 'minutes'])
    .where('course_id', '=', courseId)
    .orderBy('position')
    .orderBy('id')
    .execute();
  const skills = rows.map(
    ({ key, name, subject, domain, minutes }): Skill => ({
      id: key,
      name,
      ...(subject !== null && { subject }),
      ...(domain !== null && { domain }),
      ...(minutes !== null && { minutes }),
    }),
  );
  const keyOf = new Map(rows.map((row) => [row.id, row.key]));
  const prerequisites = await loadPrerequisites(db, courseId, keyOf);
  const graph = createSkillGraph(skills, prerequisites);
  return {
    ...{ courseId, graph },
    ids: Int32Array.from(rows, (row) => row.id),
    numberOf: new Map(rows.map((row, number) => [row.id, number])),
    prerequisitesFrom: originOf(prerequisites),
    confusable: pairRows(skills.length, pairsById(graph, await loadConfusable(db, courseId))),
    related: pairRows(skills.length, siblingPairs(graph, 'related')),
  };
}

/** One prerequisite per pair of skills: what was given goes before what was estimated, hard before soft. */
async function loadPrerequisites(
  db: Kysely<Database>,
  courseId: number,
  keyOf: ReadonlyMap<number, string>,
): Promise<Prerequisite[]> {
  const rows = await db
    .selectFrom('prerequisite')
    .select(['from_skill', 'to_skill', 'strength', 'source', 'confidence'])
    .distinctOn(['from_skill', 'to_skill'])
    .where('course_id', '=', courseId)
    .where('enabled', '=', true)
    .orderBy('from_skill')
    .orderBy('to_skill')
    // 'estimated' < 'given' and 'hard' < 'soft' in the alphabet.
    .orderBy('source', 'desc')
    .orderBy('strength', 'asc')
    .execute();
  return rows.flatMap(({ from_skill, to_skill, strength, source, confidence }) => {
    const [from, to] = [keyOf.get(from_skill), keyOf.get(to_skill)];
    if (from === undefined || to === undefined) return [];
    return [{ from, to, strength, source, ...(confidence !== null && { confidence }) }];
  });
}

function originOf(prerequisites: readonly Prerequisite[]): CourseGraph['prerequisitesFrom'] {
  const estimated = prerequisites.filter((prerequisite) => prerequisite.source === 'estimated').length;
  if (prerequisites.length === 0) return 'none';
  if (estimated === 0) return 'given';
  return estimated === prerequisites.length ? 'estimated' : 'mixed';
}

/** What the course's data sets keep beside their rows. */
export async function loadMaterialDetails(db: Kysely<Database>, courseId: number): Promise<MaterialDetail[]> {
  const rows = await db
    .selectFrom('dataset')
    .select('detail')
    .where('course_id', '=', courseId)
    .where('kind', 'in', ['content', 'graph'])
    .where('status', '=', 'ready')
    .execute();
  return rows.map((row) => row.detail as Json as unknown as MaterialDetail);
}

/** The misconceptions that a course's material describes, by id. */
export async function loadMisconceptions(
  db: Kysely<Database>,
  courseId: number,
): Promise<ReadonlyMap<string, Misconception>> {
  const details = await loadMaterialDetails(db, courseId);
  return new Map(details.flatMap(({ misconceptions }) => misconceptions ?? []).map((one) => [one.id, one]));
}

async function loadConfusable(db: Kysely<Database>, courseId: number): Promise<(readonly [string, string])[]> {
  const details = await loadMaterialDetails(db, courseId);
  return details.flatMap((detail) => detail.confusable ?? []);
}
