/**
 * What a sparse model of 10,000 variables takes in memory, from building it to an annealed answer: growth of the resident
 * set over that of the loaded program, each model in a process of its own. `node memory.bench.ts`.
 */
import { execFileSync } from 'node:child_process';
import { createBqm, problemHash } from '@qurriculum/problems';
import { createRandom } from '@qurriculum/random';
import { createAnnealSolver } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { printMachine } from './machine.ts';

const SIZE = 10_000;
/** Neighbours per variable on average: Gset's sparse graphs have 4 to 40. */
const DEGREES = [4, 20, 40];
const MEGABYTE = 2 ** 20;

/** Builds, hashes and anneals for two seconds; prints the growth of the resident set in MB. */
async function measure(degree: number, real: boolean): Promise<void> {
  const solver = createAnnealSolver(createNodePlatform());
  const tiny = createBqm({ vartype: 'SPIN', variables: 2, quadratic: [[0, 1, 1]] });
  await solver.solve(tiny, { seconds: 0.05 });
  const before = process.memoryUsage().rss;
  const random = createRandom(1);
  const count = (SIZE * degree) / 2;
  const first = Int32Array.from({ length: count }, () => random.integer(SIZE));
  const second = first.map((i) => (i + 1 + random.integer(SIZE - 1)) % SIZE);
  const coefficient = Float64Array.from(first, () => (real ? random.next() - 0.5 : 2 * random.integer(2) - 1));
  const bqm = createBqm({ vartype: 'SPIN', variables: SIZE, quadratic: { first, second, coefficient } });
  await problemHash(bqm);
  let most = process.memoryUsage().rss;
  const set = await solver.solve(bqm, {
    seconds: 2,
    onProgress: () => {
      most = Math.max(most, process.memoryUsage().rss);
    },
  });
  most = Math.max(most, process.memoryUsage().rss);
  process.stdout.write(`${((most - before) / MEGABYTE).toFixed(0)} ${set.samples[0].energy.toFixed(0)}`);
}

const [degree, weights] = process.argv.slice(2);
if (degree !== undefined) await measure(Number(degree), weights === 'real');
else {
  printMachine(`Memory of a sparse model of ${SIZE} variables, built, hashed and annealed for 2 s (aim: under 200 MB)`);
  process.stdout.write('neighbours  weights     MB    energy\n');
  for (const each of DEGREES) {
    for (const kind of ['unit', 'real']) {
      const output = execFileSync(process.execPath, ['--conditions=development', process.argv[1], `${each}`, kind], {
        encoding: 'utf8',
      });
      const [megabytes, energy] = output.split(' ');
      process.stdout.write(
        `${`${each}`.padStart(10)}  ${kind.padEnd(7)} ${megabytes.padStart(6)} ${energy.padStart(9)}\n`,
      );
    }
  }
}
