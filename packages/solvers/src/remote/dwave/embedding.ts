/**
 * Minor embedding: a connected chain of qubits for every variable, chains disjoint, a coupler for every pair. After Cai,
 * Macready & Roy 2014, "A practical heuristic for finding graph minors" (arXiv:1406.2741), section 2: variables are
 * placed one after the other at the root that is cheapest to reach from all neighbours' chains, where a qubit costs
 *
 *   weight(q) = base^(chains that hold q),
 *
 * so that chains may overlap at first; rounds of taking each variable out and placing it again drive overlaps away. The
 * paper's base is the graph's diameter throughout; here it grows from round to round, so that early rounds rearrange
 * freely, which found smaller embeddings in trials.
 */
import type { BinaryQuadraticModel } from '@qurriculum/problems';
import type { Random } from '@qurriculum/random';
import type { TargetGraph } from './graph.ts';
import { createPathFinder } from './shortest-paths.ts';

/** Positions in the target graph, one list per variable. */
export type Embedding = readonly Int32Array[];

export interface EmbeddingOptions {
  /** Fresh starts. Default 8. */
  readonly tries?: number;
  /** Rounds per start until overlaps must be gone. Default 40. */
  readonly rounds?: number;
  /** True ends the search. */
  readonly over?: () => boolean;
}

const FIRST_BASE = 2;
const BASE_GROWTH = 1.3;
/** Far above any number of qubits times the rest: beyond that, float64 sums lose the difference of one qubit. */
const LAST_BASE = 1e4;
/** Rounds without fewer qubits after which a valid embedding is taken. */
const PATIENCE = 3;

/** An embedding of the model's pairs, or null when none was found. */
export function findEmbedding(
  { linear, rowStart, neighbour }: Pick<BinaryQuadraticModel, 'linear' | 'rowStart' | 'neighbour'>,
  target: TargetGraph,
  random: Random,
  options: EmbeddingOptions = {},
): Embedding | null {
  const size = linear.length;
  if (size > target.qubits.length) return null;
  const neighbours = Array.from({ length: size }, (_, v) => neighbour.subarray(rowStart[v], rowStart[v + 1]));
  for (let attempt = 0; attempt < (options.tries ?? 8); attempt++) {
    const found = attemptEmbedding(neighbours, target, random.fork('try', attempt), options);
    if (found) return found;
    if (options.over?.()) return null;
  }
  return null;
}

function attemptEmbedding(
  neighbours: readonly Int32Array[],
  target: TargetGraph,
  random: Random,
  options: EmbeddingOptions,
): Embedding | null {
  const state = createPlacement(neighbours, target, random);
  const order = Array.from(neighbours, (_, v) => v);
  let best: Int32Array[] | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  let stale = 0;
  for (let round = 0; round < (options.rounds ?? 40); round++) {
    if (options.over?.()) break;
    const base = Math.min(LAST_BASE, FIRST_BASE * BASE_GROWTH ** round);
    for (const variable of random.shuffle(order)) if (!state.place(variable, base)) return null;
    if (!state.disjoint()) continue;
    const chains = state.chains.map((chain, v) => trimmed(chain, neighbours[v], state.chains, target));
    const used = chains.reduce((sum, chain) => sum + chain.length, 0);
    stale = used < fewest ? 0 : stale + 1;
    if (used < fewest) {
      fewest = used;
      best = chains.map((chain) => Int32Array.from(chain));
    }
    if (stale >= PATIENCE) break;
  }
  return best;
}

interface Placement {
  readonly chains: Set<number>[];
  /** Takes the variable out and places it again; false when no qubit can be reached from all neighbours. */
  place(variable: number, base: number): boolean;
  disjoint(): boolean;
}

