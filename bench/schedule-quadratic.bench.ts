/**
 * Quadratic terms: tut-200 with continuity and fairness of load as squares, by solvers of the house at equal time:
 * `node schedule-quadratic.bench.ts [--seconds S] [--seed N] [--form pairs|counted] [--most N] [SOLVER...]`. Form `pairs`
 * (default): products of sessions, binary variables only, the most promising N sessions of each learner (6: HiGHS takes no more), which all
 * solvers can take; `counted`: all sessions, squares of counted loads. HiGHS takes products by linearisation; `hybrid` asks a
 * simulated QAOA for its neighbourhoods; `schedule` is the native search. Who refuses the model says why. All start from the
 * greedy plan but where a solver takes no start. Squares: minus the model's energy, objective: of the plan, both to be
 * maximised; CPU seconds are what was had on a shared machine.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createScheduleSolver, formulateSchedule, readTutoringFile, validateSchedule } from '@qurriculum/decisions';
import { bestFeasible, cqmEnergy, type Solver } from '@qurriculum/problems';
import { createSolvers, pickSolver } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { dataFile, printMachine } from './machine.ts';

const { values: flags, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    form: { type: 'string', default: 'pairs' },
    most: { type: 'string', default: '6' },
  },
});
const seconds = Number(flags.seconds);
const seed = Number(flags.seed);
const file = dataFile('scheduling/tutoring/tut-200x20x40-s1.json');
if (!existsSync(file)) {
  process.stdout.write(`schedule-quadratic: skipped, there is no ${file.pathname}\n`);
  process.exit(0);
}
const { state: plain } = readTutoringFile(readFileSync(file, 'utf8'));
const state = { ...plain, loadFairness: 'squares', weights: { ...plain.weights, load: 1 } } as const;
const isPairs = flags.form === 'pairs';
const formulation = formulateSchedule(state, isPairs ? { squares: 'pairs', mostPerRequest: Number(flags.most) } : {});
const { problem, initial, decode } = formulation;
const platform = createNodePlatform();
const solvers = createSolvers(platform);
const contenders: readonly Solver[] = [
  createScheduleSolver(formulation, platform),
  ...['highs', 'neighbourhood', 'anneal', 'swap-anneal', 'hybrid'].map((name) => pickSolver(solvers, name)),
].filter(({ name }) => wanted.length === 0 || wanted.includes(name));

printMachine(
  `Tutoring with squares, ${isPairs ? `pairs, ${flags.most} sessions a learner` : 'counted'}: ${problem.variables.length} variables, ${problem.constraints.length} rows, ` +
    `${problem.quadratic.first.length} products; ${seconds} s each, seed ${seed}`,
);
const widths = [14, 10, 10, 10, 8, 9, 8];
const line = (cells: readonly string[]): string =>
  `${cells.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]))).join(' ')}\n`;
const squares = (energy: number): string => (-energy).toFixed(2);
process.stdout.write(line(['solver', 'squares', 'bound', 'objective', 'feasible', 'wall s', 'CPU s']));
process.stdout.write(
  line(['greedy', squares(cqmEnergy(problem, initial)), '-', decode(initial).objective.toFixed(2), 'yes', '-', '-']),
);
for (const solver of contenders) {
  const refusal = solver.refuses(problem);
  if (refusal !== null) {
    process.stdout.write(`${solver.name.padEnd(widths[0])} does not take it: ${refusal}\n`);
    continue;
  }
  const set = await solver.solve(problem, { seconds, seed, initial: [initial] });
  const best = bestFeasible(set);
  const plan = best === undefined ? null : decode(best.values);
  const broken = plan === null ? 1 : validateSchedule(state, plan).length;
  const { wallSeconds, cpuSeconds } = set.cost;
  process.stdout.write(
    line([
      solver.name,
      best === undefined ? 'none' : squares(best.energy),
      set.lowerBound === null ? '-' : squares(set.lowerBound),
      plan === null ? 'none' : plan.objective.toFixed(2),
      broken === 0 ? 'yes' : 'no',
      ...[wallSeconds, cpuSeconds].map((value) => value.toFixed(2)),
    ]),
  );
}
process.exit(0);
