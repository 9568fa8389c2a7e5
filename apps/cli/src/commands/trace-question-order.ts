/** `trace question-order`: whether the order of two yes/no questions matters, and which model says how. */
import { readFile } from 'node:fs/promises';
import { describeBytes } from '@qurriculum/evidence';
import { type QuestionOrder, questionOrder, readQuestionOrder } from '@qurriculum/learner';
import { createRandom } from '@qurriculum/random';
import { type Command, UsageError } from '../command.ts';
import { numberOption } from '../options.ts';
import { sayReadError } from '../read-error.ts';
import { recordedRun } from '../recorded-run.ts';
import { textTable } from '../table.ts';

export const traceQuestionOrder: Command = {
  name: 'trace question-order',
  summary: 'Tests whether the order of two yes/no questions matters; quantum model and classical twin side by side.',
  usage: 'FILE [--replicates N] [--seed N]',
  details: [
    'FILE is CSV or TSV with a header: order, the names of the two questions, and count where a row stands for several',
    'people. order names the question that was asked first (or A, B, by place in the header); answers are yes or no.',
    'Both orders have to be there, best of people drawn at random.',
    '',
    'q is 0 for every projective quantum model (quantum question equality); the models are compared by likelihood, with',
    'p-values from tables drawn from each of them.',
    '',
    'Example: qurriculum trace question-order poll.csv --json',
  ].join('\n'),
  options: {
    replicates: { type: 'string', value: 'N', description: 'tables drawn from each model (default 500, at least 20)' },
    seed: { type: 'string', value: 'N', description: 'seed of the draws (default 0)' },
  },
  async run(context) {
    const [path, ...more] = context.positionals;
    if (path === undefined || more.length > 0) {
      throw new UsageError(`trace question-order: expected one FILE, got ${context.positionals.length}; name one.`);
    }
    const replicates = numberOption(context, 'replicates', 500, { least: 20, integer: true });
    const seed = numberOption(context, 'seed', 0, { least: 0, integer: true });
    const { value, run } = await recordedRun({ kind: 'compare', subject: 'question-order', seed }, async () => {
      const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
        const got = error.code === 'EISDIR' ? 'a folder' : sayReadError(error);
        throw new Error(`trace question-order: expected a file of answers, got ${got} at ${path}; check the path.`);
      });
      const { questions, counts } = readQuestionOrder(path, new TextDecoder().decode(bytes));
      const found = questionOrder(counts, { random: createRandom(seed), replicates });
      const rows = found.asked.aFirst + found.asked.bFirst;
      return {
        value: { questions, counts, ...found },
        inputs: [await describeBytes(bytes, { name: path, rows })],
        result: { verdict: found.verdict, q: found.qq.q, difference: found.comparison.difference },
      };
    });
    return { json: { ...value, run }, text: describe(value.questions, value) };
  },
};

const figure = (value: number): string => value.toFixed(4);

function describe(questions: readonly [string, string], found: QuestionOrder): string {
  const { asked, orderEffect, qq, models, comparison } = found;
  const rows = models.map(({ model, parameters, logLikelihood, aic, bic, misfit }) => [
    ...[model, `${parameters}`, logLikelihood.toFixed(2), aic.toFixed(1), bic.toFixed(1)],
    misfit === null ? '-' : figure(misfit.bootstrapP ?? misfit.p),
  ]);
  return [
    `A: ${questions[0]}, first for ${asked.aFirst}; B: ${questions[1]}, first for ${asked.bFirst}.`,
    `Order effect: likelihood ratio ${orderEffect.statistic.toFixed(2)} on ${orderEffect.degrees} degrees, p ${figure(orderEffect.p)}.`,
    `QQ equality: q ${figure(qq.q)} (95 %: ${figure(qq.low)} to ${figure(qq.high)}), chi-square ${qq.statistic.toFixed(2)}, p ${figure(qq.p)}.`,
    '',
    textTable([['model', 'parameters', 'log-likelihood', 'AIC', 'BIC', 'p of fit'], ...rows], new Set([1, 2, 3, 4, 5])),
    '',
    `Projective less anchoring: ${comparison.difference.toFixed(2)} in log-likelihood; as much if the twin holds: p ${figure(comparison.pIfClassical)}, as little if the qubit holds: p ${figure(comparison.pIfQuantum)} (${comparison.replicates} tables each).`,
    found.words,
  ].join('\n');
}
