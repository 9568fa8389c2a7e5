/**
 * The assignment structure of a constrained model: jobs of which each takes one option, options that use up a place.
 *
 *   minimise sum_j c_{j,o(j)}   subject to   sum_{j: o(j) at p} w_{j,o(j)} <= capacity_p for every place p
 *
 * That is the generalised assignment problem (Martello and Toth, "Knapsack Problems", 1990, chapter 7), with options
 * that may be missing, jobs that may stay undone and places without a limit.
 */
import { type ConstrainedQuadraticModel, type Constraint, linearRowsRefusal } from '@qurriculum/problems';

export interface AssignmentModel {
  readonly jobs: number;
  /** Places; the last has no limit and takes options that use up nothing. */
  readonly places: number;
  /** Options of job j: optionStart[j] to optionStart[j + 1]. */
  readonly optionStart: Int32Array;
  readonly place: Int32Array;
  readonly cost: Float64Array;
  /** Weights, at least 0. */
  readonly weight: Float64Array;
  /** The variable that is 1 when the option is taken; -1 for leaving the job undone. */
  readonly variable: Int32Array;
  /** One per place, in the unit of the weights. */
  readonly capacity: Float64Array;
  readonly offset: number;
  /** Two different totals differ by at least this: 1 for whole costs, 0 when nothing is known. */
  readonly step: number;
}

/** Rows with all coefficients positive and a sense of <= or ==; null for any other row. */
interface PackingRow {
  readonly variables: Int32Array;
  readonly coefficients: Float64Array;
  readonly equal: boolean;
  readonly rhs: number;
}

interface Roles {
  /** Job of each variable. */
  readonly job: Int32Array;
  /** Whether each job may stay undone. */
  readonly optional: boolean[];
  /** Place of each variable, -1 for none, and its weight there. */
  readonly place: Int32Array;
  readonly weight: Float64Array;
  readonly capacity: number[];
}

/** The structure, or the reason in words why the model does not have it. */
export function assignmentOf(cqm: ConstrainedQuadraticModel): AssignmentModel | string {
  const integer = cqm.variables.find((variable) => variable.kind !== 'BINARY');
  if (integer) return `binary variables only, "${integer.name}" is an integer`;
  if (cqm.quadratic.first.length > 0) return 'a linear objective only, this has products';
  const rows = linearRowsRefusal(cqm);
  if (rows !== null) return rows;
  const roles = rolesOf(cqm);
  return typeof roles === 'string' ? roles : modelOf(cqm, roles);
}

function rolesOf(cqm: ConstrainedQuadraticModel): Roles | string {
  const size = cqm.variables.length;
  const roles: Roles = {
    job: new Int32Array(size).fill(-1),
    optional: [],
    place: new Int32Array(size).fill(-1),
    weight: new Float64Array(size),
    capacity: [],
  };
  const rows: { row: PackingRow; name: string }[] = [];
  for (const constraint of cqm.constraints) {
    const row = asPacking(constraint);
    if (!row) return `choices (== 1, <= 1) and capacities (<=, weights above 0) only, "${constraint.name}" is neither`;
    if (row.variables.length > 0) rows.push({ row, name: constraint.name });
    else if (row.equal ? row.rhs !== 0 : row.rhs < 0) return `rows that can be kept, "${constraint.name}" cannot`;
  }
  const isChoice = ({ rhs, coefficients }: PackingRow): boolean => coefficients.every((c) => c === rhs);
  const takeJob = ({ variables, equal }: PackingRow): void => {
    for (const i of variables) roles.job[i] = roles.optional.length;
    roles.optional.push(!equal);
  };
  for (const { row, name } of rows.filter(({ row: { equal } }) => equal)) {
    if (!isChoice(row)) return `equations that choose exactly one, "${name}" does not`;
    if (row.variables.some((i) => roles.job[i] >= 0)) return `one exact choice per variable, "${name}" is a second one`;
    takeJob(row);
  }
  for (const { row, name } of rows.filter(({ row: { equal } }) => !equal)) {
    if (isChoice(row) && row.variables.every((i) => roles.job[i] < 0)) takeJob(row);
    else if (row.variables.some((i) => roles.place[i] >= 0)) return `one capacity per variable, "${name}" is a second`;
    else {
      for (const [k, i] of row.variables.entries()) {
        roles.place[i] = roles.capacity.length;
        roles.weight[i] = row.coefficients[k];
      }
      roles.capacity.push(row.rhs);
    }
  }
  for (let i = 0; i < size; i++) {
    if (roles.job[i] >= 0) continue;
    roles.job[i] = roles.optional.length;
    roles.optional.push(true);
  }
  return roles;
}

/** The row with all signs turned where that makes it a packing row. */
function asPacking({ variables, coefficients, sense, rhs }: Constraint): PackingRow | null {
  const sign = sense === '>=' || (sense === '==' && coefficients.every((c) => c < 0)) ? -1 : 1;
  const turned = coefficients.map((c) => sign * c);
  if (turned.some((c) => c <= 0)) return null;
  return { variables, coefficients: turned, equal: sense === '==', rhs: sign * rhs };
}

function modelOf(cqm: ConstrainedQuadraticModel, roles: Roles): AssignmentModel {
  const jobs = roles.optional.length;
  const nowhere = roles.capacity.length;
  const optionsOf: number[][] = roles.optional.map((optional) => (optional ? [-1] : []));
  for (let i = 0; i < roles.job.length; i++) optionsOf[roles.job[i]].push(i);
  const variable = Int32Array.from(optionsOf.flat());
  const optionStart = new Int32Array(jobs + 1);
  for (let j = 0; j < jobs; j++) optionStart[j + 1] = optionStart[j] + optionsOf[j].length;
  const cost = Float64Array.from(variable, (i) => (i < 0 ? 0 : cqm.linear[i]));
  return {
    jobs,
    places: nowhere + 1,
    optionStart,
    place: Int32Array.from(variable, (i) => (i < 0 || roles.place[i] < 0 ? nowhere : roles.place[i])),
    cost,
    weight: Float64Array.from(variable, (i) => (i < 0 || roles.place[i] < 0 ? 0 : roles.weight[i])),
    variable,
    // Sums of weights are rounded; the tolerance of feasibility is a thousand times this.
    capacity: Float64Array.from([...roles.capacity, Number.POSITIVE_INFINITY], (c) => c + 1e-9 * Math.max(1, c)),
    offset: cqm.offset,
    step: cost.every(Number.isSafeInteger) ? 1 : 0,
  };
}
