/**
 * Binary quadratic models, in the words of D-Wave Ocean's dimod:
 *
 *   E(v) = offset + sum_i linear_i v_i + sum_{i<j} quadratic_ij v_i v_j,   v in {-1, +1} (SPIN) or {0, 1} (BINARY).
 */

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
