/**
 * Exact noise for few qubits: the density matrix rho[row][column], kept as a vector of 4^n entries at row + 2^n column, so
 * that U rho U* is U on the row's qubits and conj(U) on the column's (Nielsen & Chuang 2010, section 8.3).
 */
import type { Circuit } from './circuit.ts';
import { QuantumError } from './errors.ts';
import { gateMatrix } from './gates.ts';
import { type Noise, requireProbability } from './noise.ts';
import { applyUnitary, createState, MOST_QUBITS, type StateVector } from './state-vector.ts';

/** 4^13 entries take 1 GiB. */
export const MOST_DENSITY_QUBITS = MOST_QUBITS / 2;

/** rho after a circuit from |0...0> with the depolarising noise of `measureNoisy`. */
export interface DensityMatrix {
  readonly qubits: number;
  /** Entry (row, column) at row + 2^n column; 4^n of them. */
  readonly re: ArrayLike<number>;
  readonly im: ArrayLike<number>;
  /** Probability to read each of the 2^n basis states, readout errors included. Qubit 0 is the bit 2^0. */
  readonly probabilities: Float64Array;
}

/** Runs a circuit on 1 to 13 qubits. @throws QuantumError BAD_SIZE, BAD_VALUE. */
export function runDensityMatrix(circuit: Circuit, noise: Noise = {}): DensityMatrix {
  const { qubits } = circuit;
  if (qubits > MOST_DENSITY_QUBITS) {
    throw new QuantumError(
      'BAD_SIZE',
      `runDensityMatrix: expected 1 to ${MOST_DENSITY_QUBITS} qubits, got ${qubits}; use measureNoisy.`,
    );
  }
  const depolarising = requireProbability('runDensityMatrix', 'depolarising', noise.depolarising ?? 0);
  const readout = requireProbability('runDensityMatrix', 'readout', noise.readout ?? 0);
  const vector = createState(2 * qubits);
  for (const { gate, qubits: operands, parameters } of circuit.operations) {
    const { re, im } = gateMatrix(gate, parameters);
    applyUnitary(vector, { re, im }, operands);
    const columns = operands.map((qubit) => qubit + qubits);
    applyUnitary(vector, { re, im: im.map((value) => -value) }, columns);
    if (depolarising > 0)
      for (const qubit of operands) depolarise(vector, 1 << qubit, 1 << (qubit + qubits), depolarising);
  }
  const diagonal = Float64Array.from({ length: 2 ** qubits }, (_, x) => vector.re[x * (2 ** qubits + 1)]);
  for (let qubit = 0; readout > 0 && qubit < qubits; qubit++) misread(diagonal, 1 << qubit, readout);
  return { qubits, re: vector.re, im: vector.im, probabilities: diagonal };
}

/**
 * (1 - p) rho + p/3 (X rho X + Y rho Y + Z rho Z) on one qubit: rho_00' = (1 - 2p/3) rho_00 + 2p/3 rho_11 and the same
 * the other way round, rho_01' = (1 - 4p/3) rho_01.
 */
function depolarise({ re, im }: StateVector, row: number, column: number, p: number): void {
  const exchanged = (2 * p) / 3;
  for (let x = 0; x < re.length; x++) {
    if (((x & row) === 0) !== ((x & column) === 0)) {
      re[x] *= 1 - 2 * exchanged;
      im[x] *= 1 - 2 * exchanged;
    } else if ((x & row) === 0) {
      const y = x | row | column;
      for (const part of [re, im]) {
        const difference = exchanged * (part[y] - part[x]);
        part[x] += difference;
        part[y] -= difference;
      }
    }
  }
}

function misread(probabilities: Float64Array, bit: number, p: number): void {
  for (let x = 0; x < probabilities.length; x++) {
    if (x & bit) continue;
    const difference = p * (probabilities[x | bit] - probabilities[x]);
    probabilities[x] += difference;
    probabilities[x | bit] -= difference;
  }
}
