/**
 * A quadratic objective over binary and integer variables as a mixed-integer linear model, exactly.
 *
 * The product w = b z of a binary b and a z in [l, u] becomes a column with McCormick's inequalities (1976; for two
 * binaries they are Fortet's, 1960). Only the side that the objective pushes against is needed: for a coefficient q > 0
 *
 *   w >= l b,   w >= z - u (1 - b),      and for q < 0      w <= u b,   w <= z - l (1 - b).
 *
 * A product of two integers is first written in bits of one of them (bounded binary). Products of two binaries that one
 * row forbids together are 0 and left out.
 */
import { boundedBinary, type ConstrainedQuadraticModel, type LinearConstraint } from '@qurriculum/problems';

/** A linear model by rows: minimise cost . x, rowLower <= A x <= rowUpper, lower <= x <= upper. */
export interface LinearModel {
  readonly cost: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** 1 for columns that must be whole, else 0. The variables of the quadratic model are the first columns. */
  readonly integrality: Int32Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly rowStart: Int32Array;
  readonly rowColumn: Int32Array;
  readonly rowValue: Float64Array;
}

export interface Linearised {
  readonly model: LinearModel;
  /** Values of all columns from values of the quadratic model's variables. */
  complete(values: ArrayLike<number>): Float64Array;
}

/** An integer with more steps than this makes too many product columns to be worth it. */
export const PRODUCT_RANGE_LIMIT = 1023;

/** Why the objective cannot be linearised, or null. */
export function lineariseRefusal(cqm: ConstrainedQuadraticModel): string | null {
  const { first, second } = cqm.quadratic;
  const range = (i: number): number => cqm.variables[i].upper - cqm.variables[i].lower;
  for (let k = 0; k < first.length; k++) {
    if (Math.min(range(first[k]), range(second[k])) > PRODUCT_RANGE_LIMIT) {
      const names = [first[k], second[k]].map((i) => `"${cqm.variables[i].name}"`).join(' and ');
      return `products need a factor with at most ${PRODUCT_RANGE_LIMIT + 1} values, ${names} have more`;
    }
  }
  return null;
}

/** How many columns the linear model will have at most. */
export function linearisedColumns(cqm: ConstrainedQuadraticModel): number {
  const { first, second } = cqm.quadratic;
  let columns = cqm.variables.length;
  for (let k = 0; k < first.length; k++) {
    const ranges = [first[k], second[k]].map((i) => cqm.variables[i].upper - cqm.variables[i].lower);
    columns += Math.max(1, 2 * boundedBinary(Math.min(...ranges), 1).length - 1);
  }
  return columns;
}

/** Offset plus the least of every term by itself: a lower bound that costs nothing. */
export function trivialBound(cqm: ConstrainedQuadraticModel): number {
  let bound = cqm.offset;
  for (const [i, { lower, upper }] of cqm.variables.entries()) {
    bound += Math.min(cqm.linear[i] * lower, cqm.linear[i] * upper);
  }
  const { first, second, coefficient } = cqm.quadratic;
  for (let k = 0; k < coefficient.length; k++) {
    const [a, b] = [cqm.variables[first[k]], cqm.variables[second[k]]];
    const corners = [a.lower * b.lower, a.lower * b.upper, a.upper * b.lower, a.upper * b.upper];
    bound += Math.min(...corners.map((corner) => coefficient[k] * corner));
  }
  return bound;
}

interface Column {
  cost: number;
  lower: number;
  upper: number;
  whole: boolean;
  /** Its value, from the values of earlier columns. */
  value(columns: Float64Array): number;
}

interface Row {
  readonly terms: readonly (readonly [number, number])[];
  readonly lower: number;
  readonly upper: number;
}

/** Builds the linear model; its optimum and optimal values are those of the quadratic one (offset left out). */
export function linearise(cqm: ConstrainedQuadraticModel): Linearised {
  const size = cqm.variables.length;
  const columns: Column[] = cqm.variables.map(({ lower, upper }, i) => ({
    cost: cqm.linear[i],
    lower,
    upper,
    whole: true,
    value: (values) => values[i],
  }));
  const rows: Row[] = cqm.constraints.map((row) => ({
    terms: Array.from(row.variables, (i, k) => [i, row.coefficients[k]] as const),
    lower: row.sense === '<=' ? Number.NEGATIVE_INFINITY : row.rhs,
    upper: row.sense === '>=' ? Number.POSITIVE_INFINITY : row.rhs,
  }));
  const forbidden = forbiddenPairs(cqm);
  const bitsOf = new Map<number, { column: number; weight: number }[]>();
  const { first, second, coefficient } = cqm.quadratic;
  for (let k = 0; k < coefficient.length; k++) {
    // The factor with the smaller range gives the bits: a binary is its own.
    const range = (i: number): number => columns[i].upper - columns[i].lower;
    const [i, j] = range(first[k]) <= range(second[k]) ? [first[k], second[k]] : [second[k], first[k]];
    if (cqm.variables[i].kind === 'BINARY') {
      if (!forbidden(i, j)) addProduct(columns, rows, i, j, coefficient[k]);
      continue;
    }
    columns[j].cost += coefficient[k] * columns[i].lower;
    for (const { column, weight } of expand(columns, rows, bitsOf, i)) {
      addProduct(columns, rows, column, j, coefficient[k] * weight);
    }
  }
  return {
    model: compress(columns, rows),
    complete(values) {
      const full = new Float64Array(columns.length);
      for (let c = 0; c < columns.length; c++) full[c] = c < size ? values[c] : columns[c].value(full);
      return full;
    },
  };
}

