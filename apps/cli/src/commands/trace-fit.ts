/** `trace fit`: fits a knowledge-tracing model to files of learning records. */
import { writeFile } from 'node:fs/promises';
import { recommendedModel, tracingModelNames } from '@qurriculum/learner';
import { type Command, type CommandContext, UsageError } from '../command.ts';
import { choiceOption, numberOption, textOption } from '../options.ts';
import { recordedRun } from '../recorded-run.ts';
import { readTraceData, recordOptions, type TraceData } from './trace-files.ts';
import { fitOrRead } from './trace-models.ts';

/** Leaves the choice of the model to the number of answers. */
const RECOMMENDED = 'recommended';

export const traceFit: Command = {
  name: 'trace fit',
  summary: 'Fits a knowledge-tracing model to learning records.',
  usage: 'DATA... [--model NAME] [--out FILE]',
  details: [
    'DATA are files with a row per answer (CSV or TSV, plain or gzip) or three lines a student. Columns are found by',
    'name: learner, item, skill, correct, time. Several files are one data set.',
    'With --out the fitted model goes to FILE as JSON, with the record of the run; with --json alone to stdout.',
    '',
    'Example: qurriculum trace fit answers.csv.gz --model bkt --out bkt.json',
  ].join('\n'),
  options: {
    model: {
      type: 'string',
      value: 'NAME',
      description: `the model: ${tracingModelNames.join(', ')}, or recommended, by the number of answers (default)`,
    },
    out: { type: 'string', value: 'FILE', description: 'where the fitted model goes' },
    seed: { type: 'string', value: 'N', description: 'seed of models that draw (default 0)' },
    ...recordOptions,
  },
  async run(context) {
    if (context.positionals.length === 0) throw new UsageError('trace fit: expected DATA files, got none.');
    const chosen = choiceOption(context, 'model', [...tracingModelNames, RECOMMENDED], RECOMMENDED);
    const seed = numberOption(context, 'seed', 0, { least: 0, integer: true });
    const data = await readTraceData(context, context.positionals);
    const name = chosen === RECOMMENDED ? recommended(context, data) : chosen;
    const { value, run } = await recordedRun({ kind: 'fit', subject: name, seed }, () =>
      fitData(context, name, seed, data),
    );
    const { fitted, summary } = value;
    const out = textOption(context, 'out');
    const model = { ...(fitted.toJSON() as Record<string, unknown>), run };
    if (out !== undefined) await writeFile(out, `${JSON.stringify(model)}\n`);
    const text = [
      `${name}: ${summary.rows} answers of ${summary.learners} learners on ${summary.skills} skills, fitted in ${summary.fitSeconds.toFixed(2)} s.`,
      ...(fitted.degenerateSkills === null ? [] : [`Degenerate skills: ${fitted.degenerateSkills}.`]),
      out === undefined ? 'The model was not kept; --out FILE writes it.' : `Written to ${out}.`,
    ].join('\n');
    return { json: out === undefined ? { ...summary, fitted: model, run } : { ...summary, out, run }, text };
  },
};

/** The model for so many answers, with the reason said aloud. */
function recommended(context: CommandContext, { table }: TraceData): string {
  const { name, reason } = recommendedModel(table);
  context.note(`Model ${name}. ${reason}`);
  return name;
}

async function fitData(context: CommandContext, name: string, seed: number, { table, inputs, rejected }: TraceData) {
  const { fitted, fitSeconds } = await fitOrRead(context, name, seed, table);
  const summary = {
    ...{ model: name, version: fitted.version, rows: table.rows, rejected },
    ...{ learners: table.learners.length, skills: table.skills.length, items: table.items.length },
    ...{ fitSeconds, degenerateSkills: fitted.degenerateSkills },
  };
  return { value: { fitted, summary }, inputs, result: summary };
}
