/** Random circuits for tests: every gate in turn, on random qubits at random angles. */
import { createRandom } from '@qurriculum/random';
import { gate, type Operation } from '../circuit.ts';
import { GATES, type GateName } from '../gates.ts';

/** `count` operations on n qubits; all gates that fit appear before one appears twice. */
export function randomOperations(n: number, count: number, seed: number): Operation[] {
  const random = createRandom(seed);
  const names = (Object.keys(GATES) as GateName[]).filter((name) => GATES[name].qubits <= n);
  return Array.from({ length: count }, (_, k) => {
    const name = names[k % names.length];
    const qubits = random.shuffle(Array.from({ length: n }, (_, q) => q)).slice(0, GATES[name].qubits);
    return gate(name, qubits, ...Array.from({ length: GATES[name].parameters }, () => random.normal() * 3));
  });
}