function addProduct(columns: Column[], rows: Row[], b: number, z: number, q: number): void {
  const { lower: l, upper: u } = columns[z];
  const w = columns.length;
  columns.push({
    cost: q,
    lower: Math.min(0, l),
    upper: Math.max(0, u),
    whole: false,
    value: (values) => values[b] * values[z],
  });
  const none = Number.POSITIVE_INFINITY;
  const row = (terms: Row['terms'], lower: number, upper: number): void => {
    rows.push({ terms: terms.filter(([, value]) => value !== 0), lower, upper });
  };
  if (q > 0) {
    if (l !== 0)
      row(
        [
          [w, 1],
          [b, -l],
        ],
        0,
        none,
      );
    row(
      [
        [w, 1],
        [z, -1],
        [b, -u],
      ],
      -u,
      none,
    );
  } else {
    row(
      [
        [w, 1],
        [b, -u],
      ],
      -none,
      0,
    );
    row(
      [
        [w, 1],
        [z, -1],
        [b, -l],
      ],
      -none,
      -l,
    );
  }
}

/** Bits of an integer column, made once: x = lower + sum of weight * bit. */
function expand(
  columns: Column[],
  rows: Row[],
  bitsOf: Map<number, { column: number; weight: number }[]>,
  i: number,
): readonly { column: number; weight: number }[] {
  const known = bitsOf.get(i);
  if (known) return known;
  const { lower, upper } = columns[i];
  const weights = boundedBinary(upper - lower, 1);
  // Greedy from the largest weight writes any value of a bounded binary expansion.
  const bitValue = (value: number, k: number): number => {
    const order = weights.map((_, m) => m).sort((a, b) => weights[b] - weights[a]);
    let left = value - lower;
    for (const m of order) {
      const bit = weights[m] <= left ? 1 : 0;
      if (m === k) return bit;
      left -= bit * weights[m];
    }
    return 0;
  };
  const bits = weights.map((weight, k) => {
    columns.push({ cost: 0, lower: 0, upper: 1, whole: true, value: (values) => bitValue(values[i], k) });
    return { column: columns.length - 1, weight };
  });
  rows.push({
    terms: [[i, 1], ...bits.map(({ column, weight }) => [column, -weight] as const)],
    lower,
    upper: lower,
  });
  bitsOf.set(i, bits);
  return bits;
}

/** Whether a packing row (binaries, coefficients of at least 0, <= or ==) has no room for both variables. */
function forbiddenPairs(cqm: ConstrainedQuadraticModel): (i: number, j: number) => boolean {
  const packing = cqm.constraints.filter((row) => isPacking(cqm, row));
  const rowsOf: Map<LinearConstraint, number>[] = cqm.variables.map(() => new Map());
  for (const row of packing) {
    for (let k = 0; k < row.variables.length; k++) rowsOf[row.variables[k]].set(row, row.coefficients[k]);
  }
  return (i, j) => {
    for (const [row, own] of rowsOf[i]) {
      const other = rowsOf[j].get(row);
      if (other !== undefined && own + other > row.rhs + 1e-6 * Math.max(1, Math.abs(row.rhs))) return true;
    }
    return false;
  };
}

function isPacking(cqm: ConstrainedQuadraticModel, row: LinearConstraint): boolean {
  return (
    row.sense !== '>=' &&
    row.coefficients.every((coefficient) => coefficient >= 0) &&
    row.variables.every((i) => cqm.variables[i].kind === 'BINARY')
  );
}

function compress(columns: readonly Column[], rows: readonly Row[]): LinearModel {
  const rowStart = new Int32Array(rows.length + 1);
  for (const [r, row] of rows.entries()) rowStart[r + 1] = rowStart[r] + row.terms.length;
  const rowColumn = new Int32Array(rowStart[rows.length]);
  const rowValue = new Float64Array(rowStart[rows.length]);
  for (const [r, row] of rows.entries()) {
    for (const [k, [column, value]] of row.terms.entries()) {
      rowColumn[rowStart[r] + k] = column;
      rowValue[rowStart[r] + k] = value;
    }
  }
  return {
    cost: Float64Array.from(columns, (column) => column.cost),
    lower: Float64Array.from(columns, (column) => column.lower),
    upper: Float64Array.from(columns, (column) => column.upper),
    integrality: Int32Array.from(columns, (column) => (column.whole ? 1 : 0)),
    rowLower: Float64Array.from(rows, (row) => row.lower),
    rowUpper: Float64Array.from(rows, (row) => row.upper),
    rowStart,
    rowColumn,
    rowValue,
  };
}
