/** `schedule validate`: every hard rule of a plan, and its value counted again, by a judge that shares nothing with searches. */
import {
  applyScheduleEvents,
  checkTutoring,
  scoreSchedule,
  type Violation,
  validateSchedule,
  validateTimetable,
} from '@qurriculum/decisions';
import { type Command, UsageError } from '../command.ts';
import {
  eventCount,
  FILE_DETAILS,
  FORMAT_OPTION,
  fileAndPlan,
  readPlan,
  readPlanText,
  readSource,
} from './schedule-files.ts';
import { round } from './schedule-solve.ts';

export const scheduleValidate: Command = {
  name: 'schedule validate',
  summary: 'Checks a plan against its file: every hard rule, and the value by term.',
  usage: 'FILE PLAN [--events K]',
  details: [
    ...FILE_DETAILS,
    "PLAN is what `schedule solve --json` prints or `--out` writes (for timetables also the competition's solution file).",
    'Exit code 1 where a rule is broken.',
    '',
    'Example: qurriculum schedule validate week.json plan.json --json',
  ].join('\n'),
  options: {
    events: { type: 'string', value: 'K', description: "the plan is for after the file's first K events (default 0)" },
    ...FORMAT_OPTION,
  },
  async run(context) {
    const [file, planFile] = fileAndPlan(context);
    const { source } = await readSource(context, file);
    if (source.kind === 'assignment') {
      throw new UsageError('schedule validate: expected a schedule or a timetable, got an assignment file.');
    }
    if (source.kind === 'timetable') {
      const report = validateTimetable(source.timetable, await readPlanText(planFile));
      return answer({ ...report, sense: 'minimise' });
    }
    const assignments = await readPlan(planFile);
    const count = eventCount(context, source.events.length, 0);
    const state = applyScheduleEvents(source.state, source.events.slice(0, count)).state;
    const violations = validateSchedule(state, { assignments });
    const { objective, terms } = scoreSchedule(state, assignments);
    const own = source.tutoring === null ? null : checkTutoring(source.tutoring, assignments, count);
    return answer({
      ...{ objective, sense: 'maximise', terms, violations, feasible: violations.length === 0 },
      ...(own === null ? {} : { benchmark: { objective: own.objective, violations: own.violations } }),
    });
  },
};

interface Report {
  readonly objective: number;
  readonly sense: 'maximise' | 'minimise';
  readonly terms: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
  readonly feasible: boolean;
  /** The benchmark's own judge, where the file is one. */
  readonly benchmark?: { readonly objective: number; readonly violations: readonly Violation[] };
}

function answer(report: Report) {
  const { objective, sense, terms, violations, feasible, benchmark } = report;
  const parts = Object.entries(terms).map(([name, value]) => `${name} ${round(value)}`);
  const text = [
    feasible ? 'every rule is kept' : `${violations.length} broken`,
    ...violations.map(({ rule, message }) => `  ${rule}: ${message}`),
    `objective: ${round(objective)} (${sense}; ${parts.join(', ')})`,
    ...(benchmark === undefined ? [] : [`by the benchmark's own formula: ${benchmark.objective}`]),
  ].join('\n');
  return { json: report, text, exitCode: feasible ? 0 : 1 } as const;
}
