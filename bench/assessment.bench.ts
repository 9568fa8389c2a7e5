/**
 * Diagnosis, response theory and adaptive tests, each beside what it has to reach: npm run bench assessment, or
 *
 *   node --conditions=development bench/assessment.bench.ts [--only fits|recovery|tests]
 *
 * Log-likelihoods and CPU seconds (one thread) on fraction subtraction (Tatsuoka 1990; 536 learners, 20 items, 8 skills:
 * learner/fraction_subtraction_*); recovery of attributes and item parameters of simulated learners; adaptive tests on
 * simulated learners against a form of 40 items drawn at random. Everything simulated is seeded.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import {
  type RuleFigures,
  type SelectionRule,
  type SimulationOptions,
  simulateAssessments,
} from '@qurriculum/decisions';
import {
  type AttributeStructure,
  createAttributes,
  createQMatrix,
  createResponses,
  type DiagnosisModelName,
  diagnose,
  diagnosisDesign,
  fitDiagnosis,
  fitResponseModel,
  type LogisticItem,
  readBinaryMatrix,
} from '@qurriculum/learner';
import { createRandom, type Random } from '@qurriculum/random';
import { dataFile, printMachine, spread } from './machine.ts';

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const WIDTHS = [50, 22, 22];

function line(what: string, found: string, target: string, note = ''): void {
  const cells = [what, found, target].map((cell, k) => cell.padEnd(WIDTHS[k]));
  process.stdout.write(`${cells.join('')}${note}`.trimEnd());
  process.stdout.write('\n');
}

const share = (value: number): string => `${(100 * value).toFixed(1)} %`;

// Fraction subtraction. The targets are those of the published fits (de la Torre 2009; R packages CDM and GDINA).

const targets: Readonly<Record<DiagnosisModelName, string>> = {
  dina: '>= -4402.4 in .5 s',
  dino: '-',
  gdina: '>= -4224.5 in 5 s',
};

async function fractionSubtraction(): Promise<void> {
  if (!existsSync(dataFile('learner/README.md'))) {
    process.stdout.write(
      `fraction subtraction: skipped, there is no ${fileURLToPath(dataFile('learner/README.md'))}\n`,
    );
    return;
  }
  const read = (name: string) =>
    readBinaryMatrix(
      name,
      gunzipSync(readFileSync(dataFile(`learner/fraction_subtraction_${name}.csv.gz`))).toString(),
    );
  const matrix = read('qmatrix');
  const responses = createResponses(read('responses').rows);
  for (const model of ['dina', 'dino', 'gdina'] as const) {
    const design = diagnosisDesign(createQMatrix(matrix.rows, matrix.columns), model);
    const seconds: number[] = [];
    let logLikelihood = 0;
    // The first fit warms the engine up.
    for (let repeat = 0; repeat < 4; repeat++) {
      const started = cpuSeconds();
      logLikelihood = (await fitDiagnosis(responses, design)).logLikelihood;
      seconds.push(cpuSeconds() - started);
    }
    const { median } = spread(seconds.slice(1));
    const found = `${logLikelihood.toFixed(2)} in ${median.toFixed(2)} s`;
    line(`fraction subtraction, ${model}`, found, targets[model], `first fit ${seconds[0].toFixed(2)} s`);
  }
}

// Recovery: 60 items of 5 % guesses and slips.

const NOISE = 0.05;

/** An attribute is held with probability `mastery` by those who hold its prerequisites. */
function drawState({ names, order, prerequisites }: AttributeStructure, mastery: number, random: Random): Uint8Array {
  const state = new Uint8Array(names.length);
  for (const k of order) {
    const ready = prerequisites[k].every((parent) => state[parent] === 1);
    state[k] = Number(random.chance(mastery) && ready);
  }
  return state;
}

interface RecoveryCase {
  readonly name: string;
  readonly parents: readonly (readonly [number, number])[];
  /** Attributes of each item. */
  readonly sets: readonly (readonly number[])[];
  readonly mastery: number;
}

async function recoverAttributes({ name, parents, sets, mastery }: RecoveryCase, seed: number): Promise<number> {
  const random = createRandom(seed).fork(name);
  const size = parents.length + 1;
  const names = Array.from({ length: size }, (_, k) => `a${k}`);
  const structure = createAttributes(
    names,
    parents.map(([before, after]) => [names[before], names[after]] as const),
  );
  const rows = sets.map((set) => names.map((_, k) => Number(set.includes(k))));
  const design = diagnosisDesign(createQMatrix(rows, structure), 'dina');
  const states = Array.from({ length: 150 }, () => drawState(structure, mastery, random));
  const answers = states.map((state) =>
    sets.map((set) => Number(random.chance(set.every((k) => state[k] === 1) ? 1 - NOISE : NOISE))),
  );
  const responses = createResponses(answers);
  const { held } = await diagnose(await fitDiagnosis(responses, design, { iterations: 25 }), responses);
  const truth = states.flatMap((state) => [...state]);
  return truth.filter((value, k) => value === held[k]).length / truth.length;
}

