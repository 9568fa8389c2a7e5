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
import { completeNumbers, type GroupGraph, ringNumbers } from './group-mixer.ts';
import { createLayeredRegister, type LayeredRegister, type LayeredRegisterOptions } from './layered-register.ts';

/** Like a `QaoaRegister`, with A in the place of sum_q X_q; two slots of float64. */
export interface OneHotRegister extends LayeredRegister {
  /** k_g of each group. */
  readonly sizes: readonly number[];
  readonly graph: GroupGraph;
}

/** 2^22 amplitudes: with two slots and costs 160 MiB. */
export const MOST_ONE_HOT_STATES = 2 ** 22;

/** All costs zero. @throws KernelError BAD_SIZE unless groups are whole numbers from 1 with at most 2^22 states in all. */
export function createOneHotRegister(
  sizes: readonly number[],
  graph: GroupGraph = 'complete',
  options: LayeredRegisterOptions = {},
): OneHotRegister {
  const size = sizes.reduce((product, k) => product * k, 1);
  if (sizes.length < 1 || !sizes.every((k) => Number.isInteger(k) && k >= 1) || size > MOST_ONE_HOT_STATES) {
    throw new KernelError(
      'BAD_SIZE',
      `createOneHotRegister: expected groups of at least 1 place with at most ${MOST_ONE_HOT_STATES} states in all, got ` +
        `${sizes.join(' x ')}; use fewer or smaller groups.`,
    );
  }
  const kind = graph === 'ring' ? ('circulant' as const) : ('complete' as const);
  const numbersOf = graph === 'ring' ? ringNumbers : completeNumbers;
  let stride = 1;
  const groups = sizes.map((places) => {
    const group = { kind, places, stride, numbers: new Float64Array(0) };
    stride *= places;
    return group;
  });
  // A group of one place has nowhere to go.
  const generators = groups.filter(({ places }) => places > 1);
  const mixer = {
    generators,
    fill: (re: Float64Array) => void re.fill(1 / Math.sqrt(size)),
    steps(beta: number) {
      const numbers = new Map<number, Float64Array>();
      for (const k of sizes) if (!numbers.has(k)) numbers.set(k, numbersOf(k, beta));
      return generators.map((group) => ({ ...group, numbers: numbers.get(group.places) ?? group.numbers }));
    },
  };
  return { ...createLayeredRegister(size, mixer, options), sizes, graph };
}
