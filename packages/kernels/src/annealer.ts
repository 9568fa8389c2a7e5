/**
 * Simulated annealing of one replica of an Ising model (Kirkpatrick, Gelatt & Vecchi 1983): Metropolis sweeps in the
 * order of the variables, at inverse temperatures that the caller chooses. E = sum h_i s_i + sum_{i<j} J_ij s_i s_j.
 */
import { type AnnealKernel, createTwinAnnealKernel } from './anneal-kernel.ts';
import { createWasmAnnealKernel } from './anneal-wasm.ts';
import { wasmBase64 } from './generated/anneal.ts';
import type { IsingRows } from './lane-model.ts';
import { requireRows, requireSpins } from './rows.ts';
import { splitmix32 } from './splitmix.ts';
import { THRESHOLD_BITS, thresholdTable } from './thresholds.ts';
import { type KernelBackend, lazyModule } from './wasm-module.ts';

export interface Annealer {
  readonly backend: Exclude<KernelBackend, 'wasm-relaxed-simd'>;
  readonly variables: number;
  /** Starts from n spins of -1 or +1 with a generator seeded by an unsigned 32-bit integer. */
  start(spins: ArrayLike<number>, seed: number): void;
  /**
   * One sweep per inverse temperature (>= 0, in 1 / energy; Infinity only goes downhill). Returns the number of flips.
   * Splitting a schedule over several calls changes nothing but the rounding of the fields, which are recomputed at
   * the beginning of each call.
   */
  sweep(betas: ArrayLike<number>): number;
  /** A copy of the n spins. */
  spins(): Int32Array;
}

export interface AnnealerOptions {
  /** Default: 'wasm-simd' where the machine has it, else 'typescript'. Both give the same spins to the bit. */
  readonly backend?: Annealer['backend'];
}

/** Sweeps handed over in one call to the kernel. */
const MOST_SWEEPS_PER_CALL = 1024;

const annealModule = lazyModule(wasmBase64);

/** Loads a model. @throws KernelError BAD_SIZE, BAD_VALUE, OUT_OF_MEMORY. */
export function createAnnealer(model: IsingRows, options: AnnealerOptions = {}): Annealer {
  requireRows('createAnnealer', model);
  const module = options.backend === 'typescript' ? null : annealModule();
  const variables = model.linear.length;
  const sizes = {
    variables,
    entries: model.neighbour.length,
    thresholds: 2 ** THRESHOLD_BITS,
    betas: MOST_SWEEPS_PER_CALL,
  };
  const kernel = module ? createWasmAnnealKernel(module, sizes) : createTwinAnnealKernel(sizes);
  const { arrays } = kernel;
  arrays.linear.set(model.linear);
  arrays.rowStart.set(model.rowStart);
  arrays.neighbour.set(model.neighbour);
  for (let k = 0; k < model.bias.length; k++) arrays.weight[k] = 4 * model.bias[k];
  arrays.thresholds.set(thresholdTable());
  arrays.spins.fill(1);
  return {
    backend: module ? 'wasm-simd' : 'typescript',
    variables,
    start(spins, seed) {
      requireSpins('annealer.start', spins, variables);
      arrays.spins.set(spins);
      seedGenerator(kernel, seed);
    },
    sweep(betas) {
      kernel.computeFields();
      let flips = 0;
      for (let from = 0; from < betas.length; from += MOST_SWEEPS_PER_CALL) {
        const count = Math.min(MOST_SWEEPS_PER_CALL, betas.length - from);
        for (let k = 0; k < count; k++) arrays.betas[k] = betas[from + k];
        flips += kernel.sweeps(count, arrays.thresholds[0], 32 - THRESHOLD_BITS);
      }
      return flips;
    },
    spins: () => Int32Array.from(arrays.spins),
  };
}

/** splitmix32 fills the state of sfc32, as in @qurriculum/random. */
function seedGenerator(kernel: AnnealKernel, seed: number): void {
  const next = splitmix32(seed);
  kernel.setGenerator(next(), next(), next(), 1);
}
