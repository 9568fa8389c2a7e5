/** The course that is looked at: the chosen one where it still exists, else the first. */
import { useQuery } from '@tanstack/react-query';
import { type CourseSummary, coursesQuery } from '../api/courses.ts';
import { useSession } from './session.tsx';

export interface ChosenCourse {
  /** Null while the courses load, and when there are none. */
  readonly course: CourseSummary | null;
  readonly courses: readonly CourseSummary[];
  readonly loading: boolean;
  readonly error: unknown;
}

export const useCourse = (): ChosenCourse => {
  const { courseId } = useSession();
  const query = useQuery(coursesQuery);
  const courses = query.data ?? [];
  const course = courses.find(({ id }) => id === courseId) ?? courses[0] ?? null;
  return { course, courses, loading: query.isPending, error: query.error };
};
