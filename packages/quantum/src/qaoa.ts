/**
 * The quantum approximate optimisation algorithm (Farhi, Goldstone & Gutmann 2014, arXiv:1411.4028), p layers:
 *
 *   |gamma, beta> = prod_{l=p..1} exp(-i beta_l sum_q X_q) exp(-i gamma_l C) |+>^n,   <C> minimised.
 *
 * |+> is the highest state of sum X, so the path that stays near the LOWEST costs has gamma > 0 and beta < 0; changing
 * both signs gives the complex conjugate, the same energies.
 */
import {
  type Amplitudes,
  createQaoaRegister,
  createThreadedQaoaRegister,
  type KernelBackend,
  type LayeredRegister,
  type Precision,
  type SplitState,
  type ThreadPlatform,
} from '@qurriculum/kernels';
import type { BinaryQuadraticModel } from '@qurriculum/problems';
import { adjointGradient, prepareState, type QaoaAngles, type QaoaObjective } from './adjoint.ts';
import { type Circuit, createCircuit, gate, type Operation } from './circuit.ts';
import { createCostTail } from './cost-tail.ts';
import { QuantumError } from './errors.ts';
import { isingCoefficients } from './ising.ts';
import type { StateVector } from './state-vector.ts';
import { warmAngles } from './warm-start.ts';

export interface QaoaOptions {
  readonly backend?: KernelBackend;
  /** 'float32' for searching: half the memory, nearly half the time, relative error about 1e-6. Default 'float64'. */
  readonly precision?: Precision;
  /**
   * Above 0, at most 1: `gradient` is that of the conditional value at risk, the mean cost of the best such share of all
   * measurements (Barkoutsos et al. 2020, Quantum 4, 256), instead of <C>. Default 1, which is <C>.
   */
  readonly cvar?: number;
}

/**
 * An objective for a diagonal of 2^n costs. Where flipping all bits changes no cost (no fields: Max-Cut), only the half
 * of the state with the highest qubit 0 is kept: the same energies at half the work.
 * @throws QuantumError BAD_SIZE; KernelError for values and memory.
 */
export function createQaoaObjective(costs: Float64Array, options: QaoaOptions = {}): QaoaObjective {
  const shape = objectiveShape(costs, options);
  const { backend, precision } = options;
  const register = createQaoaRegister(shape.kept, { slots: 2, backend, precision, mirror: shape.mirror });
  return objectiveOver(register, shape, costs, options.cvar);
}

/** The same on several threads, bit-equal. Close it: its workers hold the memory. */
export async function createThreadedQaoaObjective(
  platform: ThreadPlatform,
  threads: number,
  costs: Float64Array,
  options: Omit<QaoaOptions, 'backend'> = {},
): Promise<QaoaObjective & { close(): Promise<void> }> {
  const shape = objectiveShape(costs, options);
  const { precision } = options;
  const register = await createThreadedQaoaRegister(platform, shape.kept, threads, {
    slots: 2,
    precision,
    mirror: shape.mirror,
  });
  return { ...objectiveOver(register, shape, costs, options.cvar), close: register.close };
}

interface ObjectiveShape {
  readonly qubits: number;
  /** Qubits of the register. */
  readonly kept: number;
  readonly mirror: boolean;
}

function objectiveShape(costs: Float64Array, { cvar }: QaoaOptions): ObjectiveShape {
  const qubits = Math.log2(costs.length);
  if (!(Number.isInteger(qubits) && qubits >= 1)) {
    throw new QuantumError(
      'BAD_SIZE',
      `createQaoaObjective: expected 2^n costs for n >= 1 qubits, got ${costs.length}; give one per basis state.`,
    );
  }
  const whole = cvar === undefined || cvar === 1;
  const mirror = whole && qubits > 1 && isFlipSymmetric(costs);
  return { qubits, kept: mirror ? qubits - 1 : qubits, mirror };
}

function objectiveOver(
  register: LayeredRegister,
  { qubits, kept, mirror }: ObjectiveShape,
  costs: Float64Array,
  cvar: number | undefined,
): QaoaObjective {
  const tail = cvar === undefined || cvar === 1 ? null : createCostTail(costs, cvar);
  register.loadCosts(costs.subarray(0, 2 ** kept));
  return {
    qubits,
    energy(angles) {
      prepareState(register, angles);
      return register.expectation();
    },
    gradient: (angles) => adjointGradient(register, angles, tail),
    state: () => ({ qubits, ...(mirror ? unfolded(register.states[0]) : register.states[0]) }),
  };
}

/** Whether C(x) = C(~x) for every x: the state then has a_x = a_(~x) at all angles. */
function isFlipSymmetric(costs: Float64Array): boolean {
  for (let x = 0, y = costs.length - 1; x < y; x++, y--) if (costs[x] !== costs[y]) return false;
  return true;
}

/** The whole state from the half that a mirrored register keeps, in memory of its own. */
function unfolded({ re, im }: SplitState): SplitState {
  const whole = (half: Amplitudes) => {
    const all = half instanceof Float32Array ? new Float32Array(2 * half.length) : new Float64Array(2 * half.length);
    for (let x = 0; x < half.length; x++) all[x] = all[all.length - 1 - x] = half[x] * Math.SQRT1_2;
    return all;
  };
  return { re: whole(re), im: whole(im) };
}

/** The state at the angles, in memory of its own. */
export function qaoaState(costs: Float64Array, angles: QaoaAngles, options: QaoaOptions = {}): StateVector {
  const objective = createQaoaObjective(costs, options);
  objective.energy(angles);
  return objective.state();
}

/**
 * The circuit of the angles, phases as CX-RZ-CX for couplings and RZ for fields; equal to `qaoaState` up to a global
 * phase. Qubits follow `costDiagonal`. @param leanings of a warm start (`createWarmObjective`), one per qubit.
 */
export function qaoaCircuit(
  bqm: BinaryQuadraticModel,
  { gammas, betas }: QaoaAngles,
  leanings?: readonly number[],
): Circuit {
  const { fields, couplings } = isingCoefficients(bqm);
  const size = fields.length;
  const thetas = leanings && warmAngles(leanings);
  const qubits = Array.from({ length: size }, (_, q) => q);
  const operations: Operation[] = qubits.map((q) => (thetas ? gate('ry', [q], thetas[q]) : gate('h', [q])));
  for (let layer = 0; layer < gammas.length; layer++) {
    for (const { first, second, value } of couplings) {
      operations.push(gate('cx', [first, second]));
      operations.push(gate('rz', [second], 2 * gammas[layer] * value));
      operations.push(gate('cx', [first, second]));
    }
    for (const q of qubits) if (fields[q] !== 0) operations.push(gate('rz', [q], 2 * gammas[layer] * fields[q]));
    for (const q of qubits) operations.push(...mixerGates(q, betas[layer], thetas?.[q]));
  }
  return createCircuit(size, operations);
}

function mixerGates(q: number, beta: number, theta: number | undefined): Operation[] {
  if (theta === undefined) return [gate('rx', [q], 2 * beta)];
  return [gate('ry', [q], -theta), gate('rz', [q], 2 * beta), gate('ry', [q], theta)];
}
