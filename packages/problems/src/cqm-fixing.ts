/** Variables of a constrained model fixed to values: a smaller model with equal energies and equal violations. */
import {
  type ConstrainedQuadraticModel,
  type ConstraintInput,
  createCqm,
  type PairTerms,
  type VariableReference,
} from './cqm.ts';
import { ProblemError } from './errors.ts';

/** A model with some variables fixed, and the way back. */
export interface FixedCqm {
  readonly cqm: ConstrainedQuadraticModel;
  /** Index in the full model of each free variable. */
  readonly free: Int32Array;
  /** A full sample from one of the free variables. */
  expand(values: ArrayLike<number>): Int32Array;
}

/**
 * Fixes variables (index to value). Rows keep their names, also those of which only a constant is left.
 * @throws ProblemError BAD_VARIABLE for an unknown index, BAD_SAMPLE for a value out of bounds.
 */
export function fixCqmVariables(cqm: ConstrainedQuadraticModel, fixed: ReadonlyMap<number, number>): FixedCqm {
  for (const [i, value] of fixed) requireValue(cqm, i, value);
  const size = cqm.variables.length;
  const free = Int32Array.from({ length: size }, (_, i) => i).filter((i) => !fixed.has(i));
  const place = new Map(Array.from(free, (i, k) => [i, k]));
  const fold = (linear: Iterable<readonly [number, number]>, pairs: PairTerms | undefined) =>
    foldTerms(linear, pairs, fixed, place);
  const objective = fold(
    Array.from(cqm.linear, (c, i) => [i, c] as const),
    cqm.quadratic,
  );
  const constraints = cqm.constraints.map((row): ConstraintInput => {
    const { constant, terms, quadratic } = fold(
      Array.from(row.variables, (i, k) => [i, row.coefficients[k]] as const),
      row.quadratic,
    );
    return { name: row.name, terms, quadratic, sense: row.sense, rhs: row.rhs - constant };
  });
  return {
    cqm: createCqm({
      variables: Array.from(free, (i) => cqm.variables[i]),
      linear: objective.terms,
      quadratic: objective.quadratic,
      offset: cqm.offset + objective.constant,
      constraints,
    }),
    free,
    expand(values) {
      const full = new Int32Array(size);
      for (const [i, value] of fixed) full[i] = value;
      for (let k = 0; k < free.length; k++) full[free[k]] = values[k];
      return full;
    },
  };
}

function requireValue(cqm: ConstrainedQuadraticModel, i: number, value: number): void {
  const variable = cqm.variables[i];
  if (variable === undefined) {
    const last = cqm.variables.length - 1;
    throw new ProblemError(
      'BAD_VARIABLE',
      `fixCqmVariables: expected indices from 0 to ${last}, got ${i}; correct it.`,
    );
  }
  const { name, lower, upper } = variable;
  if (Number.isInteger(value) && value >= lower && value <= upper) return;
  throw new ProblemError(
    'BAD_SAMPLE',
    `fixCqmVariables "${name}": expected a whole number from ${lower} to ${upper}, got ${value}; correct it.`,
  );
}

interface Folded {
  readonly constant: number;
  readonly terms: readonly (readonly [VariableReference, number])[];
  readonly quadratic: readonly (readonly [VariableReference, VariableReference, number])[];
}

/** Terms over free variables, numbered anew, and what the fixed ones add up to. */
function foldTerms(
  linear: Iterable<readonly [number, number]>,
  pairs: PairTerms | undefined,
  fixed: ReadonlyMap<number, number>,
  place: ReadonlyMap<number, number>,
): Folded {
  let constant = 0;
  const terms: [number, number][] = [];
  const quadratic: [number, number, number][] = [];
  const addLinear = (i: number, c: number): void => {
    const value = fixed.get(i);
    if (value !== undefined) constant += c * value;
    else terms.push([place.get(i)!, c]);
  };
  for (const [i, c] of linear) addLinear(i, c);
  for (let k = 0; k < (pairs?.coefficient.length ?? 0); k++) {
    const { first, second, coefficient } = pairs!;
    const value = fixed.get(first[k]);
    const other = fixed.get(second[k]);
    if (value !== undefined) addLinear(second[k], coefficient[k] * value);
    else if (other !== undefined) addLinear(first[k], coefficient[k] * other);
    else quadratic.push([place.get(first[k])!, place.get(second[k])!, coefficient[k]]);
  }
  return { constant, terms, quadratic };
}
