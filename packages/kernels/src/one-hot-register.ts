/**
 * QAOA on one-hot groups alone: a register over the product of groups, of which each is in exactly one of k_g places, for
 * mixers that never leave it (Hadfield et al. 2019, "From the quantum approximate optimization algorithm to a quantum
 * alternating operator ansatz", Algorithms 12, 34, section 4.1: XY mixers). On one-hot states sum_(u,v) (X_u X_v +
 * Y_u Y_v) / 2 over the edges of a graph moves the one from u to v: it is the graph's adjacency matrix A. So a state of
 * prod k_g amplitudes stands for 2^(sum k_g), and its mixer is exp(-i beta A) on every group.
 *
 * Place of a state: sum_g position_g prod_(h<g) k_h, group 0 the fastest.
 */
import { indexDistinctCosts, MOST_DISTINCT_COSTS } from './distinct-costs.ts';
import { KernelError } from './errors.ts';
import { completeMixer, type GroupGraph, type GroupMixer, groupNeighbours, ringMixer } from './group-mixer.ts';
import type { QaoaRegister } from './qaoa-register.ts';
import { cosineAndSine } from './trigonometry.ts';

/** What QAOA needs of a register, whatever it stands for. */
export type LayeredRegister = Omit<QaoaRegister, 'backend' | 'qubits' | 'precision' | 'mirror' | 'threads'>;

/** Like a `QaoaRegister`, with A in the place of sum_q X_q; two slots of float64. */
export interface OneHotRegister extends LayeredRegister {
  /** k_g of each group. */
  readonly sizes: readonly number[];
  readonly graph: GroupGraph;
}

/** 2^22 amplitudes: with two slots and costs 160 MiB. */
export const MOST_ONE_HOT_STATES = 2 ** 22;

/** All costs zero. @throws KernelError BAD_SIZE unless groups are whole numbers from 1 with at most 2^22 states in all. */
export function createOneHotRegister(sizes: readonly number[], graph: GroupGraph = 'complete'): OneHotRegister {
  const size = sizes.reduce((product, k) => product * k, 1);
  if (sizes.length < 1 || !sizes.every((k) => Number.isInteger(k) && k >= 1) || size > MOST_ONE_HOT_STATES) {
    throw new KernelError(
      'BAD_SIZE',
      `createOneHotRegister: expected groups of at least 1 place with at most ${MOST_ONE_HOT_STATES} states in all, got ` +
        `${sizes.join(' x ')}; use fewer or smaller groups.`,
    );
  }
  const vector = () => ({ re: new Float64Array(size), im: new Float64Array(size) });
  const states = [vector(), vector()];
  const costs = new Float64Array(size);
  const index = new Uint16Array(size);
  const phases = new Float64Array(2 * MOST_DISTINCT_COSTS);
  const pair = new Float64Array(2);
  let distinct: Float64Array | null = Float64Array.of(0);

  function applyPhases(slot: number, gamma: number): void {
    const { re, im } = states[slot];
    for (let k = 0; distinct && k < distinct.length; k++) {
      cosineAndSine(gamma * distinct[k], pair);
      phases.set(pair, 2 * k);
    }
    for (let x = 0; x < size; x++) {
      if (distinct) pair.set(phases.subarray(2 * index[x], 2 * index[x] + 2));
      else cosineAndSine(gamma * costs[x], pair);
      const [a, b] = [re[x], im[x]];
      re[x] = a * pair[0] + b * pair[1];
      im[x] = b * pair[0] - a * pair[1];
    }
  }
  function applyMixer(slot: number, beta: number): void {
    const mixers = new Map<number, GroupMixer>();
    let stride = 1;
    for (const k of sizes) {
      const mixer = mixers.get(k) ?? (graph === 'ring' ? ringMixer(k, beta) : completeMixer(k, beta));
      mixers.set(k, mixer);
      if (k > 1) mixer(states[slot].re, states[slot].im, stride);
      stride *= k;
    }
  }
  const total = (term: (x: number) => number): number => {
    let sum = 0;
    for (let x = 0; x < size; x++) sum += term(x);
    return sum;
  };
  const norm = (slot: number) => (x: number) => states[slot].re[x] ** 2 + states[slot].im[x] ** 2;

  return {
    sizes,
    graph,
    states,
    costs,
    loadCosts(values) {
      if (values.length !== size || !values.every(Number.isFinite)) {
        throw new KernelError(
          'BAD_VALUE',
          `loadCosts: expected ${size} finite costs, got ${values.length} or one that is not finite; give one per state.`,
        );
      }
      costs.set(values);
      distinct = indexDistinctCosts(costs, index);
    },
    fillUniform(slot = 0) {
      states[slot].re.fill(1 / Math.sqrt(size));
      states[slot].im.fill(0);
    },
    layer(gamma, beta, slot = 0) {
      applyPhases(slot, gamma);
      applyMixer(slot, beta);
    },
    mixer: (beta, slot = 0) => applyMixer(slot, beta),
    squaredNorm: (slot = 0) => total(norm(slot)),
    expectation: (slot = 0) => total((x) => costs[x] * norm(slot)(x)),
    applyCosts() {
      for (let x = 0; x < size; x++) {
        states[1].re[x] = costs[x] * states[0].re[x];
        states[1].im[x] = costs[x] * states[0].im[x];
      }
    },
    costOverlap: () => total((x) => costs[x] * (states[1].re[x] * states[0].im[x] - states[1].im[x] * states[0].re[x])),
    mixerOverlap: () => adjacencyOverlap(sizes, graph, states[0], states[1]),
  };
}

type Vector = { readonly re: Float64Array; readonly im: Float64Array };

/** Im <b| A |a>. */
function adjacencyOverlap(sizes: readonly number[], graph: GroupGraph, a: Vector, b: Vector): number {
  let sum = 0;
  let stride = 1;
  for (const k of sizes) {
    const neighbours = groupNeighbours(k, graph);
    for (let base = 0; base < a.re.length; base += k * stride) {
      for (let x = base; x < base + stride; x++) {
        for (let u = 0; u < k; u++) {
          let re = 0;
          let im = 0;
          for (const v of neighbours[u]) {
            re += a.re[x + v * stride];
            im += a.im[x + v * stride];
          }
          sum += b.re[x + u * stride] * im - b.im[x + u * stride] * re;
        }
      }
    }
    stride *= k;
  }
  return sum;
}
