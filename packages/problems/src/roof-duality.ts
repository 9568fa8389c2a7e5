/**
 * Values that every minimiser has, and a lower bound, by roof duality (Hammer, Hansen and Simeone 1984) as a maximum flow
 * on the implication network (Boros, Hammer and Tavares, "Preprocessing of unconstrained quadratic binary optimization",
 * RUTCOR 10-2006, section 4): E = constant + sum of weights of products of literals, all weights positive; a product u v
 * gives arcs u -> not v and v -> not u of half its weight, a single u the arcs u -> sink and source -> not u.
 *
 *   constant + maximum flow <= min E;   literals reached from the source in the residual network are 1 in every minimiser
 */
import type { BinaryQuadraticModel } from './bqm.ts';
import { toVartype } from './bqm-operations.ts';

export interface RoofDual {
  /** Lower bound on the energy. */
  readonly bound: number;
  /** Index to value, in the model's own vartype: what `fixVariables` takes. */
  readonly fixed: ReadonlyMap<number, number>;
}

const SOURCE = 0;
const SINK = 1;
const literal = (i: number): number => 2 * i + 2;

/** Bound and persistent values of a model. Dinic's algorithm: fast on sparse models, O(n^2 m) at worst. */
export function roofDuality(model: BinaryQuadraticModel): RoofDual {
  const bqm = toVartype(model, 'BINARY');
  const size = bqm.linear.length;
  const linear = bqm.linear.slice();
  const network = createNetwork(2 * size + 2, 2 * size + 2 * bqm.bias.length);
  let constant = bqm.offset;
  let largest = 0;
  for (let i = 0; i < size; i++) {
    for (let k = bqm.rowStart[i]; k < bqm.rowStart[i + 1]; k++) {
      const j = bqm.neighbour[k];
      if (j <= i) continue;
      const q = bqm.bias[k];
      // q x y = q x + |q| x (1 - y) for q < 0.
      if (q < 0) linear[i] += q;
      const [u, v] = [literal(i), q < 0 ? literal(j) ^ 1 : literal(j)];
      network.add(u, v ^ 1, Math.abs(q) / 2);
      network.add(v, u ^ 1, Math.abs(q) / 2);
      largest = Math.max(largest, Math.abs(q));
    }
  }
  for (let i = 0; i < size; i++) {
    if (linear[i] === 0) continue;
    // l x = l + |l| (1 - x) for l < 0.
    const u = linear[i] > 0 ? literal(i) : literal(i) ^ 1;
    if (linear[i] < 0) constant += linear[i];
    network.add(u, SINK, Math.abs(linear[i]) / 2);
    network.add(SOURCE, u ^ 1, Math.abs(linear[i]) / 2);
    largest = Math.max(largest, Math.abs(linear[i]));
  }
  const { flow, reached } = network.maximumFlow(1e-12 * largest);
  const fixed = new Map<number, number>();
  const zero = model.vartype === 'SPIN' ? -1 : 0;
  for (let i = 0; i < size; i++) {
    if (reached[literal(i)]) fixed.set(i, 1);
    else if (reached[literal(i) ^ 1]) fixed.set(i, zero);
  }
  return { bound: constant + flow, fixed };
}

/** A network in linked lists of arcs; arc a and its reverse a ^ 1 stand together. */
function createNetwork(nodes: number, most: number) {
  const first = new Int32Array(nodes).fill(-1);
  const following = new Int32Array(2 * most);
  const target = new Int32Array(2 * most);
  const capacity = new Float64Array(2 * most);
  const level = new Int32Array(nodes);
  const current = new Int32Array(nodes);
  const queue = new Int32Array(nodes);
  const path = new Int32Array(nodes);
  let arcs = 0;

  function addArc(from: number, to: number, value: number): void {
    target[arcs] = to;
    capacity[arcs] = value;
    following[arcs] = first[from];
    first[from] = arcs++;
  }

  /** Levels of the residual network by breadth-first search. */
  function findLevels(zero: number): void {
    level.fill(-1);
    level[SOURCE] = 0;
    queue[0] = SOURCE;
    for (let head = 0, tail = 1; head < tail; head++) {
      for (let a = first[queue[head]]; a >= 0; a = following[a]) {
        if (capacity[a] <= zero || level[target[a]] >= 0) continue;
        level[target[a]] = level[queue[head]] + 1;
        queue[tail++] = target[a];
      }
    }
  }

  /** Pushes along one shortest path; 0 when none is left. */
  function augment(zero: number): number {
    let length = 0;
    let node = SOURCE;
    while (node !== SINK) {
      let a = current[node];
      while (a >= 0 && (capacity[a] <= zero || level[target[a]] !== level[node] + 1)) a = following[a];
      current[node] = a;
      if (a >= 0) {
        path[length++] = a;
        node = target[a];
        continue;
      }
      if (length === 0) return 0;
      // A dead end: no path of this phase may come here again.
      level[node] = -1;
      node = target[path[--length] ^ 1];
    }
    let push = Number.POSITIVE_INFINITY;
    for (let k = 0; k < length; k++) push = Math.min(push, capacity[path[k]]);
    for (let k = 0; k < length; k++) {
      capacity[path[k]] -= push;
      capacity[path[k] ^ 1] += push;
    }
    return push;
  }

  return {
    add(from: number, to: number, value: number): void {
      addArc(from, to, value);
      addArc(to, from, 0);
    },
    /** Dinic's phases until the sink is out of reach. */
    maximumFlow(zero: number): { flow: number; reached: Uint8Array } {
      let flow = 0;
      for (;;) {
        findLevels(zero);
        if (level[SINK] < 0) return { flow, reached: Uint8Array.from(level, (depth) => (depth >= 0 ? 1 : 0)) };
        current.set(first);
        for (let push = augment(zero); push > 0; push = augment(zero)) flow += push;
      }
    },
  };
}
