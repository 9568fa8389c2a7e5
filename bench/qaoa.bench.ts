/**
 * What QAOA's kernels take, in one run and interleaved round by round: one layer (phases and mixer) on each backend, in
 * float32 and on two threads, and the value with its whole gradient. The machine's speed moves between runs; ratios
 * inside one table hold. Best of the rounds: the least disturbed.
 *
 *   node --conditions=development bench/qaoa.bench.ts [QUBITS ...]
 */
import { createQaoaRegister, createThreadedQaoaRegister, type QaoaRegister } from '@qurriculum/kernels';
import { createQaoaObjective } from '@qurriculum/quantum';
import { createRandom } from '@qurriculum/random';
import { createNodePlatform } from '@qurriculum/solvers/platform/node';
import { printMachine } from './machine.ts';

const ROUNDS = 7;
const THREADS = 2;
const GRADIENT_QUBITS = 20;
const GRADIENT_LAYERS = 10;

interface Row {
  readonly name: string;
  readonly call: () => void;
}

/** Milliseconds of each row, the rows taking turns. */
function measure(rows: readonly Row[]): number[] {
  const best = rows.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [k, { call }] of rows.entries()) {
      const started = performance.now();
      call();
      best[k] = Math.min(best[k], performance.now() - started);
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
    const milliseconds = measure(rows);
    const [twin, double] = milliseconds;
    process.stdout.write(`layer, ${qubits} qubits, ${kind} costs          ms   x twin   x SIMD float64\n`);
    for (const [k, { name }] of rows.entries()) {
      const cells = [
        milliseconds[k].toFixed(2),
        (twin / milliseconds[k]).toFixed(1),
        (double / milliseconds[k]).toFixed(2),
      ];
      process.stdout.write(
        `  ${name.padEnd(30)} ${cells[0].padStart(8)} ${cells[1].padStart(8)} ${cells[2].padStart(8)}\n`,
      );
    }
  }
  await threaded.close();
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
  process.stdout.write(`value and gradient, ${GRADIENT_QUBITS} qubits, ${GRADIENT_LAYERS} layers    ms\n`);
  for (const [k, ms] of measure(rows).entries()) {
    process.stdout.write(`  ${rows[k].name.padEnd(30)} ${ms.toFixed(0).padStart(8)}\n`);
  }
}

const asked = process.argv.slice(2).map(Number);
printMachine('QAOA kernels');
for (const qubits of asked.length > 0 ? asked : [18, 22]) await layers(qubits);
gradients();
