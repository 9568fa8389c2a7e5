/**
 * Writing `.cqm` files: constrained models in dimod's file "DIMODCQM" version 2.0 (`ConstrainedQuadraticModel.to_file`, dimod
 * from 0.12.4; expressions as in dimod/constrained/cyexpression.pyx, "DIMODEXPR"): a header, then a ZIP with the variables'
 * kinds and bounds, their labels, the objective and one folder per constraint. Not confirmed: that a running dimod or a
 * vendor reads it; it is read back by a reader written from dimod's sources, apart from this one.
 */
import type { ConstrainedQuadraticModel, Constraint, CqmVariable, PairTerms } from '../../cqm.ts';
import type { OceanFileOptions } from './bqm-file.ts';
import { concatBytes } from './bytes.ts';
import { dimodHeader, dimodSection, labelJson, labelsJson, namedByNumber } from './file-parts.ts';
import { type ZipEntry, zipStored } from './zip-writer.ts';

/** `enum Vartype` of dimod/include/dimod/vartypes.h: codes are places in the list. */
export const VARTYPES = ['BINARY', 'SPIN', 'INTEGER', 'REAL'] as const;
/** Bytes of a variable in `varinfo`: its kind (i8) and its bounds (f64), without padding. */
export const VARIABLE_BYTES = 17;

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
  return constraints.reduce((sum, row) => sum + variablesOf(row).length + pairsOf(row).first.length, own);
}

/** The file's bytes. @throws ProblemError BAD_SIZE above 4 GiB (zip-writer.ts says why no more). */
export function writeOceanCqm(model: ConstrainedQuadraticModel, { labels }: OceanFileOptions): Uint8Array<ArrayBuffer> {
  const { variables, linear, quadratic, offset, constraints } = model;
  const header = dimodHeader('DIMODCQM', {
    num_variables: variables.length,
    num_constraints: constraints.length,
    num_biases: countBiases(model),
    // Of constraints: variables that stand in products, row by row.
    num_quadratic_variables: constraints.reduce((sum, row) => sum + inProducts(row).size, 0),
    num_quadratic_variables_real: 0,
    num_linear_biases_real: 0,
    num_weighted_constraints: 0,
  });
  const all = Int32Array.from(variables, (_, i) => i);
  const objective = expressionFile('ObjectiveView', { variables: all, linear, ...quadratic, offset });
  const names = variables.map(({ name }) => name);
  const entries: ZipEntry[] = [
    { name: 'varinfo', bytes: dimodSection('VTYP', variableKinds(variables)) },
    ...(labels && !namedByNumber(names) ? [{ name: 'variable_labels.json', bytes: labelsJson(names) }] : []),
    { name: 'objective', bytes: objective },
    ...constraints.flatMap((row, c) => constraintEntries(row, labels ? folderOf(row.name) : `${c}`)),
  ];
  return concatBytes([header, zipStored(entries, header.length)]);
}

const NO_PAIRS: PairTerms = {
  first: new Int32Array(0),
  second: new Int32Array(0),
  coefficient: new Float64Array(0),
};

function pairsOf({ quadratic }: Constraint): PairTerms {
  return quadratic ?? NO_PAIRS;
}

function inProducts(row: Constraint): Set<number> {
  const { first, second } = pairsOf(row);
  return new Set([...first, ...second]);
}

/** Every variable that the row names, rising; those of products have a linear bias too, be it 0. */
function variablesOf(row: Constraint): Int32Array {
  return Int32Array.from(new Set([...row.variables, ...inProducts(row)])).sort();
}

/** dimod takes what stands between two slashes for the label: a slash inside is escaped as JSON may escape it. */
function folderOf(name: string): string {
  return labelJson(name).replaceAll('/', '\\u002f');
}

function constraintEntries(row: Constraint, label: string): readonly ZipEntry[] {
  const variables = variablesOf(row);
  const position = new Map(Array.from(variables, (variable, k) => [variable, k]));
  const linear = new Float64Array(variables.length);
  for (const [k, variable] of row.variables.entries()) linear[position.get(variable)!] = row.coefficients[k];
  const { first, second, coefficient } = pairsOf(row);
  const lhs = expressionFile('ConstraintView', {
    ...{ variables, linear, coefficient, offset: 0 },
    first: first.map((variable) => position.get(variable)!),
    second: second.map((variable) => position.get(variable)!),
  });
  const folder = `constraints/${label}`;
  return [
    { name: `${folder}/lhs`, bytes: lhs },
    { name: `${folder}/rhs`, bytes: doubles(Float64Array.of(row.rhs)) },
    { name: `${folder}/sense`, bytes: new TextEncoder().encode(row.sense) },
  ];
}

function variableKinds(variables: readonly CqmVariable[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(VARIABLE_BYTES * variables.length));
  for (const [i, { kind, lower, upper }] of variables.entries()) {
    view.setInt8(VARIABLE_BYTES * i, VARTYPES.indexOf(kind));
    view.setFloat64(VARIABLE_BYTES * i + 1, lower, true);
    view.setFloat64(VARIABLE_BYTES * i + 9, upper, true);
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
