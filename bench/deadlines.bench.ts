/**
 * How well solvers keep deadlines and how fast they hear that they are cancelled: npm run bench -- deadlines [--wall SOLVER...].
 *
 * Seconds are CPU seconds of this process, so that neighbours on the machine count less; threads of solvers count twice then
 * (HiGHS, and auto where it asks HiGHS), so on a quiet machine take the wall clock: --wall. Over: how long after its deadline
 * of one second an answer came. Cancel: how long after the signal, given after 0.2 s; work before the first turn of the
 * event loop counts. A star where more than 5 % or 20 ms, whichever is more, or 50 ms.
 */
import { existsSync, readFileSync } from 'node:fs';
import { type BinaryQuadraticModel, createBqm, type Problem, readProblemFile, type Solver } from '@qurriculum/problems';
import { randomBqm, randomPlan } from '@qurriculum/problems/testing';
import { createRandom } from '@qurriculum/random';
import { createSolvers } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { dataFile, printMachine } from './machine.ts';

const SECONDS = 1;
const CANCEL_AFTER = 0.2;
const MOST_OVER = Math.max(0.05 * SECONDS, 0.02);
const MOST_CANCEL = 0.05;

const base = createNodePlatform();
const byWall = process.argv.includes('--wall');
const platform = byWall ? base : { ...base, now: () => base.cpuSeconds() ?? base.now() };

/** A sparse model of whole couplings from -9 to 9. */
function randomSparse(size: number, pairs: number): BinaryQuadraticModel {
  const random = createRandom(7);
  const first = Int32Array.from({ length: pairs }, () => random.integer(size));
  const second = first.map((i) => (i + 1 + random.integer(size - 1)) % size);
  const coefficient = Float64Array.from(first, () => random.integer(19) - 9);
  return createBqm({ vartype: 'SPIN', variables: size, quadratic: { first, second, coefficient } });
}

function problems(): readonly (readonly [string, Problem])[] {
  const g70 = dataFile('qubo/gset/G70.mc');
  const gap = dataFile('scheduling/gap/d40400');
  return [
    ['60 dense', randomBqm(60, 'BINARY', 1)],
    ...(existsSync(g70) ? [['G70', readProblemFile(readFileSync(g70, 'utf8'), 'G70.mc').problem] as const] : []),
    ['3,000 dense', randomBqm(3000, 'BINARY', 2)],
    ['100,000 sparse', randomSparse(100_000, 400_000)],
    ['plan of 36', randomPlan(12, 1)],
    ['plan of 1,500', randomPlan(500, 2)],
    ...(existsSync(gap)
      ? [['d40400', readProblemFile(readFileSync(gap, 'utf8'), 'd40400', 'gap').problem] as const]
      : []),
  ];
}

async function overshoot(solver: Solver, problem: Problem): Promise<number> {
  const started = platform.now();
  await solver.solve(problem, { seconds: SECONDS, seed: 1 });
  return platform.now() - started - SECONDS;
}

/** Null where the solver had ended before. */
async function cancelling(solver: Solver, problem: Problem): Promise<number | null> {
  const stop = new AbortController();
  const due = platform.now() + CANCEL_AFTER;
  const timer = setInterval(() => {
    if (platform.now() >= due) stop.abort(new Error('enough'));
  }, 1);
  await solver.solve(problem, { seconds: 30, seed: 1, signal: stop.signal }).catch((error: unknown) => {
    if (error !== stop.signal.reason) throw error;
  });
  clearInterval(timer);
  const late = platform.now() - due;
  return late < 0 ? null : late;
}

const milliseconds = (seconds: number | null, most: number): string =>
  seconds === null ? 'ended' : `${Math.max(0, 1000 * seconds).toFixed(0)}${seconds > most ? ' *' : '  '}`;

printMachine(
  `Deadlines of ${SECONDS} s and cancelling after ${CANCEL_AFTER} s, ${byWall ? 'wall' : 'CPU'} seconds; * = more than is allowed`,
);
process.stdout.write('solver           problem            over ms  cancel ms\n');
const wanted = process.argv.slice(2).filter((word) => word !== '--wall');
const all = problems();
let missed = 0;
for (const solver of createSolvers(platform).values()) {
  if (solver.kind === 'quantum-remote' || (wanted.length > 0 && !wanted.includes(solver.name))) continue;
  for (const [label, problem] of all) {
    if (solver.refuses(problem) !== null) continue;
    // Loading and compiling is not what is measured.
    await solver.solve(randomPlanOrBqm(solver), { seconds: 0.1 });
    const over = await overshoot(solver, problem);
    const cancel = await cancelling(solver, problem);
    if (over > MOST_OVER || (cancel ?? 0) > MOST_CANCEL) missed++;
    const cells = [solver.name.padEnd(16), label.padEnd(16)];
    cells.push(milliseconds(over, MOST_OVER).padStart(9), milliseconds(cancel, MOST_CANCEL).padStart(10));
    process.stdout.write(`${cells.join(' ')}\n`);
  }
}
process.stdout.write(missed === 0 ? '\nall kept\n' : `\n${missed} rows not kept\n`);
process.exit(0);

function randomPlanOrBqm(solver: Solver): Problem {
  const small: readonly Problem[] = [randomBqm(12, 'SPIN', 3), randomPlan(4, 3)];
  return small.find((problem) => solver.refuses(problem) === null) ?? all[all.length - 1][1];
}
