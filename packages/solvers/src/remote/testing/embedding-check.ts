/** A validator of embeddings for tests that shares nothing with the library's own: sets of couplers and merged parts. */
import type { BinaryQuadraticModel } from '@qurriculum/problems';
import type { TargetGraph } from '../dwave/graph.ts';

/** Whether chains are filled, disjoint and connected, and every pair of the model has a coupler. */
export function isEmbedding(bqm: BinaryQuadraticModel, target: TargetGraph, chains: readonly Int32Array[]): boolean {
  const used = chains.flatMap((chain) => [...chain]);
  if (chains.length !== bqm.variables.length || new Set(used).size !== used.length) return false;
  const holder = new Map(chains.flatMap((chain, v) => Array.from(chain, (qubit) => [qubit, v] as const)));
  const part = new Map(used.map((qubit) => [qubit, qubit]));
  const root = (qubit: number): number => {
    let at = qubit;
    while (part.get(at) !== at) at = part.get(at)!;
    return at;
  };
  const met = new Set<string>();
  for (const [k, a] of target.first.entries()) {
    const b = target.second[k];
    const [v, w] = [holder.get(a), holder.get(b)];
    if (v === undefined || w === undefined) continue;
    if (v === w) part.set(root(a), root(b));
    else met.add(`${v} ${w}`).add(`${w} ${v}`);
  }
  const whole = chains.every((chain) => chain.length > 0 && new Set(Array.from(chain, root)).size === 1);
  return whole && bqm.linear.every((_, v) => neighboursOf(bqm, v).every((w) => met.has(`${v} ${w}`)));
}

const neighboursOf = ({ rowStart, neighbour }: BinaryQuadraticModel, v: number): number[] =>
  Array.from(neighbour.subarray(rowStart[v], rowStart[v + 1]));
