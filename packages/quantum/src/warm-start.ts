/**
 * Warm-started QAOA (Egger, Marecek & Woerner 2021, "Warm-starting quantum optimization", Quantum 5, 479): qubit i begins
 * in R_Y(theta_i)|0>, which reads 1 with probability c_i = sin^2(theta_i / 2), and the mixer is that of which this is the
 * highest state, in the signs of `qaoa.ts`:
 *
 *   B = sum_i sin(theta_i) X_i + cos(theta_i) Z_i = sum_i R_Y(theta_i) Z_i R_Y(-theta_i).
 *
 * With every c_i = 1/2 it is plain QAOA.
 */
import { createTiltedRegister } from '@qurriculum/kernels';
import { adjointGradient, adjointGradientSteps, prepareState, type QaoaObjective } from './adjoint.ts';
import { createCostTail } from './cost-tail.ts';
import { QuantumError } from './errors.ts';
import { requireQubits } from './state-vector.ts';

/** How far from certain a known answer begins: Egger et al., section 3, use 0.25 for answers in bits. */
export const WARM_REGULARISATION = 0.25;

/** theta_i of each c_i. @throws QuantumError BAD_VALUE outside of 0 to 1. */
export function warmAngles(leanings: readonly number[]): number[] {
  const wrong = leanings.find((c) => !(c >= 0 && c <= 1));
  if (wrong !== undefined) {
    throw new QuantumError('BAD_VALUE', `warmAngles: expected probabilities from 0 to 1, got ${wrong}; correct it.`);
  }
  return leanings.map((c) => 2 * Math.asin(Math.sqrt(c)));
}

/**
 * Value and gradient of warm-started QAOA, in float64. @param leanings c_i, the probability that qubit i reads
 * 1 before the first layer. @throws QuantumError BAD_SIZE, BAD_VALUE.
 */
export function createWarmObjective(
  costs: Float64Array,
  leanings: readonly number[],
  options: { readonly cvar?: number } = {},
): QaoaObjective {
  const qubits = leanings.length;
  requireQubits(qubits, 'createWarmObjective');
  if (costs.length !== 2 ** qubits) {
    throw new QuantumError(
      'BAD_SIZE',
      `createWarmObjective: expected ${2 ** qubits} costs for ${qubits} qubits, got ${costs.length}; give one per state.`,
    );
  }
  const register = createTiltedRegister(warmAngles(leanings));
  register.loadCosts(costs);
  const { cvar } = options;
  const tail = cvar === undefined || cvar === 1 ? null : createCostTail(costs, cvar);
  return {
    qubits,
    energy(angles) {
      prepareState(register, angles);
      return register.expectation();
    },
    gradient: (angles) => adjointGradient(register, angles, tail),
    gradientSteps: (angles) => adjointGradientSteps(register, angles, tail),
    state: () => ({ qubits, ...register.states[0] }),
  };
}
