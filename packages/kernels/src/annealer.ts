/**
 * Simulated annealing of one replica of an Ising model (Kirkpatrick, Gelatt & Vecchi 1983): Metropolis sweeps in the
 * order of the variables, at inverse temperatures that the caller chooses. E = sum h_i s_i + sum_{i<j} J_ij s_i s_j.
 */
import { type AnnealKernel, createTwinAnnealKernel } from './anneal-kernel.ts';
import { createWasmAnnealKernel } from './anneal-wasm.ts';
import { KernelError } from './errors.ts';
import { wasmBase64 } from './generated/anneal.ts';
import { THRESHOLD_BITS, thresholdTable } from './thresholds.ts';
import { type KernelBackend, lazyModule } from './wasm-module.ts';

/** A sparse Ising model: the compressed rows of a SPIN `BinaryQuadraticModel` fit as they are. */
export interface IsingRows {
  /** n fields h_i. */
  readonly linear: Float64Array;
  /** n + 1 offsets into `neighbour` and `bias`; every pair stands in both of its rows. */
  readonly rowStart: Int32Array;
  readonly neighbour: Int32Array;
  /** J_ij of each entry. */
  readonly bias: Float64Array;
}

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
  requireRows(model);
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
      requireSpins(spins, variables);
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
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  kernel.setGenerator(next(), next(), next(), 1);
}

function requireRows({ linear, rowStart, neighbour, bias }: IsingRows): void {
  const size = linear.length;
  if (rowStart.length !== size + 1 || rowStart[size] !== neighbour.length || bias.length !== neighbour.length) {
    throw new KernelError(
      'BAD_SIZE',
      `createAnnealer: expected ${size + 1} row offsets that end at the number of entries, got ${rowStart.length} ending at ` +
        `${rowStart.at(-1)} for ${neighbour.length} entries; build the rows with createBqm.`,
    );
  }
  const badColumn = neighbour.find((j) => !(j >= 0 && j < size));
  if (badColumn !== undefined || rowStart.some((start, i) => i > 0 && start < rowStart[i - 1])) {
    throw new KernelError(
      'BAD_VALUE',
      `createAnnealer: expected ascending offsets and columns below ${size}, got ${badColumn ?? 'a falling offset'}; ` +
        'build the rows with createBqm.',
    );
  }
  if (!(linear.every(Number.isFinite) && bias.every(Number.isFinite))) {
    throw new KernelError('BAD_VALUE', 'createAnnealer: expected finite biases, got NaN or infinity; correct them.');
  }
}

function requireSpins(spins: ArrayLike<number>, variables: number): void {
  if (spins.length !== variables) {
    throw new KernelError(
      'BAD_SIZE',
      `annealer.start: expected ${variables} spins, got ${spins.length}; give them all.`,
    );
  }
  for (let i = 0; i < variables; i++) {
    if (spins[i] !== 1 && spins[i] !== -1) {
      throw new KernelError('BAD_VALUE', `annealer.start: expected -1 or +1, got ${spins[i]} at ${i}; correct it.`);
    }
  }
}
