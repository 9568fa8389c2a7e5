/**
 * The energies of a binary quadratic model as the diagonal of a cost operator. Variable k is qubit k, the bit 2^k of the
 * number of a basis state: for BINARY the bit is the value; for SPIN bit 0 is +1 and bit 1 is -1, the eigenvalues of Z.
 */
import type { BinaryQuadraticModel } from '@qurriculum/problems';
import { requireQubits } from './state-vector.ts';

/**
 * E(x) of all 2^n states, n from 1 to 26, each state one addition from one with a variable less:
 *
 *   E_(k+1)(x, v) = E_k(x) + v F_k(x),   F_k(x) = linear_k + sum_{j<k} quadratic_kj v_j.
 */
export function costDiagonal(bqm: BinaryQuadraticModel): Float64Array {
  const size = bqm.linear.length;
  requireQubits(size, 'costDiagonal');
  const [zero, one] = bitValues(bqm);
  const costs = new Float64Array(2 ** size);
  const field = new Float64Array(2 ** (size - 1));
  costs[0] = bqm.offset;
  for (let k = 0; k < size; k++) {
    const half = 2 ** k;
    const row = lowerRow(bqm, k);
    field[0] = bqm.linear[k];
    for (let j = 0; j < k; j++) {
      const count = 2 ** j;
      for (let x = 0; x < count; x++) {
        field[x + count] = field[x] + one * row[j];
        field[x] += zero * row[j];
      }
    }
    for (let x = 0; x < half; x++) {
      costs[x + half] = costs[x] + one * field[x];
      costs[x] += zero * field[x];
    }
  }
  return costs;
}

/** Values of the variables in a basis state, in the model's vartype. */
export function stateValues(bqm: BinaryQuadraticModel, state: number): Int32Array {
  const [zero, one] = bitValues(bqm);
  return Int32Array.from(bqm.variables, (_, k) => ((state >>> k) & 1 ? one : zero));
}

function bitValues({ vartype }: BinaryQuadraticModel): readonly [zero: number, one: number] {
  return vartype === 'BINARY' ? [0, 1] : [1, -1];
}

function lowerRow({ rowStart, neighbour, bias }: BinaryQuadraticModel, k: number): Float64Array {
  const row = new Float64Array(k);
  for (let e = rowStart[k]; e < rowStart[k + 1] && neighbour[e] < k; e++) row[neighbour[e]] = bias[e];
  return row;
}
