/** The annealing kernel below the solvers: WebAssembly and its TypeScript twin give the same spins to the bit. */
import assert from 'node:assert/strict';
import { createReplicaAnnealer } from '@qurriculum/kernels';
import { bqmEnergy, createBqm } from '@qurriculum/problems';
import { createRandom } from '@qurriculum/random';

// A spin glass on a ring of 200 spins with chords, couplings -1 or +1.
const random = createRandom('spin glass');
const size = 200;
const model = createBqm({
  vartype: 'SPIN',
  variables: size,
  quadratic: Array.from(
    { length: 2 * size },
    (_, k) => [k % size, k < size ? (k + 1) % size : (k * 7 + 3) % size, random.chance(0.5) ? 1 : -1] as const,
  ),
});

const betas = Array.from({ length: 400 }, (_, sweep) => 0.1 + (3 * sweep) / 400);
const spins = (['typescript', 'wasm-simd'] as const).map((backend) => {
  const annealer = createReplicaAnnealer(model, { backend });
  annealer.start(11);
  annealer.sweep(betas);
  const energies = annealer.energies();
  const best = energies.indexOf(Math.min(...energies));
  console.log(`${annealer.backend}: energy ${energies[best]}, the best of ${annealer.replicas} replicas`);
  assert.equal(bqmEnergy(model, annealer.spins(best)), energies[best]);
  return annealer.spins(best);
});
assert.deepEqual(spins[0], spins[1]);
assert.ok(bqmEnergy(model, spins[0]) < bqmEnergy(model, new Int32Array(size).fill(1)));
