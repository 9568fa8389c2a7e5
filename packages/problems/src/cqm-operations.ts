/** What one does with a constrained model: energy, which constraints a sample breaks and by how much, feasibility. */
import type { ConstrainedQuadraticModel, Constraint, PairTerms } from './cqm.ts';

/**
 * A row counts as kept when it is broken by at most this, times max(1, |rhs|): above the rounding of sums of a few
 * thousand terms, and the tolerance that HiGHS uses for integer solutions (mip_feasibility_tolerance, 1e-6).
 */
export const FEASIBILITY_TOLERANCE = 1e-6;

/** A constraint that a sample breaks. */
export interface Violation {
  /** The constraint's name; for a value out of bounds, the variable's name and its bounds in words. */
  readonly name: string;
  /** By how much the row is broken, in the row's own unit; always positive. */
  readonly amount: number;
}

/** The objective: offset + sum_i linear_i x_i + sum_k coefficient_k x_first(k) x_second(k). */
export function cqmEnergy(cqm: ConstrainedQuadraticModel, values: ArrayLike<number>): number {
  let energy = cqm.offset;
  for (let i = 0; i < cqm.linear.length; i++) energy += cqm.linear[i] * values[i];
  return addPairs(energy, cqm.quadratic, values);
}

/** The left-hand side of a row: sum of coefficients[k] * values[variables[k]], and its products where it has some. */
export function rowActivity(row: Constraint, values: ArrayLike<number>): number {
  let activity = 0;
  for (let k = 0; k < row.variables.length; k++) activity += row.coefficients[k] * values[row.variables[k]];
  return row.quadratic ? addPairs(activity, row.quadratic, values) : activity;
}

function addPairs(sum: number, { first, second, coefficient }: PairTerms, values: ArrayLike<number>): number {
  let total = sum;
  for (let k = 0; k < coefficient.length; k++) total += coefficient[k] * values[first[k]] * values[second[k]];
  return total;
}

/** Why a solver that knows linear rows only refuses the model, or null. */
export function linearRowsRefusal(cqm: ConstrainedQuadraticModel): string | null {
  const row = cqm.constraints.find(({ quadratic }) => quadratic);
  return row ? `linear constraints only, "${row.name}" has products` : null;
}

/** By how much an activity breaks the row; 0 or less when it keeps it. */
export function rowExcess(row: Constraint, activity: number): number {
  const difference = activity - row.rhs;
  if (row.sense === '<=') return difference;
  return row.sense === '>=' ? -difference : Math.abs(difference);
}

/** By how much a row may be broken and still counts as kept. */
export function rowTolerance(row: Constraint, tolerance = FEASIBILITY_TOLERANCE): number {
  return tolerance * Math.max(1, Math.abs(row.rhs));
}

/** The constraints (and bounds) that the values break, in the order of the model; empty when feasible. */
export function cqmViolations(
  cqm: ConstrainedQuadraticModel,
  values: ArrayLike<number>,
  tolerance = FEASIBILITY_TOLERANCE,
): Violation[] {
  const violations: Violation[] = [];
  for (const [i, { name, lower, upper }] of cqm.variables.entries()) {
    const amount = Math.max(lower - values[i], values[i] - upper);
    if (amount > 0) violations.push({ name: `${name} from ${lower} to ${upper}`, amount });
  }
  for (const row of cqm.constraints) {
    const amount = rowExcess(row, rowActivity(row, values));
    if (amount > rowTolerance(row, tolerance)) violations.push({ name: row.name, amount });
  }
  return violations;
}

/** How one constraint stands under some values. */
export interface ConstraintReport {
  readonly name: string;
  readonly sense: Constraint['sense'];
  readonly rhs: number;
  /** The left-hand side. */
  readonly activity: number;
  /** By how much the row is broken, 0 when it is kept. */
  readonly broken: number;
  /** Room left before an inequality breaks; 0 for equations. */
  readonly room: number;
}

/** A line per constraint, broken or not, in the order of the model. */
export function constraintReport(cqm: ConstrainedQuadraticModel, values: ArrayLike<number>): ConstraintReport[] {
  return cqm.constraints.map((row) => {
    const activity = rowActivity(row, values);
    const excess = rowExcess(row, activity);
    const broken = excess > rowTolerance(row) ? excess : 0;
    const room = row.sense === '==' ? 0 : Math.max(0, -excess);
    return { name: row.name, sense: row.sense, rhs: row.rhs, activity, broken, room };
  });
}
