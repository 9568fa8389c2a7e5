/**
 * What the QAOA kernels take: one layer (phases and mixer), and what a gradient needs beside layers, on each backend, in
 * one run. The machine's speed moves between runs; ratios inside one row hold.
 *
 *   node --conditions=development bench/qaoa.bench.ts [QUBITS ...]
 */
import { createQaoaRegister, type KernelBackend, type QaoaRegister } from '@qurriculum/kernels';
import { createRandom } from '@qurriculum/random';

const BACKENDS: readonly KernelBackend[] = ['typescript', 'wasm-simd', 'wasm-relaxed-simd'];
/** Each figure is the best of several rounds of about this long. */
const ROUND_SECONDS = 0.1;
const ROUNDS = 5;

function secondsPerCall(call: () => void): number {
  call();
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    let calls = 0;
    do {
      call();
      calls++;
    } while (performance.now() - started < ROUND_SECONDS * 1000);
    best = Math.min(best, (performance.now() - started) / 1000 / calls);
  }
  return best;
}

/** Whole costs from 0 to 63: phases from a table. Real costs: a sine and a cosine per amplitude. */
function costs(qubits: number, kind: 'whole' | 'real'): Float64Array {
  const random = createRandom(1);
  return Float64Array.from({ length: 2 ** qubits }, () => (kind === 'whole' ? random.integer(64) : random.normal()));
}

const operations: readonly { name: string; kind: 'whole' | 'real'; call: (register: QaoaRegister) => void }[] = [
  { name: 'layer, whole costs', kind: 'whole', call: (register) => register.layer(0.3, -0.2) },
  { name: 'layer, real costs', kind: 'real', call: (register) => register.layer(0.3, -0.2) },
  { name: 'mixer', kind: 'real', call: (register) => register.mixer(0.2) },
  { name: 'expectation', kind: 'real', call: (register) => register.expectation() },
  { name: 'gradient: mixer overlap', kind: 'real', call: (register) => register.mixerOverlap() },
  { name: 'gradient: cost overlap', kind: 'real', call: (register) => register.costOverlap() },
];

const asked = process.argv.slice(2).map(Number);
for (const qubits of asked.length > 0 ? asked : [12, 16, 18, 20]) {
  console.log(`\n${qubits} qubits, milliseconds (times as fast as TypeScript)`);
  for (const { name, kind, call } of operations) {
    const milliseconds = BACKENDS.map((backend) => {
      const register = createQaoaRegister(qubits, { slots: 2, backend });
      register.loadCosts(costs(qubits, kind));
      register.fillUniform();
      register.applyCosts();
      return 1000 * secondsPerCall(() => call(register));
    });
    const cells = milliseconds.map((ms, k) => {
      const ratio = k === 0 ? '' : ` (${(milliseconds[0] / ms).toFixed(1)}x)`;
      return `${BACKENDS[k]} ${ms.toPrecision(3)}${ratio}`;
    });
    console.log(`${name.padEnd(24)} ${cells.join('   ')}`);
  }
}
