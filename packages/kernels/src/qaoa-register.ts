/**
 * A register of n qubits for the quantum approximate optimisation algorithm (Farhi, Goldstone & Gutmann 2014,
 * arXiv:1411.4028): split state vectors, a diagonal cost operator C, phases exp(-i gamma C) and the mixer
 * exp(-i beta sum_q X_q). Qubit 0 is the least significant bit of the index of an amplitude.
 */
import { indexDistinctCosts, MOST_DISTINCT_COSTS } from './distinct-costs.ts';
import { KernelError } from './errors.ts';
import { wasmBase64 as plainWasm } from './generated/qaoa.ts';
import { wasmBase64 as relaxedWasm } from './generated/qaoa-relaxed.ts';
import { wasmBase64 as threadsWasm } from './generated/qaoa-threads.ts';
import { applyQuarterTurns, mixerAngle } from './mixer-angle.ts';
import type { KernelShape, Precision, QaoaKernel, SplitState } from './qaoa-kernel.ts';
import { startCrew, type ThreadPlatform } from './qaoa-threads.ts';
import { createTwinKernel } from './qaoa-twin.ts';
import { createWasmKernel, kernelBytes, soloCrew } from './qaoa-wasm.ts';
import { cosineAndSine } from './trigonometry.ts';
import { createArena, instantiate, type KernelBackend, lazyModule } from './wasm-module.ts';

/** 2^26 amplitudes are 1 GiB; with costs and a second vector it is what a 32-bit memory still takes. */
export const MOST_REGISTER_QUBITS = 26;

const threadsModule = lazyModule(threadsWasm);
const plainModule = lazyModule(plainWasm);
const relaxedModule = lazyModule(relaxedWasm);

export interface QaoaRegister {
  readonly backend: KernelBackend;
  readonly qubits: number;
  readonly precision: Precision;
  readonly mirror: boolean;
  /** How many threads share the work. Results do not depend on it. */
  readonly threads: number;
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
  /** 'float32' halves memory and nearly halves time, at a relative error of about 1e-6. Default 'float64'. */
  readonly precision?: Precision;
  /**
   * For costs that flipping ALL qubits leaves alone (no fields: Max-Cut), so that a_x = a_(~x) throughout. The register
   * then stands for qubits + 1 qubits by the half of the states whose highest qubit is 0, amplitudes times sqrt 2: costs
   * are those of that half, the mixer acts on the qubit left out too. Default false.
   */
  readonly mirror?: boolean;
}

/** A register whose layers and sums are done by several threads. Close it: its workers hold the memory. */
export interface ThreadedQaoaRegister extends QaoaRegister {
  close(): Promise<void>;
}

/** Allocates a register of 1 to 26 qubits with all costs zero. @throws KernelError BAD_SIZE, OUT_OF_MEMORY. */
export function createQaoaRegister(qubits: number, options: QaoaRegisterOptions = {}): QaoaRegister {
  const shape = shapeOf('createQaoaRegister', qubits, options);
  const { backend, module } = chooseModule(shape, options.backend ?? 'wasm-simd');
  if (!module) return registerOver(twinOrRefusal(shape), shape, backend, 1);
  const arena = createArena(kernelBytes(shape));
  const kernel = createWasmKernel(arena, shape, soloCrew(instantiate(module, arena)));
  return registerOver(kernel, shape, backend, 1);
}

/**
 * The same on several threads over shared memory: this one, which waits for the others inside each call, and workers
 * that the platform starts. Bits are those of one thread on 'wasm-simd'. Browsers need cross-origin isolation for it.
 * @throws KernelError BAD_SIZE, OUT_OF_MEMORY; BACKEND_MISSING where WebAssembly has no SIMD or threads.
 */
