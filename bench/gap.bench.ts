/**
 * Generalised assignment, the instances in scheduling/gap: `node gap.bench.ts [SECONDS] [SOLVER] [INSTANCE...]`. One line
 * per instance: best known value, ours, the gap, when it was found, what is proved.
 */
import { existsSync, readFileSync } from 'node:fs';
import { readProblemFile } from '@qurriculum/problems';
import { createSolvers, pickSolver } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { dataFile, printMachine } from './machine.ts';

const [seconds = '10', solverName = 'assign', ...wanted] = process.argv.slice(2);
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
  .map((cells) => ({ name: cells[0].split('/')[1], optimum: cells[6] !== '', best: Number(cells[7]) }));

const solver = pickSolver(createSolvers(createNodePlatform()), solverName);
printMachine(`Generalised assignment by ${solverName}, ${seconds} s each, one thread, seed 1`);
process.stdout.write('instance   best known     ours     gap %  found at s   seconds    bound\n');
for (const { name, optimum, best } of known) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { problem } = readProblemFile(readFileSync(dataFile(`scheduling/gap/${name}`), 'utf8'), name, 'gap');
  const set = await solver.solve(problem, { seconds: Number(seconds), seed: 1 });
  const sample = set.samples.find(({ feasible }) => feasible);
  const gap = sample ? ((100 * (sample.energy - best)) / best).toFixed(3) : '-';
  const found = typeof set.info['bestAtSeconds'] === 'number' ? set.info['bestAtSeconds'].toFixed(2) : '-';
  const cells = [
    name.padEnd(9),
    `${best}${optimum ? ' ' : '*'}`.padStart(12),
    `${sample?.energy ?? 'none'}`.padStart(8),
    gap.padStart(9),
    found.padStart(11),
    set.cost.wallSeconds.toFixed(2).padStart(9),
    (set.lowerBound ?? Number.NaN).toFixed(0).padStart(8),
  ];
  process.stdout.write(`${cells.join(' ')}\n`);
}
process.stdout.write('\n* not proved optimal by anybody\n');
process.exit(0);
