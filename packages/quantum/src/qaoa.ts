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
  type KernelBackend,
  type Precision,
  type QaoaRegister,
  type SplitState,
} from '@qurriculum/kernels';
import type { BinaryQuadraticModel } from '@qurriculum/problems';
import { type Circuit, createCircuit, gate, type Operation } from './circuit.ts';
import { type CostTail, createCostTail } from './cost-tail.ts';
import { QuantumError } from './errors.ts';
import { isingCoefficients } from './ising.ts';
import type { StateVector } from './state-vector.ts';

/** p angles each, in radians: gamma per unit of cost. */
export interface QaoaAngles {
  readonly gammas: readonly number[];
  readonly betas: readonly number[];
}

/** Energy and gradient of QAOA states on one cost diagonal. Owns a register; reuse it for all angles. */
export interface QaoaObjective {
  readonly qubits: number;
  /** <C> at the angles. The state stays for `state()`. */
  energy(angles: QaoaAngles): number;
  /** <C> (with `cvar`: the value at risk) and its derivatives by every gamma and beta, about four times `energy`. */
  gradient(angles: QaoaAngles): QaoaGradient;
  /** The state of the last `energy`; perhaps a view that the next call overwrites. */
  state(): StateVector;
}

export interface QaoaGradient {
  readonly energy: number;
  readonly gammas: Float64Array;
  readonly betas: Float64Array;
}

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
 * of the state with the highest qubit 0 is kept: the same energies at half the work. @throws QuantumError BAD_SIZE; KernelError for values and memory. */
export function createQaoaObjective(costs: Float64Array, options: QaoaOptions = {}): QaoaObjective {
  const qubits = Math.log2(costs.length);
  if (!(Number.isInteger(qubits) && qubits >= 1)) {
    throw new QuantumError(
      'BAD_SIZE',
      `createQaoaObjective: expected 2^n costs for n >= 1 qubits, got ${costs.length}; give one per basis state.`,
    );
  }
  const { backend, precision } = options;
  const tail = options.cvar === undefined || options.cvar === 1 ? null : createCostTail(costs, options.cvar);
  const mirror = tail === null && qubits > 1 && isFlipSymmetric(costs);
  const kept = mirror ? costs.length / 2 : costs.length;
  const register = createQaoaRegister(mirror ? qubits - 1 : qubits, { slots: 2, backend, precision, mirror });
  register.loadCosts(costs.subarray(0, kept));
  return {
    qubits,
    energy(angles) {
      prepare(register, angles);
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

function prepare(register: QaoaRegister, { gammas, betas }: QaoaAngles): void {
  if (gammas.length !== betas.length || !gammas.every(Number.isFinite) || !betas.every(Number.isFinite)) {
    throw new QuantumError(
      'BAD_VALUE',
      `qaoa: expected as many finite gammas as betas, got ${gammas.join(', ')} and ${betas.join(', ')}; correct them.`,
    );
  }
  register.fillUniform();
  for (let layer = 0; layer < gammas.length; layer++) register.layer(gammas[layer], betas[layer]);
}

/**
 * Adjoint differentiation (Jones & Gacon 2020, arXiv:2009.02823): with psi the state and lambda = C psi, both carried
 * backwards through the circuit, the derivative by the angle of exp(-i theta G) is 2 Im <lambda| G |psi> just behind it.
 * Behind a mixer and before it are the same for both its own derivative and its undoing, so that undoing the phase of
 * layer l and the mixer of layer l - 1 is one fused layer.
 */
function adjointGradient(register: QaoaRegister, angles: QaoaAngles, tail: CostTail | null): QaoaGradient {
  const { gammas, betas } = angles;
  prepare(register, angles);
  const energy = tail === null ? register.expectation() : tail.applyTo(register.states[0], register.states[1]);
  const byGamma = new Float64Array(gammas.length);
  const byBeta = new Float64Array(betas.length);
  if (tail === null) register.applyCosts();
  for (let layer = gammas.length - 1; layer >= 0; layer--) {
    for (const slot of [0, 1]) {
      if (layer === gammas.length - 1) register.mixer(-betas[layer], slot);
      else register.layer(-gammas[layer + 1], -betas[layer], slot);
    }
    byBeta[layer] = 2 * register.mixerOverlap();
    byGamma[layer] = 2 * register.costOverlap();
  }
  return { energy, gammas: byGamma, betas: byBeta };
}

/**
 * The circuit of the angles, phases as CX-RZ-CX for couplings and RZ for fields; equal to `qaoaState` up to a global
 * phase. Qubits follow `costDiagonal`.
 */
export function qaoaCircuit(bqm: BinaryQuadraticModel, { gammas, betas }: QaoaAngles): Circuit {
  const { fields, couplings } = isingCoefficients(bqm);
  const size = fields.length;
  const operations: Operation[] = Array.from({ length: size }, (_, q) => gate('h', [q]));
  for (let layer = 0; layer < gammas.length; layer++) {
    for (const { first, second, value } of couplings) {
      operations.push(gate('cx', [first, second]));
      operations.push(gate('rz', [second], 2 * gammas[layer] * value));
      operations.push(gate('cx', [first, second]));
    }
    for (let q = 0; q < size; q++) if (fields[q] !== 0) operations.push(gate('rz', [q], 2 * gammas[layer] * fields[q]));
    for (let q = 0; q < size; q++) operations.push(gate('rx', [q], 2 * betas[layer]));
  }
  return createCircuit(size, operations);
}
