/** `diagnose misconceptions`: which misconceptions the chosen options betray, in the class and per learner. */
import { writeFile } from 'node:fs/promises';
import type { Provenance } from '@qurriculum/evidence';
import {
  badFile,
  checkMisconceptions,
  createResponses,
  type Diagnosis,
  diagnose,
  diagnosisFromJson,
  diagnosisToJson,
  expectedHolders,
  type FittedDiagnosis,
  fitDiagnosis,
  isGap,
  type MisconceptionDesign,
  misconceptionDesign,
  type NamedTable,
  type ResponseTable,
} from '@qurriculum/learner';
import { type Command, type CommandContext, UsageError } from '../command.ts';
import { textOption } from '../options.ts';
import { workUnder } from '../progress.ts';
import { recordedRun } from '../recorded-run.ts';
import { textTable } from '../table.ts';
import { readFittedModel, readTable } from './diagnose-files.ts';
import { type OptionTable, readOptionTable } from './option-table.ts';

const NAME = 'diagnose misconceptions';

/** Learners named in the text; --json has all. */
const MOST_NAMED = 20;

export const diagnoseMisconceptions: Command = {
  name: NAME,
  summary: 'Finds misconceptions that chosen options betray: how many hold each, and who.',
  usage: 'RESPONSES OPTIONS [--fitted FILE] [--out FILE]',
  details: [
    'RESPONSES has a header with item names and a row per learner: the option that was chosen (an empty cell or NA is no',
    'answer). A first column headed learner names the rows.',
    'OPTIONS has columns item, option, shows and, if you like, skill: what each option shows is right, wrong, or the name of',
    'a misconception; skill is what the item needs (several apart by |). CSV or TSV, plain or gzip.',
    '',
    'Example: qurriculum diagnose misconceptions answers.csv options.csv --json',
  ].join('\n'),
  options: {
    fitted: { type: 'string', value: 'FILE', description: 'a model that --out wrote: used instead of fitting' },
    out: { type: 'string', value: 'FILE', description: 'where the fitted model goes, as JSON' },
  },
  async run(context) {
    if (context.positionals.length !== 2) {
      throw new UsageError(
        `${NAME}: expected RESPONSES and OPTIONS, got ${context.positionals.length} files; name both.`,
      );
    }
    const { value, run } = await recordedRun({ kind: 'fit', subject: 'misconceptions', seed: 0 }, () => find(context));
    const out = textOption(context, 'out');
    if (out !== undefined) {
      await writeFile(out, `${JSON.stringify({ ...(diagnosisToJson(value.fitted) as object), run })}\n`);
    }
    return { json: { ...value.result, run }, text: describeText(value.result) };
  },
};

async function find(context: CommandContext) {
  const [answersPath, optionsPath] = context.positionals;
  const answers = await readTable(NAME, answersPath);
  const optionTable = await readTable(NAME, optionsPath);
  const options = readOptionTable(optionsPath, optionTable.table, answers.table.columns);
  const design = misconceptionDesign(options.items, options.skills, options.misconceptions);
  const findings = checkMisconceptions(options.items, options.misconceptions);
  for (const { message } of findings) context.note(`Warning: ${message}`);
  const responses = codesOf(answersPath, answers.table, options);
  const work = (label: string) => workUnder(context, label);
  const saved = textOption(context, 'fitted');
  const started = performance.now();
  const found =
    saved === undefined
      ? { fitted: await fitDiagnosis(responses, design, work('Fitting')), inputs: [] }
      : await readSaved(saved, design);
  const fitSeconds = saved === undefined ? (performance.now() - started) / 1000 : 0;
  const diagnosis = await diagnose(found.fitted, responses, work('Diagnosing'));
  const result = describe(found.fitted, diagnosis, options, answers.table, findings, fitSeconds);
  const inputs: Provenance[] = [answers.input, optionTable.input, ...found.inputs];
  return { value: { fitted: found.fitted, result }, inputs, result: { loglik: found.fitted.logLikelihood } };
}

