/** `trace engagement`: effort per learner, from response times, pauses, hints and self-reports. */
import { answersOfTable, type EngagementEstimate, engagementTracing, rowsByLearner } from '@qurriculum/learner';
import { type Command, UsageError } from '../command.ts';
import { workUnder } from '../progress.ts';
import { recordedRun } from '../recorded-run.ts';
import { textTable } from '../table.ts';
import { readTraceData, recordOptions } from './trace-files.ts';

/** Learners in the text; --json has them all. */
const SHOWN = 20;

export const traceEngagement: Command = {
  name: 'trace engagement',
  summary: 'Estimates who answers with effort, who guesses quickly and who is elsewhere, from signs in the records.',
  usage: 'DATA...',
  details: [
    'DATA as for trace fit. Read besides right and wrong, each where there is such a column: seconds taken (duration,',
    'ms_first_response, response_time, ...), hints (hint_count, hints, ...), time, self-report (confidence, motivation,',
    '...; on a scale such as 0 to 1, 1 to 5 or 0 to 100). The note says what could be seen and what could not.',
    '',
    'responseTimeEffort: share of the timed answers that took at least a tenth of what is usual for the item.',
    '',
    'Example: qurriculum trace engagement answers.csv --json',
  ].join('\n'),
  options: recordOptions,
  async run(context) {
    if (context.positionals.length === 0) throw new UsageError('trace engagement: expected DATA files, got none.');
    const { table, inputs } = await readTraceData(context, context.positionals);
    const { value, run } = await recordedRun({ kind: 'fit', subject: 'engagement', seed: 0 }, async () => {
      const fitted = await engagementTracing().fit(table, {
        ...workUnder(context, 'Fitting'),
      });
      const answer = answersOfTable(table);
      const { start, rows } = rowsByLearner(table);
      const learners = table.learners.flatMap((learner, index) => {
        const own = rows.subarray(start[index], start[index + 1]);
        if (own.length === 0) return [];
        let state = fitted.initial();
        for (const row of own) state = fitted.update(state, answer(row));
        return [{ learner, ...fitted.engagement(state) }];
      });
      const { note, signals, moderates, base } = fitted;
      const result = { learners: learners.length, note, moderates };
      return { value: { note, signals, moderates, share: base, learners }, inputs, result };
    });
    return { json: { ...value, run }, text: describe(value.note, value.learners) };
  },
};

function describe(note: string, learners: readonly (EngagementEstimate & { readonly learner: string })[]): string {
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  const known = learners.filter(({ verdict }) => verdict !== 'unknown').sort((a, b) => a.mean - b.mean);
  if (known.length === 0) return `${note}\nNot enough to say of any of ${learners.length} learners.`;
  const rows = known
    .slice(0, SHOWN)
    .map(({ learner, mean, low, high, verdict, responseTimeEffort, reasons }) => [
      ...[learner, verdict, percent(mean), `${percent(low)} to ${percent(high)}`],
      ...[responseTimeEffort === null ? '-' : percent(responseTimeEffort.share), reasons[0]],
    ]);
  return [
    note,
    `The least effort first, ${rows.length} of ${learners.length} learners; --json has all.`,
    '',
    textTable([['learner', 'verdict', 'effort', '90 %', 'RTE', 'sign'], ...rows], new Set([2, 4])),
  ].join('\n');
}