function createPlacement(neighbours: readonly Int32Array[], target: TargetGraph, random: Random): Placement {
  const size = target.qubits.length;
  const chains = neighbours.map(() => new Set<number>());
  const usage = new Int32Array(size);
  const weight = new Float64Array(size);
  const total = new Float64Array(size);
  const paths = createPathFinder(target);

  /** The cheapest qubit by `total`, one of equals at random. */
  function cheapest(): number {
    let best = -1;
    let equals = 0;
    for (let q = 0; q < size; q++) {
      if (best >= 0 && total[q] > total[best]) continue;
      if (best < 0 || total[q] < total[best]) equals = 0;
      equals++;
      if (random.integer(equals) === 0) best = q;
    }
    return best;
  }

  return {
    chains,
    disjoint: () => usage.every((count) => count <= 1),
    place(variable, base) {
      for (const qubit of chains[variable]) usage[qubit]--;
      chains[variable].clear();
      for (let q = 0; q < size; q++) weight[q] = base ** usage[q];
      const placed = Array.from(neighbours[variable]).filter((other) => chains[other].size > 0);
      total.set(weight);
      const trees = placed.map((other, k) => {
        const tree = paths.run(chains[other], weight, k);
        // The root's own weight is counted once, in the start of `total`; inside a neighbour's chain it costs again.
        for (let q = 0; q < size; q++) total[q] += tree.cost[q] === 0 ? weight[q] : tree.cost[q] - weight[q];
        return tree;
      });
      const root = cheapest();
      if (!Number.isFinite(total[root])) return false;
      const chain = chains[variable].add(root);
      for (const { cost, previous } of trees) {
        for (let q = root; cost[q] > 0; q = previous[q]) chain.add(q);
      }
      for (const qubit of chain) usage[qubit]++;
      return true;
    },
  };
}

/** The chain without qubits at its ends that no neighbour needs. Changes the set, so that later chains see it. */
function trimmed(
  chain: Set<number>,
  others: Int32Array,
  chains: readonly Set<number>[],
  { rowStart, neighbour }: TargetGraph,
): Int32Array {
  const near = (qubit: number): Int32Array => neighbour.subarray(rowStart[qubit], rowStart[qubit + 1]);
  const touches = (qubit: number, other: number): boolean => near(qubit).some((q) => chains[other].has(q));
  let changed = true;
  while (changed && chain.size > 1) {
    changed = false;
    for (const qubit of [...chain]) {
      if (chain.size === 1 || near(qubit).filter((q) => chain.has(q)).length > 1) continue;
      chain.delete(qubit);
      const needed = Array.from(others).some((other) => ![...chain].some((q) => touches(q, other)));
      if (needed) chain.add(qubit);
      else changed = true;
    }
  }
  return Int32Array.from(chain);
}

/** What is wrong with an embedding, in words, or null: chains filled, connected, disjoint, a coupler for every pair. */
export function embeddingFault(
  { linear, rowStart, neighbour }: Pick<BinaryQuadraticModel, 'linear' | 'rowStart' | 'neighbour'>,
  target: TargetGraph,
  chains: Embedding,
): string | null {
  if (chains.length !== linear.length) return `${chains.length} chains for ${linear.length} variables`;
  const owner = new Int32Array(target.qubits.length).fill(-1);
  for (const [v, chain] of chains.entries()) {
    if (chain.length === 0) return `no qubit for variable ${v}`;
    for (const qubit of [...chain]) {
      if (owner[qubit] !== -1) return `qubit ${target.qubits[qubit]} is in two chains`;
      owner[qubit] = v;
    }
  }
  const joined = new Set<string>();
  const reach = chains.map((chain) => [chain[0]]);
  const reached = new Set<number>(reach.map(([qubit]) => qubit));
  for (const [v, front] of reach.entries()) {
    for (const qubit of front) {
      for (let k = target.rowStart[qubit]; k < target.rowStart[qubit + 1]; k++) {
        const next = target.neighbour[k];
        if (owner[next] === v && !reached.has(next)) {
          reached.add(next);
          front.push(next);
        } else if (owner[next] >= 0) joined.add(`${v} ${owner[next]}`);
      }
    }
    if (front.length < chains[v].length) return `the chain of variable ${v} is in pieces`;
    for (let k = rowStart[v]; k < rowStart[v + 1]; k++) {
      if (!joined.has(`${v} ${neighbour[k]}`)) return `no coupler for variables ${v} and ${neighbour[k]}`;
    }
  }
  return null;
}
