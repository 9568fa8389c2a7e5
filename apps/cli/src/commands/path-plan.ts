/** `path plan`: the next sessions of one learner, planned now by the champion or by the solver named. */
import type { CourseView, LearnerList, LearnerView, PlanView } from '@qurriculum/server';
import { type ApiClient, ApiError } from '../api-client.ts';
import type { Command, CommandContext } from '../command.ts';
import { numberOption, requiredText, textOption } from '../options.ts';
import { serverOptions, withServer } from '../server-access.ts';

export const pathPlan: Command = {
  name: 'path plan',
  summary: 'Plans the next sessions of one learner, with a reason for every step.',
  usage: '--learner ID [--course NAME] [--solver NAME] [--time S] [--sessions N] [--seed N]',
  details: [
    "ID is the learner's key in your records, their name, or their number in the app, looked for in this order. The plan",
    'is stored and shown in the app. Objective: larger is better; the bound is what no plan of the same problem exceeds.',
    '',
    'Goes through the server that holds the data directory, if there is one.',
    '',
    'Example: qurriculum path plan --learner 51424 --course "Algebra 1" --solver highs --time 0.3 --json',
  ].join('\n'),
  options: {
    learner: { type: 'string', value: 'ID', description: 'key, name or number of the learner' },
    course: { type: 'string', value: 'NAME', description: 'the course, where several have such a learner' },
    solver: { type: 'string', value: 'NAME', description: "solver or policy (default: the course's champion)" },
    time: { type: 'string', value: 'S', description: 'seconds at most, .05 to 60' },
    sessions: { type: 'string', value: 'N', description: 'sessions to plan, 1 to 8' },
    seed: { type: 'string', value: 'N', description: 'seed of solvers that draw (default 0)' },
    ...serverOptions,
  },
  async run(context) {
    const wanted = requiredText(context, 'learner');
    const body = {
      solver: textOption(context, 'solver'),
      seconds: numberOption(context, 'time', undefined, { least: 0.05, most: 60 }),
      sessions: numberOption(context, 'sessions', undefined, { least: 1, most: 8, integer: true }),
      seed: numberOption(context, 'seed', undefined, { least: 0, most: 2 ** 32 - 1, integer: true }),
    };
    return withServer(context, async ({ api }) => {
      const learner = await findLearner(context, api, wanted);
      context.progress('Planning', null);
      const plan = await api.post<PlanView>(`/api/learners/${learner.id}/plan`, body, context.signal);
      const { id, key, name, course } = learner;
      return { json: { learner: { id, key, name, course }, plan }, text: describePlan(learner, plan) };
    });
  },
};

type FoundLearner = Pick<LearnerView, 'id' | 'key' | 'name'> & { course: Pick<LearnerView['course'], 'id' | 'name'> };

async function findLearner(context: CommandContext, api: ApiClient, wanted: string): Promise<FoundLearner> {
  const { courses } = await api.get<{ courses: CourseView[] }>('/api/courses', context.signal);
  const name = textOption(context, 'course');
  const searched = name === undefined ? courses : courses.filter((course) => course.name === name);
  if (searched.length === 0) {
    const known = courses.map((course) => `"${course.name}"`).join(', ') || 'none yet';
    const got = name === undefined ? 'none' : `"${name}"`;
    throw new Error(`path plan: expected a course, got ${got}; there are: ${known}. Import records first.`);
  }
  const found: FoundLearner[] = [];
  for (const course of searched) {
    const query = new URLSearchParams({ search: wanted, limit: '500' });
    const { learners } = await api.get<LearnerList>(`/api/courses/${course.id}/learners?${query}`, context.signal);
    found.push(
      ...learners.filter((one) => one.key === wanted || one.name === wanted).map((one) => ({ ...one, course })),
    );
  }
  if (found.length > 1) {
    const where = found.map((one) => `"${one.course.name}" (number ${one.id})`).join(', ');
    throw new Error(`path plan: expected one learner ${wanted}, got ${found.length}, in ${where}; add --course.`);
  }
  return found[0] ?? (await learnerByNumber(api, wanted, name));
}

async function learnerByNumber(api: ApiClient, wanted: string, course: string | undefined): Promise<FoundLearner> {
  const missing = new Error(
    `path plan: expected the key, name or number of a learner, got "${wanted}"; the app's Class page lists the learners.`,
  );
  if (!/^[1-9]\d{0,8}$/.test(wanted)) throw missing;
  const learner = await api.get<LearnerView>(`/api/learners/${wanted}`).catch((error) => {
    throw error instanceof ApiError && error.status === 404 ? missing : error;
  });
  if (course !== undefined && learner.course.name !== course) throw missing;
  return learner;
}

function describePlan({ name, course }: FoundLearner, plan: PlanView): string {
  const sessions = plan.sessions.flatMap((session) => [
    '',
    `Session ${session.number}: ${session.minutes.toFixed(0)} of ${session.minutesAvailable.toFixed(0)} minutes`,
    ...session.steps.map((step) => {
      const mastery = `${percent(step.masteryNow)} -> ${percent(step.masteryAfter)}`;
      return `  ${step.kind.padEnd(8)}  ${step.skillName} (${step.minutes.toFixed(0)} min, mastery ${mastery})\n            ${step.reason}`;
    }),
  ]);
  const proof =
    plan.bound === null
      ? 'no bound: this solver proves nothing'
      : `bound ${plan.bound.toFixed(4)}, gap ${plan.gap === null ? 'not known' : `${(100 * plan.gap).toFixed(2)} %`}`;
  return [
    `${name}, ${course.name}${plan.simulated ? ' (simulated records)' : ''}`,
    ...sessions,
    '',
    `Objective ${plan.objective.toFixed(4)}, ${proof}`,
    `${plan.solver}${plan.isChampion ? ', the champion' : ', not the champion'}, ${plan.seconds.toFixed(2)} s; ${plan.candidates}`,
    ...(plan.estimatedPrerequisites ? ['Prerequisites were estimated from the records.'] : []),
    ...plan.warnings.map((warning) => `Note: ${warning}`),
  ].join('\n');
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
