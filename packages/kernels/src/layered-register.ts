/**
 * Layers exp(-i beta B) exp(-i gamma C) for any mixer B and its highest state to begin with, in plain float64 loops: what
 * the QAOA register does for B = sum_q X_q, for mixers that it does not know.
 */
import { indexDistinctCosts, MOST_DISTINCT_COSTS } from './distinct-costs.ts';
import { KernelError } from './errors.ts';
import type { QaoaRegister } from './qaoa-register.ts';
import { cosineAndSine } from './trigonometry.ts';

/** What QAOA needs of a register, whatever it stands for. */
export type LayeredRegister = Omit<QaoaRegister, 'backend' | 'qubits' | 'precision' | 'mirror' | 'threads'>;

export interface SplitDoubles {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export interface LayerMixer {
  /** Writes the state to begin with, which is real; `re` may hold anything. */
  fill(re: Float64Array): void;
  /** exp(-i beta B) in place. */
  mix(state: SplitDoubles, beta: number): void;
  /** Im <b| B |a>. */
  overlap(a: SplitDoubles, b: SplitDoubles): number;
}

/** Two slots of `size` amplitudes, all costs zero. */
export function createLayeredRegister(size: number, mixer: LayerMixer): LayeredRegister {
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
      if (!distinct) cosineAndSine(gamma * costs[x], pair);
      const c = distinct ? phases[2 * index[x]] : pair[0];
      const s = distinct ? phases[2 * index[x] + 1] : pair[1];
      const [a, b] = [re[x], im[x]];
      re[x] = a * c + b * s;
      im[x] = b * c - a * s;
    }
  }
  const total = (term: (x: number) => number): number => {
    let sum = 0;
    for (let x = 0; x < size; x++) sum += term(x);
    return sum;
  };
  const probability = (slot: number, x: number) => states[slot].re[x] ** 2 + states[slot].im[x] ** 2;

  return {
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
      mixer.fill(states[slot].re);
      states[slot].im.fill(0);
    },
    layer(gamma, beta, slot = 0) {
      applyPhases(slot, gamma);
      mixer.mix(states[slot], beta);
    },
    mixer: (beta, slot = 0) => mixer.mix(states[slot], beta),
    squaredNorm: (slot = 0) => total((x) => probability(slot, x)),
    expectation: (slot = 0) => total((x) => costs[x] * probability(slot, x)),
    applyCosts() {
      for (let x = 0; x < size; x++) {
        states[1].re[x] = costs[x] * states[0].re[x];
        states[1].im[x] = costs[x] * states[0].im[x];
      }
    },
    costOverlap: () => total((x) => costs[x] * (states[1].re[x] * states[0].im[x] - states[1].im[x] * states[0].re[x])),
    mixerOverlap: () => mixer.overlap(states[0], states[1]),
  };
}
