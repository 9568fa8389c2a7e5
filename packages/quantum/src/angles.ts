/** Good angles for QAOA before any optimisation: the best of p = 1 in closed form, ramps, and deeper from shallower. */

import type { QaoaAngles } from './adjoint.ts';
import type { IsingCoefficients } from './ising.ts';
import { denseCouplings, profileEnergy, singleLayerProfile } from './single-layer.ts';

/**
 * The unit of gamma: one over the root mean square, over qubits, of sqrt(h_i^2 + sum_j J_ij^2), the spread of what one
 * flip changes. In this unit good angles of different models are alike (Sureshbabu et al. 2024, "Parameter setting in
 * quantum approximate optimization of weighted problems", Quantum 8, 1231, section 3). 1 for a constant cost.
 */
export function gammaUnit({ fields, couplings }: IsingCoefficients): number {
  let sum = 0;
  for (const h of fields) sum += h * h;
  for (const { value } of couplings) sum += 2 * value * value;
  return sum > 0 ? Math.sqrt(fields.length / sum) : 1;
}

/**
 * A linear ramp, gamma up and beta down to zero (annealing in p steps; Sack & Serbyn 2021, Quantum 5, 491):
 * gamma_l = step (l + 1/2) / p units, beta_l = -step (1 - (l + 1/2) / p). Default step .75 (there, for MaxCut).
 */
export function linearRamp(layers: number, unit: number, step = 0.75): QaoaAngles {
  const places = Array.from({ length: layers }, (_, l) => (l + 0.5) / layers);
  return {
    gammas: places.map((place) => step * place * unit),
    betas: places.map((place) => -step * (1 - place)),
  };
}

/** From .05 to 3 units, in equal ratios: p = 1 optima of sparse and dense models with and without fields lie inside. */
const FIRST_GAMMA = 0.05;
const LAST_GAMMA = 3;
/** Over one period of beta, pi. The optimiser does the rest. */
const BETA_STEPS = 48;

/** The best p = 1 angles on a grid of `points` gammas, by the closed form: no state vector is made. */
export function singleLayerStart(ising: IsingCoefficients, points = 16): QaoaAngles {
  const unit = gammaUnit(ising);
  const dense = denseCouplings(ising);
  let best = { energy: Number.POSITIVE_INFINITY, gamma: 0, beta: 0 };
  for (let k = 0; k < points; k++) {
    const gamma = unit * FIRST_GAMMA * (LAST_GAMMA / FIRST_GAMMA) ** (points > 1 ? k / (points - 1) : 0);
    const profile = singleLayerProfile(ising, gamma, dense);
    for (let step = 0; step < BETA_STEPS; step++) {
      const beta = Math.PI * (step / BETA_STEPS - 0.5);
      const energy = profileEnergy(profile, beta);
      if (energy < best.energy) best = { energy, gamma, beta };
    }
  }
  return { gammas: [best.gamma], betas: [best.beta] };
}

/**
 * INTERP (Zhou, Wang, Choi, Pichler & Lukin 2020, Phys. Rev. X 10, 021067, appendix B): angles for p + 1 layers on the
 * line through those for p: theta'_i = (i - 1)/p theta_(i-1) + (p - i + 1)/p theta_i, i = 1 .. p + 1.
 */
export function interpolateAngles({ gammas, betas }: QaoaAngles): QaoaAngles {
  return { gammas: interpolate(gammas), betas: interpolate(betas) };
}

function interpolate(angles: readonly number[]): number[] {
  const p = angles.length;
  return Array.from({ length: p + 1 }, (_, i) => (i / p) * (angles[i - 1] ?? 0) + ((p - i) / p) * (angles[i] ?? 0));
}
