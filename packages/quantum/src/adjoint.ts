/** Values and gradients of layered states, whatever register they live in, by adjoint differentiation. */
import { type LayeredRegister, runSteps, type Steps } from '@qurriculum/kernels';
import type { CostTail } from './cost-tail.ts';
import { QuantumError } from './errors.ts';
import type { StateVector } from './state-vector.ts';

/** p angles each, in radians: gamma per unit of cost. */
export interface QaoaAngles {
  readonly gammas: readonly number[];
  readonly betas: readonly number[];
}

/** What a search for angles needs to know of the states that they make. */
export interface AngleObjective {
  /** <C> at the angles. The state stays for `state()`. */
  energy(angles: QaoaAngles): number;
  /** <C> (with `cvar`: the value at risk) and its derivatives by every gamma and beta, about four times `energy`. */
  gradient(angles: QaoaAngles): QaoaGradient;
  /** The same in steps of a layer each, where layers are long. */
  gradientSteps?(angles: QaoaAngles): Steps<QaoaGradient>;
}

/** Energy and gradient of QAOA states on one cost diagonal. Owns a register; reuse it for all angles. */
export interface QaoaObjective extends AngleObjective {
  readonly qubits: number;
  /** The state of the last `energy`; perhaps a view that the next call overwrites. */
  state(): StateVector;
}

export interface QaoaGradient {
  readonly energy: number;
  readonly gammas: Float64Array;
  readonly betas: Float64Array;
}

/** All layers on |+> (or on all states of the groups alike), in slot 0. @throws QuantumError BAD_VALUE. */
export function prepareState(register: LayeredRegister, angles: QaoaAngles): void {
  runSteps(prepareSteps(register, angles));
}

function* prepareSteps(register: LayeredRegister, { gammas, betas }: QaoaAngles): Steps<void> {
  if (gammas.length !== betas.length || !gammas.every(Number.isFinite) || !betas.every(Number.isFinite)) {
    throw new QuantumError(
      'BAD_VALUE',
      `qaoa: expected as many finite gammas as betas, got ${gammas.join(', ')} and ${betas.join(', ')}; correct them.`,
    );
  }
  register.fillUniform();
  for (let layer = 0; layer < gammas.length; layer++) {
    register.layer(gammas[layer], betas[layer]);
    yield;
  }
}

/**
 * Adjoint differentiation (Jones & Gacon 2020, arXiv:2009.02823): with psi the state and lambda = C psi, both carried
 * backwards through the circuit, the derivative by the angle of exp(-i theta G) is 2 Im <lambda| G |psi> just behind it.
 * Behind a mixer and before it are the same for both its own derivative and its undoing, so that undoing the phase of
 * layer l and the mixer of layer l - 1 is one fused layer.
 */
export function adjointGradient(register: LayeredRegister, angles: QaoaAngles, tail: CostTail | null): QaoaGradient {
  return runSteps(adjointGradientSteps(register, angles, tail));
}

/** The same in steps of a layer each. */
export function* adjointGradientSteps(
  register: LayeredRegister,
  angles: QaoaAngles,
  tail: CostTail | null,
): Steps<QaoaGradient> {
  const { gammas, betas } = angles;
  yield* prepareSteps(register, angles);
  const energy = tail === null ? register.expectation() : tail.applyTo(register.states[0], register.states[1]);
  const byGamma = new Float64Array(gammas.length);
  const byBeta = new Float64Array(betas.length);
  if (tail === null) register.applyCosts();
  for (let layer = gammas.length - 1; layer >= 0; layer--) {
    for (const slot of [0, 1]) {
      if (layer === gammas.length - 1) register.mixer(-betas[layer], slot);
      else register.layer(-gammas[layer + 1], -betas[layer], slot);
      yield;
    }
    byBeta[layer] = 2 * register.mixerOverlap();
    byGamma[layer] = 2 * register.costOverlap();
    yield;
  }
  return { energy, gammas: byGamma, betas: byBeta };
}