/** Chosen options as codes, in the order of the option table. */
function codesOf(path: string, { columns, rows, lines }: NamedTable, { labels, items }: OptionTable): ResponseTable {
  const codes = rows.map((row, i) =>
    row.map((cell, k) => {
      if (isGap(cell)) return -1;
      const code = labels[k].indexOf(cell);
      if (code >= 0) return code;
      const expected = `one of the options ${labels[k].join(', ')} in column ${columns[k]}`;
      throw badFile(path, lines[i], expected, `"${cell.slice(0, 40)}"`, 'correct the cell or list the option');
    }),
  );
  return createResponses(
    codes,
    items.map(({ options }) => options.length),
  );
}

async function readSaved(path: string, design: MisconceptionDesign) {
  const { model, input } = await readFittedModel(NAME, path, diagnosisFromJson);
  const same =
    model.design.itemNames.join('\n') === design.itemNames.join('\n') &&
    model.design.structure.names.join('\n') === design.structure.names.join('\n');
  if (same) return { fitted: model, inputs: [input] };
  throw new Error(
    `${NAME}: expected the items, skills and misconceptions that ${path} was fitted on, got others; fit anew.`,
  );
}

function describe(
  fitted: FittedDiagnosis,
  diagnosis: Diagnosis,
  { skills, misconceptions }: OptionTable,
  { rowNames, rows }: NamedTable,
  findings: ReturnType<typeof checkMisconceptions>,
  fitSeconds: number,
) {
  const size = skills.length + misconceptions.length;
  const { logLikelihood: loglik, aic, bic, parameters, iterations, converged, exact } = fitted;
  const probability = (learner: number, k: number): number => diagnosis.mastery[learner * size + skills.length + k];
  return {
    ...{ model: fitted.design.model, loglik, aic, bic, parameters, iterations, converged, exact },
    ...{ learners: rows.length, fitSeconds, findings },
    misconceptions: misconceptions.map((misconception, k) => {
      const { mean, low, high } = expectedHolders(diagnosis, size, skills.length + k);
      const sure = rows.reduce((sum, _, i) => sum + Math.max(probability(i, k), 1 - probability(i, k)), 0);
      return { misconception, holders: mean, low, high, certainty: sure / rows.length };
    }),
    byLearner: rows.map((_, i) => ({
      learner: rowNames?.[i] ?? `${i + 1}`,
      probabilities: Object.fromEntries(misconceptions.map((name, k) => [name, probability(i, k)])),
    })),
  };
}

function describeText(result: ReturnType<typeof describe>): string {
  const { misconceptions, byLearner, learners } = result;
  const rows = misconceptions.map(({ misconception, holders, low, high, certainty }) => [
    ...[
      misconception,
      holders.toFixed(1),
      `${low.toFixed(1)} to ${high.toFixed(1)}`,
      `${(100 * certainty).toFixed(0)} %`,
    ],
  ]);
  const likely = byLearner.flatMap(({ learner, probabilities }) =>
    Object.entries(probabilities)
      .filter(([, p]) => p >= 0.5)
      .map(([name, p]) => ({ learner, name, p })),
  );
  const named = likely.sort((a, b) => b.p - a.p).slice(0, MOST_NAMED);
  return [
    `misconceptions: ${learners} learners; ${result.converged ? 'converged' : 'NOT converged'} after ${result.iterations} ` +
      `steps in ${result.fitSeconds.toFixed(2)} s. Log-likelihood ${result.loglik.toFixed(2)}.`,
    '',
    textTable([['misconception', 'held by', '95 %', 'how sure'], ...rows], new Set([1, 2, 3])),
    '',
    named.length === 0
      ? 'Nobody holds one more likely than not.'
      : textTable(
          [['learner', 'holds', 'sure'], ...named.map(({ learner, name, p }) => [learner, name, p.toFixed(2)])],
          new Set([2]),
        ),
    ...(likely.length > named.length ? [`... and ${likely.length - named.length} more; --json has all.`] : []),
  ].join('\n');
}
