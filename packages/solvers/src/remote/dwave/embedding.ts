/**
 * Minor embedding: a connected chain of qubits for every variable, chains disjoint, a coupler for every pair. Dense models
 * go along the chip's lines (`cliqueEmbedding`), sparse ones by search (`searchEmbedding`); where the search finds nothing,
 * the chains of a clique carry any model of that size.
 */
import type { BinaryQuadraticModel } from '@qurriculum/problems';
import type { Random } from '@qurriculum/random';
import { cliqueEmbedding } from './clique.ts';
import { searchEmbedding, trimmed } from './embedding-search.ts';
import type { TargetGraph } from './graph.ts';
import { startLayout } from './start-layout.ts';

/** Positions in the target graph, one list per variable. */
export type Embedding = readonly Int32Array[];

export interface EmbeddingOptions {
  /** Fresh starts of the search. Default 8. */
  readonly tries?: number;
  /** Rounds per start until overlaps must be gone. Default 40. */
  readonly rounds?: number;
  /** True ends the search; a clique is still looked for. */
  readonly over?: () => boolean;
  /** Called between small pieces of work: the place to let others run, and to end the search by rejecting. */
  readonly pause?: () => Promise<void>;
}

/** From this share of all pairs on, the lines of the chip give shorter chains than the search found in trials. */
const DENSE = 0.5;
/** Below this size the search is quick and often shorter also for dense models: the better of both is taken. */
const SMALL = 10;
/** Qubits per variable among which the first layout has its places; each later one has twice as many. */
const FIRST_ROOM = 2.5;

/**
 * An embedding of the model's pairs, or null when none was found. The same seed and options give the same one, unless
 * `over` ended the search.
 */
export async function findEmbedding(
  { linear, rowStart, neighbour }: Pick<BinaryQuadraticModel, 'linear' | 'rowStart' | 'neighbour'>,
  target: TargetGraph,
  random: Random,
  { tries = 8, rounds = 40, over = () => false, pause = async () => {} }: EmbeddingOptions = {},
): Promise<Embedding | null> {
  const size = linear.length;
  if (size > target.qubits.length) return null;
  const neighbours = Array.from({ length: size }, (_, v) => neighbour.subarray(rowStart[v], rowStart[v + 1]));
  const dense = size > 1 && rowStart[size] >= DENSE * size * (size - 1);
  const clique = dense ? await alongLines(neighbours, target, pause) : null;
  if (clique && size > SMALL) return clique;
  for (let attempt = 0; attempt < tries && !over(); attempt++) {
    const draws = random.fork('try', attempt);
    // The first start is compact and gives the shortest chains; where it gets stuck, models need room.
    const room = Math.min(target.qubits.length, FIRST_ROOM * size * 2 ** (attempt - 1));
    const start = attempt === 0 ? null : await startLayout(neighbours, target, draws, { room, over, pause });
    const found = await searchEmbedding(neighbours, target, draws, { start, rounds, over, pause });
    if (found) return clique && total(clique) <= total(found) ? clique : found;
  }
  return dense ? clique : alongLines(neighbours, target, pause);
}

const total = (chains: Embedding): number => chains.reduce((sum, { length }) => sum + length, 0);

/** The chains of a clique, without what the model does not need. */
async function alongLines(
  neighbours: readonly Int32Array[],
  target: TargetGraph,
  pause: () => Promise<void>,
): Promise<Embedding | null> {
  const clique = await cliqueEmbedding(neighbours.length, target, pause);
  if (!clique) return null;
  const chains = clique.map((chain) => new Set(chain));
  return chains.map((chain, v) => trimmed(chain, neighbours[v], chains, target));
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
