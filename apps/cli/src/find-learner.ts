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

/**
 * The one learner with this key or name; where there is none, the one with this number.
 * @throws Error where several are called so (naming each), or nobody (naming near ones).
 */
export async function findLearner(api: ApiClient, question: LearnerQuestion): Promise<FoundLearner> {
  const { command, wanted } = question;
  const all = await learnersOf(api, question);
  const found = all.filter(({ key, name }) => key === wanted || name === wanted);
  if (found.length > 1) {
    const each = found.map(({ id, key, name, course }) => `${name} (key ${key}, number ${id}) in "${course.name}"`);
    throw new Error(
      `${command}: expected one learner called "${wanted}", got ${found.length}: ${each.join('; ')}; ` +
        'say the key or the number, or add --course.',
    );
  }
  const learner = found[0] ?? (await learnerByNumber(api, question));
  if (learner !== null) return learner;
  const hint = nearOr(
    wanted,
    all.flatMap(({ key, name }) => [key, name]),
    "the app's Class page lists the learners",
  );
  throw new Error(`${command}: expected the key, name or number of a learner, got "${wanted}"; ${hint}.`);
}

/** The server's own search looks at one of key and name, so pages are read whole. */
async function learnersOf(api: ApiClient, { command, course: name, signal }: LearnerQuestion): Promise<FoundLearner[]> {
  const { courses } = await api.get<{ courses: CourseView[] }>('/api/courses', signal);
  const searched = name === undefined ? courses : courses.filter((course) => course.name === name);
  if (searched.length === 0) {
    const known = courses.map((course) => `"${course.name}"`).join(', ') || 'none yet';
    const got = name === undefined ? 'none' : `"${name}"`;
    throw new Error(`${command}: expected a course, got ${got}; there are: ${known}. Import records first.`);
  }
  const all: FoundLearner[] = [];
  for (const course of searched) {
    for (let offset = 0, total = 1; offset < total; offset += PAGE) {
      const query = new URLSearchParams({ offset: String(offset), limit: String(PAGE) });
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
