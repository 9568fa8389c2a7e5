/** Seeded Ising models on which QAOA's angles are made and compared: by family, so that none is forgotten. */
import type { IsingCoefficients } from '@qurriculum/quantum';
import { createRandom, mixSeed, type Random } from '@qurriculum/random';

/** 'regular': Max-Cut, all weights 1. The others have weights, 'qubo' has fields too. */
export type IsingFamily = 'regular' | 'weighted-regular' | 'dense' | 'qubo';
export const ISING_FAMILIES: readonly IsingFamily[] = ['regular', 'weighted-regular', 'dense', 'qubo'];

/** One model of a family; `degree` is that of the regular families. */
export function isingInstance(family: IsingFamily, qubits: number, seed: number, degree = 3): IsingCoefficients {
  const random = createRandom(mixSeed(seed, 'ising', family, qubits, degree));
  if (family === 'qubo') return quboInstance(qubits, random);
  const pairs = family === 'dense' ? allPairs(qubits) : regularPairs(qubits, degree, random);
  const value = (): number => (family === 'regular' ? 1 : random.normal());
  return {
    fields: new Float64Array(qubits),
    couplings: pairs.map(([first, second]) => ({ first, second, value: value() })),
    offset: 0,
  };
}

/** Half of the pairs, weights of binary variables uniform from -1 to 1: fields arise as they do from a QUBO. */
function quboInstance(qubits: number, random: Random): IsingCoefficients {
  const fields = Float64Array.from({ length: qubits }, () => random.next() - 0.5);
  const couplings = allPairs(qubits).flatMap(([first, second]) => {
    if (!random.chance(0.5)) return [];
    // x_i x_j = (1 - Z_i)(1 - Z_j) / 4.
    const value = (2 * random.next() - 1) / 4;
    fields[first] -= value;
    fields[second] -= value;
    return [{ first, second, value }];
  });
  return { fields, couplings, offset: 0 };
}

type Pair = readonly [first: number, second: number];

function allPairs(size: number): Pair[] {
  return Array.from({ length: size }, (_, j) => Array.from({ length: j }, (__, i): Pair => [i, j])).flat();
}

/** A simple graph by the configuration model: half-edges are paired at random until no pair is a loop or drawn twice. */
function regularPairs(size: number, degree: number, random: Random): readonly Pair[] {
  const stubs = Array.from({ length: size * degree }, (_, k) => k % size);
  for (;;) {
    random.shuffle(stubs);
    const pairs = new Map<number, Pair>();
    for (let k = 0; k < stubs.length; k += 2) {
      const [first, second] = [Math.min(stubs[k], stubs[k + 1]), Math.max(stubs[k], stubs[k + 1])];
      if (first !== second) pairs.set(first * size + second, [first, second]);
    }
    if (pairs.size === stubs.length / 2) return [...pairs.values()];
  }
}

/** The cost of every basis state, bit 0 of a qubit being Z = +1. */
export function isingCosts({ fields, couplings, offset }: IsingCoefficients): Float64Array {
  return Float64Array.from({ length: 2 ** fields.length }, (_, x) => {
    const z = (q: number): number => 1 - 2 * ((x >>> q) & 1);
    let cost = offset;
    for (const [q, field] of fields.entries()) cost += field * z(q);
    for (const { first, second, value } of couplings) cost += value * z(first) * z(second);
    return cost;
  });
}
