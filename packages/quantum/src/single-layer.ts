/**
 * QAOA with p = 1 in closed form, for any Ising model with fields: Ozaeta, van Dam & McMahon 2022, "Expectation values
 * from the single-layer quantum approximate optimization algorithm on Ising problems" (Quantum Sci. Technol. 7 045036),
 * theorem 1, in the signs of `qaoa.ts`:
 *
 *   <Z_i>     = sin 2b sin(2g h_i) prod_k cos(2g J_ik)
 *   <Z_i Z_j> = 1/2 sin 4b sin(2g J_ij) [cos(2g h_i) prod_{k!=j} cos(2g J_ik) + cos(2g h_j) prod_{k!=i} cos(2g J_jk)]
 *             - 1/2 sin^2 2b [cos(2g (h_i + h_j)) prod_k cos(2g (J_ik + J_jk))
 *                             - cos(2g (h_i - h_j)) prod_k cos(2g (J_ik - J_jk))],   k != i, j.
 *
 * No state vector: O(n^3) per gamma for any number of qubits.
 */
import type { IsingCoefficients } from './ising.ts';

/** <C> at one gamma as a function of beta: offset + a sin 2b + c sin 4b + d sin^2 2b. */
export interface SingleLayerProfile {
  readonly offset: number;
  readonly a: number;
  readonly c: number;
  readonly d: number;
}

/** Dense couplings, symmetric, zero on the diagonal. */
export function denseCouplings({ fields, couplings }: IsingCoefficients): Float64Array {
  const size = fields.length;
  const dense = new Float64Array(size * size);
  for (const { first, second, value } of couplings) {
    dense[first * size + second] = value;
    dense[second * size + first] = value;
  }
  return dense;
}

/** The energy's dependence on beta at one gamma. `dense` may be passed where many gammas are asked for. */
export function singleLayerProfile(
  ising: IsingCoefficients,
  gamma: number,
  dense: Float64Array = denseCouplings(ising),
): SingleLayerProfile {
  const { fields, couplings, offset } = ising;
  const size = fields.length;
  // Sums of angles come from the parts' sines and cosines: n^2 of them instead of n^3.
  const cosine = dense.map((coupling) => Math.cos(2 * gamma * coupling));
  const sine = dense.map((coupling) => Math.sin(2 * gamma * coupling));
  let a = 0;
  for (let i = 0; i < size; i++) {
    if (fields[i] !== 0) a += fields[i] * Math.sin(2 * gamma * fields[i]) * rowProduct(cosine, size, i, i);
  }
  let c = 0;
  let d = 0;
  for (const { first: i, second: j, value } of couplings) {
    const { alone, together } = pairTerms(fields, gamma, cosine, sine, i, j);
    c += 0.5 * value * Math.sin(2 * gamma * value) * alone;
    d -= 0.5 * value * together;
  }
  return { offset, a, c, d };
}

/** The two brackets of <Z_i Z_j>. */
function pairTerms(
  fields: Float64Array,
  gamma: number,
  cosine: Float64Array,
  sine: Float64Array,
  i: number,
  j: number,
): { readonly alone: number; readonly together: number } {
  const size = fields.length;
  const alone =
    Math.cos(2 * gamma * fields[i]) * rowProduct(cosine, size, i, j) +
    Math.cos(2 * gamma * fields[j]) * rowProduct(cosine, size, j, i);
  let plus = Math.cos(2 * gamma * (fields[i] + fields[j]));
  let minus = Math.cos(2 * gamma * (fields[i] - fields[j]));
  for (let k = 0; k < size; k++) {
    if (k === i || k === j) continue;
    const cosines = cosine[i * size + k] * cosine[j * size + k];
    const sines = sine[i * size + k] * sine[j * size + k];
    plus *= cosines - sines;
    minus *= cosines + sines;
  }
  return { alone, together: plus - minus };
}

/** <Z_i> of every qubit, and <Z_i Z_j> of every coupling in its order. */
export interface SingleLayerCorrelations {
  readonly spins: Float64Array;
  readonly pairs: Float64Array;
}

/** What measuring the p = 1 state would average to. */
export function singleLayerCorrelations(
  ising: IsingCoefficients,
  gamma: number,
  beta: number,
): SingleLayerCorrelations {
  const { fields, couplings } = ising;
  const size = fields.length;
  const dense = denseCouplings(ising);
  const cosine = dense.map((coupling) => Math.cos(2 * gamma * coupling));
  const sine = dense.map((coupling) => Math.sin(2 * gamma * coupling));
  const single = Math.sin(2 * beta);
  const spins = fields.map((h, i) => single * Math.sin(2 * gamma * h) * rowProduct(cosine, size, i, i));
  const pairs = Float64Array.from(couplings, ({ first, second, value }) => {
    const { alone, together } = pairTerms(fields, gamma, cosine, sine, first, second);
    return 0.5 * Math.sin(4 * beta) * Math.sin(2 * gamma * value) * alone - 0.5 * single * single * together;
  });
  return { spins, pairs };
}

/** Product of row i of a matrix without the columns i and j. */
function rowProduct(matrix: Float64Array, size: number, i: number, j: number): number {
  let product = 1;
  for (let k = 0; k < size; k++) if (k !== i && k !== j) product *= matrix[i * size + k];
  return product;
}

/** <C> of the p = 1 state. */
export function singleLayerEnergy(ising: IsingCoefficients, gamma: number, beta: number): number {
  return profileEnergy(singleLayerProfile(ising, gamma), beta);
}

export function profileEnergy({ offset, a, c, d }: SingleLayerProfile, beta: number): number {
  return offset + a * Math.sin(2 * beta) + c * Math.sin(4 * beta) + d * Math.sin(2 * beta) ** 2;
}
