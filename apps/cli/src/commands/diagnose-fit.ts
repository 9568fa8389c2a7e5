/** `diagnose fit`: fits a cognitive diagnosis model to answers and a Q-matrix. */
import { writeFile } from 'node:fs/promises';
import { describeBytes, type Provenance } from '@qurriculum/evidence';
import {
  type BinaryMatrix,
  checkQMatrix,
  createAttributes,
  createQMatrix,
  createResponses,
  diagnose,
  diagnosisDesign,
  diagnosisModelNames,
  diagnosisToJson,
  type FittedDiagnosis,
  fitDiagnosis,
  type QFinding,
  readBinaryMatrix,
} from '@qurriculum/learner';
import { type Command, type CommandContext, UsageError } from '../command.ts';
import { choiceOption, listOption, textOption } from '../options.ts';
import { workUnder } from '../progress.ts';
import { recordedRun } from '../recorded-run.ts';
import { textTable } from '../table.ts';
import { readTableText } from './diagnose-files.ts';

/** States listed in the result: the most frequent ones. */
const MOST_CLASSES = 256;

export const diagnoseFit: Command = {
  name: 'diagnose fit',
  summary: 'Fits a cognitive diagnosis model: which attributes do right answers need, and who holds them.',
  usage: 'RESPONSES QMATRIX [--model dina] [--prerequisite BEFORE,AFTER...] [--out FILE]',
  details: [
    'RESPONSES has a header with item names and a row of 0 and 1 per learner (an empty cell or NA is no answer); QMATRIX a',
    'header with attribute names and a row of 0 and 1 per item, in the same order. CSV or TSV, plain or gzip.',
    'Attributes with --prerequisite are held only on top of one another; states against that are left out.',
    '',
    'Guess: P(right) without what the item needs; slip: P(wrong) with all of it.',
    '',
    'Example: qurriculum diagnose fit answers.csv q.csv --model gdina --json',
  ].join('\n'),
  options: {
    model: {
      type: 'string',
      value: 'NAME',
      description: `the model: ${diagnosisModelNames.join(', ')} (default dina)`,
    },
    out: { type: 'string', value: 'FILE', description: 'where the fitted model goes, as JSON' },
    prerequisite: {
      ...{ type: 'string', value: 'BEFORE,AFTER', variadic: true },
      description: 'attributes where AFTER is learned only on top of BEFORE',
    },
  },
  async run(context) {
    if (context.positionals.length !== 2) {
      throw new UsageError(
        `diagnose fit: expected RESPONSES and QMATRIX, got ${context.positionals.length} files; name both.`,
      );
    }
    const model = choiceOption(context, 'model', diagnosisModelNames, 'dina');
    const { value, run } = await recordedRun({ kind: 'fit', subject: model, seed: 0 }, async () => {
      const [answers, q] = [
        await readMatrix(context.positionals[0], true),
        await readMatrix(context.positionals[1], false),
      ];
      requireSameItems(context.positionals, answers.matrix, q.matrix);
      const attributes = createAttributes(q.matrix.columns, prerequisites(context));
      const matrix = createQMatrix(q.matrix.rows, attributes, answers.matrix.columns);
      const findings = checkQMatrix(matrix);
      for (const { severity, message } of findings) if (severity === 'warning') context.note(`Warning: ${message}`);
      const responses = createResponses(answers.matrix.rows);
      const started = performance.now();
      const fitted = await fitDiagnosis(responses, diagnosisDesign(matrix, model), workUnder(context, 'Fitting'));
      const fitSeconds = (performance.now() - started) / 1000;
      const { mastery } = await diagnose(fitted, responses, workUnder(context, 'Diagnosing'));
      const result = describeFit(fitted, mastery, findings, fitSeconds);
      return { value: { fitted, result }, inputs: [answers.input, q.input], result: { loglik: fitted.logLikelihood } };
    });
    const out = textOption(context, 'out');
    if (out !== undefined) {
      await writeFile(
        out,
        `${JSON.stringify({ ...(diagnosisToJson(value.fitted) as Record<string, unknown>), run })}\n`,
      );
    }
    return { json: { ...value.result, run }, text: describeText(value.fitted, value.result) };
  },
};

