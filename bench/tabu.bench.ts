/**
 * Tabu search: what `tabu` reaches on dense models, and how soon. The large ones are made by their recipe (palubeckis.ts),
 * the small ones need the data sets of ../shared/data/qubo.
 *
 *   npm run bench tabu
 *
 * Peers on such a machine, one thread: MQLib PALUBECKIS2006 1402728 on pal2500.1 in 1 s, dwave-samplers' tabu 1402577;
 * MQLib PALUBECKIS2004bMST2 3931583 on p3000.1 in 10 CPU seconds.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createDenseTabu } from '@qurriculum/kernels';
import { type BinaryQuadraticModel, readProblemFile, toVartype } from '@qurriculum/problems';
import { createTabuSolver } from '@qurriculum/solvers';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { dataFile, printMachine, spread } from './machine.ts';
import { PALUBECKIS, palubeckisModel } from './palubeckis.ts';

/** Seconds given to the large ones: about what published methods take. */
const SECONDS: Readonly<Record<string, number>> = { 'pal2500.1': 2, 'p3000.1': 15 };
const OTHER_SECONDS = 30;
const SMALL_SECONDS = 0.5;
/** The value that BEST_KNOWN.md names for each small file. */
const SMALL: readonly (readonly [string, number])[] = [
  ['beasley/bqp50.1.bqp', 2098],
  ['beasley/bqp100.1.bqp', 7970],
  ['beasley/bqp250.1.bqp', 45607],
  ['beasley/bqp500.1.bqp', 116586],
  ['beasley/bqp500.2.bqp', 128339],
  ['beasley/bqp1000.1.bqp', 371438],
  ['beasley/bqp1000.2.bqp', 354932],
  ['beasley/bqp1000.3.bqp', 371236],
  ['biqmac/be100.1.bqp', 19412],
  ['biqmac/be250.1.bqp', 24076],
  ['biqmac/gka1d.bqp', 6333],
  ['biqmac/gka1e.bqp', 16464],
  ['biqmac/gka1f.bqp', 61194],
  ['biqmac/g05_100.0.mc', 1430],
  ['biqmac/pm1d_100.0.mc', 340],
  ['biqmac/pw05_100.0.mc', 8190],
  ['biqmac/w05_100.0.mc', 1646],
  ['biqmac/ising2.5-100_5555.mc', 2460049],
];
const FLIPS = 20_000;

const solver = createTabuSolver(createNodePlatform());

interface Outcome {
  readonly energy: number;
  readonly wall: number;
  readonly cpu: number;
}

/** Solves until this energy is reached or the time is over. */
async function solveUntil(bqm: BinaryQuadraticModel, energy: number, seconds: number, seed: number): Promise<Outcome> {
  const reached = new AbortController();
  const { samples, cost } = await solver.solve(bqm, {
    seconds,
    seed,
    signal: reached.signal,
    onProgress({ bestEnergy }) {
      if (bestEnergy !== null && bestEnergy <= energy) reached.abort();
    },
  });
  return { energy: samples[0].energy, wall: cost.wallSeconds, cpu: cost.cpuSeconds };
}

/** Flips per second of the kernel and of its twin, and their ratio. */
function flipRate(bqm: BinaryQuadraticModel): string {
  const spin = toVartype(bqm, 'SPIN');
  const rates = (['wasm-simd', 'typescript'] as const).map((backend) => {
    const tabu = createDenseTabu(spin, { backend });
    const seconds: number[] = [];
    for (let round = 0; round < 4; round++) {
      tabu.start(round, new Int32Array(spin.linear.length).fill(1));
      const before = process.cpuUsage();
      tabu.search({ flips: FLIPS, patience: FLIPS, tenure: 20, spread: 10 });
      const { user, system } = process.cpuUsage(before);
      // The first round compiles.
      if (round > 0) seconds.push((user + system) / 1e6);
    }
    return FLIPS / spread(seconds).median;
  });
  return `${rates[0].toExponential(2)} flips/s, ${(rates[0] / rates[1]).toFixed(1)}x its twin`;
}

async function line(
  name: string,
  bqm: BinaryQuadraticModel,
  best: number,
  seconds: number,
  sign: number,
  seeds: number,
) {
  const outcomes: Outcome[] = [];
  for (let seed = 1; seed <= seeds; seed++) outcomes.push(await solveUntil(bqm, sign * best, seconds, seed));
  const hits = outcomes.filter(({ energy }) => sign * energy >= best).length;
  const values = outcomes.map(({ energy }) => sign * energy).join(' ');
  const cpu = outcomes.map((outcome) => outcome.cpu.toFixed(2)).join(' ');
  const wall = outcomes.map((outcome) => outcome.wall.toFixed(2)).join(' ');
  process.stdout.write(
    `${name.padEnd(28)} ${hits}/${seeds} reach ${best} in ${seconds} s: ${values}   CPU s ${cpu}   wall s ${wall}\n`,
  );
}

printMachine(
  'tabu on dense models, one thread, 5 seeds; seconds until the best value known was reached',
  'pal2500.1 in 1 s: MQLib PALUBECKIS2006 1402728, dwave-samplers 1402577; p3000.1: MQLib PALUBECKIS2004bMST2 3931583 in 10 CPU s',
);
const wanted = process.argv.slice(2);
for (const instance of PALUBECKIS) {
  if (wanted.length > 0 && !wanted.includes(instance.name)) continue;
  const bqm = palubeckisModel(instance);
  process.stdout.write(`${instance.name}: ${flipRate(bqm)}\n`);
  await line(instance.name, bqm, instance.best, SECONDS[instance.name] ?? OTHER_SECONDS, -1, 5);
}
for (const [name, best] of SMALL) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const url = dataFile(`qubo/${name}`);
  if (!existsSync(url)) {
    process.stdout.write(`${name}: skipped, there is no ${url.pathname}\n`);
    continue;
  }
  const file = readProblemFile(readFileSync(url, 'utf8'), name);
  if (file.problem.type === 'bqm')
    await line(name, file.problem, best, SMALL_SECONDS, file.objectiveOf(1) < 0 ? -1 : 1, 3);
}
