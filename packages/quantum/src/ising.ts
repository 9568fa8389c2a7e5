/** A binary quadratic model in Pauli Z: C = offset + sum h_i Z_i + sum_{i<j} J_ij Z_i Z_j, qubits as in `costDiagonal`. */
import { type BinaryQuadraticModel, toVartype } from '@qurriculum/problems';

export interface Coupling {
  readonly first: number;
  readonly second: number;
  readonly value: number;
}

export interface IsingCoefficients {
  /** h_i, one per qubit. */
  readonly fields: Float64Array;
  /** J_ij that are not zero, first < second. */
  readonly couplings: readonly Coupling[];
  readonly offset: number;
}

export function isingCoefficients(bqm: BinaryQuadraticModel): IsingCoefficients {
  const spin = toVartype(bqm, 'SPIN');
  // x = (s + 1) / 2 = (1 - Z) / 2 for a BINARY model: there s is -Z. Products of two are the same.
  const sign = bqm.vartype === 'BINARY' ? -1 : 1;
  const couplings: Coupling[] = [];
  for (let i = 0; i < spin.linear.length; i++) {
    for (let e = spin.rowStart[i]; e < spin.rowStart[i + 1]; e++) {
      const j = spin.neighbour[e];
      if (j > i) couplings.push({ first: i, second: j, value: spin.bias[e] });
    }
  }
  return { fields: spin.linear.map((h) => sign * h), couplings, offset: spin.offset };
}
