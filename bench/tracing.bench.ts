/**
 * Every registered tracing model on the three published data sets: npm run bench tracing, or
 *
 *   node --conditions=development bench/tracing.bench.ts [--data NAME...] [--model NAME...] [--members N] [--epochs N] [--validate]
 *
 * AUC, NLL and ECE on learners the model has not seen, with 95 % intervals by bootstrap over learners; seconds of the fit
 * (CPU, one thread: neighbours on the machine count less); microseconds of an update with the prediction before it; peak
 * resident memory of a process that does nothing else. `--members` and `--epochs` are of `hybrid` only.
 * `--validate` leaves the test learners alone and holds out every fifth learner of those to fit on: what settings are chosen by.
 */
import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  answersOfTable,
  concatTables,
  createInteractionTableBuilder,
  evaluateTracing,
  type FittedTracingModel,
  hybridTracing,
  type InteractionTable,
  type MetricInterval,
  readRecords,
  selectLearners,
  type TracingModel,
  tracingModel,
  tracingModelNames,
} from '@qurriculum/learner';
import { createRandom } from '@qurriculum/random';
import { dataFile, printMachine } from './machine.ts';

interface DataSet {
  readonly title: string;
  /** What others report; the splits differ, DESIGN.md. */
  readonly peers: string;
  load(): Promise<{ readonly train: InteractionTable; readonly test: InteractionTable }>;
}

async function table(...names: readonly string[]): Promise<InteractionTable> {
  const tables: InteractionTable[] = [];
  for (const name of names) {
    const file = dataFile(`learner/${name}`);
    const reader = await readRecords(name, createReadStream(file), { now: 2e9 });
    const builder = createInteractionTableBuilder();
    for await (const batch of reader.batches) builder.appendColumns(batch);
    tables.push(builder.build());
  }
  return tables.length === 1 ? tables[0] : concatTables(tables);
}

const foldFile = (fold: number) => `assist2015_fold${fold}.csv.gz`;

const dataSets: Readonly<Record<string, DataSet>> = {
  assistments09: {
    title: 'ASSISTments 2009, 2,491 learners to fit on, 623 to test',
    peers: 'BKT (pyBKT, 16.5 s) AUC .7156, NLL .5712; Best-LR .7667; StableKT .7765',
    load: async () => ({
      train: await table('assistments09_train.tsv.gz'),
      test: await table('assistments09_test.tsv.gz'),
    }),
  },
  assistments15: {
    title: 'ASSISTments 2015, folds 2 to 5 to fit on, fold 1 to test',
    peers: 'Best-LR AUC .6989; DKT .7304',
    load: async () => ({ train: await table(...[2, 3, 4, 5].map(foldFile)), test: await table(foldFile(1)) }),
  },
  algebra05: {
    title: 'Algebra 2005, the part at hand: 92 learners to fit on, 22 to test',
    peers: 'Best-LR AUC .8241; ATKT, DAS3H .8243',
    load: async () => {
      const all = await table('algebra05_part.tsv.gz');
      const list = readFileSync(dataFile('learner/reference/algebra05_test_users.txt'), 'utf8');
      const users = new Set(list.trim().split(/\s+/));
      return {
        train: selectLearners(all, (learner) => !users.has(learner)),
        test: selectLearners(all, (learner) => users.has(learner)),
      };
    },
  },
};

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** One model on one data set; prints one line. */
async function measure(data: DataSet, name: string): Promise<void> {
  const { train, test } = flags.validate ? withinTraining((await data.load()).train) : await data.load();
  const options = { members: Number(flags.members), ...(flags.epochs ? { epochs: Number(flags.epochs) } : {}) };
  const model: TracingModel =
    name === 'hybrid' ? (hybridTracing(options) as unknown as TracingModel) : tracingModel(name);
  const started = cpuSeconds();
  const fitted = await model.fit(train, { seed: 1 });
  const seconds = cpuSeconds() - started;
  const found = await evaluateTracing(fitted, test, { random: createRandom(1) });
  const peak = process.resourceUsage().maxRSS / 1024;
  const cells = [
    ...[found.auc, found.nll, found.ece].map(withInterval),
    ...[seconds.toFixed(1), microseconds(fitted, test).toFixed(0), peak.toFixed(0)],
  ];
  process.stdout.write(cells.join('\t'));
}

/** Every fifth learner held out. */
function withinTraining(train: InteractionTable): { train: InteractionTable; test: InteractionTable } {
  const held = new Set(train.learners.filter((_, k) => k % 5 === 0));
  return {
    train: selectLearners(train, (learner) => !held.has(learner)),
    test: selectLearners(train, (learner) => held.has(learner)),
  };
}

/** Mean over the first 3,000 answers of an update and the prediction before it. */
function microseconds(model: FittedTracingModel, test: InteractionTable): number {
  const answer = answersOfTable(test);
  const rows = Math.min(3000, test.rows);
  let state = model.initial();
  const started = cpuSeconds();
  for (let row = 0; row < rows; row++) {
    if (row > 0 && test.learner[row] !== test.learner[row - 1]) state = model.initial();
    const interaction = answer(row);
    model.predict(state, interaction);
    state = model.update(state, interaction);
  }
  return ((cpuSeconds() - started) / rows) * 1e6;
}

function withInterval({ mean, low, high }: MetricInterval): string {
  const [m, l, h] = [mean, low, high].map((value) => value.toFixed(4).replace(/^0/, ''));
  return `${m} [${l}, ${h}]`;
}

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string', multiple: true, default: Object.keys(dataSets) },
    model: { type: 'string', multiple: true, default: [...tracingModelNames] },
    members: { type: 'string', default: '1' },
    epochs: { type: 'string' },
    validate: { type: 'boolean', default: false },
    inner: { type: 'boolean', default: false },
  },
});

if (!existsSync(dataFile('learner/README.md'))) {
  process.stdout.write(`tracing: skipped, there is no ${fileURLToPath(dataFile('learner/README.md'))}\n`);
} else if (flags.inner) {
  await measure(dataSets[flags.data[0]], flags.model[0]);
} else {
  printMachine('Knowledge tracing: prediction of held-out learners, 95 % intervals by bootstrap over learners');
  for (const data of flags.data) {
    const { title, peers } = dataSets[data];
    const held = flags.validate ? 'every fifth learner to fit on held out instead\n' : '';
    process.stdout.write(`${title}\n${held}  others: ${peers}\n`);
    process.stdout.write(
      `${'model'.padEnd(14)}${['AUC', 'NLL', 'ECE'].map((h) => h.padEnd(22)).join('')}fit s  us/answer  peak MB\n`,
    );
    for (const model of flags.model) {
      const inner = ['--inner', '--data', data, '--model', model, '--members', flags.members];
      if (flags.epochs) inner.push('--epochs', flags.epochs);
      if (flags.validate) inner.push('--validate');
      const line = execFileSync(process.execPath, ['--conditions=development', process.argv[1], ...inner], {
        encoding: 'utf8',
      });
      const [auc, nll, ece, seconds, micros, peak] = line.split('\t');
      process.stdout.write(
        `${model.padEnd(14)}${[auc, nll, ece].map((cell) => cell.padEnd(22)).join('')}` +
          `${seconds.padStart(5)}${micros.padStart(11)}${peak.padStart(9)}\n`,
      );
    }
    process.stdout.write('\n');
  }
}
