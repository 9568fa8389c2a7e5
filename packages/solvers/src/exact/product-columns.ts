/**
 * Products as columns of a linear model.
 *
 * The product w = b z of a binary b and a z in [l, u] becomes a column with McCormick's inequalities (1976; for two
 * binaries they are Fortet's, 1960). Only the side that it is pushed against is needed: where a smaller w would help,
 *
 *   w >= l b,   w >= z - u (1 - b),      and where a larger one would      w <= u b,   w <= z - l (1 - b).
 *
 * Smaller helps with q > 0 in the objective or in a <= row, larger with q < 0; >= turns that round, == needs both. Every
 * product is one column, wherever it stands.
 *
 * A product of two integers is first written in bits of one of them (bounded binary). Products of two binaries that one
 * linear row forbids together are 0 and left out.
 */
import type { Steps } from '@qurriculum/kernels';
import {
  boundedBinary,
  type ConstrainedQuadraticModel,
  type Constraint,
  greedyBits,
  type LinearConstraint,
  type PairTerms,
} from '@qurriculum/problems';

export interface Column {
  cost: number;
  lower: number;
  upper: number;
  whole: boolean;
  /** Its value, from the values of earlier columns. */
  value(columns: Float64Array): number;
}

export type RowTerms = readonly (readonly [column: number, coefficient: number])[];

export interface Row {
  readonly terms: RowTerms;
  readonly lower: number;
  readonly upper: number;
}

/** Where a product is pushed to: 1 up, -1 down; 0 both ways. */
export type Push = -1 | 0 | 1;

export interface Products {
  /** The sum of products over columns; `helps` says in which direction it would help to change that sum. In steps. */
  expand(pairs: PairTerms, helps: Push): Steps<RowTerms>;
  /** Adds the inequalities of all products made. In steps. */
  close(): Steps<void>;
}

interface Product {
  readonly column: number;
  readonly b: number;
  readonly z: number;
  pushedDown: boolean;
  pushedUp: boolean;
}

/** Products that one step makes. */
const STEP_PRODUCTS = 4096;

/** The products of a model; columns and rows that they need are appended. */
export function createProducts(cqm: ConstrainedQuadraticModel, columns: Column[], rows: Row[]): Products {
  const forbidden = forbiddenPairs(cqm);
  const bitsOf = new Map<number, { column: number; weight: number }[]>();
  const products = new Map<string, Product>();

  /** The column of b z, pushed where its coefficient q turns what helps the sum. */
  function productOf(b: number, z: number, q: number, helps: Push): number {
    const key = `${b} ${z}`;
    const known = products.get(key);
    const product = known ?? { column: columns.length, b, z, pushedDown: false, pushedUp: false };
    if (!known) {
      products.set(key, product);
      const { lower, upper } = columns[z];
      columns.push({
        cost: 0,
        lower: Math.min(0, lower),
        upper: Math.max(0, upper),
        whole: false,
        value: (values) => values[b] * values[z],
      });
    }
    if (helps * q <= 0) product.pushedDown = true;
    if (helps * q >= 0) product.pushedUp = true;
    return product.column;
  }

  return {
    *expand({ first, second, coefficient }, helps) {
      const terms: [number, number][] = [];
      for (let k = 0; k < coefficient.length; k++) {
        if (k % STEP_PRODUCTS === STEP_PRODUCTS - 1) yield;
        const q = coefficient[k];
        // The factor with the smaller range gives the bits: a binary is its own.
        const range = (i: number): number => columns[i].upper - columns[i].lower;
        const [i, j] = range(first[k]) <= range(second[k]) ? [first[k], second[k]] : [second[k], first[k]];
        if (cqm.variables[i].kind === 'BINARY') {
          if (!forbidden(i, j)) terms.push([productOf(i, j, q, helps), q]);
          continue;
        }
        terms.push([j, q * columns[i].lower]);
        for (const { column, weight } of expandInteger(columns, rows, bitsOf, i)) {
          terms.push([productOf(column, j, q, helps), q * weight]);
        }
      }
      return terms;
    },
    *close() {
      let done = 0;
      for (const product of products.values()) {
        addInequalities(columns, rows, product);
        if (++done % STEP_PRODUCTS === 0) yield;
      }
    },
  };
}

/** McCormick's inequalities of a product, on the sides where it is pushed. */
function addInequalities(columns: readonly Column[], rows: Row[], product: Product): void {
  const { column: w, b, z, pushedDown, pushedUp } = product;
  const { lower: l, upper: u } = columns[z];
  const none = Number.POSITIVE_INFINITY;
  const add = (terms: RowTerms, lower: number, upper: number): void => {
    rows.push({ terms: terms.filter(([, value]) => value !== 0), lower, upper });
  };
  const [own, factor] = [
    [w, 1],
    [z, -1],
  ] as const;
  if (pushedDown) {
    // With l = 0 the first is the column's own bound.
    if (l !== 0) add([own, [b, -l]], 0, none);
    add([own, factor, [b, -u]], -u, none);
  }
  if (pushedUp) {
    add([own, [b, -u]], -none, 0);
    add([own, factor, [b, -l]], -none, -l);
  }
}

/** Bits of an integer column, made once: x = lower + sum of weight * bit. */
function expandInteger(
  columns: Column[],
  rows: Row[],
  bitsOf: Map<number, { column: number; weight: number }[]>,
  i: number,
): readonly { column: number; weight: number }[] {
  const known = bitsOf.get(i);
  if (known) return known;
  const { lower, upper } = columns[i];
  const weights = boundedBinary(upper - lower, 1);
  const bits = weights.map((weight, k) => {
    columns.push({
      cost: 0,
      lower: 0,
      upper: 1,
      whole: true,
      value: (values) => greedyBits(weights, values[i] - lower)[k],
    });
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
  const packing = cqm.constraints.filter((row): row is LinearConstraint => isPacking(cqm, row));
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

function isPacking(cqm: ConstrainedQuadraticModel, row: Constraint): boolean {
  return (
    row.quadratic === undefined &&
    row.sense !== '>=' &&
    row.coefficients.every((coefficient) => coefficient >= 0) &&
    row.variables.every((i) => cqm.variables[i].kind === 'BINARY')
  );
}
