/**
 * The conditional value at risk of a measured cost, the mean of the best share a of all measurements (Barkoutsos, Nannicini,
 * Robert, Tavernelli & Woerner 2020, "Improving variational quantum optimization using CVaR", Quantum 4, 256):
 *
 *   CVaR_a = <f(C)>,  f(c) = t + min(c - t, 0) / a,  t the a-quantile of the costs (Rockafellar & Uryasev 2000).
 *
 * t is where the value is stationary, so that its derivatives are those of <f(C)> at a fixed t.
 */
import type { SplitState } from '@qurriculum/kernels';
import { QuantumError } from './errors.ts';

export interface CostTail {
  /** Returns CVaR_a of the state and writes f(C) times the state to `to`. */
  applyTo(state: SplitState, to: SplitState): number;
}

/** @throws QuantumError BAD_VALUE unless the share is above 0 and at most 1. */
export function createCostTail(costs: Float64Array, share: number): CostTail {
  if (!(share > 0 && share <= 1)) {
    throw new QuantumError(
      'BAD_VALUE',
      `createCostTail: expected a share above 0 and at most 1, got ${share}; correct it.`,
    );
  }
  const order = Uint32Array.from(costs, (_, x) => x).sort((a, b) => costs[a] - costs[b] || a - b);
  return {
    applyTo({ re, im }, to) {
      let norm = 0;
      for (let x = 0; x < costs.length; x++) norm += re[x] * re[x] + im[x] * im[x];
      let sum = 0;
      let place = 0;
      for (; place < order.length - 1; place++) {
        const x = order[place];
        sum += re[x] * re[x] + im[x] * im[x];
        if (sum >= share * norm) break;
      }
      const quantile = costs[order[place]];
      let value = 0;
      for (let x = 0; x < costs.length; x++) {
        const weight = quantile + Math.min(costs[x] - quantile, 0) / share;
        value += weight * (re[x] * re[x] + im[x] * im[x]);
        to.re[x] = weight * re[x];
        to.im[x] = weight * im[x];
      }
      return value;
    },
  };
}
