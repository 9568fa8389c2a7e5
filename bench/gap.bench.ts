/**
 * Generalised assignment, the instances in scheduling/gap: `node gap.bench.ts [--seconds S] [--seed N] [INSTANCE...]`.
 * One line per instance: best known value, `assign` after a tenth of the time and at its end, the gap, what is proved,
 * and `highs` alone for the same time. CPU seconds beside wall seconds: on a shared machine they are what was had.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Problem, readProblemFile, type SampleSet, type Solver } from '@qurriculum/problems';
import { createSolvers, pickSolver } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { dataFile, printMachine } from './machine.ts';

const { values: flags, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } },
});
const seconds = Number(flags.seconds);
const seed = Number(flags.seed);
const table = dataFile('scheduling/gap/best_known.csv');
if (!existsSync(table)) {
  process.stdout.write(`gap: skipped, there is no ${table.pathname}\n`);
  process.exit(0);
}
// Columns: path, format, dataset, items, agents, best known bound, optimum (or empty), best known value.
const known = readFileSync(table, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','))
  .map((cells) => ({ name: cells[0].split('/')[1], optimum: cells[6] !== '', best: Number(cells[7]) }))
  .filter(({ name }) => wanted.length === 0 || wanted.includes(name));

interface Run {
  readonly set: SampleSet;
  /** The best energy that was reported within a tenth of the time. */
  readonly early: number | null;
}

async function timed(solver: Solver, problem: Problem): Promise<Run> {
  const started = performance.now();
  let early: number | null = null;
  const set = await solver.solve(problem, {
    seconds,
    seed,
    onProgress: ({ bestEnergy }) => {
      if (performance.now() - started <= 100 * seconds) early = bestEnergy ?? early;
    },
  });
  return { set, early: set.cost.wallSeconds <= seconds / 10 ? energyOf(set) : early };
}

function energyOf({ samples }: SampleSet): number | null {
  return samples.find(({ feasible }) => feasible)?.energy ?? null;
}

function gapOf(energy: number | null, best: number): string {
  return energy === null ? '-' : `${((100 * (energy - best)) / best).toFixed(3)}`;
}

const solvers = createSolvers(createNodePlatform());
const assign = pickSolver(solvers, 'assign');
const highs = pickSolver(solvers, 'highs');
const head = ['instance', 'best known', `at ${seconds / 10} s`, `at ${seconds} s`, 'gap %', 'bound', 'feasible'];
const widths = [9, 11, 9, 9, 7, 8, 9, 7, 7, 9, 8, 7];
const line = (cells: readonly string[]): string =>
  `${cells.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]))).join(' ')}\n`;
printMachine(`Generalised assignment, ${seconds} s each, one thread, seed ${seed}`);
process.stdout.write(line([...head, 'wall s', 'CPU s', 'highs', 'gap %', 'CPU s']));
let behind = 0;
for (const { name, optimum, best } of known) {
  const { problem } = readProblemFile(readFileSync(dataFile(`scheduling/gap/${name}`), 'utf8'), name, 'gap');
  const ours = await timed(assign, problem);
  const theirs = await timed(highs, problem);
  const [energy, exact] = [energyOf(ours.set), energyOf(theirs.set)];
  if ((energy ?? Number.POSITIVE_INFINITY) > (exact ?? Number.POSITIVE_INFINITY)) behind++;
  process.stdout.write(
    line([
      name,
      `${best}${optimum ? ' ' : '*'}`,
      `${ours.early ?? 'none'}`,
      `${energy ?? 'none'}`,
      gapOf(energy, best),
      (ours.set.lowerBound ?? Number.NaN).toFixed(0),
      energy === null ? 'no' : ours.set.status === 'optimal' ? 'proved' : 'yes',
      ours.set.cost.wallSeconds.toFixed(2),
      ours.set.cost.cpuSeconds.toFixed(2),
      `${exact ?? 'none'}`,
      gapOf(exact, best),
      theirs.set.cost.cpuSeconds.toFixed(2),
    ]),
  );
}
process.stdout.write(
  `\n* not proved optimal by anybody\nbehind highs at the same time: ${behind} of ${known.length}\n`,
);
process.exit(0);
