/**
 * The quantum approximate optimisation algorithm (Farhi, Goldstone & Gutmann 2014, arXiv:1411.4028), p layers:
 *
 *   |gamma, beta> = prod_{l=p..1} exp(-i beta_l sum_q X_q) exp(-i gamma_l C) |+>^n,   <C> minimised.
 *
 * |+> is the highest state of sum X, so the path that stays near the LOWEST costs has gamma > 0 and beta < 0; changing
 * both signs gives the complex conjugate, the same energies.
 */
import { createQaoaRegister, type KernelBackend, type QaoaRegister } from '@qurriculum/kernels';
import type { BinaryQuadraticModel } from '@qurriculum/problems';
import { type Circuit, createCircuit, gate, type Operation } from './circuit.ts';
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
  /** <C> and its derivatives by every gamma and beta, about four times the work of `energy`. */
  gradient(angles: QaoaAngles): QaoaGradient;
  /** The state of the last `energy`; a view that the next call overwrites. */
  state(): StateVector;
  /** Replaces the diagonal by another of the same length. */
  loadCosts(costs: Float64Array): void;
}

export interface QaoaGradient {
  readonly energy: number;
  readonly gammas: Float64Array;
  readonly betas: Float64Array;
}

export interface QaoaOptions {
  readonly backend?: KernelBackend;
}

/** An objective for a diagonal of 2^n costs. @throws QuantumError BAD_SIZE; KernelError for values and memory. */
export function createQaoaObjective(costs: Float64Array, options: QaoaOptions = {}): QaoaObjective {
  const qubits = Math.log2(costs.length);
  if (!(Number.isInteger(qubits) && qubits >= 1)) {
    throw new QuantumError(
      'BAD_SIZE',
      `createQaoaObjective: expected 2^n costs for n >= 1 qubits, got ${costs.length}; give one per basis state.`,
    );
  }
  const register = createQaoaRegister(qubits, { slots: 2, backend: options.backend });
  register.loadCosts(costs);
  return {
    qubits,
    loadCosts: (next) => register.loadCosts(next),
    energy(angles) {
      prepare(register, angles);
      return register.expectation();
    },
    gradient: (angles) => adjointGradient(register, angles),
    state: () => ({ qubits, ...register.states[0] }),
  };
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
function adjointGradient(register: QaoaRegister, angles: QaoaAngles): QaoaGradient {
  const { gammas, betas } = angles;
  prepare(register, angles);
  const energy = register.expectation();
  const byGamma = new Float64Array(gammas.length);
  const byBeta = new Float64Array(betas.length);
  register.applyCosts();
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
