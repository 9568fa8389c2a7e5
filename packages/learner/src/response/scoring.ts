/** The maximisation step for one item: Fisher scoring on expected counts (Baker & Kim 2004, section 6.4). */
import { addPrior, type ItemFamily, logPriorOf } from './item-families.ts';
import { solveSymmetric } from './linear-algebra.ts';

/** What is known of an item: expected learners with each category at each point. */
export interface ItemCounts {
  /** Quadrature points, on the scale of theta. */
  readonly points: Float64Array;
  /** Entry start + category * points.length + point. */
  readonly counts: Float64Array;
  readonly start: number;
}

/** sum_q sum_k r_qk log P_k(theta_q), with the log prior where `priors`. */
export function itemObjective(family: ItemFamily, parameters: Float64Array, data: ItemCounts, priors: boolean): number {
  const { points, counts, start } = data;
  const probability = new Float64Array(family.categories);
  const jacobian = new Float64Array(family.categories * parameters.length);
  let sum = priors ? logPriorOf(family, parameters) : 0;
  for (let q = 0; q < points.length; q++) {
    family.evaluate(parameters, points[q], probability, jacobian);
    for (let k = 0; k < family.categories; k++) {
      const count = counts[start + k * points.length + q];
      if (count > 0) sum += count * Math.log(Math.max(probability[k], 1e-300));
    }
  }
  return sum;
}

/**
 * Gradient sum_q sum_k r_qk P_k' / P_k and expected information sum_q N_q sum_k P_k' P_k'^T / P_k, N_q = sum_k r_qk;
 * with the priors' parts where `priors`.
 */
export function scoreItem(family: ItemFamily, parameters: Float64Array, data: ItemCounts, priors: boolean) {
  const { points, counts, start } = data;
  const size = parameters.length;
  const probability = new Float64Array(family.categories);
  const jacobian = new Float64Array(family.categories * size);
  const gradient = new Float64Array(size);
  const information = new Float64Array(size * size);
  for (let q = 0; q < points.length; q++) {
    let total = 0;
    for (let k = 0; k < family.categories; k++) total += counts[start + k * points.length + q];
    if (total < 1e-12) continue;
    family.evaluate(parameters, points[q], probability, jacobian);
    for (let k = 0; k < family.categories; k++) {
      const p = Math.max(probability[k], 1e-12);
      const ratio = counts[start + k * points.length + q] / p;
      for (let a = 0; a < size; a++) {
        const change = jacobian[k * size + a];
        gradient[a] += ratio * change;
        for (let b = 0; b <= a; b++) information[a * size + b] += ((total * change) / p) * jacobian[k * size + b];
      }
    }
  }
  if (priors) addPrior(family, parameters, gradient, information);
  for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) information[b * size + a] = information[a * size + b];
  return { gradient, information };
}

/** One or more scoring steps that never lower the objective; the parameters are changed in place. */
export function improveItem(
  family: ItemFamily,
  parameters: Float64Array,
  data: ItemCounts,
  priors: boolean,
  steps = 1,
): void {
  for (let step = 0; step < steps; step++) {
    const before = itemObjective(family, parameters, data, priors);
    const { gradient, information } = scoreItem(family, parameters, data, priors);
    // Without priors an item may tell nothing about a parameter.
    for (let k = 0; k < gradient.length; k++) information[k * gradient.length + k] += 1e-9;
    const direction = solveSymmetric(information, gradient);
    if (direction === null) return;
    if (!walk(family, parameters, direction, data, priors, before)) return;
  }
}

/** Halves the step until it is admitted and does not lower the objective. */
function walk(
  family: ItemFamily,
  parameters: Float64Array,
  direction: Float64Array,
  data: ItemCounts,
  priors: boolean,
  before: number,
): boolean {
  for (let scale = 1; scale > 1e-4; scale /= 2) {
    const candidate = parameters.map((value, k) => value + scale * direction[k]);
    if (!family.admits(candidate) || !(itemObjective(family, candidate, data, priors) >= before)) continue;
    parameters.set(candidate);
    return true;
  }
  return false;
}
