/**
 * Approximate inference where a bucket tree would be too wide: loopy belief propagation (sum-product on the factor graph;
 * Murphy, Weiss & Jordan 1999, UAI, 467-475), with the Bethe approximation of the evidence (Yedidia, Freeman & Weiss 2005,
 * IEEE Transactions on Information Theory 51, 2282-2312, equation 37). Exact on trees; close where loops are long or
 * evidence is strong, which is how items across branches of a hierarchy look.
 */
import type { NetworkTables } from './bucket-tree.ts';

const MOST_SWEEPS = 30;
/** Messages that move by less are at rest. */
const REST = 1e-5;
/** The share of the old message that is kept: without it messages may swing between two values. */
const DAMPING = 0.2;

interface Edge {
  readonly variable: number;
  /** Place of the variable in the factor's scope. */
  readonly bit: number;
  /** The factor's message to the variable, and the product of the others': [P(0), P(1)]. */
  readonly message: Float64Array;
  readonly incoming: Float64Array;
}

/** Prepares propagation for fixed scopes; the same contract as `createBucketTree`, approximately. */
export function createLoopyPropagation(variables: number, scopes: readonly (readonly number[])[]): NetworkTables {
  const edges = scopes.map((scope) =>
    scope.map((variable, bit): Edge => {
      return { variable, bit, message: new Float64Array(2), incoming: new Float64Array(2) };
    }),
  );
  const around: Edge[][] = Array.from({ length: variables }, () => []);
  for (const list of edges) for (const edge of list) around[edge.variable].push(edge);
  return {
    infer(tables, beliefs) {
      for (const list of edges) for (const { message } of list) message.fill(0.5);
      let moved = Infinity;
      for (let sweep = 0; sweep < MOST_SWEEPS && moved > REST; sweep++) {
        moved = 0;
        // There and back, so that news crosses the whole hierarchy in one sweep.
        for (let f = 0; f < edges.length; f++) moved = Math.max(moved, updateFactor(edges[f], tables[f], around));
        for (let f = edges.length - 1; f >= 0; f--) moved = Math.max(moved, updateFactor(edges[f], tables[f], around));
      }
      return settle(edges, around, tables, beliefs);
    },
  };
}

/** Sends a factor's messages; returns by how much the largest one moved. */
function updateFactor(edges: readonly Edge[], table: Float64Array, around: readonly Edge[][]): number {
  for (const edge of edges) gather(edge, around[edge.variable]);
  let moved = 0;
  for (const edge of edges) {
    let [zero, one] = [0, 0];
    for (let entry = 0; entry < table.length; entry++) {
      let product = table[entry];
      for (const other of edges) if (other !== edge) product *= other.incoming[(entry >> other.bit) & 1];
      if ((entry >> edge.bit) & 1) one += product;
      else zero += product;
    }
    // Contradictory messages say nothing.
    const share = zero + one > 0 ? one / (zero + one) : 0.5;
    const next = DAMPING * edge.message[1] + (1 - DAMPING) * share;
    moved = Math.max(moved, Math.abs(next - edge.message[1]));
    edge.message[0] = 1 - next;
    edge.message[1] = next;
  }
  return moved;
}

/** The product of the messages to the edge's variable from all other factors, adding up to 1. */
function gather(edge: Edge, around: readonly Edge[]): void {
  let [zero, one] = [1, 1];
  for (const other of around) {
    if (other === edge) continue;
    zero *= other.message[0];
    one *= other.message[1];
    const sum = zero + one;
    if (sum === 0) [zero, one] = [0.5, 0.5];
    else if (sum < 1e-100) [zero, one] = [zero / sum, one / sum];
  }
  const sum = zero + one;
  edge.incoming[0] = zero / sum;
  edge.incoming[1] = one / sum;
}

/** Beliefs of the factors, and sum_f sum_x b_f log(psi_f / b_f) + sum_v (d_v - 1) sum_x b_v log b_v. */
function settle(
  edges: readonly (readonly Edge[])[],
  around: readonly Edge[][],
  tables: readonly Float64Array[],
  beliefs: readonly Float64Array[],
): number {
  let evidence = 0;
  edges.forEach((list, f) => {
    for (const edge of list) gather(edge, around[edge.variable]);
    const belief = beliefs[f];
    let sum = 0;
    for (let entry = 0; entry < belief.length; entry++) {
      belief[entry] = tables[f][entry];
      for (const { incoming, bit } of list) belief[entry] *= incoming[(entry >> bit) & 1];
      sum += belief[entry];
    }
    for (let entry = 0; entry < belief.length; entry++) {
      belief[entry] = sum > 0 ? belief[entry] / sum : 1 / belief.length;
      if (belief[entry] > 0 && tables[f][entry] > 0) {
        evidence += belief[entry] * Math.log(tables[f][entry] / belief[entry]);
      }
    }
  });
  for (const list of around) {
    const [first] = list;
    const both = [0, 1].map((value) => first.incoming[value] * first.message[value]);
    const sum = both[0] + both[1];
    for (const value of both) {
      if (value > 0) evidence += (list.length - 1) * (value / sum) * Math.log(value / sum);
    }
  }
  return evidence;
}
