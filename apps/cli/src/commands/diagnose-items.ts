/** `diagnose items`: fits a response model to answers and says how hard, telling and fair each item is. */
import { writeFile } from 'node:fs/promises';
import type { Provenance } from '@qurriculum/evidence';
import {
  badFile,
  createResponses,
  type DifferentialFunctioning,
  differentialFunctioning,
  fitResponseModel,
  type ItemErrors,
  type ItemFit,
  isGap,
  itemErrors,
  itemFit,
  type NamedTable,
  type ResponseItem,
  type ResponseTable,
  responseModelFromJson,
  responseModelNames,
  responseModelToJson,
} from '@qurriculum/learner';
import { type Command, type CommandContext, UsageError } from '../command.ts';
import { choiceOption, onePositional, textOption } from '../options.ts';
import { workUnder } from '../progress.ts';
import { recordedRun } from '../recorded-run.ts';
import { textTable } from '../table.ts';
import { readFittedModel, readTable } from './diagnose-files.ts';

const NAME = 'diagnose items';

export const diagnoseItems: Command = {
  name: NAME,
  summary: 'Fits a response model: how hard and how telling each item is, whether it fits, and whether it is fair.',
  usage: 'RESPONSES [--model 2pl] [--group FILE] [--fitted FILE] [--out FILE]',
  details: [
    'RESPONSES has a header with item names and a row per learner: 0 and 1, or 0, 1, 2, ... for graded (an empty cell or NA',
    'is no answer). A first column headed learner names the rows. CSV or TSV, plain or gzip.',
    '--group FILE has columns learner and group, or a column group with a row per learner in the same order: items that are',
    'easier for one group at equal ability show there.',
    '',
    'Difficulty and slope: ability has mean 0 and standard deviation 1. S-X2 needs 50 learners who answered every item;',
    'infit is near 1 where answers keep to the model.',
    '',
    'Example: qurriculum diagnose items answers.csv --model 2pl --group classes.csv --json',
  ].join('\n'),
  options: {
    model: {
      ...{ type: 'string', value: 'NAME' },
      description: `the model: ${responseModelNames.join(', ')} (default 2pl)`,
    },
    group: { type: 'string', value: 'FILE', description: 'the group of each learner' },
    fitted: { type: 'string', value: 'FILE', description: 'a model that --out wrote: used instead of fitting' },
    out: { type: 'string', value: 'FILE', description: 'where the fitted model goes, as JSON' },
  },
  async run(context) {
    const path = onePositional(context, 'file of answers');
    const model = choiceOption(context, 'model', responseModelNames, '2pl');
    const { value, run } = await recordedRun({ kind: 'fit', subject: model, seed: 0 }, () =>
      analyse(context, path, model),
    );
    const { fitted, result } = value;
    const out = textOption(context, 'out');
    if (out !== undefined) {
      const json = { ...(responseModelToJson(fitted) as object), itemNames: result.items.map(({ item }) => item), run };
      await writeFile(out, `${JSON.stringify(json)}\n`);
    }
    return { json: { ...result, run }, text: describeText(result) };
  },
};

async function analyse(context: CommandContext, path: string, model: (typeof responseModelNames)[number]) {
  const { table, input } = await readTable(NAME, path);
  const responses = responsesOf(path, table, model === 'graded');
  const group = textOption(context, 'group');
  const groups = group === undefined ? null : await readGroups(group, table);
  const work = (label: string) => workUnder(context, label);
  const saved = textOption(context, 'fitted');
  const started = performance.now();
  const found =
    saved === undefined
      ? { fitted: await fitResponseModel(responses, model, work('Fitting')), inputs: [] }
      : await readSaved(saved, table);
  const fitSeconds = saved === undefined ? (performance.now() - started) / 1000 : 0;
  const { fitted } = found;
  const errors = await itemErrors(fitted, responses, work('Standard errors'));
  const fits = await itemFit(fitted.items, responses, work('Fit of each item'));
  const differences =
    groups && (await differentialFunctioning(fitted.items, responses, groups.labels, work('Comparing groups')));
  const { logLikelihood: loglik, aic, bic, parameters, iterations, converged } = fitted;
  const result = {
    ...{ model: fitted.model, loglik, aic, bic, parameters, iterations, converged },
    ...{ learners: responses.learners, fitSeconds, groups: groups && [...new Set(groups.labels)].sort() },
    items: table.columns.map((item, j) => figuresOf(item, fitted.items[j], errors[j], fits[j], differences?.[j])),
  };
  const inputs: Provenance[] = [input, ...(groups ? [groups.input] : []), ...found.inputs];
  return { value: { fitted, result }, inputs, result: { loglik } };
}

type Result = Awaited<ReturnType<typeof analyse>>['value']['result'];

