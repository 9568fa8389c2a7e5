/** `trace evaluate`: fits models on some learners and measures how well they predict the answers of others. */
import { evaluateTracing, tracingModelNames } from '@qurriculum/learner';
import { createRandom } from '@qurriculum/random';
import type { Command, CommandContext } from '../command.ts';
import { listOption, numberOption } from '../options.ts';
import { recordedRun } from '../recorded-run.ts';
import { textTable } from '../table.ts';
import {
  type Figures,
  figuresOf,
  type Intervals,
  intervalsOf,
  meansOf,
  show,
  showWithInterval,
} from './trace-figures.ts';
import { fitOrRead, modelsNamed } from './trace-models.ts';
import { readSplit, splitOptions, type TraceSplit } from './trace-split.ts';

interface ModelFigures extends Figures {
  readonly model: string;
  readonly rows: number;
  readonly learners: number;
  readonly fitSeconds: number;
  readonly degenerateSkills: number | null;
  /** 95 % bootstrap intervals over learners. */
  readonly intervals: Intervals;
  /** On each learner's first answer to each item. */
  readonly firstAttempts: Figures & { readonly rows: number };
}

export const traceEvaluate: Command = {
  name: 'trace evaluate',
  summary: 'Measures how well knowledge-tracing models predict the answers of learners they have not seen.',
  usage: '--train FILE... --test FILE... | --data FILE... --test-users LIST [--model NAME...]',
  details: [
    "Fits every model on the training learners and predicts every answer of the test learners from the learner's earlier",
    'answers. AUC: share of pairs put in order (.5 chance, 1 perfect). NLL: mean -ln P(what happened). ECE: mean gap',
    'between predicted and observed share in 15 bins. Intervals: 95 %, bootstrap over learners. First: AUC on first',
    'answers of a learner to an item. What may make figures too good is looked for first, and said.',
    '',
    'Example: qurriculum trace evaluate --train train.tsv.gz --test test.tsv.gz --model bkt,best-lr --json',
  ].join('\n'),
  options: {
    ...splitOptions,
    model: {
      ...{ type: 'string', value: 'NAME', variadic: true },
      description: `models, or .json files of fitted ones: ${tracingModelNames.join(', ')} (default bkt)`,
    },
    bootstrap: { type: 'string', value: 'N', description: 'draws of learners for the intervals (default 200)' },
    seed: { type: 'string', value: 'N', description: 'seed of the bootstrap and of models that draw (default 0)' },
  },
  async run(context) {
    const names = modelsNamed(listOption(context, 'model'), ['bkt']);
    const seed = numberOption(context, 'seed', 0, { least: 0, integer: true });
    const replicates = numberOption(context, 'bootstrap', 200, { least: 1, integer: true });
    const about = { kind: 'evaluate', subject: names.join(', '), seed, budget: { replicates } } as const;
    const { value, run } = await recordedRun(about, async () => {
      const split = await readSplit(context);
      const models: ModelFigures[] = [];
      for (const name of names) models.push(await evaluateOne(context, name, { seed, replicates }, split));
      const result = { models, findings: split.findings };
      return { value: result, inputs: split.inputs, result };
    });
    return { json: { ...value, run }, text: table(value.models) };
  },
};

async function evaluateOne(
  context: CommandContext,
  name: string,
  { seed, replicates }: { readonly seed: number; readonly replicates: number },
  { train, test }: TraceSplit,
): Promise<ModelFigures> {
  const { fitted, fitSeconds } = await fitOrRead(context, name, seed, train);
  const found = await evaluateTracing(fitted, test, {
    ...{ random: createRandom(seed), replicates, signal: context.signal },
    onProgress: (fraction) => context.progress(`Predicting with ${name}`, fraction),
  });
  return {
    ...{ model: fitted.name, ...meansOf(found), rows: found.rows, learners: found.learners, fitSeconds },
    ...{ degenerateSkills: fitted.degenerateSkills, intervals: intervalsOf(found) },
    firstAttempts: { ...figuresOf(found.firstAttempts), rows: found.firstAttempts.rows },
  };
}

function table(models: readonly ModelFigures[]): string {
  const rows = [
    ['model', 'AUC', 'NLL', 'ECE', 'first', 'answers', 'fit s', 'degenerate'],
    ...models.map((model) => [
      ...[
        model.model,
        showWithInterval(model, model.intervals, 'auc'),
        showWithInterval(model, model.intervals, 'nll'),
      ],
      ...[showWithInterval(model, model.intervals, 'ece'), show(model.firstAttempts.auc), `${model.rows}`],
      ...[model.fitSeconds.toFixed(2), model.degenerateSkills === null ? '-' : `${model.degenerateSkills}`],
    ]),
  ];
  return `${textTable(rows)}\n\nIntervals: 95 %, bootstrap over learners. First: AUC on first answers to an item.`;
}
