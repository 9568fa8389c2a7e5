/**
 * A constrained model as a product of groups: rows that say "exactly one of these" become groups, every other variable a
 * group of its own values. What remains of the constraints enters the costs as penalties, without slack: the diagonal holds
 * weight times the square of what is broken.
 */
import { type ConstrainedQuadraticModel, problemEnergy, problemViolations } from '@qurriculum/problems';
import { groupPositions } from '@qurriculum/quantum';

/** Every state is evaluated once by the model itself, at a few microseconds each. */
export const MOST_GROUP_STATES = 2 ** 16;

/** One choice: position p sets one variable of a one-hot row, or gives a single variable the value lower + p. */
type Group =
  | { readonly kind: 'one-hot'; readonly variables: readonly number[] }
  | { readonly kind: 'values'; readonly variable: number; readonly lower: number; readonly count: number };

export interface OneHotProblem {
  readonly sizes: readonly number[];
  readonly costs: Float64Array;
  /** Qubits of a device: one for each place of a one-hot row, and as many as its range has for each other variable. */
  readonly qubits: number;
  values(state: number): Int32Array;
  /** The state that has these values: the inverse of `values`. */
  stateOf(values: Int32Array): number;
}

/** The groups of a model that has at least one row of two or more, and no more states than that; else null. */
export function oneHotGroups(problem: ConstrainedQuadraticModel): readonly Group[] | null {
  const taken = new Set<number>();
  const groups: Group[] = [];
  for (const { variables, coefficients, sense, rhs } of problem.constraints) {
    const exactlyOne = sense === '==' && rhs !== 0 && coefficients.every((value) => value === rhs);
    const free = [...variables].every((v) => problem.variables[v].kind === 'BINARY' && !taken.has(v));
    const whole = [...variables].every((v) => problem.variables[v].lower === 0 && problem.variables[v].upper === 1);
    if (!exactlyOne || !free || !whole || variables.length < 2) continue;
    for (const v of variables) taken.add(v);
    groups.push({ kind: 'one-hot', variables: [...variables] });
  }
  if (groups.length === 0) return null;
  for (const [variable, { lower, upper }] of problem.variables.entries()) {
    if (!taken.has(variable)) groups.push({ kind: 'values', variable, lower, count: upper - lower + 1 });
  }
  const states = groups.reduce((product, group) => product * groupSize(group), 1);
  return states <= MOST_GROUP_STATES ? groups : null;
}

const groupSize = (group: Group): number => (group.kind === 'one-hot' ? group.variables.length : group.count);

/** Standard deviations of the objective that breaking a row by one costs. */
const PENALTY_SPREADS = 2;

/** States that are evaluated between two looks at the clock: about a millisecond. */
const STATES_PER_LOOK = 256;

/** The model as groups, or null where `turn`, which is asked between slices of states, says that time is up. */
export async function toOneHot(
  problem: ConstrainedQuadraticModel,
  groups: readonly Group[],
  turn: () => Promise<boolean>,
): Promise<OneHotProblem | null> {
  const sizes = groups.map(groupSize);
  const size = sizes.reduce((product, k) => product * k, 1);
  const values = (state: number): Int32Array => {
    const chosen = new Int32Array(problem.variables.length);
    for (const [g, position] of groupPositions(sizes, state).entries()) {
      const group = groups[g];
      if (group.kind === 'one-hot') chosen[group.variables[position]] = 1;
      else chosen[group.variable] = group.lower + position;
    }
    return chosen;
  };
  const stateOf = (chosen: Int32Array): number => {
    let [state, stride] = [0, 1];
    for (const [g, group] of groups.entries()) {
      const position =
        group.kind === 'one-hot'
          ? group.variables.findIndex((variable) => chosen[variable] === 1)
          : chosen[group.variable] - group.lower;
      state += position * stride;
      stride *= sizes[g];
    }
    return state;
  };
  const costs = new Float64Array(size);
  const broken = new Float64Array(size);
  for (let x = 0; x < size; x++) {
    if (x % STATES_PER_LOOK === 0 && (await turn())) return null;
    const chosen = values(x);
    costs[x] = problemEnergy(problem, chosen);
    for (const { amount } of problemViolations(problem, chosen)) broken[x] += amount * amount;
  }
  // A device would learn this spread from random choices; nothing of the optimum goes into it.
  const mean = costs.reduce((sum, cost) => sum + cost, 0) / size;
  const spread = Math.sqrt(costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / size);
  const weight = spread > 0 ? PENALTY_SPREADS * spread : 1;
  for (let x = 0; x < size; x++) costs[x] += weight * broken[x];
  return { sizes, costs, qubits: sizes.reduce((sum, k) => sum + k, 0), values, stateOf };
}