function responsesOf(path: string, { columns, rows, lines }: NamedTable, graded: boolean): ResponseTable {
  const values = rows.map((row, i) =>
    row.map((cell, k) => {
      if (isGap(cell)) return -1;
      if (graded ? /^\d{1,2}$/.test(cell) : cell === '0' || cell === '1') return Number(cell);
      const expected = `${graded ? 'a whole number from 0 to 99' : '0, 1'}, or nothing where there is no answer, in column ${columns[k]}`;
      throw badFile(path, lines[i], expected, `"${cell.slice(0, 40)}"`, 'correct the cell');
    }),
  );
  const categories = columns.map((_, k) => Math.max(1, ...values.map((row) => row[k])) + 1);
  return createResponses(values, categories);
}

async function readSaved(path: string, { columns }: NamedTable) {
  const { model, json, input } = await readFittedModel(NAME, path, responseModelFromJson);
  const names = json['itemNames'];
  const same = Array.isArray(names) && names.length === columns.length && names.every((name, k) => name === columns[k]);
  if (same) return { fitted: model, inputs: [input] };
  throw new Error(
    `${NAME}: expected the items that ${path} was fitted on, in the same order, got ${columns.slice(0, 3).join(', ')}...; fit anew.`,
  );
}

async function readGroups(path: string, answers: NamedTable): Promise<{ labels: string[]; input: Provenance }> {
  const { table, input } = await readTable(NAME, path);
  const column = table.columns.indexOf('group');
  if (column < 0) throw badFile(path, 1, 'a column "group"', table.columns.join(', '), 'name it');
  const labels = table.rows.map((row) => row[column]);
  if (table.rowNames === null || answers.rowNames === null) {
    if (labels.length === answers.rows.length) return { labels, input };
    throw new UsageError(
      `--group: expected a row for each of the ${answers.rows.length} learners, got ${labels.length}; name learners in both files.`,
    );
  }
  const groupOf = new Map(table.rowNames.map((name, i) => [name, labels[i]]));
  const missing = answers.rowNames.find((name) => !groupOf.has(name));
  if (missing !== undefined) throw badFile(path, 1, `a group of learner "${missing}"`, 'none', 'add a row');
  return { labels: answers.rowNames.map((name) => groupOf.get(name) as string), input };
}

function figuresOf(
  name: string,
  item: ResponseItem,
  errors: ItemErrors,
  { infit, infitDeviation, outfit, answers, scoreFit }: ItemFit,
  difference: DifferentialFunctioning | undefined,
) {
  const place =
    item.kind === 'graded'
      ? { thresholds: [...item.thresholds], thresholdErrors: [...errors.locations] }
      : {
          ...{ difficulty: item.difficulty, difficultyError: errors.locations[0] },
          ...{ guessing: item.guessing, guessingError: errors.guessing },
        };
  const { item: _, ...differential } = difference ?? { item: 0 };
  return {
    ...{ item: name, answers, slope: item.slope, slopeError: errors.slope, ...place },
    ...{ infit, infitDeviation, outfit, scoreFit, differential: difference ? differential : null },
  };
}

const share = (value: number, digits = 2): string => (Number.isFinite(value) ? value.toFixed(digits) : '-');

function describeText(result: Result): string {
  const head = ['item', 'answers', 'slope', '+-', 'difficulty', '+-', 'S-X2 p', 'infit'];
  const differential = result.groups === null ? [] : ['groups p', 'size', 'easier for'];
  const rows = result.items.map((item) => [
    ...[item.item, `${item.answers}`, share(item.slope), share(item.slopeError)],
    ...('difficulty' in item && item.difficulty !== undefined
      ? [share(item.difficulty), share(item.difficultyError)]
      : [
          (item.thresholds ?? []).map((b) => share(b)).join(' '),
          (item.thresholdErrors ?? []).map((e) => share(e)).join(' '),
        ]),
    ...[item.scoreFit === null ? '-' : share(item.scoreFit.pValue, 3), share(item.infit)],
    ...(result.groups === null ? [] : differentialCells(item.differential as Partial<DifferentialFunctioning> | null)),
  ]);
  return [
    `${result.model}: ${result.learners} learners, ${result.items.length} items; ` +
      `${result.converged ? 'converged' : 'NOT converged'} after ${result.iterations} steps in ${result.fitSeconds.toFixed(2)} s.`,
    `Log-likelihood ${result.loglik.toFixed(2)}, AIC ${result.aic.toFixed(1)}, BIC ${result.bic.toFixed(1)}, ${result.parameters} parameters.`,
    '',
    textTable([[...head, ...differential], ...rows], new Set([1, 2, 3, 4, 5, 6, 7, 8])),
    '',
    '+-: standard error. S-X2 p: small where right answers do not rise with ability as the model says.',
    ...(result.groups === null
      ? []
      : ['Size of the difference between groups at equal ability: A negligible, B moderate, C large.']),
  ].join('\n');
}

const differentialCells = (found: Partial<DifferentialFunctioning> | null): string[] => [
  share(found?.pValue ?? Number.NaN, 3),
  found?.effectClass ?? '-',
  found?.favours ?? '-',
];
