/** The two sides of an evaluation: files for each, or one data set and a list of the learners to test on. */
import { readFile } from 'node:fs/promises';
import { createSha256, type Provenance } from '@qurriculum/evidence';
import {
  type DataFinding,
  describeFinding,
  type InteractionTable,
  lintSplit,
  selectLearners,
} from '@qurriculum/learner';
import { type CommandContext, type OptionSpec, UsageError } from '../command.ts';
import { listOption, textOption } from '../options.ts';
import { sayReadError } from '../read-error.ts';
import { readTraceData, recordOptions } from './trace-files.ts';

/** Options of every command that fits on some learners and tests on others. */
export const splitOptions: Readonly<Record<string, OptionSpec>> = {
  train: { type: 'string', value: 'FILE', variadic: true, description: 'records to fit on' },
  test: { type: 'string', value: 'FILE', variadic: true, description: 'records to predict' },
  data: { type: 'string', value: 'FILE', variadic: true, description: 'records of all learners, with --test-users' },
  'test-users': { type: 'string', value: 'LIST', description: 'file with one learner a line: the ones to test on' },
  ...recordOptions,
};

export interface TraceSplit {
  readonly train: InteractionTable;
  readonly test: InteractionTable;
  readonly inputs: readonly Provenance[];
  readonly findings: readonly DataFinding[];
}

/** Reads what --train and --test, or --data and --test-users, name. */
export async function readSplit(context: CommandContext): Promise<TraceSplit> {
  const [train, test, data] = ['train', 'test', 'data'].map((name) => listOption(context, name));
  const users = textOption(context, 'test-users');
  if (data.length > 0 && train.length + test.length === 0 && users !== undefined) {
    return readByLearner(context, data, users);
  }
  if (train.length === 0 || test.length === 0 || data.length > 0 || users !== undefined) {
    throw new UsageError(
      'trace: expected --train FILES and --test FILES, or --data FILES and --test-users LIST, got another mixture; give one of the two.',
    );
  }
  const sides = { train: await readTraceData(context, train), test: await readTraceData(context, test) };
  const across = lintSplit(sides.train.table, sides.test.table);
  for (const finding of across) context.note(`Warning: ${describeFinding(finding)}`);
  return {
    ...{ train: sides.train.table, test: sides.test.table },
    inputs: [...sides.train.inputs, ...sides.test.inputs],
    findings: [...sides.train.findings, ...sides.test.findings, ...across],
  };
}

async function readByLearner(context: CommandContext, files: readonly string[], list: string): Promise<TraceSplit> {
  const bytes = await readFile(list).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`trace: expected a list of learners, got ${sayReadError(error)} at ${list}; check --test-users.`);
  });
  const named = new Set(bytes.toString('utf8').split(/\s+/).filter(Boolean));
  const { table, inputs, findings } = await readTraceData(context, files);
  const known = new Set(table.learners);
  const missing = [...named].filter((learner) => !known.has(learner));
  if (missing.length === named.size) {
    throw new Error(
      `trace: expected learners of the data in ${list}, got ${named.size} names of whom none is there (such as ${missing[0] ?? 'none'}); give the ids as they are in the data.`,
    );
  }
  if (missing.length > 0)
    context.note(`${list}: ${missing.length} of ${named.size} learners are not in the data, such as ${missing[0]}.`);
  const hash = createSha256();
  hash.update(bytes);
  return {
    train: selectLearners(table, (learner) => !named.has(learner)),
    test: selectLearners(table, (learner) => named.has(learner)),
    inputs: [...inputs, { name: list, sha256: hash.digest(), rows: named.size }],
    findings,
  };
}
