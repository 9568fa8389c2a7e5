/**
 * Constrained models in dimod's file "DIMODCQM" version 2.0 (`ConstrainedQuadraticModel.to_file`, dimod 0.12; expressions
 * as in dimod/constrained/cyexpression, "DIMODEXPR"): a header, then a ZIP with the variables' kinds and bounds, the
 * objective and one folder per constraint. Variables and constraints go by number, their names stay here. Not confirmed:
 * that a vendor's reader accepts it; it was read back by a reader written from dimod's sources (see the test).
 */
import type { ConstrainedQuadraticModel, CqmVariable } from '@qurriculum/problems';
import { concatBytes } from './bytes.ts';
import { dimodHeader, dimodSection } from './dimod-file.ts';
import { type ZipEntry, zipStored } from './zip-store.ts';

/** `enum Vartype` of dimod/include/dimod/vartypes.h. */
const VARTYPE_CODE: Readonly<Record<CqmVariable['kind'], number>> = { BINARY: 0, INTEGER: 2 };

type Pairs = ConstrainedQuadraticModel['quadratic'];
/** A row, with products of variables on its left side where it has some. */
type Row = ConstrainedQuadraticModel['constraints'][number] & { readonly quadratic?: Pairs };

/** sum linear_k x_(variables_k) + sum coefficient_k x_(first_k) x_(second_k) + offset; pairs name positions in `variables`. */
interface Expression {
  readonly variables: Int32Array;
  readonly linear: Float64Array;
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly coefficient: Float64Array;
  readonly offset: number;
}

/** How many biases dimod counts in objective and constraints: limits and least times of the hybrid solver go by it. */
export function countBiases({ variables, quadratic, constraints }: ConstrainedQuadraticModel): number {
  const own = variables.length + quadratic.first.length;
  return constraints.reduce((sum, row: Row) => {
    const { variables: inRow, first } = rowExpression(row);
    return sum + inRow.length + first.length;
  }, own);
}

/** The file's bytes. @throws ProblemError BAD_SIZE above 4 GiB */
export function encodeCqmFile(model: ConstrainedQuadraticModel): Uint8Array<ArrayBuffer> {
  const { variables, linear, quadratic, offset, constraints } = model;
  const header = dimodHeader('DIMODCQM', {
    num_variables: variables.length,
    num_constraints: constraints.length,
    num_biases: countBiases(model),
    num_quadratic_variables: constraints.reduce((sum, row: Row) => sum + pairVariables(row).size, 0),
    num_quadratic_variables_real: 0,
    num_linear_biases_real: 0,
    num_weighted_constraints: 0,
  });
  const all = Int32Array.from(variables, (_, i) => i);
  const objective = expressionFile('ObjectiveView', { variables: all, linear, ...quadratic, offset });
  const entries: ZipEntry[] = [
    { name: 'varinfo', bytes: dimodSection('VTYP', variableKinds(variables)) },
    { name: 'objective', bytes: objective },
    ...constraints.flatMap(constraintEntries),
  ];
  return concatBytes([header, zipStored(entries, header.length)]);
}

function constraintEntries(row: Row, index: number): readonly ZipEntry[] {
  const folder = `constraints/${index}`;
  return [
    { name: `${folder}/lhs`, bytes: expressionFile('ConstraintView', rowExpression(row)) },
    { name: `${folder}/rhs`, bytes: doubles(Float64Array.of(row.rhs)) },
    { name: `${folder}/sense`, bytes: new TextEncoder().encode(row.sense) },
  ];
}

function pairVariables({ quadratic }: Row): ReadonlySet<number> {
  return new Set(quadratic ? [...quadratic.first, ...quadratic.second] : []);
}

/** The left side: variables of products that have no coefficient of their own get 0. */
function rowExpression(row: Row): Expression {
  const { variables, coefficients, quadratic } = row;
  const known = new Set(variables);
  const all = [...variables, ...[...pairVariables(row)].filter((i) => !known.has(i))];
  const position = new Map(all.map((variable, k) => [variable, k]));
  const linear = new Float64Array(all.length);
  linear.set(coefficients);
  const local = (indices: Int32Array = new Int32Array(0)): Int32Array => indices.map((i) => position.get(i)!);
  return {
    variables: Int32Array.from(all),
    linear,
    first: local(quadratic?.first),
    second: local(quadratic?.second),
    coefficient: quadratic?.coefficient ?? new Float64Array(0),
    offset: 0,
  };
}

/** Per variable its kind (i8) and its bounds (f64), without padding. */
function variableKinds(variables: readonly CqmVariable[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(17 * variables.length));
  for (const [i, { kind, lower, upper }] of variables.entries()) {
    view.setInt8(17 * i, VARTYPE_CODE[kind]);
    view.setFloat64(17 * i + 1, lower, true);
    view.setFloat64(17 * i + 9, upper, true);
  }
  return new Uint8Array(view.buffer);
}

function expressionFile(type: string, expression: Expression): Uint8Array<ArrayBuffer> {
  const { variables, linear, first, second, coefficient, offset } = expression;
  const shape = [variables.length, coefficient.length];
  return concatBytes([
    dimodHeader('DIMODEXPR', { shape, dtype: 'float64', itype: 'int32', type }),
    dimodSection('INDX', integers(variables)),
    dimodSection('OFFS', doubles(Float64Array.of(offset))),
    dimodSection('LINB', doubles(linear)),
    dimodSection('QUAD', lowerTriangle(first, second, coefficient)),
  ]);
}

/**
 * Pairs as u, v (i32) and bias (f64) with u >= v in rising order: dimod appends them to sorted rows as they come, row u up
 * to its diagonal.
 */
function lowerTriangle(first: Int32Array, second: Int32Array, coefficient: Float64Array): Uint8Array {
  const order = Array.from(coefficient, (_, k) => k);
  const high = (k: number): number => Math.max(first[k], second[k]);
  const low = (k: number): number => Math.min(first[k], second[k]);
  order.sort((a, b) => high(a) - high(b) || low(a) - low(b));
  const view = new DataView(new ArrayBuffer(16 * order.length));
  for (const [at, k] of order.entries()) {
    view.setInt32(16 * at, high(k), true);
    view.setInt32(16 * at + 4, low(k), true);
    view.setFloat64(16 * at + 8, coefficient[k], true);
  }
  return new Uint8Array(view.buffer);
}

function doubles(values: Float64Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  for (const [k, value] of values.entries()) view.setFloat64(8 * k, value, true);
  return new Uint8Array(view.buffer);
}

function integers(values: Int32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (const [k, value] of values.entries()) view.setInt32(4 * k, value, true);
  return new Uint8Array(view.buffer);
}
