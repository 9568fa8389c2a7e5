/** `trace evaluate`: fits models on some learners and measures how well they predict the answers of others. */
import { commonLearners, evaluateTracing, type TracingEvaluation, tracingModelNames } from '@qurriculum/learner';
import { createRandom } from '@qurriculum/random';
import { type Command, type CommandContext, UsageError } from '../command.ts';
import { listOption, numberOption } from '../options.ts';
import { recordedRun } from '../recorded-run.ts';
import { textTable } from '../table.ts';
import { readTraceData, recordOptions, type TraceData } from './trace-files.ts';
import { timedFit } from './trace-fit.ts';

interface ModelFigures {
  readonly model: string;
  readonly auc: number | null;
  readonly nll: number;
  readonly ece: number;
  readonly rmse: number;
  readonly rows: number;
  readonly learners: number;
  readonly fitSeconds: number;
  readonly degenerateSkills: number | null;
  /** 95 % bootstrap intervals over learners. */
  readonly intervals: Readonly<Record<'auc' | 'nll' | 'ece' | 'rmse', readonly [number | null, number | null]>>;
}

const replicates = 200;

export const traceEvaluate: Command = {
  name: 'trace evaluate',
  summary: 'Measures how well knowledge-tracing models predict the answers of learners they have not seen.',
  usage: '--train FILE... --test FILE... [--model NAME...]',
  details: [
    "Fits every model on the training files and predicts every answer of the test files from the learner's earlier",
    'answers. AUC: share of pairs put in order (.5 chance, 1 perfect). NLL: mean -ln P(what happened). ECE: mean gap',
    'between predicted and observed share in 15 bins. Intervals: 95 %, bootstrap over learners.',
    '',
    'Example: qurriculum trace evaluate --train train.tsv.gz --test test.tsv.gz --model bkt --json',
  ].join('\n'),
  options: {
    train: { type: 'string', value: 'FILE', variadic: true, description: 'records to fit on' },
    test: { type: 'string', value: 'FILE', variadic: true, description: 'records to predict' },
    model: {
      ...{ type: 'string', value: 'NAME', variadic: true },
      description: `models: ${tracingModelNames.join(', ')} (default bkt)`,
    },
    seed: { type: 'string', value: 'N', description: 'seed of the bootstrap and of models that draw (default 0)' },
    ...recordOptions,
  },
  async run(context) {
    const [train, test] = ['train', 'test'].map((name) => filesOf(context, name));
    const names = modelNames(context);
    const seed = numberOption(context, 'seed', 0, { least: 0, integer: true });
    const about = { kind: 'evaluate', subject: names.join(', '), seed, budget: { replicates } } as const;
    const { value, run } = await recordedRun(about, async () => {
      const data = { train: await readTraceData(context, train), test: await readTraceData(context, test) };
      const warnings = overlapWarnings(data.train, data.test);
      for (const warning of warnings) context.note(`Warning: ${warning}`);
      const models: ModelFigures[] = [];
      for (const name of names) models.push(await evaluateOne(context, name, seed, data.train, data.test));
      const result = { models, warnings };
      return { value: result, inputs: [...data.train.inputs, ...data.test.inputs], result };
    });
    return { json: { ...value, run }, text: table(value.models) };
  },
};

function filesOf(context: CommandContext, name: string): readonly string[] {
  const files = listOption(context, name);
  if (files.length === 0) throw new UsageError(`trace evaluate: expected files after --${name}, got none.`);
  return files;
}

function modelNames(context: CommandContext): readonly string[] {
  const names = listOption(context, 'model');
  const unknown = names.find((name) => !tracingModelNames.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--model: expected one of ${tracingModelNames.join(', ')}, got "${unknown}".`);
  }
  return names.length === 0 ? ['bkt'] : [...new Set(names)];
}

/** A model that has seen a test learner's answers looks better than it is. */
function overlapWarnings(train: TraceData, test: TraceData): string[] {
  const common = commonLearners(train.table, test.table);
  if (common.length === 0) return [];
  const some = common.slice(0, 3).join(', ');
  return [
    `${common.length} learners have answers in both train and test (such as ${some}): the figures may be too good. Split by learner.`,
  ];
}

async function evaluateOne(
  context: CommandContext,
  name: string,
  seed: number,
  train: TraceData,
  test: TraceData,
): Promise<ModelFigures> {
  const { fitted, fitSeconds } = await timedFit(context, name, seed, train.table);
  const found = await evaluateTracing(fitted, test.table, {
    ...{ random: createRandom(seed), replicates, signal: context.signal },
    onProgress: (fraction) => context.progress(`Predicting with ${name}`, fraction),
  });
  return {
    ...{ model: name, auc: finite(found.auc.mean), nll: found.nll.mean, ece: found.ece.mean, rmse: found.rmse.mean },
    ...{ rows: found.rows, learners: found.learners, fitSeconds, degenerateSkills: fitted.degenerateSkills },
    intervals: {
      ...{ auc: interval(found, 'auc'), nll: interval(found, 'nll') },
      ...{ ece: interval(found, 'ece'), rmse: interval(found, 'rmse') },
    },
  };
}

function interval(found: TracingEvaluation, name: keyof ModelFigures['intervals']) {
  return [finite(found[name].low), finite(found[name].high)] as const;
}

/** JSON has no NaN: where all answers are right, or all wrong, there is no AUC. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function table(models: readonly ModelFigures[]): string {
  const show = (value: number | null) => (value === null ? '-' : value.toFixed(4).replace(/^0/, ''));
  const figure = (model: ModelFigures, name: keyof ModelFigures['intervals']) =>
    `${show(model[name])} [${model.intervals[name].map(show).join(', ')}]`;
  const rows = [
    ['model', 'AUC', 'NLL', 'ECE', 'answers', 'fit s', 'degenerate'],
    ...models.map((model) => [
      ...[model.model, figure(model, 'auc'), figure(model, 'nll'), figure(model, 'ece'), `${model.rows}`],
      ...[model.fitSeconds.toFixed(2), model.degenerateSkills === null ? '-' : `${model.degenerateSkills}`],
    ]),
  ];
  return `${textTable(rows)}\n\nIntervals: 95 %, bootstrap over learners.`;
}
