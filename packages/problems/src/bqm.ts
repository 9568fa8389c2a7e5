/**
 * Binary quadratic models, in the words of D-Wave Ocean's dimod:
 *
 *   E(v) = offset + sum_i linear_i v_i + sum_{i<j} quadratic_ij v_i v_j,   v in {-1, +1} (SPIN) or {0, 1} (BINARY).
 */
import { indexLabels, ProblemError, requireFinite, requireModerate } from './errors.ts';

export type Vartype = 'SPIN' | 'BINARY';

/** A binary quadratic model of n variables. Immutable; samplers minimise its energy. */
export interface BinaryQuadraticModel {
  readonly type: 'bqm';
  readonly vartype: Vartype;
  /** n labels, unique. */
  readonly variables: readonly string[];
  /** n linear biases. */
  readonly linear: Float64Array;
  /** Compressed rows, symmetric: the pair {i, j} stands in row i and in row j with the same bias. n + 1 offsets. */
  readonly rowStart: Int32Array;
  /** Column of each entry, ascending inside a row. */
  readonly neighbour: Int32Array;
  /** Bias of each entry: the whole quadratic_ij, in both places. */
  readonly bias: Float64Array;
  readonly offset: number;
}

/** Quadratic terms in columns: the pair (first[k], second[k]) with coefficient[k]. For large models. */
export interface PairColumns {
  readonly first: ArrayLike<number>;
  readonly second: ArrayLike<number>;
  readonly coefficient: ArrayLike<number>;
}

/** Such columns in arrays of their own. */
interface Columns extends PairColumns {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly coefficient: Float64Array;
}

/** One quadratic term: index, index, coefficient. */
export type PairEntry = readonly [number, number, number];

export interface BqmInput {
  readonly vartype: Vartype;
  /** Labels, or how many variables there are: they are then called "0", "1", ... */
  readonly variables: readonly string[] | number;
  /** One bias per variable. Default: all 0. */
  readonly linear?: ArrayLike<number>;
  /**
   * Pairs in any order. Entries on one pair are summed, (i, j) and (j, i) alike; a pair that sums to 0 is dropped. A
   * pair of a variable with itself is reduced by v^2 = v (BINARY) or v^2 = 1 (SPIN).
   */
  readonly quadratic?: readonly PairEntry[] | PairColumns;
  readonly offset?: number;
}

/**
 * Builds a model from linear and quadratic entries.
 * @throws ProblemError BAD_VARIABLE, BAD_SIZE or BAD_COEFFICIENT for repeated labels, wrong lengths or indices, NaN.
 */
export function createBqm(input: BqmInput): BinaryQuadraticModel {
  const variables =
    typeof input.variables === 'number' ? Array.from({ length: input.variables }, (_, i) => `${i}`) : input.variables;
  if (typeof input.variables !== 'number') indexLabels(variables, 'createBqm');
  const size = variables.length;
  const linear = copyLinear(input.linear, size, 'createBqm');
  let offset = input.offset ?? 0;
  requireFinite(offset, 'createBqm offset');
  const pairs = toColumns(input.quadratic, size, 'createBqm');
  for (let k = 0; k < pairs.first.length; k++) {
    if (pairs.first[k] !== pairs.second[k]) continue;
    if (input.vartype === 'BINARY') linear[pairs.first[k]] += pairs.coefficient[k];
    else offset += pairs.coefficient[k];
  }
  requireModerate([linear, pairs.coefficient, [offset]], 'createBqm');
  return { type: 'bqm', vartype: input.vartype, variables, linear, ...compressPairs(pairs, size), offset };
}

/** Each pair once, i < j, in columns: ascending by i and j. */
export function pairColumns({ rowStart, neighbour, bias }: BinaryQuadraticModel): Columns {
  const count = bias.length / 2;
  const [first, second, coefficient] = [new Int32Array(count), new Int32Array(count), new Float64Array(count)];
  let pair = 0;
  for (let i = 0; i + 1 < rowStart.length; i++) {
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
      if (neighbour[k] <= i) continue;
      first[pair] = i;
      second[pair] = neighbour[k];
      coefficient[pair++] = bias[k];
    }
  }
  return { first, second, coefficient };
}