async function readMatrix(path: string, gaps: boolean): Promise<{ matrix: BinaryMatrix; input: Provenance }> {
  const { text, bytes } = await readTableText('diagnose fit', path);
  const matrix = readBinaryMatrix(path, text, gaps);
  return { matrix, input: await describeBytes(bytes, { name: path, rows: matrix.rows.length }) };
}

function prerequisites(context: CommandContext): (readonly [string, string])[] {
  return listOption(context, 'prerequisite').map((text) => {
    const parts = text.split(',').map((part) => part.trim());
    if (parts.length === 2 && parts.every((part) => part !== '')) return [parts[0], parts[1]];
    throw new UsageError(`--prerequisite: expected BEFORE,AFTER, got "${text}".`);
  });
}

function requireSameItems(paths: readonly string[], answers: BinaryMatrix, q: BinaryMatrix): void {
  if (q.rows.length === answers.columns.length) return;
  throw new Error(
    `diagnose fit: expected one row of ${paths[1]} for each of the ${answers.columns.length} columns of ${paths[0]}, got ` +
      `${q.rows.length} rows; complete the file.`,
  );
}

interface FitResult {
  readonly model: string;
  readonly loglik: number;
  readonly aic: number;
  readonly bic: number;
  readonly parameters: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly learners: number;
  readonly fitSeconds: number;
  readonly items: readonly { readonly item: string; readonly guess: number; readonly slip: number }[];
  readonly attributes: readonly { readonly attribute: string; readonly share: number }[];
  /** The most frequent states; null where there are too many to list. */
  readonly classes: readonly { readonly state: string; readonly probability: number }[] | null;
  readonly findings: readonly QFinding[];
}

function describeFit(
  fitted: FittedDiagnosis,
  mastery: Float64Array,
  findings: readonly QFinding[],
  fitSeconds: number,
): FitResult {
  const { design, logLikelihood, aic, bic, parameters, iterations, converged, learners } = fitted;
  const { names } = design.structure;
  const shares = new Float64Array(names.length);
  mastery.forEach((p, k) => {
    shares[k % names.length] += p / learners;
  });
  return {
    ...{
      model: design.model,
      loglik: logLikelihood,
      aic,
      bic,
      parameters,
      iterations,
      converged,
      learners,
      fitSeconds,
    },
    items: itemFigures(fitted),
    attributes: names.map((attribute, k) => ({ attribute, share: shares[k] })),
    classes: classFigures(fitted),
    findings,
  };
}

/** The first group holds nothing that the item needs, the last one all; in between (G-DINA) there are more in `groups`. */
function itemFigures({ design, probabilities }: FittedDiagnosis) {
  return probabilities.map((values, j) => {
    const right = Array.from({ length: values.length / 2 }, (_, group) => values[2 * group + 1]);
    const figures = { item: design.itemNames[j], guess: right[0], slip: 1 - right[right.length - 1] };
    return right.length === 2 ? figures : { ...figures, groups: right };
  });
}

function classFigures({ prior }: FittedDiagnosis) {
  if (prior.kind !== 'states') return null;
  const { states, probability } = prior;
  const size = states.attributes;
  return Array.from(probability, (share, s) => ({
    state: states.bits.subarray(s * size, (s + 1) * size).join(''),
    probability: share,
  }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, MOST_CLASSES);
}

function describeText({ design }: FittedDiagnosis, result: FitResult): string {
  const share = (value: number) => value.toFixed(3).replace(/^0/, '');
  const items = result.items.map(({ item, guess, slip }) => [item, share(guess), share(slip)]);
  const attributes = result.attributes.map(({ attribute, share: held }) => [attribute, share(held)]);
  return [
    `${design.model}: ${result.learners} learners, ${items.length} items, ${attributes.length} attributes; ` +
      `${result.converged ? 'converged' : 'NOT converged'} after ${result.iterations} steps in ${result.fitSeconds.toFixed(2)} s.`,
    `Log-likelihood ${result.loglik.toFixed(2)}, AIC ${result.aic.toFixed(1)}, BIC ${result.bic.toFixed(1)}, ${result.parameters} parameters.`,
    '',
    textTable([['item', 'guess', 'slip'], ...items], new Set([1, 2])),
    '',
    textTable([['attribute', 'held by'], ...attributes], new Set([1])),
  ].join('\n');
}
