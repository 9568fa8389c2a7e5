/**
 * What a QAOA register does to split state vectors (re[] and im[], 2^n float64 or float32 each), and how it is cut into
 * units of work. The TypeScript twin is in qaoa-twin.ts, WebAssembly behind qaoa-wasm.ts.
 */

/** Amplitudes: float64, or float32 at half the memory. */
export type Amplitudes = Float64Array | Float32Array;
export type Precision = 'float64' | 'float32';

/** A state vector as two arrays of 2^n numbers. */
export interface SplitState {
  readonly re: Amplitudes;
  readonly im: Amplitudes;
}

export interface KernelShape {
  readonly qubits: number;
  readonly slots: number;
  readonly precision: Precision;
  /** The mixer has one qubit more, whose flip is the complement of x. */
  readonly mirror: boolean;
  /** Entries of the table of phases. */
  readonly tableLength: number;
}

/** The inner loops. `states` are one or two vectors of the same length; `slot` and `from`/`to` choose among them. */
export interface QaoaKernel {
  readonly states: readonly SplitState[];
  readonly costs: Float64Array;
  /** Place of each cost in the table, when a table is used. */
  readonly index: Uint16Array;
  /** Cosine and sine of each entry of the table, one behind the other. */
  readonly phases: Amplitudes;
  /** Phases from the table, then the mixer with tangent t. */
  tableLayer(slot: number, t: number): void;
  /** Phases scale * exp(-i gamma cost), then the mixer. */
  computedLayer(slot: number, gamma: number, scale: number, t: number): void;
  mixer(slot: number, scale: number, t: number): void;
  squaredNorm(slot: number): number;
  diagonalExpectation(slot: number): number;
  multiplyDiagonal(from: number, to: number): void;
  /** Im <to| C |from>. */
  costOverlap(from: number, to: number): number;
  /** Im <to| sum_q X_q |from>. */
  mixerOverlap(from: number, to: number): number;
}

/** 2^12 amplitudes are a unit of summation. */
export const UNIT_QUBITS = 12;
/** High qubits whose flips one pass over memory sums: tiles of 64 rows. */
const TILE_QUBITS = 6;

/** The qubits above a unit, in groups that are summed together: [first, last). */
export function overlapGroups(qubits: number): readonly (readonly [first: number, last: number])[] {
  const groups: (readonly [number, number])[] = [];
  for (let first = UNIT_QUBITS; first < qubits; first += TILE_QUBITS) {
    groups.push([first, Math.min(first + TILE_QUBITS, qubits)]);
  }
  return groups;
}

export function sumInOrder(parts: ArrayLike<number>, count: number): number {
  let total = 0;
  for (let part = 0; part < count; part++) total += parts[part];
  return total;
}
