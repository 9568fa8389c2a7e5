/**
 * The search of Cai, Macready & Roy 2014, "A practical heuristic for finding graph minors" (arXiv:1406.2741), section 2:
 * variables are placed one after the other at the root that is cheapest to reach from all neighbours' chains, where a
 * qubit costs
 *
 *   weight(q) = base^(chains that hold q),
 *
 * so that chains may overlap at first; rounds of taking each variable out and placing it again drive overlaps away. The
 * paper's base is the graph's diameter throughout; here it grows from round to round, so that early rounds rearrange
 * freely, which found smaller embeddings in trials. What was held twice at the end of a round costs more ever after,
 *
 *   weight(q) = (1 + grudge sum over rounds of (chains that held q - 1)) base^(chains that hold q),
 *
 * as wires of circuits are negotiated (McMurchie & Ebeling 1995, "PathFinder", section 3), and chains lose at once what
 * no neighbour needs any more. Without a given start the first round goes from neighbour to neighbour.
 *
 * Random cubic graphs on Chimera C8, 40 rounds: without grudge and start none of 60 nodes, with both 100 nodes and some
 * of 120.
 */
import type { Random } from '@qurriculum/random';
import type { TargetGraph } from './graph.ts';
import { createPathFinder } from './shortest-paths.ts';

export interface SearchOptions {
  /** A qubit for each variable to begin with. */
  readonly start?: Int32Array | null;
  /** Rounds until overlaps must be gone. */
  readonly rounds: number;
  /** True ends the search. */
  readonly over: () => boolean;
  /** Called between placements; may wait, and rejects to end. */
  readonly pause: () => Promise<void>;
}

const FIRST_BASE = 2;
const BASE_GROWTH = 1.1;
/** A detour longer than this is not taken to keep one qubit single; the grudge makes up for it where that lasts. */
const LAST_BASE = 100;
const GRUDGE = 0.5;
/** Rounds without fewer qubits after which a valid embedding is taken. */
const PATIENCE = 3;
/** Rounds without fewer overlaps, once qubits cost the most, after which a start is given up. */
const OVERLAP_PATIENCE = 25;

/** Chains from one start, or null. */
export async function searchEmbedding(
  neighbours: readonly Int32Array[],
  target: TargetGraph,
  random: Random,
  { start = null, rounds, over, pause }: SearchOptions,
): Promise<readonly Int32Array[] | null> {
  const state = createPlacement(neighbours, target, random, start);
  let order = neighbourOrder(neighbours, random);
  let best: Int32Array[] | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  let stale = 0;
  let leastOverlap = Number.POSITIVE_INFINITY;
  let stuck = 0;
  for (let round = 0; round < rounds; round++) {
    const base = Math.min(LAST_BASE, FIRST_BASE * BASE_GROWTH ** round);
    for (const variable of order) {
      await pause();
      if (over()) return best;
      if (!state.place(variable, base)) return best;
    }
    order = random.shuffle(order);
    const overlap = state.overlap();
    stuck = overlap < leastOverlap ? 0 : stuck + 1;
    leastOverlap = Math.min(leastOverlap, overlap);
    if (overlap > 0 && stuck >= OVERLAP_PATIENCE) break;
    if (overlap > 0) {
      state.bear();
      continue;
    }
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

/** Each variable after as many of its neighbours as can be, from a random one on. */
function neighbourOrder(neighbours: readonly Int32Array[], random: Random): number[] {
  const open = new Set(random.shuffle(Array.from(neighbours, (_, v) => v)));
  const placed = new Int32Array(neighbours.length);
  const order: number[] = [];
  while (open.size > 0) {
    let next = -1;
    for (const v of open) if (next < 0 || placed[v] > placed[next]) next = v;
    open.delete(next);
    order.push(next);
    for (const other of neighbours[next]) placed[other]++;
  }
  return order;
}

interface Placement {
  readonly chains: Set<number>[];
  /** Takes the variable out and places it again; false when no qubit can be reached from all neighbours. */
  place(variable: number, base: number): boolean;
  /** How many qubits more than one chain holds, each as often as it is held too much. */
  overlap(): number;
  /** Makes what more than one chain holds cost more from now on. */
  bear(): void;
}

function createPlacement(
  neighbours: readonly Int32Array[],
  target: TargetGraph,
  random: Random,
  start: Int32Array | null,
): Placement {
  const size = target.qubits.length;
  const chains = neighbours.map((_, v) => new Set<number>(start ? [start[v]] : []));
  const usage = new Int32Array(size);
  for (const qubit of start ?? []) usage[qubit]++;
  const grudge = new Float64Array(size).fill(1);
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

  function trim(variable: number): void {
    for (const qubit of chains[variable]) usage[qubit]--;
    const placed = neighbours[variable].filter((other) => chains[other].size > 0);
    for (const qubit of trimmed(chains[variable], placed, chains, target)) usage[qubit]++;
  }

  return {
    chains,
    overlap: () => usage.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
    bear() {
      for (let q = 0; q < size; q++) grudge[q] += GRUDGE * Math.max(0, usage[q] - 1);
    },
    place(variable, base) {
      for (const qubit of chains[variable]) usage[qubit]--;
      chains[variable].clear();
      for (let q = 0; q < size; q++) weight[q] = grudge[q] * base ** usage[q];
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
      for (const each of [...placed, variable]) trim(each);
      return true;
    },
  };
}

/** The chain without qubits at its ends that no neighbour needs. Changes the set, so that later chains see it. */
export function trimmed(
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
