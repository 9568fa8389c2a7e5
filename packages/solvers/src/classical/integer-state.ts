/**
 * An assignment of a constrained model of integers (and binaries) for searches that move along lines: gradients and the
 * activities of the rows are kept up to date. Along a direction d of few variables, in steps t,
 *
 *   E(x + t d) - E(x) = t sum_i d_i g_i + t^2 sum_{i <= j} q_ij d_i d_j,   g_i = linear_i + 2 q_ii x_i + sum_{j != i} q_ij x_j.
 */
import {
  type ConstrainedQuadraticModel,
  cqmEnergy,
  linearRowsRefusal,
  ProblemError,
  rowActivity,
  rowTolerance,
} from '@qurriculum/problems';

/** Up to a few variables, each once, and the whole step of each. Overwritten in place. */
export interface Direction {
  count: number;
  readonly variables: Int32Array;
  readonly steps: Float64Array;
}

export interface IntegerState {
  readonly values: Int32Array;
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly gradient: Float64Array;
  /** Left-hand sides, and the interval that each must stay in (tolerance included). */
  readonly activity: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Constraint matrix by rows and by columns, compressed. */
  readonly rowStart: Int32Array;
  readonly rowColumn: Int32Array;
  readonly rowValue: Float64Array;
  readonly columnStart: Int32Array;
  readonly columnRow: Int32Array;
  readonly columnValue: Float64Array;
  /** Who stands in a product with a variable, itself where it is squared. */
  readonly pairStart: Int32Array;
  readonly pairColumn: Int32Array;
  readonly pairValue: Float64Array;
  /** The running energy. */
  energy(): number;
  /** How the energy changes along a direction: slope t + curve t^2. */
  line(direction: Direction): { readonly slope: number; readonly curve: number };
  /** Takes t steps; the change of the energy must be given, as `line` tells it. */
  move(direction: Direction, t: number, change: number): void;
  /** Takes over an assignment within bounds. */
  load(values: ArrayLike<number>): void;
  /** Recomputes everything from the values: running sums drift by rounding. */
  refresh(): void;
}

/** Every variable at its lower bound. @throws ProblemError REFUSED for products in rows */
export function createIntegerState(cqm: ConstrainedQuadraticModel): IntegerState {
  const refusal = linearRowsRefusal(cqm);
  if (refusal !== null) {
    throw new ProblemError('REFUSED', `createIntegerState: expected ${refusal}; take another solver.`);
  }
  const { variables, constraints } = cqm;
  const lower = Int32Array.from(variables, (variable) => variable.lower);
  const upper = Int32Array.from(variables, (variable) => variable.upper);
  const values = lower.slice();
  const rows = compressed(
    constraints.length,
    constraints.flatMap((row, r) => Array.from(row.variables, (i, k) => [r, i, row.coefficients[k]] as const)),
  );
  const columns = compressed(
    variables.length,
    constraints.flatMap((row, r) => Array.from(row.variables, (i, k) => [i, r, row.coefficients[k]] as const)),
  );
  const pairs = symmetricPairs(cqm);
  const gradient = new Float64Array(variables.length);
  const activity = new Float64Array(constraints.length);
  let energy = 0;

  function refresh(): void {
    energy = cqmEnergy(cqm, values);
    for (let i = 0; i < values.length; i++) {
      let sum = cqm.linear[i];
      for (let k = pairs.start[i]; k < pairs.start[i + 1]; k++) sum += weightIn(i, k) * values[pairs.other[k]];
      gradient[i] = sum;
    }
    for (const [r, row] of constraints.entries()) activity[r] = rowActivity(row, values);
  }

  /** A square's derivative counts twice. */
  const weightIn = (i: number, k: number): number => (pairs.other[k] === i ? 2 * pairs.value[k] : pairs.value[k]);

  function pair(i: number, j: number): number {
    let from = pairs.start[i];
    let to = pairs.start[i + 1] - 1;
    while (from <= to) {
      const middle = (from + to) >> 1;
      const column = pairs.other[middle];
      if (column === j) return pairs.value[middle];
      if (column < j) from = middle + 1;
      else to = middle - 1;
    }
    return 0;
  }

  refresh();
  return {
    ...{ values, lower, upper, gradient, activity },
    low: Float64Array.from(constraints, (row) =>
      row.sense === '<=' ? Number.NEGATIVE_INFINITY : row.rhs - rowTolerance(row),
    ),
    high: Float64Array.from(constraints, (row) =>
      row.sense === '>=' ? Number.POSITIVE_INFINITY : row.rhs + rowTolerance(row),
    ),
    ...{ rowStart: rows.start, rowColumn: rows.other, rowValue: rows.value },
    ...{ columnStart: columns.start, columnRow: columns.other, columnValue: columns.value },
    ...{ pairStart: pairs.start, pairColumn: pairs.other, pairValue: pairs.value },
    energy: () => energy,
    line({ count, variables: moved, steps }) {
      let slope = 0;
      let curve = 0;
      for (let m = 0; m < count; m++) {
        slope += steps[m] * gradient[moved[m]];
        for (let l = 0; l <= m; l++) curve += steps[m] * steps[l] * pair(moved[m], moved[l]);
      }
      return { slope, curve };
    },
    move({ count, variables: moved, steps }, t, change) {
      for (let m = 0; m < count; m++) {
        const i = moved[m];
        const step = t * steps[m];
        values[i] += step;
        for (let k = pairs.start[i]; k < pairs.start[i + 1]; k++) gradient[pairs.other[k]] += step * weightIn(i, k);
        for (let k = columns.start[i]; k < columns.start[i + 1]; k++) {
          activity[columns.other[k]] += step * columns.value[k];
        }
      }
      energy += change;
    },
    load(source) {
      for (let i = 0; i < values.length; i++) values[i] = source[i];
      refresh();
    },
    refresh,
  };
}

interface Compressed {
  readonly start: Int32Array;
  readonly other: Int32Array;
  readonly value: Float64Array;
}

/** Entries [line, other, value] by their line, in the order given. */
function compressed(lines: number, entries: readonly (readonly [number, number, number])[]): Compressed {
  const start = new Int32Array(lines + 1);
  for (const [line] of entries) start[line + 1]++;
  for (let line = 0; line < lines; line++) start[line + 1] += start[line];
  const fill = start.slice();
  const other = new Int32Array(entries.length);
  const value = new Float64Array(entries.length);
  for (const [line, column, each] of entries) {
    other[fill[line]] = column;
    value[fill[line]++] = each;
  }
  return { start, other, value };
}

/** Both ways, columns rising in every row; squares once. */
function symmetricPairs({ variables, quadratic }: ConstrainedQuadraticModel): Compressed {
  const { first, second, coefficient } = quadratic;
  // Sorted by (first, second): lower neighbours filled first makes columns rise.
  const below = Array.from(coefficient, (c, k) => [second[k], first[k], c] as const);
  const above = Array.from(coefficient, (c, k) => [first[k], second[k], c] as const);
  return compressed(variables.length, [...below, ...above.filter(([i, j]) => i !== j)]);
}
