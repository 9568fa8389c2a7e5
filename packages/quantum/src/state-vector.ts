/**
 * State-vector simulation in float64 or float32. Qubit 0 is the LEAST significant bit of the number of a basis state:
 * |q_(n-1) ... q_1 q_0>. (The order of Qiskit; strings from other services may be the other way round.)
 */
import type { Precision, SplitState } from '@qurriculum/kernels';
import type { Circuit } from './circuit.ts';
import { QuantumError } from './errors.ts';
import { gateMatrix, type Unitary } from './gates.ts';

/** 2^26 amplitudes take 1 GiB in float64 and half of that in float32. */
export const MOST_QUBITS = 26;

/** 2^n amplitudes, real and imaginary parts apart. */
export interface StateVector extends SplitState {
  readonly qubits: number;
}

/** |0...0> on 1 to 26 qubits. @throws QuantumError BAD_SIZE when there are more, or more than memory holds. */
export function createState(qubits: number, precision: Precision = 'float64'): StateVector {
  requireQubits(qubits, 'createState');
  const zeros = () => (precision === 'float32' ? new Float32Array(2 ** qubits) : new Float64Array(2 ** qubits));
  try {
    const state = { qubits, re: zeros(), im: zeros() };
    state.re[0] = 1;
    return state;
  } catch {
    throw new QuantumError(
      'BAD_SIZE',
      `createState: expected ${2 ** (qubits - (precision === 'float32' ? 17 : 16))} MiB of memory for ${qubits} qubits, got refused; use fewer qubits.`,
    );
  }
}

/** @throws QuantumError BAD_SIZE unless there are 1 to 26 qubits. */
export function requireQubits(qubits: number, where: string): void {
  if (Number.isInteger(qubits) && qubits >= 1 && qubits <= MOST_QUBITS) return;
  throw new QuantumError(
    'BAD_SIZE',
    `${where}: expected 1 to ${MOST_QUBITS} qubits, got ${qubits}; use fewer (each one more doubles the memory).`,
  );
}

/** Runs a circuit from |0...0>. float32 halves the memory; each gate then rounds by about 6e-8 of an amplitude. */
export function runCircuit(circuit: Circuit, precision: Precision = 'float64'): StateVector {
  const state = createState(circuit.qubits, precision);
  for (const { gate, qubits, parameters } of circuit.operations)
    applyUnitary(state, gateMatrix(gate, parameters), qubits);
  return state;
}

/** Applies a 2 x 2 or 4 x 4 unitary in place. Bit k of a row's number belongs to qubits[k]. */
export function applyUnitary(state: StateVector, matrix: Unitary, qubits: readonly number[]): void {
  const side = 2 ** qubits.length;
  if (matrix.re.length !== side * side || matrix.im.length !== side * side || qubits.length < 1 || qubits.length > 2) {
    throw new QuantumError(
      'BAD_GATE',
      `applyUnitary: expected a 2 x 2 matrix for one qubit or 4 x 4 for two, got ${matrix.re.length} entries for ` +
        `${qubits.length} qubits; pass the matrix that fits.`,
    );
  }
  if (qubits.length === 1) applyOne(state, matrix, 1 << qubits[0]);
  else applyTwo(state, matrix, 1 << qubits[0], 1 << qubits[1]);
}

function applyOne({ re, im }: StateVector, { re: u, im: v }: Unitary, mask: number): void {
  for (let base = 0; base < re.length; base += 2 * mask) {
    for (let x = base; x < base + mask; x++) {
      const y = x + mask;
      const [a, b, c, d] = [re[x], im[x], re[y], im[y]];
      re[x] = u[0] * a - v[0] * b + u[1] * c - v[1] * d;
      im[x] = u[0] * b + v[0] * a + u[1] * d + v[1] * c;
      re[y] = u[2] * a - v[2] * b + u[3] * c - v[3] * d;
      im[y] = u[2] * b + v[2] * a + u[3] * d + v[3] * c;
    }
  }
}

function applyTwo({ re, im }: StateVector, { re: u, im: v }: Unitary, first: number, second: number): void {
  const places = [0, first, second, first | second];
  const a = new Float64Array(4);
  const b = new Float64Array(4);
  const [lower, higher] = first < second ? [first - 1, second - 1] : [second - 1, first - 1];
  for (let k = 0; k < re.length / 4; k++) {
    // k with a zero bit put in at both places.
    const spread = (k & lower) | ((k & ~lower) << 1);
    const base = (spread & higher) | ((spread & ~higher) << 1);
    for (let place = 0; place < 4; place++) {
      a[place] = re[base | places[place]];
      b[place] = im[base | places[place]];
    }
    for (let row = 0; row < 4; row++) {
      let x = 0;
      let y = 0;
      for (let column = 0; column < 4; column++) {
        x += u[4 * row + column] * a[column] - v[4 * row + column] * b[column];
        y += u[4 * row + column] * b[column] + v[4 * row + column] * a[column];
      }
      re[base | places[row]] = x;
      im[base | places[row]] = y;
    }
  }
}

/** sum |a_x|^2: 1 but for rounding. */
export function squaredNorm({ re, im }: SplitState): number {
  let sum = 0;
  for (let x = 0; x < re.length; x++) sum += re[x] * re[x] + im[x] * im[x];
  return sum;
}

/** <D> = sum |a_x|^2 diagonal_x for an observable that is diagonal in the computational basis; 2^n entries. */
export function diagonalExpectation({ re, im }: SplitState, diagonal: ArrayLike<number>): number {
  if (diagonal.length !== re.length) {
    throw new QuantumError(
      'BAD_SIZE',
      `diagonalExpectation: expected ${re.length} entries, got ${diagonal.length}; give one per basis state.`,
    );
  }
  let sum = 0;
  for (let x = 0; x < re.length; x++) sum += (re[x] * re[x] + im[x] * im[x]) * diagonal[x];
  return sum;
}
