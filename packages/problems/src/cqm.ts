/**
 * Constrained quadratic models: a quadratic objective over binary and bounded integer variables, with named linear and
 * quadratic constraints. Minimised. The names of constraints are written for people: violations are reported by them.
 */
import { copyLinear, type PairColumns, type PairEntry, toColumns } from './bqm.ts';
import { indexLabels, ProblemError, requireFinite, requireModerate } from './errors.ts';

export interface CqmVariable {
  /** Unique label. */
  readonly name: string;
  readonly kind: 'BINARY' | 'INTEGER';
  /** Inclusive integer bounds; 0 and 1 for a binary variable. */
  readonly lower: number;
  readonly upper: number;
}

/** sum of coefficient[k] * x[first[k]] * x[second[k]]: each pair once, sorted, first[k] <= second[k] (equal: the square of an integer). */
export interface PairTerms {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly coefficient: Float64Array;
}

interface ConstraintBase {
  /** Unique, in words that a planner understands: "Monday: at most 30 minutes". */
  readonly name: string;
  readonly variables: Int32Array;
  readonly coefficients: Float64Array;
  readonly sense: '<=' | '>=' | '==';
  readonly rhs: number;
}

/** sum of coefficients[k] * x[variables[k]] SENSE rhs. */
export interface LinearConstraint extends ConstraintBase {
  readonly quadratic?: undefined;
}

/** The same with products on the left side; never without any. */
export interface QuadraticConstraint extends ConstraintBase {
  readonly quadratic: PairTerms;
}

/** Who takes linear rows only says so in its types, and must ask for `quadratic` first. */
export type Constraint = LinearConstraint | QuadraticConstraint;

export interface ConstrainedQuadraticModel {
  readonly type: 'cqm';
  readonly variables: readonly CqmVariable[];
  /** One linear coefficient per variable. */
  readonly linear: Float64Array;
  /** Pairs of the objective. */
  readonly quadratic: PairTerms;
  readonly offset: number;
  readonly constraints: readonly Constraint[];
}

/** A variable by label or by index. */
export type VariableReference = string | number;

export interface ConstraintInput {
  readonly name: string;
  /** [variable, coefficient]; repeated variables are summed. */
  readonly terms: readonly (readonly [VariableReference, number])[];
  /** Products on the left side, in the forms that the objective's may have. Default: none. */
  readonly quadratic?: QuadraticInput;
  readonly sense: Constraint['sense'];
  readonly rhs: number;
}

/** [variable, variable, coefficient] terms or index columns; repeated pairs are summed. x^2 = x is used for binaries. */
export type QuadraticInput = readonly (readonly [VariableReference, VariableReference, number])[] | PairColumns;

export interface CqmInput {
  /** `binary('x')`, `integer('y', 0, 5)`. */
  readonly variables: readonly CqmVariable[];
  /** One coefficient per variable, or [variable, coefficient] terms (repeated ones are summed). Default: all 0. */
  readonly linear?: Float64Array | readonly number[] | readonly (readonly [VariableReference, number])[];
  readonly quadratic?: QuadraticInput;
  readonly offset?: number;
  readonly constraints?: readonly ConstraintInput[];
}

/** A variable that is 0 or 1. */
export function binary(name: string): CqmVariable {
  return { name, kind: 'BINARY', lower: 0, upper: 1 };
}

/** An integer variable with inclusive bounds. */
export function integer(name: string, lower: number, upper: number): CqmVariable {
  return { name, kind: 'INTEGER', lower, upper };
}

/**
 * Builds a constrained model, checked and in canonical order (pairs and rows sorted by index).
 * @throws ProblemError BAD_VARIABLE, BAD_COEFFICIENT, BAD_SIZE or BAD_CONSTRAINT, each naming the place.
 */
export function createCqm(input: CqmInput): ConstrainedQuadraticModel {
  const { variables } = input;
  const index = indexLabels(
    variables.map((variable) => variable.name),
    'createCqm',
  );
  for (const variable of variables) requireBounds(variable);
  const resolve = (reference: VariableReference, where: string): number => {
    const found = typeof reference === 'string' ? index.get(reference) : reference;
    if (found === undefined || !Number.isInteger(found) || found < 0 || found >= variables.length) {
      throw new ProblemError(
        'BAD_VARIABLE',
        `createCqm ${where}: expected one of the ${variables.length} variables, got ${JSON.stringify(reference)}; ` +
          'declare it or correct the name.',
      );
    }
    return found;
  };
  const linear = collectLinear(input.linear, variables.length, resolve);
  const { squares, ...quadratic } = collectPairs(input.quadratic, variables, 'createCqm', resolve);
  for (const [i, coefficient] of squares) linear[i] += coefficient;
  const offset = input.offset ?? 0;
  requireFinite(offset, 'createCqm offset');
  requireModerate([linear, quadratic.coefficient, [offset]], 'createCqm objective');
  const constraints = (input.constraints ?? []).map((constraint) => collectConstraint(constraint, variables, resolve));
  indexLabels(
    constraints.map((constraint) => constraint.name),
    'createCqm constraints',
  );
  return { type: 'cqm', variables, linear, quadratic, offset, constraints };
}

