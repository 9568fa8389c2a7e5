/**
 * What one does with a binary quadratic model: energy, the change by one flip, the change of vartype, fixing variables.
 * Conversions use s = 2x - 1 and x = (s + 1) / 2; all factors are powers of two, so nothing but sums can round.
 */
import { type BinaryQuadraticModel, createBqm, type Vartype } from './bqm.ts';
import { ProblemError } from './errors.ts';
import { inRows, runSteps, type Steps } from './steps.ts';

/** E(values), summed in float64 over rows in order. Values: -1/+1 for SPIN, 0/1 for BINARY. */
export function bqmEnergy(bqm: BinaryQuadraticModel, values: ArrayLike<number>): number {
  const { linear, rowStart, neighbour, bias } = bqm;
  let energy = bqm.offset;
  for (let i = 0; i < linear.length; i++) {
    const value = values[i];
    if (value === 0) continue;
    let field = linear[i];
    const end = rowStart[i + 1];
    for (let k = firstBeyond(neighbour, rowStart[i], end, i); k < end; k++) field += bias[k] * values[neighbour[k]];
    energy += field * value;
  }
  return energy;
}

/** Where the columns of a row, which ascend, pass `column`: the pairs from there on are those counted in this row. */
function firstBeyond(columns: Int32Array, start: number, end: number, column: number): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (columns[middle] > column) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * E(values with variable i flipped) - E(values):
 *
 *   SPIN: -2 s_i (h_i + sum_j J_ij s_j),   BINARY: (1 - 2 x_i) (a_i + sum_j q_ij x_j).
 */
export function bqmFlipDelta(bqm: BinaryQuadraticModel, values: ArrayLike<number>, i: number): number {
  let field = bqm.linear[i];
  for (let k = bqm.rowStart[i]; k < bqm.rowStart[i + 1]; k++) field += bqm.bias[k] * values[bqm.neighbour[k]];
  return field * (bqm.vartype === 'SPIN' ? -2 * values[i] : 1 - 2 * values[i]);
}

/** The same model over the other kind of variable: equal energies under s = 2x - 1. Returns the input if it is so already. */
export function toVartype(bqm: BinaryQuadraticModel, vartype: Vartype): BinaryQuadraticModel {
  return runSteps(toVartypeSteps(bqm, vartype));
}

/** The same in steps. */
export function* toVartypeSteps(bqm: BinaryQuadraticModel, vartype: Vartype): Steps<BinaryQuadraticModel> {
  if (bqm.vartype === vartype) return bqm;
  const size = bqm.linear.length;
  const linear = new Float64Array(size);
  // h s = 2h x - h and J s s' = 4J x x' - 2J x - 2J x' + J; the other way x = (s + 1) / 2.
  const [own, pair, cross] = vartype === 'BINARY' ? [2, 4, -2] : [1 / 2, 1 / 4, 1 / 4];
  const bias = new Float64Array(bqm.bias.length);
  let offset = bqm.offset;
  yield* inRows(bqm.rowStart, (from, to) => {
    for (let i = from; i < to; i++) {
      let fromPairs = 0;
      for (let k = bqm.rowStart[i]; k < bqm.rowStart[i + 1]; k++) {
        fromPairs += bqm.bias[k];
        bias[k] = pair * bqm.bias[k];
      }
      linear[i] = own * bqm.linear[i] + cross * fromPairs;
      // Half of the row sums: each pair stands in two rows.
      offset += vartype === 'BINARY' ? fromPairs / 2 - bqm.linear[i] : bqm.linear[i] / 2 + fromPairs / 8;
    }
  });
  return {
    type: 'bqm',
    vartype,
    variables: bqm.variables,
    linear,
    rowStart: bqm.rowStart,
    neighbour: bqm.neighbour,
    bias,
    offset,
  };
}

/** Values of one vartype written in the other. */
export function convertValues(values: ArrayLike<number>, from: Vartype, to: Vartype): Int32Array {
  const copy = Int32Array.from(values);
  if (from !== to) for (let i = 0; i < copy.length; i++) copy[i] = to === 'SPIN' ? 2 * copy[i] - 1 : (copy[i] + 1) >> 1;
  return copy;
}

/** A model with some variables fixed, and the way back. */
export interface FixedBqm {
  readonly bqm: BinaryQuadraticModel;
  /** Index in the full model of each free variable. */
  readonly free: Int32Array;
  /** A full sample from one of the free variables. */
  expand(values: ArrayLike<number>): Int32Array;
}

/**
 * Fixes variables (index to value) and folds their energy into what is left: energies of expanded samples are equal.
 * @throws ProblemError BAD_VARIABLE for an unknown index, BAD_SAMPLE for a value that the vartype does not have.
 */
export function fixVariables(bqm: BinaryQuadraticModel, fixed: ReadonlyMap<number, number>): FixedBqm {
  const size = bqm.linear.length;
  for (const [index, value] of fixed) {
    if (!(Number.isInteger(index) && index >= 0 && index < size)) {
      throw new ProblemError(
        'BAD_VARIABLE',
        `fixVariables: expected indices from 0 to ${size - 1}, got ${index}; correct it.`,
      );
    }
    requireDomain(bqm.vartype, value, `fixVariables variable ${index}`);
  }
  const free = Int32Array.from({ length: size }, (_, i) => i).filter((i) => !fixed.has(i));
  const position = new Map(Array.from(free, (i, k) => [i, k]));
  const linear = Float64Array.from(free, (i) => bqm.linear[i]);
  const quadratic: [number, number, number][] = [];
  let offset = bqm.offset;
  for (let i = 0; i < size; i++) {
    const value = fixed.get(i);
    if (value !== undefined) offset += bqm.linear[i] * value;
    for (let k = bqm.rowStart[i]; k < bqm.rowStart[i + 1]; k++) {
      const j = bqm.neighbour[k];
      const other = fixed.get(j);
      if (value !== undefined && other !== undefined) offset += j > i ? bqm.bias[k] * value * other : 0;
      else if (value !== undefined) linear[position.get(j)!] += bqm.bias[k] * value;
      else if (other === undefined && j > i) quadratic.push([position.get(i)!, position.get(j)!, bqm.bias[k]]);
    }
  }
  const variables = Array.from(free, (i) => bqm.variables[i]);
  return {
    bqm: createBqm({ vartype: bqm.vartype, variables, linear, quadratic, offset }),
    free,
    expand(values) {
      const full = new Int32Array(size);
      for (const [index, value] of fixed) full[index] = value;
      for (let k = 0; k < free.length; k++) full[free[k]] = values[k];
      return full;
    },
  };
}

function requireDomain(vartype: Vartype, value: number, where: string): void {
  const allowed = vartype === 'SPIN' ? [-1, 1] : [0, 1];
  if (!allowed.includes(value)) {
    throw new ProblemError('BAD_SAMPLE', `${where}: expected ${allowed.join(' or ')}, got ${value}; pass one of them.`);
  }
}
