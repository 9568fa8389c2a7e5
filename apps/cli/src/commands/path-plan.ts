/** `path plan`: the next sessions of one learner, planned now by the champion or by the solver named. */
import type { PlanView } from '@qurriculum/server';
import type { Command } from '../command.ts';
import { type FoundLearner, findLearner } from '../find-learner.ts';
import { numberOption, requiredText, textOption } from '../options.ts';
import { serverOptions, withServer } from '../server-access.ts';

export const pathPlan: Command = {
  name: 'path plan',
  summary: 'Plans the next sessions of one learner, with a reason for every step.',
  usage: '--learner ID [--course NAME] [--solver NAME] [--time S] [--sessions N] [--seed N]',
  details: [
    "ID is the learner's key in your records or their name; where nobody is called so, their number in the app. The plan",
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
    const question = {
      ...{ command: 'path plan', wanted: requiredText(context, 'learner') },
      ...{ course: textOption(context, 'course'), signal: context.signal },
    };
    const body = {
      solver: textOption(context, 'solver'),
      seconds: numberOption(context, 'time', undefined, { least: 0.05, most: 60 }),
      sessions: numberOption(context, 'sessions', undefined, { least: 1, most: 8, integer: true }),
      seed: numberOption(context, 'seed', undefined, { least: 0, most: 2 ** 32 - 1, integer: true }),
    };
    return withServer(context, async ({ api }) => {
      const learner = await findLearner(api, question);
      context.progress('Planning', null);
      const plan = await api.post<PlanView>(`/api/learners/${learner.id}/plan`, body, context.signal);
      const { id, key, name, course } = learner;
      return { json: { learner: { id, key, name, course }, plan }, text: describePlan(learner, plan) };
    });
  },
};

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