async function attributes(): Promise<void> {
  const cases: RecoveryCase[] = [
    {
      ...{ name: '30-attribute chain, 60 items', mastery: 0.93 },
      parents: Array.from({ length: 29 }, (_, k) => [k, k + 1] as const),
      sets: Array.from({ length: 60 }, (_, j) => [j % 30]),
    },
    {
      ...{ name: '120-attribute tree, 60 items', mastery: 0.9 },
      parents: treeOf(120),
      sets: Array.from({ length: 60 }, (_, j) => (j % 2 === 0 ? [2 * j + 1] : [2 * j, 2 * j - 3])),
    },
  ];
  for (const one of cases) {
    const found: number[] = [];
    const started = cpuSeconds();
    for (let seed = 0; seed < 5; seed++) found.push(await recoverAttributes(one, seed));
    const { median, least, most } = spread(found);
    const seconds = `${((cpuSeconds() - started) / 5).toFixed(1)} s each`;
    line(`${one.name}: attributes right`, share(median), '>= 95 %', `${share(least)} to ${share(most)}, ${seconds}`);
  }
}

function treeOf(size: number): (readonly [number, number])[] {
  const random = createRandom('shape');
  return Array.from({ length: size - 1 }, (_, k) => [Math.max(0, k - random.integer(6)), k + 1] as const);
}

async function responseModel(): Promise<void> {
  const slopes: number[] = [];
  const difficulties: number[] = [];
  const started = cpuSeconds();
  for (let seed = 0; seed < 5; seed++) {
    const random = createRandom(seed).fork('2pl');
    const truth = Array.from({ length: 40 }, () => ({
      slope: Math.exp(0.3 * random.normal()),
      difficulty: random.normal(),
    }));
    const rows = Array.from({ length: 2000 }, () => {
      const ability = random.normal();
      return truth.map(({ slope, difficulty }) =>
        Number(random.chance(1 / (1 + Math.exp(-slope * (ability - difficulty))))),
      );
    });
    const items = (await fitResponseModel(createResponses(rows), '2pl')).items as LogisticItem[];
    slopes.push(
      correlation(
        truth.map(({ slope }) => slope),
        items.map(({ slope }) => slope),
      ),
    );
    difficulties.push(
      correlation(
        truth.map(({ difficulty }) => difficulty),
        items.map(({ difficulty }) => difficulty),
      ),
    );
  }
  const seconds = `${((cpuSeconds() - started) / 5).toFixed(1)} s each`;
  for (const [name, found] of [
    ['slopes', slopes],
    ['difficulties', difficulties],
  ] as const) {
    const { median, least, most } = spread(found);
    const range = `${least.toFixed(3)} to ${most.toFixed(3)}, ${seconds}`;
    line(`2PL, 2,000 learners x 40 items: ${name} r`, median.toFixed(3), '>= .95', range);
  }
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number): number =>
    x.reduce((sum, value, k) => sum + (value - mx) * (y[k] - my), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}

// Adaptive tests of 20 items, 500 simulated learners, a bank of 300. Longer tests meet an item more often.

const LENGTH = 20;

/** Length and exposure of a rule, beside the random form of 40 items. */
async function abilityTest(name: string, options: Partial<SimulationOptions>): Promise<void> {
  const rules: SelectionRule[] = ['information', 'kl', 'random'];
  const { rules: found, reference } = await simulateAssessments({ rules, items: LENGTH, seed: 0, ...options });
  for (const figures of found) {
    const target = figures.rule === 'random' ? 'the yardstick: 40' : '<= 20 items';
    line(`${name}: ${figures.rule}`, sayLength(figures), target, sayExposure(figures, reference.uncertainty));
  }
}

const sayLength = ({ itemsToMatch, shareToMatch }: RuleFigures): string =>
  itemsToMatch === null ? 'never as sure' : `${itemsToMatch} items, ${share(shareToMatch ?? 0)}`;

const sayExposure = ({ mostExposed }: RuleFigures, uncertainty: number): string =>
  `for a standard error of ${uncertainty.toFixed(3)}; most exposed item ${share(mostExposed)}`;

async function diagnosisTest(): Promise<void> {
  const rules: SelectionRule[] = ['pwkl', 'jensen-shannon', 'mutual-information', 'random'];
  const { rules: found, reference } = await simulateAssessments({ kind: 'diagnosis', rules, items: LENGTH, seed: 0 });
  for (const figures of found) {
    const target = figures.rule === 'random' ? 'the yardstick: 40' : 'fewer than random';
    const note = `attributes right after ${LENGTH} items ${share(figures.accuracy ?? Number.NaN)}; random form: ${share(1 - reference.uncertainty)} expected`;
    line(`diagnosis: ${figures.rule}`, sayLength(figures), target, note);
  }
}

const { values: flags } = parseArgs({ options: { only: { type: 'string' } } });

const parts: Readonly<Record<string, () => Promise<void>>> = {
  fits: fractionSubtraction,
  recovery: async () => {
    await attributes();
    await responseModel();
  },
  tests: async () => {
    await abilityTest('ability, no control', {});
    await abilityTest('ability, Sympson-Hetter', { exposure: 'sympson-hetter' });
    await abilityTest('ability, randomesque', { exposure: 'randomesque' });
    await diagnosisTest();
  },
};

printMachine('Diagnosis, response theory and adaptive tests (learners of recovery and tests are simulated)');
line('what', 'found', 'to reach');
for (const [name, measure] of Object.entries(parts))
  if (flags.only === undefined || flags.only === name) await measure();