export async function createThreadedQaoaRegister(
  platform: ThreadPlatform,
  qubits: number,
  threads: number,
  options: Omit<QaoaRegisterOptions, 'backend'> = {},
): Promise<ThreadedQaoaRegister> {
  const shape = shapeOf('createThreadedQaoaRegister', qubits, options);
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= 64)) {
    throw new KernelError(
      'BAD_SIZE',
      `createThreadedQaoaRegister: expected 1 to 64 threads, got ${threads}; pass a whole number.`,
    );
  }
  const module = isTooSmall(shape) || typeof SharedArrayBuffer === 'undefined' ? null : threadsModule();
  if (!module) {
    throw new KernelError(
      'BACKEND_MISSING',
      'createThreadedQaoaRegister: expected WebAssembly with SIMD, shared memory and 2 qubits or more, got a machine or ' +
        'size without; use createQaoaRegister.',
    );
  }
  const arena = createArena(kernelBytes(shape), true);
  const crew = await startCrew(platform, module, arena, threads);
  const register = registerOver(createWasmKernel(arena, shape, crew.run), shape, 'wasm-simd', threads);
  return { ...register, close: crew.close };
}

function shapeOf(where: string, qubits: number, options: QaoaRegisterOptions): KernelShape {
  if (!(Number.isInteger(qubits) && qubits >= 1 && qubits <= MOST_REGISTER_QUBITS)) {
    throw new KernelError(
      'BAD_SIZE',
      `${where}: expected 1 to ${MOST_REGISTER_QUBITS} qubits, got ${qubits}; use a smaller problem.`,
    );
  }
  const { slots = 1, precision = 'float64', mirror = false } = options;
  return { qubits, slots, precision, mirror, tableLength: MOST_DISTINCT_COSTS };
}

/** Four float32 amplitudes make a vector: a single qubit has two. */
const isTooSmall = ({ qubits, precision }: KernelShape): boolean => precision === 'float32' && qubits < 2;

function twinOrRefusal(shape: KernelShape): QaoaKernel {
  try {
    return createTwinKernel(shape);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const megabytes = Math.ceil(kernelBytes(shape) / 2 ** 20);
    throw new KernelError(
      'OUT_OF_MEMORY',
      `createQaoaRegister: expected ${megabytes} MB of memory for ${shape.qubits} qubits, got refused; use fewer qubits.`,
    );
  }
}

function chooseModule(
  shape: KernelShape,
  wanted: KernelBackend,
): { backend: KernelBackend; module: WebAssembly.Module | null } {
  if (isTooSmall(shape)) return { backend: 'typescript', module: null };
  if (wanted === 'wasm-relaxed-simd' && relaxedModule()) return { backend: wanted, module: relaxedModule() };
  const module = wanted === 'typescript' ? null : plainModule();
  return { backend: module ? 'wasm-simd' : 'typescript', module };
}

function registerOver(
  kernel: QaoaKernel,
  { qubits, precision, mirror }: KernelShape,
  backend: KernelBackend,
  threads: number,
): QaoaRegister {
  const mixed = mirror ? qubits + 1 : qubits;
  let distinct: Float64Array | null = Float64Array.of(0);
  const pair = new Float64Array(2);

  /** cos and sin of gamma times each distinct cost, times the mixer's scale. */
  function fillTables(values: Float64Array, gamma: number, scale: number): void {
    for (let k = 0; k < values.length; k++) {
      cosineAndSine(gamma * values[k], pair);
      kernel.phases[2 * k] = scale * pair[0];
      kernel.phases[2 * k + 1] = scale * pair[1];
    }
  }

  return {
    backend,
    qubits,
    precision,
    mirror,
    threads,
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
      const { tangent, scale, quarterTurns } = mixerAngle(beta, mixed);
      if (distinct) {
        fillTables(distinct, gamma, scale);
        kernel.tableLayer(slot, tangent);
      } else {
        kernel.computedLayer(slot, gamma, scale, tangent);
      }
      applyQuarterTurns(kernel.states[slot], mixed, quarterTurns, mirror);
    },
    mixer(beta, slot = 0) {
      const { tangent, scale, quarterTurns } = mixerAngle(beta, mixed);
      kernel.mixer(slot, scale, tangent);
      applyQuarterTurns(kernel.states[slot], mixed, quarterTurns, mirror);
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