type Resolve = (reference: VariableReference, where: string) => number;

function requireBounds({ name, kind, lower, upper }: CqmVariable): void {
  const whole = Number.isSafeInteger(lower) && Number.isSafeInteger(upper);
  const within = lower >= -(2 ** 31) && upper < 2 ** 31 && lower <= upper;
  if (!whole || !within || (kind === 'BINARY' && (lower !== 0 || upper !== 1))) {
    throw new ProblemError(
      'BAD_VARIABLE',
      `createCqm variable "${name}": expected ${kind === 'BINARY' ? 'bounds 0 and 1' : '32-bit integer bounds, lower <= upper'}, ` +
        `got ${lower} and ${upper}; correct the bounds.`,
    );
  }
}

function collectLinear(input: CqmInput['linear'], size: number, resolve: Resolve): Float64Array {
  if (input === undefined || input.length === 0) return new Float64Array(size);
  if (typeof input[0] === 'number') return copyLinear(input as ArrayLike<number>, size, 'createCqm');
  const linear = new Float64Array(size);
  for (const [reference, coefficient] of input as readonly (readonly [VariableReference, number])[]) {
    requireFinite(coefficient, `createCqm linear term of ${reference}`);
    linear[resolve(reference, 'linear term')] += coefficient;
  }
  return linear;
}

/** Sorted, summed pairs without zeros; squares of binaries apart, since they are linear. */
function collectPairs(
  input: QuadraticInput | undefined,
  variables: readonly CqmVariable[],
  where: string,
  resolve: Resolve,
): PairTerms & { readonly squares: readonly (readonly [number, number])[] } {
  const entries = Array.isArray(input)
    ? input.map(([i, j, c]): PairEntry => [resolve(i, 'quadratic term'), resolve(j, 'quadratic term'), c])
    : (input as PairColumns | undefined);
  const pairs = toColumns(entries, variables.length, where);
  const size = variables.length;
  const squares: [number, number][] = [];
  const sums = new Map<number, number>();
  for (let k = 0; k < pairs.first.length; k++) {
    const low = Math.min(pairs.first[k], pairs.second[k]);
    const high = Math.max(pairs.first[k], pairs.second[k]);
    if (low === high && variables[low].kind === 'BINARY') squares.push([low, pairs.coefficient[k]]);
    else sums.set(low * size + high, (sums.get(low * size + high) ?? 0) + pairs.coefficient[k]);
  }
  const keys = Float64Array.from(sums.keys())
    .filter((key) => sums.get(key) !== 0)
    .sort();
  return {
    first: Int32Array.from(keys, (key) => Math.floor(key / size)),
    second: Int32Array.from(keys, (key) => key % size),
    coefficient: keys.map((key) => sums.get(key)!),
    squares,
  };
}

function collectConstraint(input: ConstraintInput, allVariables: readonly CqmVariable[], resolve: Resolve): Constraint {
  const where = `constraint "${input.name}"`;
  if (!['<=', '>=', '=='].includes(input.sense)) {
    throw new ProblemError(
      'BAD_CONSTRAINT',
      `createCqm ${where}: expected a sense of <=, >= or ==, got ${input.sense}; use one of them.`,
    );
  }
  requireFinite(input.rhs, `createCqm ${where} right-hand side`);
  const { squares, ...quadratic } = collectPairs(input.quadratic, allVariables, `createCqm ${where}`, resolve);
  const sums = new Map<number, number>();
  const sizes = new Map<number, number>();
  for (const [reference, coefficient] of [...input.terms, ...squares]) {
    requireFinite(coefficient, `createCqm ${where} coefficient of ${reference}`);
    const i = resolve(reference, where);
    sums.set(i, (sums.get(i) ?? 0) + coefficient);
    sizes.set(i, (sizes.get(i) ?? 0) + Math.abs(coefficient));
  }
  requireModerate([[...sizes.values()], quadratic.coefficient, [input.rhs]], `createCqm ${where}`);
  // 0.3 - 0.1 - 0.2 is 3e-17: a coefficient like that is rounding, and no solver could scale the row by it.
  const variables = Int32Array.from(sums.keys())
    .filter((i) => Math.abs(sums.get(i)!) > 1e-12 * sizes.get(i)!)
    .sort();
  const coefficients = Float64Array.from(variables, (i) => sums.get(i)!);

  const row = { name: input.name, variables, coefficients, sense: input.sense, rhs: input.rhs };
  return quadratic.first.length > 0 ? { ...row, quadratic } : row;
}
