/**
 * Layers exp(-i beta B) exp(-i gamma C) for mixers B that act on groups of amplitudes (group-steps.ts) and their highest
 * state to begin with: what the QAOA register does for B = sum_q X_q.
 */
import { indexDistinctCosts } from './distinct-costs.ts';
import { KernelError } from './errors.ts';
import { wasmBase64 } from './generated/groups.ts';
import type { GroupGenerator, GroupStep } from './group-steps.ts';
import { createTwinLayerKernel, createWasmLayerKernel } from './layer-kernel.ts';
import type { QaoaRegister } from './qaoa-register.ts';
import { cosineAndSine } from './trigonometry.ts';
import { type KernelBackend, lazyModule } from './wasm-module.ts';

const groupsModule = lazyModule(wasmBase64);

/** What QAOA needs of a register, whatever it stands for. */
export type LayeredRegister = Omit<QaoaRegister, 'backend' | 'qubits' | 'precision' | 'mirror' | 'threads'>;

export interface LayerMixer {
  /** B as a sum over steps, those on nearer places first: every span of k stride amplitudes divides the next. */
  readonly generators: readonly GroupGenerator[];
  /** Writes the state to begin with, which is real; `re` may hold anything. */
  fill(re: Float64Array): void;
  /** exp(-i beta B), one step for each generator. */
  steps(beta: number): readonly GroupStep[];
}

export interface LayeredRegisterOptions {
  /** Default: 'wasm-simd' where the machine has it, else 'typescript'. Both agree to the bit. */
  readonly backend?: Exclude<KernelBackend, 'wasm-relaxed-simd'>;
}

/** Two slots of `size` amplitudes, all costs zero. @throws KernelError OUT_OF_MEMORY. */
export function createLayeredRegister(
  size: number,
  mixer: LayerMixer,
  options: LayeredRegisterOptions = {},
): LayeredRegister {
  const module = options.backend === 'typescript' ? null : groupsModule();
  const places = mixer.generators.reduce((most, { places: k }) => Math.max(most, k), 1);
  const kernel = module ? createWasmLayerKernel(module, size, places) : createTwinLayerKernel(size);
  const { states, costs, index, phases } = kernel;
  const pair = new Float64Array(2);
  let distinct: Float64Array | null = Float64Array.of(0);

  function applyPhases(slot: number, gamma: number): void {
    for (let k = 0; distinct && k < distinct.length; k++) {
      cosineAndSine(gamma * distinct[k], pair);
      phases.set(pair, 2 * k);
    }
    if (distinct) kernel.tablePhases(slot);
    else kernel.computedPhases(slot, gamma);
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
      kernel.mix(slot, mixer.steps(beta));
    },
    mixer: (beta, slot = 0) => kernel.mix(slot, mixer.steps(beta)),
    squaredNorm: (slot = 0) => total((x) => probability(slot, x)),
    expectation: (slot = 0) => total((x) => costs[x] * probability(slot, x)),
    applyCosts() {
      for (let x = 0; x < size; x++) {
        states[1].re[x] = costs[x] * states[0].re[x];
        states[1].im[x] = costs[x] * states[0].im[x];
      }
    },
    costOverlap: () => total((x) => costs[x] * (states[1].re[x] * states[0].im[x] - states[1].im[x] * states[0].re[x])),
    mixerOverlap: () => kernel.overlap(mixer.generators),
  };
}
