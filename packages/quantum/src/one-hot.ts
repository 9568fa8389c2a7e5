/**
 * QAOA on one-hot groups alone, with XY mixers that never leave them (Hadfield et al. 2019, Algorithms 12, 34, section 4.1;
 * Wang, Rubin, Dominy & Rieffel 2020, "XY mixers: analytical and numerical results for the quantum alternating operator
 * ansatz", Phys. Rev. A 101, 012320). The start is every choice alike, a W state in each group. The path that stays near
 * the lowest costs has gamma > 0 and beta < 0, as in `qaoa.ts`.
 */
import { createOneHotRegister, type GroupGraph, type SplitState } from '@qurriculum/kernels';
import { type AngleObjective, adjointGradient, adjointGradientSteps, prepareState } from './adjoint.ts';
import { linearRamp } from './angles.ts';
import { createCostTail } from './cost-tail.ts';
import type { AngleStart } from './optimise-angles.ts';

export interface OneHotOptions {
  /** Which places of a group exchange: 'complete' (default) or 'ring', which needs fewer gates on a device. */
  readonly graph?: GroupGraph;
  /** As in `QaoaOptions`. */
  readonly cvar?: number;
}

export interface OneHotObjective extends AngleObjective {
  readonly sizes: readonly number[];
  /** The state of the last `energy`, a view that the next call overwrites; places as in `groupPositions`. */
  state(): SplitState;
}

/** @param costs one per state, place as in `groupPositions`. @throws KernelError for sizes and values. */
export function createOneHotObjective(
  sizes: readonly number[],
  costs: Float64Array,
  options: OneHotOptions = {},
): OneHotObjective {
  const register = createOneHotRegister(sizes, options.graph);
  register.loadCosts(costs);
  const { cvar } = options;
  const tail = cvar === undefined || cvar === 1 ? null : createCostTail(costs, cvar);
  return {
    sizes,
    energy(angles) {
      prepareState(register, angles);
      return register.expectation();
    },
    gradient: (angles) => adjointGradient(register, angles, tail),
    gradientSteps: (angles) => adjointGradientSteps(register, angles, tail),
    state: () => register.states[0],
  };
}

/** The position of each group in state x = sum_g position_g prod_(h<g) k_h. */
export function groupPositions(sizes: readonly number[], x: number): number[] {
  let rest = x;
  return sizes.map((k) => {
    const position = rest % k;
    rest = (rest - position) / k;
    return position;
  });
}

/**
 * Where a search for angles begins: a linear ramp, in units of one over the spread of the costs that one group makes
 * (their standard deviation over the root of how many groups there are). A group of k takes to a complete mixer as a qubit
 * does to X at an angle 2/k as large: the gap of its A is k, that of X is 2.
 */
export function oneHotStart(sizes: readonly number[], costs: Float64Array): AngleStart {
  const groups = sizes.filter((k) => k > 1);
  const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
  const variance = costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / costs.length;
  const unit = variance > 0 ? Math.sqrt(groups.length / variance) : 1;
  const gap = groups.length > 0 ? groups.reduce((sum, k) => sum + k, 0) / groups.length : 2;
  const ramp = (layers: number) => {
    const { gammas, betas } = linearRamp(layers, unit);
    return { gammas, betas: betas.map((beta) => (beta * 2) / gap) };
  };
  return { unit, first: ramp(1), ramp };
}
