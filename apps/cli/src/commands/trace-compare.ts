/** `trace compare`: how much better or worse than a baseline other models predict the same answers. */
import { compareWithIntervals, predictTable, tracingModelNames } from '@qurriculum/learner';
import { createRandom } from '@qurriculum/random';
import { type Command, UsageError } from '../command.ts';
import { listOption, numberOption, textOption } from '../options.ts';
import { recordedRun } from '../recorded-run.ts';
import { textTable } from '../table.ts';
import { type Figures, type Intervals, intervalsOf, meansOf, showWithInterval } from './trace-figures.ts';
import { fitOrRead, modelsNamed } from './trace-models.ts';
import { readSplit, splitOptions } from './trace-split.ts';

interface Difference extends Figures {
  readonly model: string;
  /** 95 %, paired bootstrap over learners. */
  readonly intervals: Intervals;
  readonly fitSeconds: number;
  readonly verdict: 'better' | 'worse' | 'no difference';
}

export const traceCompare: Command = {
  name: 'trace compare',
  summary: 'Differences between knowledge-tracing models and a baseline on the same answers, with intervals.',
  usage: '--train FILE... --test FILE... | --data FILE... --test-users LIST --baseline NAME [--model NAME...]',
  details: [
    'Every figure is the model less the baseline on the same rows; learners are drawn together for both. Better: NLL is',
    'lower with an interval clear of 0 (NLL rewards honest probabilities; AUC only their order). Without --model all',
    'others are compared.',
    '',
    'Example: qurriculum trace compare --train train.tsv.gz --test test.tsv.gz --baseline best-lr --bootstrap 1000',
  ].join('\n'),
  options: {
    ...splitOptions,
    baseline: { type: 'string', value: 'NAME', description: 'what the others are compared with (default bkt)' },
    model: {
      ...{ type: 'string', value: 'NAME', variadic: true },
      description: `models, or .json files of fitted ones: ${tracingModelNames.join(', ')} (default all)`,
    },
    bootstrap: { type: 'string', value: 'N', description: 'draws of learners for the intervals (default 1000)' },
    seed: { type: 'string', value: 'N', description: 'seed of the bootstrap and of models that draw (default 0)' },
  },
  async run(context) {
    const [baseline, ...more] = modelsNamed([textOption(context, 'baseline') ?? 'bkt'], []);
    if (more.length > 0) throw new UsageError('trace compare: expected one baseline, got several; name one.');
    const others = modelsNamed(listOption(context, 'model'), tracingModelNames).filter((name) => name !== baseline);
    if (others.length === 0) throw new UsageError('trace compare: expected a model besides the baseline, got none.');
    const seed = numberOption(context, 'seed', 0, { least: 0, integer: true });
    const replicates = numberOption(context, 'bootstrap', 1000, { least: 1, integer: true });
    const subject = `${others.join(', ')} against ${baseline}`;
    const { value, run } = await recordedRun({ kind: 'compare', subject, seed, budget: { replicates } }, async () => {
      const { train, test, inputs, findings } = await readSplit(context);
      const predictionsOf = async (name: string) => {
        const { fitted, fitSeconds } = await fitOrRead(context, name, seed, train);
        const predictions = await predictTable(fitted, test, {
          signal: context.signal,
          onProgress: (fraction) => context.progress(`Predicting with ${name}`, fraction),
        });
        return { predictions, fitSeconds };
      };
      const base = await predictionsOf(baseline);
      const models: Difference[] = [];
      for (const name of others) {
        const other = await predictionsOf(name);
        const found = compareWithIntervals(base.predictions, other.predictions, createRandom(seed), replicates);
        const verdict = found.nll.high < 0 ? 'better' : found.nll.low > 0 ? 'worse' : 'no difference';
        const figures = { ...meansOf(found), intervals: intervalsOf(found) };
        models.push({ model: name, ...figures, fitSeconds: other.fitSeconds, verdict });
      }
      const result = { baseline, baselineFitSeconds: base.fitSeconds, models, findings, rows: test.rows };
      return { value: result, inputs, result };
    });
    return { json: { ...value, run }, text: table(value.baseline, value.models) };
  },
};

function table(baseline: string, models: readonly Difference[]): string {
  const rows = [
    [`against ${baseline}`, 'AUC', 'NLL', 'ECE', 'fit s', 'verdict'],
    ...models.map((model) => [
      ...[
        model.model,
        showWithInterval(model, model.intervals, 'auc'),
        showWithInterval(model, model.intervals, 'nll'),
      ],
      ...[showWithInterval(model, model.intervals, 'ece'), model.fitSeconds.toFixed(2), model.verdict],
    ]),
  ];
  return `${textTable(rows)}\n\nModel less baseline. Intervals: 95 %, paired bootstrap over learners. Lower NLL and ECE are better.`;
}
