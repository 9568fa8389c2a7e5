/**
 * Everything of a course's schedule for requests: a page and a drag ask for the same over and over. It is put together anew
 * only when something of it has changed, by marks that are read from the store, so that what other processes write counts.
 */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { readBound } from './bound-row.ts';
import type { CourseNeeds, CourseNeedsReader } from './needs.ts';
import { type CourseSchedule, loadCourseSchedule } from './state.ts';

export type CourseScheduleReader = (store: Store, courseId: number) => Promise<CourseSchedule>;

/** Courses kept at once: some megabytes each. */
const MOST_KEPT = 4;

interface Kept {
  readonly mark: string;
  readonly loaded: CourseSchedule;
}

export function createCourseScheduleReader(readNeeds: CourseNeedsReader): CourseScheduleReader {
  const courses = new Map<number, Kept>();
  return async (store, courseId) => {
    const { version, mark } = await readMark(store.db, courseId);
    const kept = courses.get(courseId);
    if (kept?.mark === mark) {
      const needs: CourseNeeds = await readNeeds(store, { courseId, version }, kept.loaded.learners);
      if (needs.needs === kept.loaded.needs) return { ...kept.loaded, bound: await readBound(store.db, courseId) };
    }
    const loaded = await loadCourseSchedule(store, courseId, readNeeds);
    courses.delete(courseId);
    // What was read is as new as the mark or newer: under a newer mark it would be taken for what it is not.
    courses.set(courseId, { mark, loaded });
    if (courses.size > MOST_KEPT) courses.delete(courses.keys().next().value ?? courseId);
    return loaded;
  };
}

/** Changes with the schedule, what is published of it, and who takes part under which name; what is set for them has its version. */
async function readMark(db: Kysely<Database>, courseId: number): Promise<{ version: number; mark: string }> {
  const { rows } = await sql<{ version: number; published: number; people: string }>`SELECT
    coalesce((SELECT version FROM schedule WHERE course_id = ${courseId}), 0) AS version,
    coalesce((SELECT max(number) FROM schedule_published WHERE course_id = ${courseId}), 0) AS published,
    coalesce((SELECT md5(string_agg(jsonb_build_array(id, key, name, group_label, simulated)::text, '' ORDER BY id))
      FROM learner WHERE id IN (SELECT learner_id FROM schedule_learner WHERE course_id = ${courseId})), '') AS people`.execute(
    db,
  );
  const [{ version, published, people }] = rows;
  return { version, mark: `${version} ${published} ${people}` };
}
