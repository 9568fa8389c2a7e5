/**
 * What QAOA's kernels take, in one run and interleaved round by round: one layer (phases and mixer) on each backend, in
 * float32 and on two threads, layers whose mixers act on groups, and the value with its whole gradient. The machine's speed moves between runs; ratios
 * inside one table hold. Best of the rounds, the least disturbed, of this process's CPU time, in which neighbours on a
 * shared machine count less than in that of the clock; where there are threads the clock says it (`clock`).
 *
 *   node --conditions=development bench/qaoa.bench.ts [QUBITS ...]
 */
import {
  createOneHotRegister,
  createQaoaRegister,
  createThreadedQaoaRegister,
  createTiltedRegister,
  type LayeredRegister,
  type LayeredRegisterOptions,
  type QaoaRegister,
} from '@qurriculum/kernels';
import { createQaoaObjective } from '@qurriculum/quantum';
import { createRandom } from '@qurriculum/random';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { printMachine } from './machine.ts';

const ROUNDS = 15;
const THREADS = 2;
const GRADIENT_QUBITS = 20;
const GRADIENT_LAYERS = 10;

interface Row {
  readonly name: string;
  readonly call: () => void;
}

interface Taken {
  /** Milliseconds of the processor, of all threads together. */
  readonly cpu: number;
  /** Milliseconds of the clock. */
  readonly clock: number;
}

/** The least that each row took, the rows taking turns. */
function measure(rows: readonly Row[]): Taken[] {
  const best = rows.map(() => ({ cpu: Number.POSITIVE_INFINITY, clock: Number.POSITIVE_INFINITY }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [k, { call }] of rows.entries()) {
      const used = process.cpuUsage();
      const started = performance.now();
      call();
      best[k].clock = Math.min(best[k].clock, performance.now() - started);
      const { user, system } = process.cpuUsage(used);
      best[k].cpu = Math.min(best[k].cpu, (user + system) / 1000);
    }
  }
  return best;
}

/** Whole costs from 0 to 63: phases from a table. Real costs: a sine and a cosine per amplitude. */
function costs(qubits: number, kind: 'whole' | 'real'): Float64Array {
  const random = createRandom(1);
  return Float64Array.from({ length: 2 ** qubits }, () => (kind === 'whole' ? random.integer(64) : random.normal()));
}

async function layers(qubits: number): Promise<void> {
  const threaded = await createThreadedQaoaRegister(createNodePlatform(), qubits, THREADS);
  for (const kind of ['whole', 'real'] as const) {
    const registers: readonly (readonly [string, QaoaRegister])[] = [
      ['TypeScript twin, float64', createQaoaRegister(qubits, { backend: 'typescript' })],
      ['SIMD, float64', createQaoaRegister(qubits, { backend: 'wasm-simd' })],
      ['relaxed SIMD, float64', createQaoaRegister(qubits, { backend: 'wasm-relaxed-simd' })],
      ['SIMD, float32', createQaoaRegister(qubits, { backend: 'wasm-simd', precision: 'float32' })],
      [`SIMD, float64, ${THREADS} threads`, threaded],
    ];
    const diagonal = costs(qubits, kind);
    const rows = registers.map(([name, register]) => {
      register.loadCosts(diagonal);
      register.fillUniform();
      return { name, call: () => register.layer(0.3, -0.2) };
    });
    const taken = measure(rows);
    const [twin, double] = taken;
    process.stdout.write(`layer, ${qubits} qubits, ${kind} costs      CPU ms clock ms   x twin   x SIMD float64\n`);
    for (const [k, { name }] of rows.entries()) {
      const key = registers[k][1].threads > 1 ? 'clock' : 'cpu';
      const cells = [
        taken[k].cpu.toFixed(2),
        taken[k].clock.toFixed(2),
        (twin[key] / taken[k][key]).toFixed(1),
        (double[key] / taken[k][key]).toFixed(2),
      ];
      process.stdout.write(`  ${name.padEnd(28)}${cells.map((cell) => cell.padStart(9)).join('')}\n`);
    }
  }
  await threaded.close();
}

/** XY mixers on one-hot groups and mixers of a warm start: SIMD against their twins. */
function groupLayers(): void {
  const fours = new Array<number>(9).fill(4);
  const fives = new Array<number>(7).fill(5);
  const thetas = Array.from({ length: 18 }, (_, i) => 0.3 + 0.1 * i);
  const kinds: readonly (readonly [string, (options: LayeredRegisterOptions) => LayeredRegister])[] = [
    ['complete, 9 groups of 4', (options) => createOneHotRegister(fours, 'complete', options)],
    ['complete, 7 groups of 5', (options) => createOneHotRegister(fives, 'complete', options)],
    ['ring, 9 groups of 4', (options) => createOneHotRegister(fours, 'ring', options)],
    ['ring, 7 groups of 5', (options) => createOneHotRegister(fives, 'ring', options)],
    ['warm start, 18 qubits', (options) => createTiltedRegister(thetas, options)],
  ];
  process.stdout.write('layer / overlap of the mixer   CPU ms, twin         SIMD       x twin\n');
  for (const [name, create] of kinds) {
    const registers = (['typescript', 'wasm-simd'] as const).map((backend) => create({ backend }));
    for (const register of registers) for (const slot of [0, 1]) register.fillUniform(slot);
    const taken = measure(
      registers.flatMap((register) => [
        { name, call: () => register.layer(0.3, -0.2) },
        { name, call: () => void register.mixerOverlap() },
      ]),
    ).map(({ cpu }) => cpu);
    const both = (layer: number, overlap: number): string => `${layer.toFixed(1)} / ${overlap.toFixed(1)}`.padStart(16);
    const ratio = both(taken[0] / taken[2], taken[1] / taken[3]);
    process.stdout.write(`  ${name.padEnd(26)}${both(taken[0], taken[1])}${both(taken[2], taken[3])}${ratio}\n`);
  }
}

function gradients(): void {
  const random = createRandom(2);
  const angles = {
    gammas: Array.from({ length: GRADIENT_LAYERS }, () => random.next()),
    betas: Array.from({ length: GRADIENT_LAYERS }, () => -random.next() / 2),
  };
  const diagonal = costs(GRADIENT_QUBITS, 'whole');
  const symmetric = diagonal.map((cost, x) => (x < diagonal.length / 2 ? cost : diagonal[diagonal.length - 1 - x]));
  const rows = (['float64', 'float32'] as const).flatMap((precision) =>
    ([diagonal, symmetric] as const).map((values, k) => {
      const objective = createQaoaObjective(values, { precision });
      return { name: `${precision}${k === 1 ? ', flip-symmetric costs' : ''}`, call: () => objective.gradient(angles) };
    }),
  );
  process.stdout.write(`value and gradient, ${GRADIENT_QUBITS} qubits, ${GRADIENT_LAYERS} layers  CPU ms\n`);
  for (const [k, { cpu }] of measure(rows).entries()) {
    process.stdout.write(`  ${rows[k].name.padEnd(30)} ${cpu.toFixed(0).padStart(8)}\n`);
  }
}

const asked = process.argv.slice(2).map(Number);
printMachine(
  'QAOA kernels',
  'layer, 22 qubits, one thread: float64 QOKit (C) 298 to 337 ms, qulacs 111 to 116 ms (mixer only); float32 qsim 26 to 34 ms (mixer only)',
);
for (const qubits of asked.length > 0 ? asked : [18, 22]) await layers(qubits);
groupLayers();
gradients();
