/**
 * Warm-started QAOA (Egger, Marecek & Woerner 2021, "Warm-starting quantum optimization", Quantum 5, 479): qubit i begins
 * in R_Y(theta_i)|0>, which reads 1 with probability c_i = sin^2(theta_i / 2), and the mixer is that of which this is the
 * highest state, in the signs of `qaoa.ts`:
 *
 *   B = sum_i sin(theta_i) X_i + cos(theta_i) Z_i = sum_i R_Y(theta_i) Z_i R_Y(-theta_i).
 *
 * With every c_i = 1/2 it is plain QAOA.
 */
import { createLayeredRegister, type LayerMixer } from '@qurriculum/kernels';
import { adjointGradient, adjointGradientSteps, prepareState, type QaoaObjective } from './adjoint.ts';
import { createCostTail } from './cost-tail.ts';
import { QuantumError } from './errors.ts';
import { applyUnitary, requireQubits } from './state-vector.ts';

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
 * Value and gradient of warm-started QAOA, in plain float64 loops. @param leanings c_i, the probability that qubit i reads
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
  const register = createLayeredRegister(costs.length, warmMixer(warmAngles(leanings)));
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

function warmMixer(thetas: readonly number[]): LayerMixer {
  const parts = thetas.map((theta) => [Math.sin(theta), Math.cos(theta)] as const);
  return {
    fill(re) {
      re[0] = 1;
      for (const [i, theta] of thetas.entries()) {
        const [zero, one] = [Math.cos(theta / 2), Math.sin(theta / 2)];
        for (let x = 0; x < 2 ** i; x++) {
          re[x + 2 ** i] = one * re[x];
          re[x] *= zero;
        }
      }
    },
    mix(state, beta) {
      const [c, s] = [Math.cos(beta), Math.sin(beta)];
      // cos(beta) - i sin(beta) (sin(theta) X + cos(theta) Z).
      for (const [i, [x, z]] of parts.entries()) {
        const matrix = { re: Float64Array.of(c, 0, 0, c), im: Float64Array.of(-s * z, -s * x, -s * x, s * z) };
        applyUnitary({ qubits: thetas.length, ...state }, matrix, [i]);
      }
    },
    overlap(a, b) {
      let sum = 0;
      for (let x = 0; x < a.re.length; x++) {
        let re = 0;
        let im = 0;
        for (const [i, [sine, cosine]] of parts.entries()) {
          const y = x ^ (1 << i);
          const sign = (x >> i) & 1 ? -cosine : cosine;
          re += sine * a.re[y] + sign * a.re[x];
          im += sine * a.im[y] + sign * a.im[x];
        }
        sum += b.re[x] * im - b.im[x] * re;
      }
      return sum;
    },
  };
}
