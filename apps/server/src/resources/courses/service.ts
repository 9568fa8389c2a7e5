/** Courses: what records are about. A course is a space of its own for the keys of skills, items and learners. */
import { type Kysely, sql } from 'kysely';
import { orNotFound, Problem } from '../../http/problem.ts';
import type { Database } from '../../store/database.ts';
import { isUniqueViolation } from '../../store/errors.ts';

export interface Course {
  readonly id: number;
  readonly name: string;
  readonly simulated: boolean;
  readonly createdAt: string;
  readonly skills: number;
  readonly items: number;
  readonly learners: number;
  /** Interactions of the data sets that are there, practice not counted. */
  readonly interactions: number;
}

/** All courses in the order they were made. */
export function listCourses(db: Kysely<Database>): Promise<Course[]> {
  return selectCourses(db, null);
}

export async function findCourse(db: Kysely<Database>, id: number): Promise<Course | undefined> {
  return (await selectCourses(db, id))[0];
}

/** The id back where there is such a course. @throws Problem not-found */
export async function requireCourse(db: Kysely<Database>, id: number): Promise<number> {
  return orNotFound(await db.selectFrom('course').select('id').where('id', '=', id).executeTakeFirst(), 'course', id)
    .id;
}

async function selectCourses(db: Kysely<Database>, id: number | null): Promise<Course[]> {
  const counted = (table: string) =>
    sql<number>`(SELECT count(*) FROM ${sql.table(table)} WHERE course_id = course.id)`;
  let query = db
    .selectFrom('course')
    .select(['id', 'name', 'simulated', 'created_at'])
    .select(counted('skill').as('skills'))
    .select(counted('item').as('items'))
    .select(counted('learner').as('learners'))
    .select(
      sql<number>`(SELECT coalesce(sum(rows), 0) FROM dataset
        WHERE course_id = course.id AND status = 'ready' AND kind IN ('records', 'sample'))`.as('interactions'),
    )
    .orderBy('id');
  if (id !== null) query = query.where('id', '=', id);
  const rows = await query.execute();
  return rows.map(({ created_at, ...course }) => ({ ...course, createdAt: created_at.toISOString() }));
}

/** Makes an empty course; a name that is taken is a conflict. */
export async function createCourse(db: Kysely<Database>, name: string): Promise<number> {
  try {
    const { id } = await db.insertInto('course').values({ name }).returning('id').executeTakeFirstOrThrow();
    return id;
  } catch (error) {
    if (!isUniqueViolation(error, 'course_name_key')) throw error;
    const detail = `expected a name that no course has yet, got "${name}"`;
    throw new Problem('conflict', `name: ${detail}; choose another one.`, [{ field: 'name', detail }]);
  }
}
