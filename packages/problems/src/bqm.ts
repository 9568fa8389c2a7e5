/**
 * Binary quadratic models, in the words of D-Wave Ocean's dimod:
 *
 *   E(v) = offset + sum_i linear_i v_i + sum_{i<j} quadratic_ij v_i v_j,   v in {-1, +1} (SPIN) or {0, 1} (BINARY).
 */
import { indexLabels, ProblemError, requireFinite, requireModerate } from './errors.ts';
import { inRanges, inRows, runSteps, type Steps } from './steps.ts';

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
  return runSteps(createBqmSteps(input));
}

/** The same in steps: millions of pairs take a tenth of a second. */
export function* createBqmSteps(input: BqmInput): Steps<BinaryQuadraticModel> {
  const variables =
    typeof input.variables === 'number' ? Array.from({ length: input.variables }, (_, i) => `${i}`) : input.variables;
  if (typeof input.variables !== 'number') indexLabels(variables, 'createBqm');
  const size = variables.length;
  const linear = copyLinear(input.linear, size, 'createBqm');
  let offset = input.offset ?? 0;
  requireFinite(offset, 'createBqm offset');
  const pairs = yield* toColumnsSteps(input.quadratic, size, 'createBqm');
  for (let k = 0; k < pairs.first.length; k++) {
    if (pairs.first[k] !== pairs.second[k]) continue;
    if (input.vartype === 'BINARY') linear[pairs.first[k]] += pairs.coefficient[k];
    else offset += pairs.coefficient[k];
  }
  requireModerate([linear, pairs.coefficient, [offset]], 'createBqm');
  yield;
  return { type: 'bqm', vartype: input.vartype, variables, linear, ...(yield* compressPairs(pairs, size)), offset };
}

/** Each pair once, i < j, in columns: ascending by i and j. In steps. */
export function* pairColumns({ rowStart, neighbour, bias }: BinaryQuadraticModel): Steps<Columns> {
  const count = bias.length / 2;
  const [first, second, coefficient] = [new Int32Array(count), new Int32Array(count), new Float64Array(count)];
  let pair = 0;
  yield* inRows(rowStart, (from, to) => {
    for (let i = from; i < to; i++) {
      for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
        if (neighbour[k] <= i) continue;
        first[pair] = i;
        second[pair] = neighbour[k];
        coefficient[pair++] = bias[k];
      }
    }
  });
  return { first, second, coefficient };
}

/** The same as entries, at once. */
export function upperPairs(bqm: BinaryQuadraticModel): PairEntry[] {
  const { first, second, coefficient } = runSteps(pairColumns(bqm));
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
  return runSteps(toColumnsSteps(quadratic, size, where));
}

function* toColumnsSteps(
  quadratic: readonly PairEntry[] | PairColumns | undefined,
  size: number,
  where: string,
): Steps<Columns> {
  const source = quadratic ?? [];
  const entries = Array.isArray(source) ? (source as readonly PairEntry[]) : null;
  const columns = entries ? null : (source as PairColumns);
  const count = entries ? entries.length : columns!.first.length;
  if (columns && (columns.second.length !== count || columns.coefficient.length !== count)) {
    throw new ProblemError(
      'BAD_SIZE',
      `${where}: expected quadratic columns of one length, got ${count}, ${columns.second.length} and ` +
        `${columns.coefficient.length}; pass one row, column and coefficient per pair.`,
    );
  }
  const [first, second, coefficient] = [new Int32Array(count), new Int32Array(count), new Float64Array(count)];
  yield* inRanges(count, (from, to) => {
    for (let k = from; k < to; k++) {
      const i = entries ? entries[k][0] : columns!.first[k];
      const j = entries ? entries[k][1] : columns!.second[k];
      const value = entries ? entries[k][2] : columns!.coefficient[k];
      const known = Number.isInteger(i) && i >= 0 && i < size && Number.isInteger(j) && j >= 0 && j < size;
      // Words are made for the bad ones only: there may be millions of pairs.
      if (!known || !Number.isFinite(value)) throw badPair([i, j], value, size, `${where} pair ${k}`);
      first[k] = i;
      second[k] = j;
      coefficient[k] = value;
    }
  });
  return { first, second, coefficient };
}

function badPair(indices: readonly number[], coefficient: number, size: number, where: string): ProblemError {
  const bad = indices.find((index) => !(Number.isInteger(index) && index >= 0 && index < size));
  if (bad === undefined) {
    return new ProblemError(
      'BAD_COEFFICIENT',
      `${where}: expected a finite number, got ${coefficient}; remove or replace it.`,
    );
  }
  return new ProblemError(
    'BAD_VARIABLE',
    `${where}: expected variable indices from 0 to ${size - 1}, got ${bad}; correct the pair.`,
  );
}

/** Symmetric compressed rows, columns ascending, repeated pairs summed, zero sums dropped, self pairs left out. */
function* compressPairs(
  { first, second, coefficient }: PairColumns,
  size: number,
): Steps<Pick<BinaryQuadraticModel, 'rowStart' | 'neighbour' | 'bias'>> {
  const count = first.length;
  const start = new Int32Array(size + 1);
  yield* inRanges(count, (from, to) => {
    for (let k = from; k < to; k++) {
      if (first[k] === second[k]) continue;
      start[first[k] + 1]++;
      start[second[k] + 1]++;
    }
  });
  for (let i = 0; i < size; i++) start[i + 1] += start[i];
  const column = new Int32Array(start[size]);
  const value = new Float64Array(start[size]);
  const fill = start.slice();
  yield* inRanges(count, (from, to) => {
    for (let k = from; k < to; k++) {
      const [i, j] = [first[k], second[k]];
      if (i === j) continue;
      column[fill[i]] = j;
      value[fill[i]++] = coefficient[k];
      column[fill[j]] = i;
      value[fill[j]++] = coefficient[k];
    }
  });
  // Row by row into the rows of the columns: there columns ascend, and entries on one pair keep their order.
  const sorted = { column: new Int32Array(start[size]), value: new Float64Array(start[size]) };
  const next = start.slice();
  yield* inRows(start, (from, to) => {
    for (let i = from; i < to; i++) {
      for (let k = start[i]; k < start[i + 1]; k++) {
        const at = next[column[k]]++;
        sorted.column[at] = i;
        sorted.value[at] = value[k];
      }
    }
  });
  return yield* sumEntries(start, sorted.column, sorted.value);
}

/** Entries on one pair summed, in the same order in both of its rows, so that both hold the same bits. */
function* sumEntries(
  start: Int32Array,
  column: Int32Array,
  value: Float64Array,
): Steps<Pick<BinaryQuadraticModel, 'rowStart' | 'neighbour' | 'bias'>> {
  const rowStart = new Int32Array(start.length);
  let length = 0;
  // In place: what is written never passes what is read.
  yield* inRows(start, (from, to) => {
    for (let i = from; i < to; i++) {
      for (let k = start[i]; k < start[i + 1]; ) {
        const j = column[k];
        let sum = 0;
        for (; k < start[i + 1] && column[k] === j; k++) sum += value[k];
        if (sum === 0) continue;
        column[length] = j;
        value[length++] = sum;
      }
      rowStart[i + 1] = length;
    }
  });
  if (length === column.length) return { rowStart, neighbour: column, bias: value };
  return { rowStart, neighbour: column.slice(0, length), bias: value.slice(0, length) };
}
