/** `trace memory`: fits the memory model to files of learning records, and says whether that was worth it. */
import { writeFile } from 'node:fs/promises';
import type { Json } from '@qurriculum/evidence';
import { fitMemory, type MemoryCheck, type MemoryFigures, type MemoryFit } from '@qurriculum/learner';
import { type Command, type CommandContext, UsageError } from '../command.ts';
import { numberOption, textOption } from '../options.ts';
import { workUnder } from '../progress.ts';
import { recordedRun } from '../recorded-run.ts';
import { textTable } from '../table.ts';
import { show } from './trace-figures.ts';
import { readTraceData, recordOptions } from './trace-files.ts';

export const traceMemory: Command = {
  name: 'trace memory',
  summary: 'Fits the memory model (how fast skills fade) to learning records with times.',
  usage: 'DATA... [--out FILE]',
  details: [
    'DATA are files with a row per answer: learner, item, skill, correct, time. A look back is an answer on a skill at least',
    'four hours after the one before. The 21 weights of FSRS-6 are fitted to them, and checked on learners that they were not',
    'fitted on, against the default weights and one constant chance; they are used only where they are surely better.',
    'Loss: mean -ln P(what happened). RMSE: in bins of alike looks back. Intervals: 95 %, bootstrap over learners.',
    '',
    'Example: qurriculum trace memory answers.tsv.gz --out memory.json --json',
  ].join('\n'),
  options: {
    out: { type: 'string', value: 'FILE', description: 'where the weights go, as JSON' },
    bootstrap: { type: 'string', value: 'N', description: 'draws of learners for the intervals (default 200)' },
    seed: { type: 'string', value: 'N', description: 'seed of folds, batches and bootstrap (default 0)' },
    ...recordOptions,
  },
  async run(context) {
    if (context.positionals.length === 0) throw new UsageError('trace memory: expected DATA files, got none.');
    const seed = numberOption(context, 'seed', 0, { least: 0, integer: true });
    const replicates = numberOption(context, 'bootstrap', 200, { least: 1, integer: true });
    const about = { kind: 'fit', subject: 'memory', seed, budget: { replicates } } as const;
    const { value, run } = await recordedRun(about, () => fitData(context, seed, replicates));
    const out = textOption(context, 'out');
    if (out !== undefined) await writeFile(out, `${JSON.stringify({ ...(value.model as object), run })}\n`);
    return { json: { ...value, run, ...(out !== undefined && { out }) }, text: describe(value, out) };
  },
};

type Summary = Omit<MemoryFit, 'model'> & { readonly model: Json; readonly rows: number; readonly fitSeconds: number };

async function fitData(context: CommandContext, seed: number, replicates: number) {
  const { table, inputs } = await readTraceData(context, context.positionals);
  const started = performance.now();
  const fit = await fitMemory(table, {
    ...{ seed, replicates, ...workUnder(context, 'Fitting the memory model') },
  });
  const fitSeconds = (performance.now() - started) / 1000;
  const summary: Summary = { ...fit, model: fit.model.toJSON() as Json, rows: table.rows, fitSeconds };
  // Through JSON: a figure that does not exist (no AUC where all was recalled) becomes null.
  return { value: summary, inputs, result: JSON.parse(JSON.stringify(summary)) as Json };
}

function describe({ check, reason, verdict, fitSeconds, model }: Summary, out: string | undefined): string {
  const { weights } = model as { readonly weights: readonly number[] };
  return [
    ...(check === null ? [] : [figures(check), '']),
    reason,
    `${verdict === 'fitted' ? 'Fitted' : 'Default'} weights in ${fitSeconds.toFixed(2)} s: ${weights.map((w) => w.toFixed(4)).join(' ')}`,
    out === undefined ? 'They were not kept; --out FILE writes them.' : `Written to ${out}.`,
  ].join('\n');
}

function figures({ fitted, default: plain, constant, reviews, learners, recalled }: MemoryCheck): string {
  const withInterval = ({ mean, low, high }: MemoryFigures['auc']): string =>
    `${show(mean)} [${show(low)}, ${show(high)}]`;
  const row = (name: string, of: MemoryFigures): string[] => [
    name,
    ...[of.logLoss, of.auc, of.rmseBins].map(withInterval),
  ];
  const rows = [
    ['weights', 'loss', 'AUC', 'RMSE'],
    row('fitted', fitted),
    row('default', plain),
    row('constant', constant),
  ];
  return `${reviews} looks back of ${learners} learners, ${(100 * recalled).toFixed(1)} % recalled\n\n${textTable(rows)}`;
}
