/**
 * A register of n qubits for the quantum approximate optimisation algorithm (Farhi, Goldstone & Gutmann 2014,
 * arXiv:1411.4028): split float64 state vectors, a diagonal cost operator C, phases exp(-i gamma C) and the mixer
 * exp(-i beta sum_q X_q). Qubit 0 is the least significant bit of the index of an amplitude.
 */
import { indexDistinctCosts, MOST_DISTINCT_COSTS } from './distinct-costs.ts';
import { KernelError } from './errors.ts';
import { wasmBase64 as plainWasm } from './generated/qaoa.ts';
import { wasmBase64 as relaxedWasm } from './generated/qaoa-relaxed.ts';
import { applyQuarterTurns, mixerAngle } from './mixer-angle.ts';
import { createTwinKernel, type QaoaKernel, type SplitState } from './qaoa-kernel.ts';
import { createWasmKernel } from './qaoa-wasm.ts';
import { cosineAndSine } from './trigonometry.ts';
import { type KernelBackend, lazyModule } from './wasm-module.ts';

/** 2^26 amplitudes are 1 GiB; with costs and a second vector it is what a 32-bit memory still takes. */
export const MOST_REGISTER_QUBITS = 26;

const plainModule = lazyModule(plainWasm);
const relaxedModule = lazyModule(relaxedWasm);

export interface QaoaRegister {
  readonly backend: KernelBackend;
  readonly qubits: number;
  /** One or two vectors of 2^n amplitudes; the views stay valid and are the kernel's own memory. */
  readonly states: readonly SplitState[];
  /** The diagonal of C. Change it through `loadCosts` only. */
  readonly costs: Float64Array;
  /** Copies 2^n finite costs. @throws KernelError BAD_SIZE, BAD_VALUE. */
  loadCosts(costs: Float64Array): void;
  /** |+>^n in the given slot. */
  fillUniform(slot?: number): void;
  /** exp(-i beta sum X) exp(-i gamma C), the phase first. Angles in radians. */
  layer(gamma: number, beta: number, slot?: number): void;
  mixer(beta: number, slot?: number): void;
  /** sum |a_x|^2, which is 1 but for rounding. */
  squaredNorm(slot?: number): number;
  /** <C> = sum |a_x|^2 cost_x; not divided by the norm. */
  expectation(slot?: number): number;
  /** Slot 1 becomes C times slot 0. */
  applyCosts(): void;
  /** Im <slot 1| C |slot 0>. */
  costOverlap(): number;
  /** Im <slot 1| sum_q X_q |slot 0>. */
  mixerOverlap(): number;
}

export interface QaoaRegisterOptions {
  /** 2 for gradients, which carry a second vector. Default 1. */
  readonly slots?: 1 | 2;
  /**
   * Default: 'wasm-simd' where the machine has it, else 'typescript'; these two agree to the bit. 'wasm-relaxed-simd'
   * is a little faster and differs in the last bits from machine to machine; where it is missing, plain SIMD is used.
   */
  readonly backend?: KernelBackend;
}

/** Allocates a register of 1 to 26 qubits with all costs zero. @throws KernelError BAD_SIZE, OUT_OF_MEMORY. */
export function createQaoaRegister(qubits: number, options: QaoaRegisterOptions = {}): QaoaRegister {
  if (!(Number.isInteger(qubits) && qubits >= 1 && qubits <= MOST_REGISTER_QUBITS)) {
    throw new KernelError(
      'BAD_SIZE',
      `createQaoaRegister: expected 1 to ${MOST_REGISTER_QUBITS} qubits, got ${qubits}; use a smaller problem.`,
    );
  }
  const slots = options.slots ?? 1;
  const { backend, module } = chooseModule(options.backend ?? 'wasm-simd');
  return registerOver(allocateKernel(module, qubits, slots), qubits, backend);
}

function allocateKernel(module: WebAssembly.Module | null, qubits: number, slots: number): QaoaKernel {
  if (module) return createWasmKernel(module, qubits, slots, MOST_DISTINCT_COSTS);
  try {
    return createTwinKernel(qubits, slots, MOST_DISTINCT_COSTS);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const megabytes = Math.ceil((2 ** qubits * 8 * (2 * slots + 1)) / 2 ** 20);
    throw new KernelError(
      'OUT_OF_MEMORY',
      `createQaoaRegister: expected ${megabytes} MB of memory for ${qubits} qubits, got refused; use fewer qubits.`,
    );
  }
}

function chooseModule(wanted: KernelBackend): { backend: KernelBackend; module: WebAssembly.Module | null } {
  if (wanted === 'wasm-relaxed-simd' && relaxedModule()) return { backend: wanted, module: relaxedModule() };
  const module = wanted === 'typescript' ? null : plainModule();
  return { backend: module ? 'wasm-simd' : 'typescript', module };
}

function registerOver(kernel: QaoaKernel, qubits: number, backend: KernelBackend): QaoaRegister {
  let distinct: Float64Array | null = Float64Array.of(0);
  const pair = new Float64Array(2);

  /** cos and sin of gamma times each distinct cost, times the mixer's scale. */
  function fillTables(values: Float64Array, gamma: number, scale: number): void {
    for (let k = 0; k < values.length; k++) {
      cosineAndSine(gamma * values[k], pair);
      kernel.cosines[k] = scale * pair[0];
      kernel.sines[k] = scale * pair[1];
    }
  }

  return {
    backend,
    qubits,
    states: kernel.states,
    costs: kernel.costs,
    loadCosts(costs) {
      requireCosts(costs, kernel.costs.length);
      kernel.costs.set(costs);
      distinct = indexDistinctCosts(kernel.costs, kernel.index);
    },
    fillUniform(slot = 0) {
      kernel.states[slot].re.fill(1 / Math.sqrt(kernel.costs.length));
      kernel.states[slot].im.fill(0);
    },
    layer(gamma, beta, slot = 0) {
      const { tangent, scale, quarterTurns } = mixerAngle(beta, qubits);
      if (distinct) {
        fillTables(distinct, gamma, scale);
        kernel.tableLayer(slot, tangent);
      } else {
        kernel.computedLayer(slot, gamma, scale, tangent);
      }
      applyQuarterTurns(kernel.states[slot].re, kernel.states[slot].im, qubits, quarterTurns);
    },
    mixer(beta, slot = 0) {
      const { tangent, scale, quarterTurns } = mixerAngle(beta, qubits);
      kernel.mixer(slot, scale, tangent);
      applyQuarterTurns(kernel.states[slot].re, kernel.states[slot].im, qubits, quarterTurns);
    },
    squaredNorm: (slot = 0) => kernel.squaredNorm(slot),
    expectation: (slot = 0) => kernel.diagonalExpectation(slot),
    applyCosts: () => kernel.multiplyDiagonal(0, 1),
    costOverlap: () => kernel.costOverlap(0, 1),
    mixerOverlap: () => kernel.mixerOverlap(0, 1),
  };
}

function requireCosts(costs: Float64Array, size: number): void {
  if (costs.length !== size) {
    throw new KernelError('BAD_SIZE', `loadCosts: expected ${size} costs, got ${costs.length}; give one per state.`);
  }
  for (let x = 0; x < size; x++) {
    if (!Number.isFinite(costs[x])) {
      throw new KernelError('BAD_VALUE', `loadCosts: expected finite costs, got ${costs[x]} at ${x}; correct it.`);
    }
  }
}
