/**
 * A quadratic model over binary and integer variables as a mixed-integer linear one, exactly: products of the objective
 * and of the rows become columns (`product-columns.ts`).
 */
import { inRows, type Steps } from '@qurriculum/kernels';
import {
  boundedBinary,
  type ConstrainedQuadraticModel,
  type Constraint,
  type PairTerms,
  type Problem,
} from '@qurriculum/problems';
import { type Column, createProducts, type Products, type Push, type Row, type RowTerms } from './product-columns.ts';

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

/** Why the model cannot be linearised, or null. */
export function lineariseRefusal(cqm: ConstrainedQuadraticModel): string | null {
  const range = (i: number): number => cqm.variables[i].upper - cqm.variables[i].lower;
  for (const { first, second } of allPairs(cqm)) {
    for (let k = 0; k < first.length; k++) {
      if (Math.min(range(first[k]), range(second[k])) <= PRODUCT_RANGE_LIMIT) continue;
      const names = [first[k], second[k]].map((i) => `"${cqm.variables[i].name}"`).join(' and ');
      return `products need a factor with at most ${PRODUCT_RANGE_LIMIT + 1} values, ${names} have more`;
    }
  }
  return null;
}

/** How many columns the linear model will have at most. */
export function linearisedColumns(problem: Problem): number {
  return problem.type === 'cqm' ? constrainedColumns(problem) : problem.variables.length + problem.bias.length / 2;
}

function constrainedColumns(cqm: ConstrainedQuadraticModel): number {
  let columns = cqm.variables.length;
  const seen = new Set<number>();
  for (const { first, second } of allPairs(cqm)) {
    for (let k = 0; k < first.length; k++) {
      const key = first[k] * cqm.variables.length + second[k];
      if (seen.has(key)) continue;
      seen.add(key);
      const ranges = [first[k], second[k]].map((i) => cqm.variables[i].upper - cqm.variables[i].lower);
      columns += Math.max(1, 2 * boundedBinary(Math.min(...ranges), 1).length - 1);
    }
  }
  return columns;
}

function allPairs(cqm: ConstrainedQuadraticModel): PairTerms[] {
  return [cqm.quadratic, ...cqm.constraints.flatMap(({ quadratic }) => quadratic ?? [])];
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

/** Builds the linear model in steps; its optimum and optimal values are those of the quadratic one (offset left out). */
export function* linearise(cqm: ConstrainedQuadraticModel): Steps<Linearised> {
  const size = cqm.variables.length;
  const columns: Column[] = cqm.variables.map(({ lower, upper }, i) => ({
    cost: cqm.linear[i],
    lower,
    upper,
    whole: true,
    value: (values) => values[i],
  }));
  const rows: Row[] = [];
  const products = createProducts(cqm, columns, rows);
  yield;
  for (const row of cqm.constraints) {
    rows.push({
      terms: yield* linearTerms(row, products),
      lower: row.sense === '<=' ? Number.NEGATIVE_INFINITY : row.rhs,
      upper: row.sense === '>=' ? Number.POSITIVE_INFINITY : row.rhs,
    });
  }
  for (const [column, cost] of yield* products.expand(cqm.quadratic, -1)) columns[column].cost += cost;
  yield* products.close();
  return {
    model: yield* compress(columns, rows),
    complete(values) {
      const full = new Float64Array(columns.length);
      for (let c = 0; c < columns.length; c++) full[c] = c < size ? values[c] : columns[c].value(full);
      return full;
    },
  };
}

/** The left side of a row over columns, each column once. */
function* linearTerms(row: Constraint, products: Products): Steps<RowTerms> {
  const terms = Array.from(row.variables, (i, k) => [i, row.coefficients[k]] as const);
  if (!row.quadratic) return terms;
  const sums = new Map<number, number>(terms);
  for (const [column, coefficient] of yield* products.expand(
    row.quadratic,
    { '<=': -1, '==': 0, '>=': 1 }[row.sense] as Push,
  )) {
    sums.set(column, (sums.get(column) ?? 0) + coefficient);
  }
  return [...sums];
}

function* compress(columns: readonly Column[], rows: readonly Row[]): Steps<LinearModel> {
  const rowStart = new Int32Array(rows.length + 1);
  for (const [r, row] of rows.entries()) rowStart[r + 1] = rowStart[r] + row.terms.length;
  const rowColumn = new Int32Array(rowStart[rows.length]);
  const rowValue = new Float64Array(rowStart[rows.length]);
  yield* inRows(rowStart, (from, to) => {
    for (let r = from; r < to; r++) {
      for (const [k, [column, value]] of rows[r].terms.entries()) {
        rowColumn[rowStart[r] + k] = column;
        rowValue[rowStart[r] + k] = value;
      }
    }
  });
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