/** The same as entries. */
export function upperPairs(bqm: BinaryQuadraticModel): PairEntry[] {
  const { first, second, coefficient } = pairColumns(bqm);
  return Array.from(coefficient, (bias, k) => [first[k], second[k], bias]);
}

/** One finite coefficient per variable, as a copy. */
export function copyLinear(linear: ArrayLike<number> | undefined, size: number, where: string): Float64Array {
  if (linear === undefined) return new Float64Array(size);
  if (linear.length !== size) {
    throw new ProblemError(
      'BAD_SIZE',
      `${where}: expected ${size} linear coefficients, one per variable, got ${linear.length}; pass one for each.`,
    );
  }
  const copy = Float64Array.from(linear);
  for (let i = 0; i < size; i++) requireFinite(copy[i], `${where} linear coefficient ${i}`);
  return copy;
}

/** Checked columns of the pairs, as copies. */
export function toColumns(
  quadratic: readonly PairEntry[] | PairColumns | undefined,
  size: number,
  where: string,
): Columns {
  const source = quadratic ?? [];
  const columns = Array.isArray(source)
    ? {
        first: source.map((entry: PairEntry) => entry[0]),
        second: source.map((entry: PairEntry) => entry[1]),
        coefficient: source.map((entry: PairEntry) => entry[2]),
      }
    : (source as PairColumns);
  const count = columns.first.length;
  if (columns.second.length !== count || columns.coefficient.length !== count) {
    throw new ProblemError(
      'BAD_SIZE',
      `${where}: expected quadratic columns of one length, got ${count}, ${columns.second.length} and ` +
        `${columns.coefficient.length}; pass one row, column and coefficient per pair.`,
    );
  }
  for (let k = 0; k < count; k++) {
    for (const index of [columns.first[k], columns.second[k]]) {
      if (!(Number.isInteger(index) && index >= 0 && index < size)) {
        throw new ProblemError(
          'BAD_VARIABLE',
          `${where} pair ${k}: expected variable indices from 0 to ${size - 1}, got ${index}; correct the pair.`,
        );
      }
    }
    requireFinite(columns.coefficient[k], `${where} pair ${k}`);
  }
  return {
    first: Int32Array.from(columns.first),
    second: Int32Array.from(columns.second),
    coefficient: Float64Array.from(columns.coefficient),
  };
}

/** Symmetric compressed rows, columns ascending, repeated pairs summed, zero sums dropped, self pairs left out. */
function compressPairs(
  pairs: PairColumns,
  size: number,
): Pick<BinaryQuadraticModel, 'rowStart' | 'neighbour' | 'bias'> {
  const count = pairs.first.length;
  const start = new Int32Array(size + 1);
  for (let k = 0; k < count; k++) {
    if (pairs.first[k] === pairs.second[k]) continue;
    start[pairs.first[k] + 1]++;
    start[pairs.second[k] + 1]++;
  }
  for (let i = 0; i < size; i++) start[i + 1] += start[i];
  const fill = start.slice();
  const entry = new Int32Array(start[size]);
  const column = new Int32Array(start[size]);
  for (let k = 0; k < count; k++) {
    const i = pairs.first[k];
    const j = pairs.second[k];
    if (i === j) continue;
    column[fill[i]] = j;
    entry[fill[i]++] = k;
    column[fill[j]] = i;
    entry[fill[j]++] = k;
  }
  const rowStart = new Int32Array(size + 1);
  const neighbour = new Int32Array(start[size]);
  const bias = new Float64Array(start[size]);
  let length = 0;
  const sums = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    // Summed in the order of the entries in both rows, so that both places hold the same bits.
    for (let k = start[i]; k < start[i + 1]; k++) sums[column[k]] += pairs.coefficient[entry[k]];
    const columns = column.subarray(start[i], start[i + 1]).sort();
    for (let k = 0; k < columns.length; k++) {
      const j = columns[k];
      if (sums[j] !== 0) {
        neighbour[length] = j;
        bias[length++] = sums[j];
        sums[j] = 0;
      }
    }
    rowStart[i + 1] = length;
  }
  return { rowStart, neighbour: neighbour.slice(0, length), bias: bias.slice(0, length) };
}
