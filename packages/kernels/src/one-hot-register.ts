/**
 * QAOA on one-hot groups alone: a register over the product of groups, of which each is in exactly one of k_g places, for
 * mixers that never leave it (Hadfield et al. 2019, "From the quantum approximate optimization algorithm to a quantum
 * alternating operator ansatz", Algorithms 12, 34, section 4.1: XY mixers). On one-hot states sum_(u,v) (X_u X_v +
 * Y_u Y_v) / 2 over the edges of a graph moves the one from u to v: it is the graph's adjacency matrix A. So a state of
 * prod k_g amplitudes stands for 2^(sum k_g), and its mixer is exp(-i beta A) on every group.
 *
 * Place of a state: sum_g position_g prod_(h<g) k_h, group 0 the fastest.
 */
import { KernelError } from './errors.ts';
import { completeMixer, type GroupGraph, type GroupMixer, groupNeighbours, ringMixer } from './group-mixer.ts';
import { createLayeredRegister, type LayeredRegister, type SplitDoubles } from './layered-register.ts';

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
  const mixing = {
    fill: (re: Float64Array) => void re.fill(1 / Math.sqrt(size)),
    mix({ re, im }: SplitDoubles, beta: number): void {
      const mixers = new Map<number, GroupMixer>();
      let stride = 1;
      for (const k of sizes) {
        const mixer = mixers.get(k) ?? (graph === 'ring' ? ringMixer(k, beta) : completeMixer(k, beta));
        mixers.set(k, mixer);
        if (k > 1) mixer(re, im, stride);
        stride *= k;
      }
    },
    overlap: (a: SplitDoubles, b: SplitDoubles) => adjacencyOverlap(sizes, graph, a, b),
  };
  return { ...createLayeredRegister(size, mixing), sizes, graph };
}

/** Im <b| A |a>. */
function adjacencyOverlap(sizes: readonly number[], graph: GroupGraph, a: SplitDoubles, b: SplitDoubles): number {
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
