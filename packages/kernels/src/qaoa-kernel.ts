/**
 * What a QAOA register does to split state vectors (re[] and im[], 2^n float64 each), and the TypeScript twin of
 * assembly/qaoa.ts: the same operations in the same order, so that the plain-SIMD build agrees to the bit.
 */
import { cosineAndSine } from './trigonometry.ts';

/** A state vector as two arrays of 2^n float64. */
export interface SplitState {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The inner loops. `states` are one or two vectors of the same length; `slot` and `from`/`to` choose among them. */
export interface QaoaKernel {
  readonly states: readonly SplitState[];
  readonly costs: Float64Array;
  /** Place of each cost in the tables, when tables are used. */
  readonly index: Uint16Array;
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
  /** Phases from the tables, then the mixer with tangent t. */
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

/** Amplitudes whose sum is formed before it is added to the total; part of what the bits depend on. */
const SUM_BLOCK = 4096;

export function createTwinKernel(qubits: number, slots: number, tableLength: number): QaoaKernel {
  const size = 2 ** qubits;
  const states = Array.from({ length: slots }, () => ({ re: new Float64Array(size), im: new Float64Array(size) }));
  const costs = new Float64Array(size);
  const index = new Uint16Array(size);
  const cosines = new Float64Array(tableLength);
  const sines = new Float64Array(tableLength);
  const pair = new Float64Array(2);
  return {
    states,
    costs,
    index,
    cosines,
    sines,
    tableLayer(slot, t) {
      const { re, im } = states[slot];
      for (let x = 0; x < size; x++) rotate(re, im, x, cosines[index[x]], sines[index[x]]);
      mix(re, im, qubits, t);
    },
    computedLayer(slot, gamma, scale, t) {
      const { re, im } = states[slot];
      for (let x = 0; x < size; x++) {
        cosineAndSine(gamma * costs[x], pair);
        rotate(re, im, x, scale * pair[0], scale * pair[1]);
      }
      mix(re, im, qubits, t);
    },
    mixer(slot, scale, t) {
      const { re, im } = states[slot];
      for (let x = 0; x < size; x++) {
        re[x] *= scale;
        im[x] *= scale;
      }
      mix(re, im, qubits, t);
    },
    squaredNorm: (slot) => {
      const { re, im } = states[slot];
      return blockedSum(size, (x) => re[x] * re[x] + im[x] * im[x]);
    },
    diagonalExpectation: (slot) => {
      const { re, im } = states[slot];
      return blockedSum(size, (x) => (re[x] * re[x] + im[x] * im[x]) * costs[x]);
    },
    multiplyDiagonal(from, to) {
      for (let x = 0; x < size; x++) {
        states[to].re[x] = costs[x] * states[from].re[x];
        states[to].im[x] = costs[x] * states[from].im[x];
      }
    },
    costOverlap: (from, to) => {
      const a = states[from];
      const b = states[to];
      return blockedSum(size, (x) => (b.re[x] * a.im[x] - b.im[x] * a.re[x]) * costs[x]);
    },
    mixerOverlap: (from, to) => {
      const a = states[from];
      const b = states[to];
      return blockedSum(size, (x) => {
        let re = a.re[x ^ 1];
        let im = a.im[x ^ 1];
        for (let mask = 2; mask < size; mask *= 2) {
          re += a.re[x ^ mask];
          im += a.im[x ^ mask];
        }
        return b.re[x] * im - b.im[x] * re;
      });
    },
  };
}

/** a_x <- a_x (c - i s). */
function rotate(re: Float64Array, im: Float64Array, x: number, c: number, s: number): void {
  const a = re[x];
  const b = im[x];
  re[x] = a * c + b * s;
  im[x] = b * c - a * s;
}

/** a0' = a0 - i t a1, a1' = a1 - i t a0 for every pair of every qubit, lowest qubit first. */
function mix(re: Float64Array, im: Float64Array, qubits: number, t: number): void {
  for (let qubit = 0; qubit < qubits; qubit++) {
    const stride = 1 << qubit;
    for (let base = 0; base < re.length; base += 2 * stride) {
      for (let x = base; x < base + stride; x++) {
        const y = x + stride;
        const r0 = re[x];
        const i0 = im[x];
        const r1 = re[y];
        const i1 = im[y];
        re[x] = r0 + t * i1;
        im[x] = i0 - t * r1;
        re[y] = r1 + t * i0;
        im[y] = i1 - t * r0;
      }
    }
  }
}

/** Even and odd places apart inside a block (the two lanes of a vector), then block after block. */
function blockedSum(size: number, term: (x: number) => number): number {
  let total = 0;
  for (let start = 0; start < size; start += SUM_BLOCK) {
    const end = Math.min(start + SUM_BLOCK, size);
    let even = 0;
    let odd = 0;
    for (let x = start; x < end; x += 2) {
      even += term(x);
      odd += term(x + 1);
    }
    total += even + odd;
  }
  return total;
}
