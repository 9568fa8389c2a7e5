/** A learner on the server, by what people call them. */
import type { CourseView, LearnerList, LearnerView } from '@qurriculum/server';
import { type ApiClient, ApiError } from './api-client.ts';
import { nearOr } from './near.ts';

export type FoundLearner = Pick<LearnerView, 'id' | 'key' | 'name'> & {
  readonly course: Pick<LearnerView['course'], 'id' | 'name'>;
};

export interface LearnerQuestion {
  /** For errors: the command that asks. */
  readonly command: string;
  /** The key in the records, the name, or else the number in the app. */
  readonly wanted: string;
  /** Name of the course; absent: all. */
  readonly course?: string;
  readonly signal?: AbortSignal;
}

/** As many as the server gives at once. */
const PAGE = 500;
/** Letters that the server searches for at the most. */
const LONGEST_SEARCH = 200;

/**
 * The one learner with this key or name; where there is none, the one with this number.
 * @throws Error where several are called so (naming each), or nobody (naming near ones).
 */
export async function findLearner(api: ApiClient, question: LearnerQuestion): Promise<FoundLearner> {
  const { command, wanted, signal } = question;
  const courses = await coursesOf(api, question);
  const alike = await learnersOf(api, courses, wanted.slice(0, LONGEST_SEARCH), signal);
  const found = alike.filter(({ key, name }) => key === wanted || name === wanted);
  if (found.length > 1) {
    const each = found.map(({ id, key, name, course }) => `${name} (key ${key}, number ${id}) in "${course.name}"`);
    throw new Error(
      `${command}: expected one learner called "${wanted}", got ${found.length}: ${each.join('; ')}; ` +
        'say the key or the number, or add --course.',
    );
  }
  const learner = found[0] ?? (await learnerByNumber(api, question));
  if (learner !== null) return learner;
  const all = await learnersOf(api, courses, '', signal);
  const hint = nearOr(
    wanted,
    all.flatMap(({ key, name }) => [key, name]),
    "the app's Class page lists the learners",
  );
  throw new Error(`${command}: expected the key, name or number of a learner, got "${wanted}"; ${hint}.`);
}

async function coursesOf(api: ApiClient, { command, course: name, signal }: LearnerQuestion): Promise<CourseView[]> {
  const { courses } = await api.get<{ courses: CourseView[] }>('/api/courses', signal);
  const searched = name === undefined ? courses : courses.filter((course) => course.name === name);
  if (searched.length > 0) return searched;
  const known = courses.map((course) => `"${course.name}"`).join(', ') || 'none yet';
  const got = name === undefined ? 'none' : `"${name}"`;
  throw new Error(`${command}: expected a course, got ${got}; there are: ${known}. Import records first.`);
}

/** Learners whose name or key holds the search; everybody for an empty one. */
async function learnersOf(
  api: ApiClient,
  courses: readonly CourseView[],
  search: string,
  signal: AbortSignal | undefined,
): Promise<FoundLearner[]> {
  const all: FoundLearner[] = [];
  for (const course of courses) {
    for (let offset = 0, total = 1; offset < total; offset += PAGE) {
      const query = new URLSearchParams({ search, offset: String(offset), limit: String(PAGE) });
      const page = await api.get<LearnerList>(`/api/courses/${course.id}/learners?${query}`, signal);
      all.push(...page.learners.map((learner) => ({ ...learner, course })));
      total = page.total;
    }
  }
  return all;
}

async function learnerByNumber(
  api: ApiClient,
  { wanted, course, signal }: LearnerQuestion,
): Promise<FoundLearner | null> {
  if (!/^[1-9]\d{0,8}$/.test(wanted)) return null;
  const learner = await api.get<LearnerView>(`/api/learners/${wanted}`, signal).catch((error) => {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  });
  return course === undefined || learner?.course.name === course ? learner : null;
}
